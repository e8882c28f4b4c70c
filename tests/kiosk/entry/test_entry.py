"""Entry from what was read to what the journal and the screen hear of it."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from kiosk.clock import ManualClock
from kiosk.desk import Desk
from kiosk.entry import Card, DoorNoticed, DoorPlan, Entry, EntryDecided, Situation
from kiosk.events import EventBus
from kiosk.hours import Openness, OpenNow
from kiosk.members.errors import CodeExpired
from kiosk.protocol.entry import Access, EntryAttempted, EntryDoor, EntryPolicy, Reason, Result, Way
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.registration import PROVISIONAL
from kiosk.session import Person
from tests.kiosk.locks import TestLock

ALICE = Person("aa" * 10, "model")
OPEN = OpenNow(Openness.OPEN)
SHUT = OpenNow(Openness.CLOSED, opens=datetime(2026, 12, 1, 6, tzinfo=UTC))


class Porch:
    """A door, its lock, and everything around it."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.bus = EventBus()
        self.desk = Desk()
        self.lock = TestLock("front")
        self.policy = EntryPolicy()
        self.hours, self.online, self.inside = OPEN, True, False
        self.rung: list[str] = []
        self.written: list[JournalBody] = []
        self.decided: list[EntryDecided] = []
        self.noticed: list[str] = []
        self.tick: Callable[[], bool] = lambda: False
        self._heard = threading.Condition()
        self.bus.subscribe(EntryDecided, self._on_decided)
        self.bus.subscribe(DoorNoticed, lambda event: self.noticed.append(event.what))
        self.entry = Entry(
            {"front": DoorPlan("front", self.lock, 3.0, 60.0), "back": DoorPlan("back", None)},
            self.clock,
            self.bus,
            policy=lambda: self.policy,
            situation=lambda _policy: Situation(self.hours, people=1, desk=self.online),
            verify=self._verify,
            ring=self._ring,
            inside=lambda: self.inside,
            record=self.written.append,
            later=self.desk.post,
            watch=lambda tick: setattr(self, "tick", tick),
        )
        self.entry.start()

    def _verify(self, text: str) -> Person:
        if text == "expired":
            raise CodeExpired()
        return ALICE

    def _ring(self, door: str) -> str:
        self.rung.append(door)
        return f"call-{len(self.rung)}"

    def _on_decided(self, event: EntryDecided) -> None:
        with self._heard:
            self.decided.append(event)
            self._heard.notify_all()

    def do(self, what: Callable[[], object], decisions: int = 1) -> list[EntryDecided]:
        """On the desk thread; what was decided since, once there are so many."""
        before = len(self.decided)
        self.desk.call(what)
        with self._heard:
            assert self._heard.wait_for(lambda: len(self.decided) >= before + decisions, 10)
        self.settle()
        return self.decided[before:]

    def settle(self) -> None:
        """Wait for what was told to locks and to the desk thread."""
        for worker in self.entry._workers.values():
            worker.submit(lambda: None).result(10)
        self.desk.call(lambda: None)

    def attempts(self) -> list[EntryAttempted]:
        return [body for body in self.written if isinstance(body, EntryAttempted)]

    def close(self) -> None:
        self.entry.stop()
        self.desk.close()


@pytest.fixture
def porch() -> Iterator[Porch]:
    made = Porch()
    yield made
    made.close()


def test_a_code_opens_and_is_written_with_the_time_it_took(porch: Porch) -> None:
    (said,) = porch.do(lambda: porch.entry.by_code("front", "good", "serial", porch.clock.monotonic() - 0.25))
    assert (said.result, said.way, said.seconds) == (Result.OPENED, Way.CODE, 3.0)
    (written,) = porch.attempts()
    assert (written.member, written.source, written.seconds, written.reason) == (ALICE.ref, "serial", 0.25, "allowed")
    assert porch.lock.released == 1


def test_who_registered_here_and_nobody_confirmed_is_no_member_yet(porch: Porch) -> None:
    new = Person("bb" * 10, PROVISIONAL)

    def ask() -> EntryDecided:
        porch.clock.advance(10)
        now = porch.clock.monotonic()
        return porch.do(lambda: porch.entry.by_person("front", new, Way.CODE, "registration", now))[0]

    assert ask().result is Result.OPENED  # by day whoever says who they are may come in
    porch.hours = SHUT
    said = ask()
    assert (said.result, said.reason) == (Result.REFUSED, Reason.MEMBERS_ONLY)
    new = Person(new.ref, "member")  # and now somebody has confirmed it
    assert ask().result is Result.OPENED


def test_a_code_held_before_the_scanner_opens_once(porch: Porch) -> None:
    porch.do(lambda: porch.entry.by_code("front", "good", "camera", 0.0))
    for _ in range(5):
        porch.desk.call(lambda: porch.entry.by_code("front", "good", "camera", 0.5))
    porch.settle()
    assert porch.lock.released == 1
    porch.clock.advance(5)
    porch.do(lambda: porch.entry.by_code("front", "good", "camera", 5.0))
    assert porch.lock.released == 2


def test_a_code_that_is_not_valid_opens_nothing_and_names_nobody(porch: Porch) -> None:
    (said,) = porch.do(lambda: porch.entry.by_code("front", "expired", "serial", 0.0))
    assert (said.result, said.reason, said.detail) == (Result.REFUSED, Reason.NOT_VALID, "member.expired")
    (written,) = porch.attempts()
    assert written.member == ""
    assert porch.lock.released == 0


def test_a_flood_of_bad_codes_is_counted_not_written_one_by_one(porch: Porch) -> None:
    for _ in range(50):
        porch.do(lambda: porch.entry.by_code("front", "expired", "serial", 0.0))
    assert len(porch.attempts()) == 10
    porch.clock.advance(60)
    porch.do(lambda: porch.entry.by_code("front", "expired", "serial", 0.0))
    assert porch.attempts()[-1].more == 40


def test_a_card_that_nobody_knows_is_enough_by_day_and_not_by_night(porch: Porch) -> None:
    card = Card(b"k" * 16, valid=True)
    assert porch.do(lambda: porch.entry.by_card("front", card, 0.0))[0].result is Result.OPENED
    assert porch.attempts()[0].member == ""  # a keyed hash is no member, and is not written
    porch.hours = SHUT
    porch.clock.advance(10)
    (said,) = porch.do(lambda: porch.entry.by_card("front", card, 10.0))
    assert (said.result, said.reason, said.opens) == (Result.REFUSED, Reason.MEMBERS_ONLY, SHUT.opens)
    member = Card(b"m" * 16, True, ALICE)
    assert porch.do(lambda: porch.entry.by_card("front", member, 10.0))[0].result is Result.OPENED
    expired = Card(b"e" * 16, valid=False)
    assert porch.do(lambda: porch.entry.by_card("front", expired, 10.0))[0].reason is Reason.NOT_VALID


def test_the_bell_rings_the_desk_and_twice_is_once(porch: Porch) -> None:
    (said,) = porch.do(lambda: porch.entry.ring("front"))
    assert said.result is Result.ASKED
    porch.desk.call(lambda: porch.entry.ring("front"))
    assert porch.rung == ["front"]
    porch.desk.call(lambda: porch.entry.call_over("call-1", answered=True))
    assert porch.lock.released == 0  # the desk decided


def test_a_bell_that_nobody_answers_is_decided_by_the_policy(porch: Porch) -> None:
    porch.do(lambda: porch.entry.ring("front"))
    (said,) = porch.do(lambda: porch.entry.call_over("call-1", answered=False))
    assert (said.result, said.reason) == (Result.OPENED, Reason.DESK_AWAY)
    assert porch.lock.released == 1
    porch.desk.call(lambda: porch.entry.call_over("call-1", answered=False))  # told twice
    porch.settle()
    assert porch.lock.released == 1


def test_without_a_line_the_bell_is_decided_at_once_and_the_visitor_is_told(porch: Porch) -> None:
    porch.online = False
    assert porch.do(lambda: porch.entry.ring("front"))[0].reason is Reason.DESK_AWAY
    porch.hours = SHUT
    porch.clock.advance(60)
    (said,) = porch.do(lambda: porch.entry.ring("front"))
    assert (said.result, said.opens) == (Result.REFUSED, SHUT.opens)
    assert porch.rung == []


@pytest.mark.parametrize("how", ["stuck", "silent", "broken"])
def test_a_lock_that_fails_is_said_and_may_be_tried_again_at_once(porch: Porch, how: str) -> None:
    porch.lock.how = how
    (said,) = porch.do(lambda: porch.entry.by_code("front", "good", "serial", 0.0))
    assert said.result is Result.FAILED
    assert porch.attempts()[0].detail
    porch.lock.how = ""
    assert porch.do(lambda: porch.entry.by_code("front", "good", "serial", 0.1))[0].result is Result.OPENED


def test_a_door_without_a_lock_says_so(porch: Porch) -> None:
    assert porch.do(lambda: porch.entry.by_code("back", "good", "serial", 0.0))[0].result is Result.FAILED


def test_the_same_card_again_within_the_window(porch: Porch) -> None:
    porch.policy = EntryPolicy(passback_minutes=10)
    porch.do(lambda: porch.entry.by_code("front", "good", "serial", 0.0))
    porch.clock.advance(30)
    (said,) = porch.do(lambda: porch.entry.by_code("front", "good", "serial", 30.0))
    assert said.reason is Reason.PASSBACK
    porch.clock.advance(600)
    assert porch.do(lambda: porch.entry.by_code("front", "good", "serial", 630.0))[0].result is Result.OPENED


def test_a_door_that_is_forced_or_held_is_written(porch: Porch) -> None:
    porch.desk.call(lambda: porch.entry.on_contact("front", True))
    porch.desk.call(lambda: porch.entry.on_contact("front", False))
    assert porch.noticed == ["forced"]
    porch.clock.advance(61)
    assert porch.tick()
    porch.settle()
    assert porch.noticed == ["forced", "held"]
    porch.desk.call(lambda: porch.entry.on_contact("front", True))
    doors = [body for body in porch.written if isinstance(body, EntryDoor)]
    assert [(d.what, d.seconds) for d in doors] == [("forced", 0.0), ("held", 61.0), ("shut", 61.0)]


def test_who_was_let_in_by_the_desk_forces_nothing(porch: Porch) -> None:
    porch.desk.call(lambda: porch.entry.on_contact("front", True))
    porch.desk.call(lambda: porch.entry.on_released("front"))
    porch.desk.call(lambda: porch.entry.on_contact("front", False))
    porch.desk.call(lambda: porch.entry.on_released("no such door"))
    assert porch.noticed == []
    assert porch.entry.state("front").passed == 1


def test_the_outlook_is_what_the_bell_would_do(porch: Porch) -> None:
    assert porch.desk.call(porch.entry.outlook).reason is Reason.IDENTIFY
    porch.policy = EntryPolicy(in_hours=Access.EVERYBODY)
    assert porch.desk.call(porch.entry.outlook).reason is Reason.ALLOWED
