"""What is known of the room."""

from dataclasses import dataclass

from kiosk.events import Event
from kiosk.protocol.text import LocalText


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A cabinet that says how much is free; `free` None: it is not heard."""

    id: str
    name: LocalText
    kind: str
    free: int | None
    total: int


@dataclass(frozen=True, slots=True)
class RoomState:
    """The room now. None is unknown, everywhere. `people` is an estimate from the doors, 0 only when it is empty."""

    occupied: bool | None = None
    people: int | None = None
    lights: bool = True
    sockets: bool = True
    celsius: float | None = None
    humidity: float | None = None
    smoke: bool | None = None
    cabinets: tuple[Cabinet, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomChanged(Event):
    state: RoomState
