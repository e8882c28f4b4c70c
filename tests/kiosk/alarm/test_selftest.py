"""The station's own test of its alarm: when it runs, how it ends, and that it disturbs nobody."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from kiosk.alarm import SelfTest
from kiosk.alarm.selftest import AGAIN_SECONDS, ANSWER_SECONDS, LOOK_SECONDS
from kiosk.clock import ManualClock
from kiosk.events import EventBus, LinkChanged
from kiosk.protocol.alarm import AlarmSelfTested, AlarmSettings, AlarmTest, AlarmTested, TestCode
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage

DAY = 86_400.0


class Bench:
    """A self-test on a manual clock."""

    def __init__(self, clock: ManualClock, last: tuple[datetime | None, str] = (None, "")) -> None:
        self.clock = clock
        self.bus = EventBus()
        self.sent: list[str] = []
        self.ended: list[AlarmSelfTested] = []
        self.looks: list[Callable[[], bool]] = []
        self.online, self.busy = True, False
        self.test = SelfTest(
            clock,
            self.bus,
            self._record,
            self._send,
            lambda: self.online,
            lambda: self.busy,
            AlarmSettings,
            lambda: last,
            self.looks.append,
            spread=lambda: 0.0,
        )
        self.test.start()

    def _record(self, body: JournalBody) -> None:
        assert isinstance(body, AlarmSelfTested)
        self.ended.append(body)

    def _send(self, message: LinkMessage) -> None:
        assert isinstance(message, AlarmTest)
        self.sent.append(message.test)

    def wait(self, seconds: float, answer: int | None = None) -> None:
        until = self.clock.monotonic() + seconds
        while self.clock.monotonic() < until:
            self.clock.advance(LOOK_SECONDS)
            before = len(self.sent)
            self.looks[:] = [look for look in self.looks if look()]
            if answer is not None and len(self.sent) > before:
                self.test.on_message(AlarmTested(test=self.sent[-1], consoles=answer))


def test_once_a_day_while_all_is_well(clock: ManualClock) -> None:
    bench = Bench(clock)
    bench.wait(3 * DAY, answer=1)
    assert [one.code for one in bench.ended] == [TestCode.PASSED] * 3
    assert len(set(bench.sent)) == 3


def test_sooner_when_it_did_not_pass(clock: ManualClock) -> None:
    bench = Bench(clock)
    bench.wait(LOOK_SECONDS, answer=0)
    assert bench.ended[-1].code is TestCode.NO_DESK
    bench.wait(AGAIN_SECONDS + LOOK_SECONDS, answer=2)
    assert (bench.ended[-1].code, bench.ended[-1].consoles) == (TestCode.PASSED, 2)


def test_no_answer_is_an_outcome(clock: ManualClock) -> None:
    bench = Bench(clock)
    bench.wait(ANSWER_SECONDS + 3 * LOOK_SECONDS)
    (ended,) = bench.ended
    assert (ended.code, ended.seconds) == (TestCode.NO_ANSWER, ANSWER_SECONDS)
    bench.test.on_message(AlarmTested(test=bench.sent[-1], consoles=1))  # too late
    assert len(bench.ended) == 1


def test_thirty_days_without_a_line_are_not_written_down_every_hour(clock: ManualClock) -> None:
    bench = Bench(clock)
    bench.online = False
    bench.wait(30 * DAY)
    assert 29 <= len(bench.ended) <= 31
    assert bench.sent == []
    bench.online = True
    bench.bus.publish(LinkChanged(online=True))
    bench.wait(2 * LOOK_SECONDS, answer=1)
    assert bench.ended[-1].code is TestCode.PASSED


def test_never_during_an_alarm(clock: ManualClock) -> None:
    bench = Bench(clock)
    bench.busy = True
    bench.wait(DAY)
    assert bench.sent == []


@pytest.mark.parametrize(
    ("hours", "code", "waits"), [(1, "passed", True), (25, "passed", False), (2, "no_desk", False)]
)
def test_a_restart_does_not_begin_anew(clock: ManualClock, hours: float, code: str, waits: bool) -> None:
    bench = Bench(clock, (clock.now() - timedelta(hours=hours), code))
    bench.wait(2 * LOOK_SECONDS)
    assert (bench.sent == []) is waits


def test_the_desk_may_ask_for_one(clock: ManualClock) -> None:
    bench = Bench(clock, (clock.now(), "passed"))
    bench.wait(LOOK_SECONDS, answer=1)
    assert bench.ended == []
    bench.test.now()
    bench.wait(LOOK_SECONDS, answer=1)
    assert [one.code for one in bench.ended] == [TestCode.PASSED]


def test_it_ends_with_the_program(clock: ManualClock) -> None:
    bench = Bench(clock)
    bench.test.stop()
    bench.wait(LOOK_SECONDS)
    assert bench.looks == []
