"""Which stations are there, as far as anybody can know: a pure function of what they themselves have said.

A station says something (a beat a minute, a message, a signed request), its link opens and closes, it says goodbye.
What the hub sends it is no sign of life. Each link has an id of its own, so that the end of an old one, told late,
takes nothing from a newer one. The facts are in the database, for every process of the hub and after a restart; that a
link is open holds only as long as the process that has it is alive.
"""

import asyncio
import contextlib
import json
import logging
import secrets
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

import anyio.to_thread
from fastapi import FastAPI

from hub.database import Database
from hub.problems import Problem
from hub.running import running
from kiosk.protocol.health import BEAT_SECONDS, Health

log = logging.getLogger(__name__)
GRACE = 5.0  # seconds a beat may be late
LOST_BEATS = 3
_FLUSH_SECONDS = 0.5
_PROCESS_SECONDS = 6.0  # a process that has not said so for so long is gone, and its links with it
_HEARD_SECONDS = 20.0  # how often being heard is written down
MIGRATIONS = (
    """
    CREATE TABLE presence (
        station TEXT PRIMARY KEY,
        heard TEXT NOT NULL,
        line TEXT NOT NULL,
        process TEXT NOT NULL,
        linked INTEGER NOT NULL,
        goodbye INTEGER NOT NULL,
        health TEXT NOT NULL
    );
    CREATE TABLE presence_process (process TEXT PRIMARY KEY, alive TEXT NOT NULL);
    """,
    "ALTER TABLE presence ADD COLUMN told TEXT NOT NULL DEFAULT ''",
)


class State(StrEnum):
    """What the console says of a station, in words."""

    ONLINE = "online"
    SICK = "sick"  # there, and something of it does not work
    LATE = "late"  # a beat is missing, or the link broke off; it may come back
    OFFLINE = "offline"
    SHUT_DOWN = "shut_down"  # it said goodbye
    NEVER_SEEN = "never_seen"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one station. `heard` is the last time it said anything itself, None never.

    `told` is when it said that `health` last: a link that is open says nothing of what waits behind it.
    """

    heard: datetime | None = None
    linked: bool = False
    goodbye: bool = False
    health: Health = field(default_factory=Health)
    told: datetime | None = None


def state(facts: Facts, now: datetime) -> State:
    """The state of a station at `now`. Pure: the same facts and the same moment give the same answer."""
    if facts.heard is None:
        return State.NEVER_SEEN
    if facts.goodbye and not facts.linked:
        return State.SHUT_DOWN
    silent = (now - facts.heard).total_seconds()
    if silent > LOST_BEATS * BEAT_SECONDS + GRACE:
        return State.OFFLINE
    if not facts.linked or silent > BEAT_SECONDS + GRACE:
        return State.LATE
    return State.SICK if facts.health.sick else State.ONLINE


@dataclass(frozen=True, slots=True)
class _Line:
    """What this process knows of a station. `id` is its newest link here."""

    id: str
    facts: Facts
    written: datetime | None = None


class Presence:
    """Stations as seen by this process, and what the other processes wrote down. From any thread."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self._db, self._now = db, now
        self._process = secrets.token_hex(8)
        self._lock = threading.Lock()
        self._here: dict[str, _Line] = {}
        self._dirty: set[str] = set()
        self._alive: datetime | None = None

    # -- what happens -------------------------------------------------------------------------------------------------

    def connected(self, station: str) -> str:
        """A link of this station is open. Returns its id."""
        line = secrets.token_hex(8)
        with self._lock:
            known = self._here.get(station)
            before = known.facts if known else Facts()
            facts = Facts(self._now(), linked=True, health=before.health, told=before.told)
            self._here[station] = _Line(line, facts)
            self._dirty.add(station)
        return line

    def heard(self, station: str, line: str, health: Health | None = None) -> None:
        """The station itself said something on that link."""

        def hear(facts: Facts) -> Facts:
            now = self._now()
            return replace(facts, heard=now, health=health or facts.health, told=now if health else facts.told)

        self._change(station, line, hear)

    def goodbye(self, station: str, line: str) -> None:
        """The station ends in order."""
        self._change(station, line, lambda facts: replace(facts, heard=self._now(), goodbye=True))

    def gone(self, station: str, line: str) -> None:
        """That link is closed. Of an older link than the newest it changes nothing."""
        self._change(station, line, lambda facts: replace(facts, linked=False))

    def _change(self, station: str, line: str, change: Callable[[Facts], Facts]) -> None:
        with self._lock:
            known = self._here.get(station)
            if known is None or known.id != line:
                return
            facts = change(known.facts)
            self._here[station] = replace(known, facts=facts)
            news = (facts.linked, facts.goodbye, facts.health) != (
                known.facts.linked,
                known.facts.goodbye,
                known.facts.health,
            )
            late = known.written is None or (facts.heard or known.written) - known.written >= timedelta(
                seconds=_HEARD_SECONDS
            )
            if news or late:
                self._dirty.add(station)

    # -- what is asked ------------------------------------------------------------------------------------------------

    def live(self, station: str) -> bool:
        """Whether a link of this station is open in this process."""
        with self._lock:
            return station in self._here and self._here[station].facts.linked

    def stations(self) -> frozenset[str]:
        """Every station with an open link in this process."""
        with self._lock:
            return frozenset(name for name, line in self._here.items() if line.facts.linked)

    def facts(self) -> dict[str, Facts]:
        """What is known of every station that was ever heard, in all processes. Blocking."""
        limit = (self._now() - timedelta(seconds=_PROCESS_SECONDS)).isoformat()
        alive = {r["process"] for r in self._db.rows("SELECT process FROM presence_process WHERE alive > ?", (limit,))}
        alive.add(self._process)
        rows = self._db.rows("SELECT station, heard, line, process, linked, goodbye, health, told FROM presence")
        found = {
            row["station"]: Facts(
                datetime.fromisoformat(row["heard"]),
                bool(row["linked"]) and row["process"] in alive,
                bool(row["goodbye"]),
                Health.model_validate(json.loads(row["health"])),
                datetime.fromisoformat(row["told"]) if row["told"] else None,
            )
            for row in rows
        }
        written = {row["station"]: row["line"] for row in rows}
        with self._lock:
            for station, line in self._here.items():
                other = found.get(station)
                own = written.get(station) == line.id
                if line.facts.linked or other is None or own or _later(line.facts, other):
                    found[station] = line.facts
        return found

    def states(self) -> dict[str, State]:
        """Every station that was ever heard and its state now. Blocking."""
        now = self._now()
        return {station: state(facts, now) for station, facts in self.facts().items()}

    # -- the database -------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write down what changed, and that this process is alive. Blocking."""
        now = self._now()
        with self._lock:
            changed = {station: self._here[station] for station in self._dirty}
            self._dirty.clear()
        if not changed and self._alive and now - self._alive < timedelta(seconds=_PROCESS_SECONDS / 3):
            return
        try:
            with self._db.transaction():
                self._db.execute(
                    "INSERT INTO presence_process (process, alive) VALUES (?,?) "
                    "ON CONFLICT (process) DO UPDATE SET alive = excluded.alive",
                    (self._process, now.isoformat()),
                )
                for station, line in changed.items():
                    self._write(station, line)
        except Problem:
            with self._lock:
                self._dirty.update(changed)
            raise
        self._alive = now
        with self._lock:
            for station in changed:
                self._here[station] = replace(self._here[station], written=now)

    def _write(self, station: str, line: _Line) -> None:
        """A link that is open takes the row; one that is closed changes it only if it is still its own."""
        facts = line.facts
        values = (
            (facts.heard or self._now()).isoformat(),
            line.id,
            self._process,
            int(facts.linked),
            int(facts.goodbye),
            facts.health.model_dump_json(),
            facts.told.isoformat() if facts.told else "",
        )
        if facts.linked:
            self._db.execute(
                "INSERT INTO presence (station, heard, line, process, linked, goodbye, health, told) "
                "VALUES (?,?,?,?,?,?,?,?) "
                "ON CONFLICT (station) DO UPDATE SET heard = excluded.heard, line = excluded.line, "
                "process = excluded.process, linked = excluded.linked, goodbye = excluded.goodbye, "
                "health = excluded.health, told = excluded.told",
                (station, *values),
            )
            return
        changed = self._db.execute(
            "UPDATE presence SET heard = ?, linked = 0, goodbye = ?, health = ?, told = ?"
            " WHERE station = ? AND line = ?",
            (values[0], *values[4:], station, line.id),
        )
        if not changed and self._db.value("SELECT 1 FROM presence WHERE station = ?", (station,)) is None:
            sql = "INSERT INTO presence (station, heard, line, process, linked, goodbye, health, told)"
            self._db.execute(f"{sql} VALUES (?,?,?,?,?,?,?,?)", (station, *values))


def _later(one: Facts, other: Facts) -> bool:
    return not other.linked and (one.heard is not None and (other.heard is None or one.heard >= other.heard))


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Writes the facts down while the hub runs, and once more at its end."""
    presence: Presence = app.state.hub.presence
    try:
        async with running(_keep(presence)):
            yield
    finally:
        with contextlib.suppress(Problem):
            await anyio.to_thread.run_sync(presence.flush)


async def _keep(presence: Presence) -> None:
    while True:
        try:
            await anyio.to_thread.run_sync(presence.flush)
        except Problem as problem:
            log.warning("presence could not be written: %s", problem.code)
        await asyncio.sleep(_FLUSH_SECONDS)
