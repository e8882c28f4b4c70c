"""Points in the configuration: `board.kind.address`, with a "!" before it when on and off are the other way round.

Modbus boards have `coil` (an output), `discrete_input`, `input_register` and `holding_register` with addresses as they
are on the wire, from 0; a computer's own pins are `line` with the number of the line; keys are `key` with the name of
the kernel, as in "pedal.key.KEY_F1". What is a coil or a line can be an output.
"""

import re

from kiosk.devices.ports import Point

COIL, INPUT, INPUT_REGISTER, HOLDING_REGISTER = "coil", "discrete_input", "input_register", "holding_register"
LINE, KEY = "line", "key"
NUMBERED = (COIL, INPUT, INPUT_REGISTER, HOLDING_REGISTER, LINE)
REGISTERS = (INPUT_REGISTER, HOLDING_REGISTER)
PATTERN = re.compile(r"^(!?)([a-z][a-z0-9_]{0,30})\.([a-z_]+)\.([A-Za-z0-9_]{1,40})$")
_LAST = 65_535


def point(text: str) -> Point:
    """Read a point. Raises ValueError with a sentence for the installer."""
    found = PATTERN.match(text)
    if found is None:
        raise ValueError(f'"{text}" is no point: write board.kind.address, for example "room.coil.0"')
    inverted, board, kind, address = found.groups()
    if kind in NUMBERED:
        if not address.isascii() or not address.isdecimal() or int(address) > _LAST:
            raise ValueError(f'"{text}": the address of a {kind} is a number from 0 to {_LAST}')
        address = str(int(address))
    elif kind == KEY:
        if not address.startswith(("KEY_", "BTN_")):
            raise ValueError(f'"{text}": a key has the name of the kernel, for example KEY_F1')
    else:
        raise ValueError(f'"{text}": "{kind}" is none of {", ".join((*NUMBERED, KEY))}')
    return Point(board, kind, address, bool(inverted))


def signed(register: int) -> int:
    """A register as a signed number of 16 bits."""
    return register - 0x10000 if register & 0x8000 else register
