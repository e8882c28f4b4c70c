"""Getting in: by a code, a card, a face, or the bell: decided by the policy, opened, and written down.

Every method is called on the desk thread and is quick; locks are told on a thread of their own, because a lock on a bad
line takes its time.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.clock import Clock
from kiosk.devices.io.lock import release_safely
from kiosk.devices.ports import Lock, LockReport
from kiosk.entry.events import DoorNoticed, EntryDecided
from kiosk.entry.policy import Asker, Decision, Situation, Verdict, decide
from kiosk.entry.watch import DoorState, Notice, contact, leaving, released, tick
from kiosk.errors import KioskError
from kiosk.events import EventBus
from kiosk.limits import Bucket
from kiosk.protocol.entry import EntryAttempted, EntryDoor, EntryPolicy, Reason, Result, Way
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.registration import PROVISIONAL
from kiosk.session import Person

log = logging.getLogger(__name__)
TICK_SECONDS = 1.0
BELL_SECONDS = 3.0  # who presses a bell twice rings once
AGAIN_SECONDS = 3.0  # the same code or card while the bolt is drawn is the same attempt
REFUSALS_AT_ONCE, SECONDS_A_REFUSAL = 10, 6.0
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class DoorPlan:
    """What the configuration says of a door."""

    name: str
    lock: Lock | None
    seconds: float = 3.0
    held_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Card:
    """An ID card at a door: `key` is the keyed hash of its number, `person` the member it is known to belong to."""

    key: bytes
    valid: bool
    person: Person | None = None


@dataclass(slots=True)
class _Door:
    plan: DoorPlan
    state: DoorState = field(default_factory=DoorState)
    rang: float = float("-inf")


@dataclass(frozen=True, slots=True)
class _Attempt:
    door: str
    way: Way
    source: str
    at: float
    member: str = ""
    key: bytes = b""


class Entry:
    """`verify` gives the member of a code or raises a KioskError; `situation` how things stand now; `ring` calls the
    desk for a door and gives the id of the call, `desk` says whether anybody can be reached there at all; `inside`
    whether somebody is in the room, None unknown; `later` runs something on the desk thread, `record` appends to the
    journal, `watch` calls what it is given every `TICK_SECONDS`."""

    def __init__(
        self,
        doors: Mapping[str, DoorPlan],
        clock: Clock,
        bus: EventBus,
        policy: Callable[[], EntryPolicy],
        situation: Callable[[EntryPolicy], Situation],
        verify: Callable[[str], Person],
        ring: Callable[[str], str],
        inside: Callable[[], bool | None],
        record: Callable[[JournalBody], object],
        later: Callable[[Callable[[], object]], object],
        watch: Callable[[Callable[[], bool]], object] = lambda _tick: None,
    ) -> None:
        self._doors = {name: _Door(plan) for name, plan in doors.items()}
        self._clock = clock
        self._bus = bus
        self._policy = policy
        self._situation = situation
        self._verify = verify
        self._ring = ring
        self._inside = inside
        self._record = record
        self._later = later
        self._watch = watch
        self._workers = {name: ThreadPoolExecutor(1, thread_name_prefix=f"door {name}") for name in doors}
        self._opened: dict[bytes, float] = {}  # when each code or card last opened a door
        self._asked: dict[str, _Attempt] = {}  # by call: who rang, and waits for the desk
        self._refusals = Bucket(clock.monotonic, REFUSALS_AT_ONCE, SECONDS_A_REFUSAL)
        self._stopped = False

    def start(self) -> None:
        self._watch(self._tick)

    def stop(self) -> None:
        """What has begun is finished."""
        self._stopped = True
        for worker in self._workers.values():
            worker.shutdown(wait=True)

    def state(self, door: str) -> DoorState:
        """What is known of a door."""
        return self._doors[door].state

    def outlook(self) -> Decision:
        """What the bell would do now: for the words on the screen before anybody rings."""
        policy = self._policy()
        return decide(policy, Asker(Way.BELL), self._situation(policy))

    def policy(self) -> EntryPolicy:
        return self._policy()

    # -- ways in ------------------------------------------------------------------------------------------------------

    def by_code(self, door: str, text: str, source: str, at: float) -> None:
        """A code was read at `door`, at `at` monotonic seconds."""
        attempt = _Attempt(door, Way.CODE, source, at, key=hashlib.sha256(text.encode("utf-8", "replace")).digest())
        try:
            person = self._verify(text)
        except KioskError as refused:
            self._refuse(attempt, Decision(Verdict.REFUSE, Reason.NOT_VALID), refused.code)
            return
        self._ask(attempt, person)

    def by_person(self, door: str, person: Person, way: Way, source: str, at: float) -> None:
        """Somebody was recognised already, by the terminal that stands at this door."""
        self._ask(_Attempt(door, way, source, at), person)

    def by_card(self, door: str, card: Card, at: float) -> None:
        """An ID card was laid on the reader of a door."""
        attempt = _Attempt(door, Way.ID_CARD, "id_reader", at, key=card.key)
        if not card.valid:
            self._refuse(attempt, Decision(Verdict.REFUSE, Reason.NOT_VALID), "entry.card_expired")
            return
        self._ask(attempt, card.person)

    def ring(self, door: str) -> None:
        """The bell: let in, put through to the desk, or told why neither."""
        at, known = self._clock.monotonic(), self._doors[door]
        if at - known.rang < BELL_SECONDS:
            return
        known.rang = at
        self._bell(_Attempt(door, Way.BELL, "bell", at), desk=None)

    def call_over(self, call: str, answered: bool) -> None:
        """The call of a bell is over. When nobody answered, the policy decides as if there were no desk."""
        attempt = self._asked.pop(call, None)
        if attempt is not None and not answered:
            self._bell(attempt, desk=False)

    # -- doors --------------------------------------------------------------------------------------------------------

    def on_contact(self, door: str, shut: bool | None) -> None:
        known = self._doors[door]
        known.state, notices = contact(known.state, shut, self._clock.monotonic(), self._inside())
        self._notice(door, notices)

    def on_exit(self, door: str) -> None:
        """The button or handle inside was used."""
        known = self._doors[door]
        known.state = leaving(known.state, self._clock.monotonic())

    def on_released(self, door: str) -> None:
        """The lock was released, by whoever it was: what opens now was let in."""
        if (known := self._doors.get(door)) is not None:
            known.state = released(known.state, self._clock.monotonic(), known.plan.seconds)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _bell(self, attempt: _Attempt, desk: bool | None) -> None:
        policy = self._policy()
        now = self._situation(policy)
        if desk is not None:
            now = Situation(now.hours, now.weather, now.people, desk)
        decision = decide(policy, Asker(Way.BELL), now)
        if decision.verdict is Verdict.OPEN:
            self._open(attempt, decision)
        elif decision.verdict is Verdict.ASK:
            if call := self._ring(attempt.door):
                self._asked[call] = attempt
            self._decided(attempt, Result.ASKED, decision)
        else:
            self._refuse(attempt, decision)

    def _ask(self, attempt: _Attempt, person: Person | None) -> None:
        policy = self._policy()
        member = person.ref if person else ""
        key = bytes.fromhex(member) if member else attempt.key
        last = self._opened.get(key)
        since = None if last is None else attempt.at - last
        if since is not None and since < AGAIN_SECONDS:
            return
        tier = person.tier if person else ""
        # Whoever registered here and nobody has confirmed is known by what they said, and no member yet.
        asker = Asker(attempt.way, bool(member) and tier != PROVISIONAL, tier, since)
        decision = decide(policy, asker, self._situation(policy))
        attempt = _Attempt(attempt.door, attempt.way, attempt.source, attempt.at, member, key)
        if decision.verdict is Verdict.OPEN:
            self._open(attempt, decision)
        else:
            self._refuse(attempt, decision)

    def _open(self, attempt: _Attempt, decision: Decision) -> None:
        lock = self._doors[attempt.door].plan.lock
        if attempt.key:
            self._opened.pop(attempt.key, None)
            self._opened[attempt.key] = self._clock.monotonic()
            while len(self._opened) > _REMEMBERED:
                self._opened.pop(next(iter(self._opened)))

        def work() -> None:
            report = release_safely(lock)
            done = self._clock.monotonic()
            self._later(lambda: self._answered(attempt, decision, report, done))

        self.on_released(attempt.door)  # before the bolt moves: whoever leans on the door is faster than the report
        try:
            self._workers[attempt.door].submit(work)
        except RuntimeError:
            log.warning("a door was to open while the program was ending")

    def _answered(self, attempt: _Attempt, decision: Decision, report: LockReport, done: float) -> None:
        result = Result.OPENED if report.released else Result.FAILED
        if not report.released:
            self._opened.pop(attempt.key, None)  # what did not open may be shown again at once
            log.error("door %s did not open: %s", attempt.door, report.detail)
        self._decided(attempt, result, decision, report.detail, seconds=round(max(0.0, done - attempt.at), 3))

    def _refuse(self, attempt: _Attempt, decision: Decision, detail: str = "") -> None:
        self._decided(attempt, Result.REFUSED, decision, detail)

    def _decided(
        self, attempt: _Attempt, result: Result, decision: Decision, detail: str = "", seconds: float | None = None
    ) -> None:
        more = 0
        if result is Result.REFUSED:
            if not self._refusals.admit():  # somebody may hold a page of codes to a scanner all night
                self._tell(attempt, result, decision, detail)
                return
            more = self._refusals.drain()
        self._record(
            EntryAttempted(
                door=attempt.door,
                way=attempt.way,
                result=result,
                reason=decision.reason,
                member=attempt.member,
                source=attempt.source[:40],
                seconds=seconds,
                detail=detail[:200],
                more=more,
            )
        )
        self._tell(attempt, result, decision, detail)

    def _tell(self, attempt: _Attempt, result: Result, decision: Decision, detail: str) -> None:
        opens: datetime | None = decision.opens
        seconds = self._doors[attempt.door].plan.seconds
        self._bus.publish(EntryDecided(attempt.door, attempt.way, result, decision.reason, opens, detail, seconds))

    def _tick(self) -> bool:
        self._later(self._look)
        return not self._stopped

    def _look(self) -> None:
        for name, known in self._doors.items():
            known.state, notices = tick(known.state, self._clock.monotonic(), known.plan.held_seconds)
            self._notice(name, notices)

    def _notice(self, door: str, notices: tuple[Notice, ...]) -> None:
        for notice in notices:
            log.warning("door %s: %s", door, notice.what)
            self._record(EntryDoor(door=door, what=notice.what, seconds=round(max(0.0, notice.seconds), 1)))
            self._bus.publish(DoorNoticed(door, notice.what))
