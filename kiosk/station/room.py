"""Keeping the room: lights and sockets, smoke and heat, the siren of an alarm, cabinets.

Called on the desk thread. Outputs are switched on a thread of their own, and again when a board that was away comes
back with another idea of what is on.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from kiosk.clock import Clock
from kiosk.devices.io.points import point
from kiosk.devices.ports import Point
from kiosk.errors import KioskError
from kiosk.events import EventBus
from kiosk.protocol.alarm import AlarmSource
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.station import StationEmptied, StationSensed, StationSwitched
from kiosk.protocol.text import LocalText
from kiosk.station.events import Cabinet, RoomChanged, RoomState
from kiosk.station.rules import Occupancy, Presence, Timing, celsius, combined, noticed, ordered, per_cent, sensed, tick

log = logging.getLogger(__name__)
TICK_SECONDS = 1.0
_COOLER = 3.0  # degrees below the limit before heat is over: it does not come and go with every tenth


class RoomOccupied(KioskError):
    """Somebody is there."""

    code = "room.occupied"


class NothingToSwitch(KioskError):
    """This room has no relay for it."""

    code = "room.no_relay"


class Wiring(Protocol):
    """The part of `kiosk.devices.io.wires.Wires` that is needed here."""

    def value(self, point: Point | None) -> int | None: ...
    def switch(self, point: Point, on: bool) -> bool: ...


@dataclass(frozen=True, slots=True)
class CabinetPlan:
    name: LocalText
    kind: str
    free: Point
    total: int


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """Which points are what."""

    lights: tuple[Point, ...] = ()
    sockets: tuple[Point, ...] = ()
    siren: Point | None = None
    beacon: Point | None = None
    presence: tuple[Point, ...] = ()
    smoke: tuple[Point, ...] = ()
    temperature: Point | None = None
    humidity: Point | None = None
    timing: Timing = field(default_factory=Timing)
    heat_celsius: float = 57.0
    cabinets: tuple[tuple[str, CabinetPlan], ...] = ()

    @property
    def inputs(self) -> tuple[Point, ...]:
        """What the room listens to."""
        single = (self.temperature, self.humidity, *(cabinet.free for _, cabinet in self.cabinets))
        return (*self.presence, *self.smoke, *(p for p in single if p is not None))

    @property
    def outputs(self) -> tuple[Point, ...]:
        return (*self.lights, *self.sockets, *(p for p in (self.siren, self.beacon) if p is not None))


def points(texts: tuple[str, ...]) -> tuple[Point, ...]:
    return tuple(point(text) for text in texts)


class Room:
    """`open_now` says whether the station has hours now, `people` estimates from the doors how many are inside (None
    unknown), `raise_alarm` raises one; `record`, `later` and `watch` are as everywhere."""

    def __init__(
        self,
        plan: RoomPlan,
        wires: Wiring,
        clock: Clock,
        bus: EventBus,
        record: Callable[[JournalBody], object],
        later: Callable[[Callable[[], object]], object],
        raise_alarm: Callable[[AlarmSource], object],
        open_now: Callable[[], bool],
        people: Callable[[], int | None] = lambda: None,
        watch: Callable[[Callable[[], bool]], object] = lambda _tick: None,
        on_trial: Callable[[Point], bool] = lambda _output: False,
    ) -> None:
        self.plan = plan
        self._wires = wires
        self._clock = clock
        self._bus = bus
        self._record = record
        self._later = later
        self._raise = raise_alarm
        self._open_now = open_now
        self._people = people
        self._watch = watch
        self._on_trial = on_trial
        self._occupancy = Occupancy()
        self._came: float | None = None
        self._on_fire: set[Point] = set()
        self._lost: set[Point] = set()
        self._heard: set[Point] = set()
        self._hot = self._alarm = False
        self._state = RoomState()
        self._switcher = ThreadPoolExecutor(1, thread_name_prefix="room")
        self._switching = self._stopped = False

    @property
    def state(self) -> RoomState:
        """The room as it was last known. From any thread."""
        return self._state

    def start(self) -> None:
        self._watch(self._tick)

    def stop(self) -> None:
        self._stopped = True
        self._switcher.shutdown(wait=True)

    def on_input(self, at: Point, value: int | None) -> None:
        """A sensor has changed."""
        self._keep_heard(at, value)
        if at in self.plan.smoke and value is not None:
            self._smoke(at, bool(value))
        self.look()

    def notice(self) -> None:
        """Somebody is there: at the door, at the screen, at a button."""
        self._occupancy = noticed(self._occupancy, self._clock.monotonic())
        self.look()

    def order(self, what: Literal["lights", "sockets"], on: bool) -> None:
        """The desk wants it so, until somebody comes in. Raises RoomOccupied, NothingToSwitch.

        Nothing goes off around somebody who is surely there; where that is not known the desk has looked.
        """
        if not getattr(self.plan, what):
            raise NothingToSwitch(what=what)
        if not on and self._occupancy.presence is Presence.SOMEBODY:
            raise RoomOccupied(what=what)
        self._occupancy = ordered(self._occupancy, what, on, self._clock.monotonic())
        self._record(StationSwitched(what=what, on=on))
        self.look()

    def alarmed(self, on: bool, silent: bool = False) -> None:
        """An alarm lasts, or is over. A silent one is neither seen nor heard here."""
        self._alarm = on and not silent
        self.look()

    def look(self) -> None:
        """Take in what the sensors say, and make it so."""
        now = self._clock.monotonic()
        before = self._occupancy
        presence = combined(tuple(self._wires.value(p) for p in self.plan.presence))
        state = sensed(before, presence, now)
        self._occupancy = tick(state, now, self.plan.timing, self._open_now())
        self._follow_people(before.occupied, now)
        self._heat(celsius(self._wires.value(self.plan.temperature)))
        self._tell()
        self._switch()

    def wanted(self) -> dict[Point, bool]:
        """What should be on now."""
        alarm = self._alarm
        found: dict[Point, bool] = dict.fromkeys(self.plan.lights, self._occupancy.lights or alarm)
        found |= dict.fromkeys(self.plan.sockets, self._occupancy.sockets)
        found |= {p: alarm for p in (self.plan.siren, self.plan.beacon) if p is not None}
        return found

    # -- inside -------------------------------------------------------------------------------------------------------

    def _tick(self) -> bool:
        self._later(self.look)
        return not self._stopped

    def _follow_people(self, before: bool | None, now: float) -> None:
        occupied = self._occupancy.occupied
        if occupied and self._came is None:
            self._came = now
        if occupied is False and before is not False and self._came is not None and self._occupancy.seen is not None:
            seen = self._occupancy.seen
            minutes, quiet = (max(0.0, seen - self._came) / 60, max(0.0, now - seen) / 60)
            self._record(StationEmptied(minutes=round(minutes, 1), quiet=round(quiet, 1)))
            self._came = None

    def _keep_heard(self, at: Point, value: int | None) -> None:
        """Sensors that fall silent are written down, once, and so is their return."""
        if value is None and at in self._heard and at not in self._lost:
            self._lost.add(at)
            self._record(StationSensed(what="lost", sensor=str(at)))
        elif value is not None:
            self._heard.add(at)
            if at in self._lost:
                self._lost.discard(at)
                self._record(StationSensed(what="heard", sensor=str(at)))

    def _smoke(self, at: Point, on: bool) -> None:
        if on and at not in self._on_fire:
            self._on_fire.add(at)
            self._record(StationSensed(what="smoke", sensor=str(at)))
            self._raise(AlarmSource.SMOKE)
        elif not on and at in self._on_fire:
            self._on_fire.discard(at)
            self._record(StationSensed(what="smoke_over", sensor=str(at)))

    def _heat(self, degrees: float | None) -> None:
        if degrees is None or self.plan.temperature is None:
            return
        sensor = str(self.plan.temperature)
        if degrees >= self.plan.heat_celsius and not self._hot:
            self._hot = True
            self._record(StationSensed(what="heat", sensor=sensor, celsius=degrees))
            self._raise(AlarmSource.HEAT)
        elif degrees < self.plan.heat_celsius - _COOLER and self._hot:
            self._hot = False
            self._record(StationSensed(what="heat_over", sensor=sensor, celsius=degrees))

    def _tell(self) -> None:
        value = self._wires.value
        occupied = self._occupancy.occupied
        estimate = self._people()
        people = 0 if occupied is False else (max(1, estimate) if occupied and estimate is not None else None)
        smoke = [value(p) for p in self.plan.smoke]
        state = replace(
            self._state,
            occupied=occupied,
            people=people,
            lights=self._occupancy.lights or self._alarm,
            sockets=self._occupancy.sockets,
            celsius=celsius(value(self.plan.temperature)),
            humidity=per_cent(value(self.plan.humidity)),
            smoke=True if 1 in smoke else (False if smoke and None not in smoke else None),
            cabinets=tuple(
                Cabinet(key, plan.name, plan.kind, _free(value(plan.free), plan.total), plan.total)
                for key, plan in self.plan.cabinets
            ),
        )
        if state != self._state:
            self._state = state
            self._bus.publish(RoomChanged(state))

    def _switch(self) -> None:
        """What is heard to be otherwise is switched; one round at a time, the next look sees what it did."""
        if self._switching or self._stopped:
            return
        wanted = {p: on for p, on in self.wanted().items() if not self._on_trial(p)}
        todo = {p: on for p, on in wanted.items() if self._wires.value(p) not in (None, int(on))}
        if todo:
            self._switching = True
            self._switcher.submit(self._work, todo)

    def _work(self, todo: Mapping[Point, bool]) -> None:
        for at, on in todo.items():
            self._wires.switch(at, on)
        self._later(self._worked)

    def _worked(self) -> None:
        self._switching = False


def _free(register: int | None, total: int) -> int | None:
    """A count of a cabinet, None when it is unknown or cannot be."""
    return register if register is not None and 0 <= register <= (total or 1000) else None
