"""All boards as one: values, watchers, a board that is away, one that does not start."""

from collections.abc import Callable

from kiosk.devices.io.points import point
from kiosk.devices.io.wires import Wires
from kiosk.devices.ports import Board, BoardFault, DeviceHealth, DeviceState, Point, Reading

LAMP, EYE, WARM = point("a.coil.0"), point("a.discrete_input.0"), point("b.input_register.1")


class Told:
    """A board that says what it is told to."""

    def __init__(self, name: str, starts: bool = True) -> None:
        self.name = name
        self.starts = starts
        self.on_reading: Callable[[Reading], object] = lambda _reading: None
        self.stopped = 0

    def start(self, on_reading: Callable[[Reading], object]) -> None:
        if not self.starts:
            raise RuntimeError("a driver of somebody else's")
        self.on_reading = on_reading

    def stop(self) -> None:
        self.stopped += 1
        if not self.starts:
            raise RuntimeError("a driver of somebody else's")

    def say(self, values: dict[Point, int]) -> None:
        self.on_reading(Reading(values, 0.0))

    def switch(self, at: Point, on: bool) -> None:
        if at != LAMP:
            raise BoardFault(f"{at} is no output")
        self.say({LAMP: int(on)})

    def pulse(self, at: Point, seconds: float) -> bool:
        return False

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.WELL if self.starts else DeviceState.SICK)


def wires(**boards: Board) -> Wires:
    made = Wires(boards)
    made.start()
    return made


def test_values_are_known_while_their_board_is_heard() -> None:
    a, b = Told("a"), Told("b")
    all_ = wires(a=a, b=b)
    assert all_.value(EYE) is None
    a.say({EYE: 1, LAMP: 0})
    b.say({WARM: 65_483})
    assert (all_.value(EYE), all_.value(WARM), all_.value(None)) == (1, -53, None)
    a.say({})
    assert (all_.value(EYE), all_.value(WARM)) == (None, -53)


def test_watchers_hear_changes_and_silence_and_one_that_fails_does_not_stop_the_next() -> None:
    a = Told("a")
    all_ = wires(a=a)
    heard: list[int | None] = []

    def fail(_at: Point, _value: int | None) -> None:
        raise RuntimeError("a watcher of somebody else's")

    all_.watch([EYE], fail)
    all_.watch([EYE], lambda _at, value: heard.append(value))
    for values in ({EYE: 1}, {EYE: 1, LAMP: 1}, {EYE: 0}, {}, {}):
        a.say(values)
    assert heard == [1, 0, None]


def test_switching_says_whether_it_was_done() -> None:
    all_ = wires(a=Told("a"))
    assert all_.switch(LAMP, True)
    assert all_.value(LAMP) == 1
    assert not all_.switch(EYE, True)


def test_a_board_that_does_not_start_stops_nobody() -> None:
    well = Told("b")
    all_ = wires(a=Told("a", starts=False), b=well)
    well.say({WARM: 1})
    assert all_.value(WARM) == 1
    assert {name: health.state for name, health in all_.health().items()} == {
        "board.a": DeviceState.SICK,
        "board.b": DeviceState.WELL,
    }
    all_.stop()
    assert well.stopped == 1
