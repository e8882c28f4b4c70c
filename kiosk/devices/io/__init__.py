"""Doors, lights, contacts and registers: boards, and the locks that hang on them."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from kiosk.devices.io.lock import BoardLock
from kiosk.devices.io.points import point
from kiosk.devices.ports import Board, Point

__all__ = ["BoardLock", "open_boards", "point"]


class Spec(Protocol):
    """What the configuration says of a board (`kiosk.config_room.BoardConfig`)."""

    @property
    def connection(self) -> str: ...
    @property
    def unit(self) -> int: ...
    @property
    def baud(self) -> int: ...
    @property
    def pulse(self) -> str: ...


def open_boards(specs: Mapping[str, Spec], points: Iterable[Point], pulsed: Iterable[Point]) -> dict[str, Board]:
    """The boards of a station by name, not started. `points` are all that are used, `pulsed` those of locks.

    "tcp://host:port" and a serial port are Modbus, "gpio:/dev/gpiochip0" lines of this computer, "keys:/dev/input/…"
    a device that types, "demo:" a simulated Modbus board that is started with it.
    """
    used, brief = tuple(points), tuple(pulsed)
    boards: dict[str, Board] = {}
    buses: dict[str, Any] = {}
    for name, spec in specs.items():
        mine = tuple(dict.fromkeys(p for p in used if p.board == name))
        locks = tuple(dict.fromkeys(p for p in brief if p.board == name))
        boards[name] = _open(name, spec, mine, locks, buses)
    return boards


def _open(name: str, spec: Spec, mine: tuple[Point, ...], locks: tuple[Point, ...], buses: dict[str, Any]) -> Board:
    kind, _, rest = spec.connection.partition(":")
    if kind == "gpio":
        from kiosk.devices.io.gpio import GpioBoard

        return GpioBoard(name, rest, mine, locks)
    if kind == "keys":
        from kiosk.devices.io.keys import KeyBoard

        return KeyBoard(name, rest, mine)
    if kind == "demo":
        from kiosk.devices.io.demo import DemoBoard

        return DemoBoard(name, mine, locks, spec.pulse == "waveshare")
    from kiosk.devices.io.modbus import ModbusBoard, ModbusBus

    bus = buses.setdefault(spec.connection, ModbusBus(spec.connection, spec.baud))
    return ModbusBoard(name, bus, spec.unit, mine, locks, spec.pulse == "waveshare")
