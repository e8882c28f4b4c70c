"""The part of a station's file that says what hangs on which wire: boards, doors, the room, the cabinets."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from kiosk.devices.io import open_boards
from kiosk.devices.io.points import COIL, INPUT, KEY, LINE, REGISTERS, point
from kiosk.devices.ports import Board
from kiosk.protocol.text import LocalText

DeviceName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,30}$")]


def _is_point(text: str) -> str:
    if text:
        point(text)
    return text


PointText = Annotated[str, AfterValidator(_is_point)]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BoardConfig(Section):
    """One board. Boards with the same `connection` hang on the same pair of wires and differ in `unit`."""

    connection: Annotated[str, StringConstraints(pattern=r"^(tcp://[^/\s]+|gpio:/.+|keys:/.+|demo:|/.+)$")]
    unit: int = Field(default=1, ge=1, le=247)
    baud: Literal[4800, 9600, 19200, 38400, 57600, 115200] = 9600
    pulse: Literal["", "waveshare"] = ""  # a board that switches its relay off again by itself


class DoorConfig(Section):
    """One door. Everything is optional but the lock is what opens it."""

    lock: PointText = ""
    pulse_seconds: float = Field(default=3.0, ge=0.1, le=60)
    contact: PointText = ""  # on while the door is shut
    exit: PointText = ""  # on while somebody leaves: the button or the handle inside
    held_seconds: float = Field(default=60.0, ge=5, le=3600)
    bell: PointText = ""
    camera: str = ""  # the one outside, by its name in devices.cameras: reads codes, shows the desk who is there
    scanners: tuple[str, ...] = ()
    id_reader: str = ""
    at_terminal: bool = False  # the terminal itself stands at this door: what it reads opens it


class RoomConfig(Section):
    """The room itself. Sensors are read, lights and sockets are switched."""

    lights: tuple[PointText, ...] = ()
    sockets: tuple[PointText, ...] = ()
    siren: PointText = ""
    beacon: PointText = ""
    presence: tuple[PointText, ...] = ()
    smoke: tuple[PointText, ...] = ()
    alarm_button: PointText = ""
    silent_button: PointText = ""  # raises the alarm at the desk, and nothing is seen or heard here
    temperature: PointText = ""  # a register in tenths of a degree, signed
    humidity: PointText = ""  # a register in tenths of a per cent
    lights_minutes: float = Field(default=10.0, ge=0.5, le=600)
    sockets_minutes: float = Field(default=30.0, ge=0.5, le=600)
    heat_celsius: float = Field(default=57.0, ge=40, le=100)  # GB 4716 class A1: 54..65


class CabinetConfig(Section):
    """A cabinet that says how much is free: batteries to swap, lockers to charge in."""

    name: LocalText
    kind: Literal["battery_swap", "charging", "other"] = "other"
    free: PointText
    total: int = Field(default=0, ge=0, le=1000)


INPUTS = (INPUT, COIL, LINE, KEY)
OUTPUTS = (COIL, LINE)


def wired(config: Any) -> list[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """Every point of a configuration: where it stands, its text, and the kinds it may be of."""
    found: list[tuple[tuple[str, ...], str, tuple[str, ...]]] = []

    def add(where: tuple[str, ...], text: str | tuple[str, ...], kinds: tuple[str, ...]) -> None:
        for one in (text,) if isinstance(text, str) else text:
            if one:
                found.append((where, one, kinds))

    for name, door in config.doors.items():
        add(("doors", name, "lock"), door.lock, OUTPUTS)
        for field in ("contact", "exit", "bell"):
            add(("doors", name, field), getattr(door, field), INPUTS)
    for field in ("lights", "sockets", "siren", "beacon"):
        add(("room", field), getattr(config.room, field), OUTPUTS)
    for field in ("presence", "smoke", "alarm_button", "silent_button"):
        add(("room", field), getattr(config.room, field), INPUTS)
    for field in ("temperature", "humidity"):
        add(("room", field), getattr(config.room, field), REGISTERS)
    for name, cabinet in config.cabinets.items():
        add(("cabinets", name, "free"), cabinet.free, REGISTERS)
    return found


def boards_of(config: Any) -> dict[str, Board]:
    """The boards of a configuration by name, not started."""
    locks = [point(door.lock) for door in config.doors.values() if door.lock]
    return open_boards(config.boards, [point(text) for _, text, _ in wired(config)], locks)


def _kinds_of(board: BoardConfig) -> tuple[str, ...]:
    if board.connection.startswith("gpio:"):
        return (LINE,)
    if board.connection.startswith("keys:"):
        return (KEY,)
    return (COIL, INPUT, *REGISTERS)


def faults(config: Any) -> list[tuple[tuple[str, ...], str]]:
    """What is wrong with the wiring as a whole: where, and a sentence."""
    found: list[tuple[tuple[str, ...], str]] = []
    outputs: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for where, text, kinds in wired(config):
        at = point(text)
        board = config.boards.get(at.board)
        if board is None:
            known = ", ".join(sorted(config.boards)) or "there are none"
            found.append((where, f'"{text}": no board is called "{at.board}" ({known})'))
            continue
        if at.kind not in _kinds_of(board):
            found.append((where, f'"{text}": {board.connection} has {" and ".join(_kinds_of(board))}, no {at.kind}'))
        elif at.kind not in kinds:
            found.append((where, f'"{text}": a {at.kind} cannot be used here; it must be {" or ".join(kinds)}'))
        key = (at.board, at.kind, at.address)
        if kinds == OUTPUTS:
            if key in outputs:
                found.append((where, f'"{text}" is used already, by {".".join(outputs[key])}'))
            outputs[key] = where
    units: dict[tuple[str, int], str] = {}
    for name, board in config.boards.items():
        if board.connection == "demo:" or board.connection.startswith(("gpio:", "keys:")):
            continue
        other = units.setdefault((board.connection, board.unit), name)
        if other != name:
            found.append((("boards", name, "unit"), f'unit {board.unit} on {board.connection} is "{other}" already'))
    for name, door in config.doors.items():
        if door.camera and door.camera not in config.devices.cameras:
            found.append((("doors", name, "camera"), f'no camera in devices.cameras is called "{door.camera}"'))
    if sum(door.at_terminal for door in config.doors.values()) > 1:
        name = [name for name, door in config.doors.items() if door.at_terminal][-1]
        found.append((("doors", name, "at_terminal"), "the terminal can stand at one door only"))
    return found
