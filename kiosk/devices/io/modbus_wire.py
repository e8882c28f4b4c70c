"""The Modbus requests we make: reads in groups, one coil at a time, and the pulse that some boards time themselves.

One connection is a `ModbusLine`: a TCP address ("tcp://host:port") or a serial port, where several boards may hang on
one pair of wires. Not safe for more than one thread at a time; `kiosk.devices.io.modbus` gives it one.
Source of the pulse: Waveshare's Modbus RTU Relay, FC 05 at 0x0200 + n, value = n × 100 ms (specs/devices.md, 2.1).
"""

import logging
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from pymodbus import FramerType, ModbusException
from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.pdu import ModbusPDU

from kiosk.devices.io.points import COIL, HOLDING_REGISTER, INPUT, INPUT_REGISTER
from kiosk.devices.ports import BoardFault, Point

TCP_PORT = 502
TCP_SECONDS, SERIAL_SECONDS = 0.5, 0.3  # how long an answer may take
PULSE_BASE, PULSE_UNIT, PULSE_LONGEST = 0x0200, 0.1, 3000  # of Waveshare's boards: address, seconds, units (5 min)
_GAP, _BITS, _WORDS = 16, 256, 64  # points that lie closer than this are read together, up to so many
_LIMITS = {COIL: _BITS, INPUT: _BITS, INPUT_REGISTER: _WORDS, HOLDING_REGISTER: _WORDS}
_logger = logging.getLogger("pymodbus")
if _logger.level == logging.NOTSET:
    _logger.setLevel(logging.CRITICAL)  # it prints the last packets at every timeout; we say what matters ourselves


class PulseCoil(ModbusPDU):
    """FC 05 with a time for a value, which `write_coil` cannot say."""

    function_code = 5
    rtu_frame_size = 8

    def __init__(self, dev_id: int, relay: int, units: int) -> None:
        super().__init__(dev_id=dev_id, address=PULSE_BASE + relay)
        self.units = units

    def encode(self) -> bytes:
        return struct.pack(">HH", self.address, self.units)


class BoardRefused(BoardFault):
    """The board has answered, and will not do it: asking again is no use."""


@dataclass(frozen=True, slots=True)
class Group:
    """Points of one unit and kind that one request reads, `count` addresses from `first`."""

    unit: int
    kind: str
    first: int
    count: int
    points: tuple[Point, ...]


def groups(unit: int, points: Iterable[Point]) -> tuple[Group, ...]:
    """The requests that read `points`: few, and none over a gap that a board may not have."""
    found: list[Group] = []
    for kind, longest in _LIMITS.items():
        gap = _GAP if kind in (COIL, INPUT) else 1
        run: list[Point] = []
        for point in sorted({p for p in points if p.kind == kind}, key=lambda p: (p.number, p.inverted)):
            if run and (point.number - run[-1].number > gap or point.number - run[0].number >= longest):
                found.append(_group(unit, kind, run))
                run = []
            run.append(point)
        if run:
            found.append(_group(unit, kind, run))
    return tuple(found)


def _group(unit: int, kind: str, run: list[Point]) -> Group:
    return Group(unit, kind, run[0].number, run[-1].number - run[0].number + 1, tuple(run))


class ModbusLine:
    """One connection. Every method raises BoardFault when the board says no, or nothing."""

    def __init__(self, connection: str, baud: int = 9600) -> None:
        self.connection = connection
        self._client: ModbusTcpClient | ModbusSerialClient
        if connection.startswith("tcp:"):
            parts = urlsplit(connection)
            host, port = parts.hostname or "127.0.0.1", parts.port or TCP_PORT
            self._client = ModbusTcpClient(host, port=port, timeout=TCP_SECONDS, retries=0)
        else:
            self._client = ModbusSerialClient(
                connection, framer=FramerType.RTU, baudrate=baud, timeout=SERIAL_SECONDS, retries=0
            )

    def close(self) -> None:
        self._client.close()  # type: ignore[no-untyped-call]

    def read(self, group: Group) -> dict[Point, int]:
        """The points of a group, turned round where they are inverted. Asked twice: a line may have noise on it."""
        try:
            return self._read(group)
        except BoardRefused:
            raise
        except BoardFault:
            return self._read(group)

    def _read(self, group: Group) -> dict[Point, int]:
        read = {
            COIL: self._client.read_coils,
            INPUT: self._client.read_discrete_inputs,
            INPUT_REGISTER: self._client.read_input_registers,
            HOLDING_REGISTER: self._client.read_holding_registers,
        }[group.kind]
        try:
            answer = read(group.first, count=group.count, device_id=group.unit)
        except Exception as error:
            raise self._fault(error) from error
        _check(answer)
        bits = group.kind in (COIL, INPUT)
        values = answer.bits if bits else answer.registers
        if len(values) < group.count:
            raise BoardFault(f"{len(values)} values of {group.count}")
        found = {point: int(values[point.number - group.first]) for point in group.points}
        return {point: value ^ point.inverted for point, value in found.items()} if bits else found

    def write(self, unit: int, coil: int, value: bool) -> None:
        """Set one coil, as the board means it, and read it back."""
        try:
            answer = self._client.write_coil(coil, value, device_id=unit)
        except Exception as error:
            raise self._fault(error) from error
        _check(answer)
        self.confirm(unit, coil, value)

    def pulse(self, unit: int, coil: int, seconds: float) -> None:
        """Have the board switch a coil on for `seconds`, at most five minutes, and see that it is on."""
        units = min(PULSE_LONGEST, max(1, round(seconds / PULSE_UNIT)))
        try:
            answer = self._client.execute(False, PulseCoil(unit, coil, units))
        except Exception as error:
            raise self._fault(error) from error
        _check(answer)
        self.confirm(unit, coil, True)

    def confirm(self, unit: int, coil: int, value: bool) -> None:
        """Raises BoardFault unless the relay says of itself that it is so."""
        point = Point("", COIL, str(coil))
        if self.read(Group(unit, COIL, coil, 1, (point,)))[point] != value:
            raise BoardFault(f"relay {coil} says it is {'off' if value else 'on'}")

    def _fault(self, error: Exception) -> BoardFault:
        """What a failed request means. The connection is made anew: what arrives late would answer the next request."""
        self._client.close()  # type: ignore[no-untyped-call]
        if isinstance(error, ModbusException | OSError | struct.error | ValueError | IndexError | KeyError):
            return BoardFault(f"no answer from {self.connection}")
        raise error


def _check(answer: ModbusPDU) -> None:
    if answer.isError():
        raise BoardRefused(f"refused with exception {answer.exception_code}")
