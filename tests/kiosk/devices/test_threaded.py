"""Opening a device again: pauses that double, a budget for one that comes and goes, and a base that lets go."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.ports import DeviceState
from kiosk.devices.threaded import PER_SECONDS, RESTING_SECONDS, Retry, ThreadedDriver
from tests.kiosk.devices.helpers import until


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_pauses_double_and_begin_anew() -> None:
    retry = Retry(1, 8, Time())
    assert [retry.lost() for _ in range(5)] == [1, 2, 4, 8, 8]
    retry.well()
    assert retry.lost() == 1


def test_one_that_is_away_for_long_is_no_restart() -> None:
    retry = Retry(1, 8, Time(), restarts=3)
    for _ in range(100):
        assert retry.lost() <= 8
    assert not retry.spent


def test_one_that_comes_and_goes_is_tried_once_a_minute_until_it_has_rested() -> None:
    time = Time()
    retry = Retry(1, 8, time, restarts=3)
    pauses = []
    for _ in range(5):
        retry.well()
        pauses.append(retry.lost())
        time.now += 10
    assert pauses == [1, 1, RESTING_SECONDS, RESTING_SECONDS, RESTING_SECONDS]
    assert retry.spent
    time.now += PER_SECONDS
    assert not retry.spent
    retry.well()
    assert retry.lost() == 1


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100)), max_size=200))
def test_never_sooner_than_the_first_pause_and_never_more_than_the_budget(steps: list[tuple[bool, float]]) -> None:
    time, restarts = Time(), 5
    retry = Retry(0.2, 10, time, restarts=restarts)
    quick: list[float] = []
    for opens, after in steps:
        time.now += after
        if opens:
            retry.well()
        pause = retry.lost()
        assert pause >= 0.2
        if opens and pause < RESTING_SECONDS:
            quick.append(time.now)
        time.now += pause
    for moment in quick:
        assert sum(moment - PER_SECONDS < other <= moment for other in quick) <= restarts


class Flapping(ThreadedDriver):
    def __init__(self) -> None:
        super().__init__("flapping", 0.0, 0.0)
        self.opened = self.lost = 0
        self.let_go = threading.Event()

    def start(self) -> None:
        self.begin(self._work)

    def gone(self) -> None:
        self.lost += 1

    def _work(self, ending: threading.Event) -> None:
        self.opened += 1
        self.well()
        try:
            if self.opened >= 3:
                ending.wait(30)
                return
            raise OSError(f"lost {self.opened}")
        finally:
            self.let_go.set()


def test_a_driver_is_opened_again_says_so_and_lets_go() -> None:
    driver = Flapping()
    assert driver.health().state is DeviceState.OFF
    driver.start()
    driver.start()
    until(lambda: driver.opened == 3)
    until(lambda: driver.health().state is DeviceState.WELL)
    assert driver.lost == 2
    driver.let_go.clear()
    driver.stop()
    driver.stop()
    assert driver.let_go.is_set()
    assert driver.health().state is DeviceState.OFF
