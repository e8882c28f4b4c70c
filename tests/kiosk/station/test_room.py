"""The room by itself: lights and sockets over time, smoke and heat, the siren, boards that come and go."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import ManualClock
from kiosk.devices.io.points import point
from kiosk.devices.ports import Point
from kiosk.events import EventBus
from kiosk.protocol.alarm import AlarmSource
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.station import StationEmptied, StationSensed, StationSwitched
from kiosk.protocol.text import LocalText
from kiosk.station import CabinetPlan, Room, RoomChanged, RoomPlan, RoomState, Timing
from kiosk.station.room import RoomOccupied
from kiosk.station.rules import Occupancy, Presence, celsius, combined, noticed, per_cent, sensed, tick

LAMP, SOCKET, SIREN, BEACON = (point(f"b.coil.{n}") for n in (1, 2, 3, 4))
EYE, EAR, SMOKE = (point(f"b.discrete_input.{n}") for n in (1, 2, 3))
WARM, DAMP, FREE = (point(f"b.input_register.{n}") for n in (1, 2, 10))
PLAN = RoomPlan(
    lights=(LAMP,),
    sockets=(SOCKET,),
    siren=SIREN,
    beacon=BEACON,
    presence=(EYE, EAR),
    smoke=(SMOKE,),
    temperature=WARM,
    humidity=DAMP,
    timing=Timing(600, 1800),
    cabinets=(("c", CabinetPlan(LocalText(zh_CN="换电柜", en="Batteries"), "battery_swap", FREE, 8)),),
)


class House:
    """Wires that do as they are told, on the spot."""

    def __init__(self) -> None:
        self.values: dict[Point, int | None] = dict.fromkeys((LAMP, SOCKET, SIREN, BEACON, EYE, EAR, SMOKE), 0)
        self.values |= {WARM: 234, DAMP: 480, FREE: 5}
        self.stuck: set[Point] = set()
        self.clock = ManualClock()
        self.written: list[JournalBody] = []
        self.raised: list[AlarmSource] = []
        self.states: list[RoomState] = []
        self.open = True
        self.queue: list[Callable[[], object]] = []
        bus = EventBus()
        bus.subscribe(RoomChanged, lambda event: self.states.append(event.state))
        self.room = Room(
            PLAN,
            self,
            self.clock,
            bus,
            record=self.written.append,
            later=self.queue.append,
            raise_alarm=self.raised.append,
            open_now=lambda: self.open,
            people=lambda: 2,
        )

    def value(self, at: Point | None) -> int | None:
        return self.values.get(at) if at is not None else None

    def switch(self, at: Point, on: bool) -> bool:
        if at in self.stuck:
            return False
        self.values[at] = int(on)
        return True

    def set(self, at: Point, value: int | None) -> None:
        self.values[at] = value
        self.room.on_input(at, value)
        self.settle()

    def wait(self, minutes: float) -> None:
        self.clock.advance(minutes * 60)
        self.room.look()
        self.settle()

    def settle(self) -> None:
        """Until nothing more is switched."""
        for _ in range(3):
            self.room._switcher.submit(lambda: None).result(10)
            while self.queue:
                self.queue.pop(0)()
            self.room.look()
        self.room._switcher.submit(lambda: None).result(10)
        while self.queue:
            self.queue.pop(0)()

    def on(self, *points: Point) -> list[bool]:
        return [self.values[p] == 1 for p in points]


@pytest.fixture
def house() -> House:
    made = House()
    made.settle()
    return made


def test_lights_come_on_with_somebody_and_go_off_when_the_room_was_empty(house: House) -> None:
    house.set(EYE, 1)
    assert house.on(LAMP, SOCKET) == [True, True]
    house.set(EYE, 0)
    house.wait(9.9)
    assert house.on(LAMP) == [True]
    house.wait(0.2)
    assert house.on(LAMP) == [False]
    assert house.room.state.occupied is False
    house.room.notice()  # the door opens for somebody
    house.settle()
    assert house.on(LAMP) == [True]


def test_sockets_go_off_after_hours_alone(house: House) -> None:
    house.set(EYE, 1)
    house.set(EYE, 0)
    house.wait(31)
    assert house.on(SOCKET) == [True]
    house.open = False
    house.wait(0.1)
    assert house.on(SOCKET) == [False]


def test_while_presence_is_unknown_nothing_goes_off(house: House) -> None:
    house.set(EAR, None)
    house.wait(10_000)
    assert house.on(LAMP, SOCKET) == [True, True]
    assert house.room.state.occupied is None
    assert house.room.state.people is None


def test_a_sensor_that_falls_silent_in_an_empty_room_lights_it(house: House) -> None:
    house.wait(0)
    house.wait(11)
    assert house.on(LAMP) == [False]
    house.set(EYE, None)
    assert house.on(LAMP) == [True]
    assert [body.what for body in house.written if isinstance(body, StationSensed)] == []  # it was never heard before
    house.set(EYE, 0)
    house.set(EYE, None)
    assert [body.what for body in house.written if isinstance(body, StationSensed)] == ["lost"]
    house.set(EYE, 0)
    assert [body.what for body in house.written if isinstance(body, StationSensed)] == ["lost", "heard"]


def test_smoke_raises_the_alarm_once_and_its_end_is_written(house: House) -> None:
    house.set(SMOKE, 1)
    house.set(SMOKE, 1)
    assert house.raised == [AlarmSource.SMOKE]
    house.set(SMOKE, 0)
    house.set(SMOKE, 1)
    assert house.raised == [AlarmSource.SMOKE] * 2
    kinds = [body.what for body in house.written if isinstance(body, StationSensed)]
    assert kinds == ["smoke", "smoke_over", "smoke"]


def test_heat_raises_the_alarm_and_does_not_flutter(house: House) -> None:
    for tenths in (569, 570, 571, 569, 545, 570, 539, 570):
        house.set(WARM, tenths)
    assert house.raised == [AlarmSource.HEAT] * 2
    kinds = [(b.what, b.celsius) for b in house.written if isinstance(b, StationSensed)]
    assert kinds == [("heat", 57.0), ("heat_over", 53.9), ("heat", 57.0)]


def test_a_sensor_that_is_ill_is_no_fire(house: House) -> None:
    house.set(WARM, 32_000)
    assert house.raised == []
    assert house.room.state.celsius is None


def test_an_alarm_is_seen_heard_and_lit(house: House) -> None:
    house.wait(0)
    house.wait(11)
    house.room.alarmed(True)
    house.settle()
    assert house.on(SIREN, BEACON, LAMP) == [True, True, True]
    house.room.alarmed(False)
    house.settle()
    assert house.on(SIREN, BEACON, LAMP) == [False, False, False]


def test_a_silent_alarm_changes_nothing_in_the_room(house: House) -> None:
    house.room.alarmed(True, silent=True)
    house.settle()
    assert house.on(SIREN, BEACON) == [False, False]


def test_a_board_that_comes_back_is_put_in_order(house: House) -> None:
    house.room.alarmed(True)
    house.settle()
    house.values[SIREN] = None  # its board is away
    house.room.look()
    house.values[SIREN] = 0  # and comes back with everything off
    house.room.look()
    house.settle()
    assert house.on(SIREN) == [True]


def test_a_relay_that_does_not_follow_is_tried_again(house: House) -> None:
    house.stuck = {SIREN}
    house.room.alarmed(True)
    house.settle()
    assert house.on(SIREN, BEACON) == [False, True]
    house.stuck = set()
    house.room.look()
    house.settle()
    assert house.on(SIREN) == [True]


def test_when_the_last_have_left_it_is_written_with_how_long_they_were_there(house: House) -> None:
    house.set(EYE, 1)
    house.wait(20)
    house.set(EYE, 0)
    house.wait(10.1)
    (emptied,) = [body for body in house.written if isinstance(body, StationEmptied)]
    assert emptied.minutes == 20.0
    assert emptied.quiet == pytest.approx(10.1)
    house.wait(100)
    assert len([body for body in house.written if isinstance(body, StationEmptied)]) == 1


def test_cabinets_and_climate_are_shown_or_unknown(house: House) -> None:
    assert house.room.state.cabinets[0].free == 5
    assert (house.room.state.celsius, house.room.state.humidity) == (23.4, 48.0)
    for wrong in (9, -1, None):
        house.set(FREE, wrong)
        assert house.room.state.cabinets[0].free is None


# -- the rules --------------------------------------------------------------------------------------------------------

STEPS = st.one_of(
    st.tuples(st.just("sense"), st.sampled_from(Presence)),
    st.tuples(st.just("notice"), st.none()),
    st.tuples(st.just("wait"), st.floats(0.1, 4000)),
)


@given(st.lists(STEPS, max_size=40), st.booleans())
def test_never_dark_around_somebody(steps: list[tuple[str, object]], open_now: bool) -> None:
    state, now, last = Occupancy(), 0.0, 0.0
    for what, value in steps:
        if what == "sense":
            assert isinstance(value, Presence)
            state = sensed(state, value, now)
        elif what == "notice":
            state, last = noticed(state, now), now
        else:
            assert isinstance(value, float)
            now += value
            state = tick(state, now, Timing(600, 1800), open_now)
        if state.presence is Presence.SOMEBODY or now - last < 600:
            last = now if state.presence is Presence.SOMEBODY else last
            assert state.lights
        if open_now:
            assert state.sockets
        assert not (state.occupied and not state.lights)


def test_sensors_together() -> None:
    assert combined(()) is Presence.UNKNOWN
    assert combined((0, None)) is Presence.UNKNOWN
    assert combined((1, None)) is Presence.SOMEBODY
    assert combined((0, 0)) is Presence.NOBODY


def test_numbers_of_registers() -> None:
    assert [celsius(n) for n in (None, -53, 234, 9999)] == [None, -5.3, 23.4, None]
    assert [per_cent(n) for n in (None, 480, 1001, -1)] == [None, 48.0, None, None]


def test_the_desk_turns_the_power_off_in_an_empty_room_and_whoever_comes_in_has_it_again(house: House) -> None:
    house.set(EYE, 0)
    house.room.order("sockets", False)
    house.room.order("lights", False)
    house.settle()
    assert house.on(LAMP, SOCKET) == [False, False]
    assert [(b.what, b.on) for b in house.written if isinstance(b, StationSwitched)] == [
        ("sockets", False),
        ("lights", False),
    ]
    house.set(EYE, 1)
    assert house.on(LAMP, SOCKET) == [True, True]


def test_nothing_goes_off_around_somebody(house: House) -> None:
    house.set(EYE, 1)
    with pytest.raises(RoomOccupied):
        house.room.order("lights", False)
    house.room.order("lights", True)  # on is always allowed
    house.settle()
    assert house.on(LAMP) == [True]


def test_where_nobody_knows_the_desk_has_looked(house: House) -> None:
    house.set(EYE, None)
    house.set(EAR, None)
    house.room.order("sockets", False)
    house.settle()
    assert house.on(SOCKET) == [False]
    house.wait(1)
    assert house.on(SOCKET) == [False]


def test_light_that_the_desk_turned_on_in_an_empty_room_goes_off_as_after_people(house: House) -> None:
    house.set(EYE, 0)
    house.wait(60)
    assert house.on(LAMP) == [False]
    house.room.order("lights", True)
    house.settle()
    house.wait(9.9)
    assert house.on(LAMP) == [True]
    house.wait(0.2)
    assert house.on(LAMP) == [False]
