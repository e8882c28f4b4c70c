"""What the room does by itself. Pure: what is known goes in, what should be on comes out.

Lights come on with anybody who is there and go off after the room was seen to be empty for a while; while it is not
known whether anybody is there they stay as they are, or come on. Sockets go off when the room is empty after hours.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

COLDEST, HOTTEST = -40.0, 120.0  # beyond this it is the sensor that is ill


class Presence(StrEnum):
    SOMEBODY = "somebody"
    NOBODY = "nobody"
    UNKNOWN = "unknown"  # no sensor, or none that is heard


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of emptiness after which things go off."""

    lights: float = 600.0
    sockets: float = 1800.0


@dataclass(frozen=True, slots=True)
class Occupancy:
    """`seen` is when anybody was last noticed (monotonic, None never since the start), `lights` and `sockets` are on.

    The room begins as one that may be occupied: a terminal that starts anew does not darken it.
    """

    presence: Presence = Presence.UNKNOWN
    seen: float | None = None
    empty_since: float | None = None
    lights: bool = True
    sockets: bool = True

    @property
    def occupied(self) -> bool | None:
        """Whether anybody is there, None when that is not known."""
        if self.presence is Presence.UNKNOWN:
            return None
        return self.empty_since is None


def noticed(state: Occupancy, now: float) -> Occupancy:
    """Somebody is surely there: came in at the door, touched the screen, pressed a button."""
    return replace(state, seen=now, empty_since=None, lights=True, sockets=True)


def ordered(state: Occupancy, what: Literal["lights", "sockets"], on: bool, now: float) -> Occupancy:
    """What somebody who may has decided. What was turned on in an empty room goes off like after the last people."""
    after = replace(state, lights=on) if what == "lights" else replace(state, sockets=on)
    return replace(after, seen=now) if on else after


def sensed(state: Occupancy, presence: Presence, now: float) -> Occupancy:
    """What the sensors say now."""
    if presence is Presence.SOMEBODY:
        return replace(noticed(state, now), presence=presence)
    if presence is Presence.UNKNOWN and state.presence is not Presence.UNKNOWN:
        # Nobody knows any more: better lit for nothing than dark around somebody.
        return replace(noticed(state, now), presence=presence)
    return replace(state, presence=presence)


def tick(state: Occupancy, now: float, timing: Timing, open_now: bool) -> Occupancy:
    """Time has passed. Nothing goes off while presence is unknown."""
    if state.presence is not Presence.NOBODY:
        return state
    if state.seen is None:
        return replace(state, seen=now)  # it was empty when we began to look: count from here
    quiet = now - state.seen
    after = state
    if quiet >= timing.lights:
        after = replace(after, lights=False, empty_since=after.empty_since or state.seen)
    if quiet >= timing.sockets and not open_now:
        after = replace(after, sockets=False)
    return after


def combined(sensors: tuple[int | None, ...]) -> Presence:
    """Several sensors as one: anybody seen by any is somebody; nobody only when every one is heard and sees nobody."""
    if any(value == 1 for value in sensors):
        return Presence.SOMEBODY
    if sensors and all(value == 0 for value in sensors):
        return Presence.NOBODY
    return Presence.UNKNOWN


def celsius(register: int | None) -> float | None:
    """Degrees of a register in tenths, None when unknown or beyond what a room can be."""
    if register is None or not COLDEST <= register / 10 <= HOTTEST:
        return None
    return register / 10


def per_cent(register: int | None) -> float | None:
    """Humidity of a register in tenths."""
    if register is None or not 0 <= register <= 1000:
        return None
    return register / 10
