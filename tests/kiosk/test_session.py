"""The session: it ends by itself, belongs to one person, and is journalled without a name."""

import pytest

from kiosk.clock import ManualClock
from kiosk.events import Event, EventBus
from kiosk.protocol.journal import JournalBody
from kiosk.session import Person, Session, SessionExtended, SessionFinished, SessionState, SessionWarned

ANNA, BO = Person("aa" * 10), Person("bb" * 10)


class Watch:
    def __init__(self, clock: ManualClock) -> None:
        self.events: list[Event] = []
        self.entries: list[JournalBody] = []
        bus = EventBus()
        bus.subscribe(Event, self.events.append)
        self.session = Session(clock, bus, self.entries.append)

    def reasons(self) -> list[str]:
        return [e.reason for e in self.events if isinstance(e, SessionFinished)]


@pytest.fixture
def watch(clock: ManualClock) -> Watch:
    return Watch(clock)


def pass_seconds(watch: Watch, clock: ManualClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.advance(1)
        watch.session.tick()


def test_a_quiet_session_is_warned_after_60_s_and_ends_after_90(watch: Watch, clock: ManualClock) -> None:
    watch.session.wake()
    pass_seconds(watch, clock, 59)
    assert watch.session.state is SessionState.ACTIVE
    pass_seconds(watch, clock, 1)
    assert watch.session.state is SessionState.WARNING
    warned = [e.seconds_left for e in watch.events if isinstance(e, SessionWarned)]
    assert warned == [30]
    pass_seconds(watch, clock, 29)
    assert watch.session.state is SessionState.WARNING
    pass_seconds(watch, clock, 1)
    assert watch.session.state is SessionState.IDLE
    assert watch.reasons() == ["idle"]
    assert [type(e).__name__ for e in watch.entries] == ["SessionStarted", "SessionEnded"]
    assert watch.entries[1].seconds == 90  # type: ignore[attr-defined]


def test_one_touch_extends(watch: Watch, clock: ManualClock) -> None:
    watch.session.wake()
    pass_seconds(watch, clock, 80)
    watch.session.touch()
    assert any(isinstance(e, SessionExtended) for e in watch.events)
    pass_seconds(watch, clock, 59)
    assert watch.session.state is SessionState.ACTIVE


def test_it_does_not_end_while_held_and_starts_afresh_after(watch: Watch, clock: ManualClock) -> None:
    watch.session.wake()
    watch.session.hold("video")
    watch.session.hold("call")
    pass_seconds(watch, clock, 3600)
    watch.session.release("video")
    pass_seconds(watch, clock, 3600)
    assert watch.session.state is SessionState.ACTIVE
    watch.session.release("call")
    pass_seconds(watch, clock, 59)
    assert watch.session.state is SessionState.ACTIVE
    pass_seconds(watch, clock, 31)
    assert watch.session.state is SessionState.IDLE


def test_another_persons_code_ends_the_session_of_the_first(watch: Watch) -> None:
    first = watch.session.wake()
    watch.session.recognise(ANNA)
    assert watch.session.id == first, "being recognised does not interrupt one's own session"
    watch.session.recognise(ANNA)
    assert watch.session.id == first
    watch.session.recognise(BO)
    assert watch.session.id not in ("", first)
    assert watch.session.person == BO
    assert watch.reasons() == ["next_person"]


def test_no_entry_carries_who_it_was(watch: Watch) -> None:
    watch.session.wake()
    watch.session.recognise(ANNA)
    watch.session.finish()
    assert watch.session.person is None
    assert all(ANNA.ref not in e.model_dump_json() for e in watch.entries)


def test_finishing_and_touching_while_idle_do_nothing(watch: Watch, clock: ManualClock) -> None:
    watch.session.finish()
    watch.session.touch()
    watch.session.hold("video")
    pass_seconds(watch, clock, 200)
    assert watch.events == []
    watch.session.wake()
    pass_seconds(watch, clock, 90)
    assert watch.reasons() == ["idle"], "a hold of nobody's does not keep the next session"
