"""Simulated stations for trials of a hub: their days are invented, everything else is what a terminal runs.

Each has a real database, a real key, and sends with the real sync. The same seed gives the same days: 12.4 visits a
station and day on average (the figure of Wuxi's stations), most of them around the meals, fewer at night.
"""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from kiosk.clock import ClockQuality, ManualClock
from kiosk.config import HubConfig
from kiosk.desk import Desk
from kiosk.errors import HubRefused, KioskError
from kiosk.events import EventBus
from kiosk.identity import Identity
from kiosk.network import Network
from kiosk.protocol.entry import EntryAttempted, Reason, Result, Way
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.members import MemberRecognisedBody
from kiosk.protocol.station import SessionEnded, SessionStarted
from kiosk.protocol.supplies import SupplyTakenBody
from kiosk.storage import Store
from kiosk.storage.files import FileStore
from kiosk.sync.applying import Applying
from kiosk.sync.backoff import Backoff
from kiosk.sync.client import HubClient
from kiosk.sync.runner import Sync, retry_after

VISITS = 12.4
ZONE = ZoneInfo("Asia/Shanghai")
# Visits by hour, in parts of the day: early sanitation shifts, noon, the evening, a few at night.
_HOURS = (1, 1, 1, 1, 2, 5, 7, 6, 4, 4, 5, 9, 12, 9, 6, 5, 5, 6, 7, 5, 3, 2, 2, 1)
_ITEMS = ("water", "water", "water", "tea", "drops", "plaster")
_MEMBERS = 400  # who come to one station
P = ParamSpec("P")
R = TypeVar("R")


def day_of(station: str, day: date, seed: int, visits: float = VISITS) -> Iterator[tuple[datetime, JournalBody]]:
    """What happens at a station on a day, in order. The same arguments give the same day."""
    chance = random.Random(f"{seed} {station} {day}")  # noqa: S311 - a simulation
    count = round(chance.gammavariate(visits / 4, 4)) if visits > 0 else 0  # busy days and quiet ones
    starts = []
    for _ in range(count):
        hour = chance.choices(range(24), _HOURS)[0]
        starts.append(datetime(day.year, day.month, day.day, hour, chance.randrange(60), tzinfo=ZONE))
    for number, start in enumerate(sorted(starts)):
        yield from _visit(f"{station}-{day}-{number}", start.astimezone(UTC), day, chance)


def _visit(session: str, at: datetime, day: date, chance: random.Random) -> Iterator[tuple[datetime, JournalBody]]:
    member = f"{chance.randrange(_MEMBERS):020x}" if chance.random() < 0.55 else ""
    way = chance.choice([Way.CODE, Way.ID_CARD]) if member else Way.BELL
    yield (
        at,
        EntryAttempted(door="front", way=way, result=Result.OPENED, reason=Reason.ALLOWED, member=member, seconds=0.2),
    )
    at += timedelta(seconds=chance.randint(5, 40))
    yield at, SessionStarted(session=session)
    if member:
        yield at, MemberRecognisedBody(session=session, member=member, tier="member", way="code", source="camera")
    for _ in range(chance.choice([0, 1, 1, 1, 2])):
        at += timedelta(seconds=chance.randint(4, 30))
        item = chance.choice(_ITEMS)
        yield at, SupplyTakenBody(item=item, session=session, day=day, quantity=1, beyond=1, person=member)
    seconds = chance.randint(20, 400)
    yield at + timedelta(seconds=seconds), SessionEnded(session=session, reason="finished", seconds=seconds)


class InlineDesk(Desk):
    """A desk of the thread that calls: hundreds of stations in one process need no thread each."""

    def __init__(self) -> None:
        self._mutex = threading.RLock()

    def submit(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        done: Future[R] = Future()
        done.set_result(self.call(fn, *args, **kwargs))
        return done

    def call(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        with self._mutex:
            return fn(*args, **kwargs)

    def close(self) -> None:
        """There is nothing to end."""


@dataclass
class Outcome:
    """How one station's return went. `seconds` until everything it had was acknowledged."""

    entries: int = 0
    seconds: float = 0.0
    rounds: int = 0
    busy: int = 0
    failed: int = 0
    pauses: float = 0.0


@dataclass
class SimulatedStation:
    """One station in a folder of its own."""

    name: str
    folder: Path
    hub: HubConfig
    seed: int
    network: Network
    clock: ManualClock = field(default_factory=lambda: ManualClock(datetime.now(UTC)))

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.store = Store(self.folder / "station.db", self.clock)
        self.identity = Identity(self.folder)
        self.client = HubClient(self.hub, self.identity, _Now())
        self.sync = Sync(
            self.client,
            self.store,
            FileStore(self.folder / "files"),
            InlineDesk(),
            self.network,
            EventBus(),
            lambda: self.identity.station_id,
            Applying(self.store, lambda _revision, _kinds: None),
            has_room=lambda _size: False,  # a trial of the journal: films stay where they are
        )

    def enrol(self, code: str) -> None:
        """Take the place that the code is for, as fast as the hub lets one address try. Raises a KioskError."""
        while True:
            try:
                self.client.enrol(code)
            except HubRefused as error:
                if not (wait := retry_after(error)):
                    raise
                time.sleep(wait)
            else:
                return

    def live(self, first: date, days: int, visits: float = VISITS) -> int:
        """Record some days, none of which the hub hears of yet. Returns how many entries that made."""
        before = self.store.journal.last_seq()
        for number in range(days):
            day = first + timedelta(days=number)
            with self.store.transaction():
                for at, body in day_of(self.name, day, self.seed, visits):
                    self.clock.advance((at - self.clock.now()).total_seconds())
                    self.store.append(body)
        return self.store.journal.last_seq() - before

    def come_back(self, patience: float = 3600.0, sleep: Callable[[float], None] = time.sleep) -> Outcome:
        """Sync until the hub has everything, with the pauses a terminal makes. Raises KioskError after `patience`."""
        outcome, began = Outcome(), time.monotonic()
        backoff = Backoff(chance=random.Random(f"{self.seed}{self.name}"))  # noqa: S311 - a simulation
        while True:
            outcome.rounds += 1
            try:
                self.sync.round()
                break
            except (KioskError, ValidationError) as error:
                asked = retry_after(error)
                busy = isinstance(error, HubRefused) and asked > 0
                outcome.busy += busy
                outcome.failed += not busy
                if time.monotonic() - began > patience:
                    raise
                pause = backoff.seconds(asked)
                outcome.pauses += pause
                sleep(pause)
        outcome.seconds = time.monotonic() - began
        outcome.entries = self.store.journal.last_seq()
        return outcome

    def close(self) -> None:
        """Give back files and connections."""
        self.client.close()
        self.store.close()


class _Now:
    """Requests are signed with the time of this machine, whatever day it is in the simulation."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def quality(self) -> ClockQuality:
        return ClockQuality.SYNCED


def summary(outcomes: list[Outcome], seconds: float) -> dict[str, float | int]:
    """What a return of many stations came to, for a report."""
    took = sorted(outcome.seconds for outcome in outcomes)
    entries = sum(outcome.entries for outcome in outcomes)
    return {
        "stations": len(outcomes),
        "entries": entries,
        "seconds": round(seconds, 1),
        "entries_per_second": round(entries / seconds) if seconds else 0,
        "station_p50": round(took[len(took) // 2], 1) if took else 0,
        "station_p99": round(took[min(len(took) - 1, int(len(took) * 0.99))], 1) if took else 0,
        "sent_away": sum(outcome.busy for outcome in outcomes),
        "failed": sum(outcome.failed for outcome in outcomes),
    }


def read_codes(path: Path) -> list[tuple[str, str]]:
    """Station and one-time code of each line, as `python -m hub enrol --json` prints them. Raises ValueError."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [(str(row["station"]), str(row["code"])) for row in rows]
