"""What the stations report: taken by (station, terminal, sequence), applied in order, exactly once.

Entries may come in any order and any number of times. Those beyond a gap are held and applied when it closes. An entry
whose form is wrong is kept apart (poison) and counts as taken, or one bad entry would stop a station for ever. Each
terminal that ever stood in a station has a journal of its own: a new one begins again at 1.
"""

import json
import logging
import re
from collections.abc import Iterable
from typing import Any

import pydantic_core
from pydantic import ValidationError

from hub.database import Database
from hub.features import Feature
from hub.problems import BodyInvalid, Problem
from kiosk.protocol.journal import Entry, Poison

log = logging.getLogger(__name__)
MAX_ENTRIES = 500
_HELD = 10_000  # how far beyond a gap entries are held; the station sends what is further again
_LAST_SEQ = 2**53
_PAGE = 1000
_NAME = re.compile(r"([0-9a-f]{32})?")
MIGRATIONS = (
    """
    CREATE TABLE journal (
        station TEXT NOT NULL,
        terminal INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        position INTEGER UNIQUE,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        clock TEXT NOT NULL,
        body TEXT NOT NULL,
        poison TEXT NOT NULL DEFAULT '',
        received TEXT NOT NULL,
        PRIMARY KEY (station, terminal, seq)
    );
    CREATE INDEX journal_id ON journal (id);
    CREATE INDEX journal_station ON journal (station, position);
    CREATE TABLE journal_head (
        station TEXT NOT NULL,
        terminal INTEGER NOT NULL,
        acknowledged INTEGER NOT NULL,
        PRIMARY KEY (station, terminal)
    ) WITHOUT ROWID;
    CREATE TABLE projection (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE projection_failure (name TEXT, position INTEGER, reason TEXT, PRIMARY KEY (name, position))
        WITHOUT ROWID;
    """,
    # Counted for each station every few seconds, and nearly always none.
    "CREATE INDEX journal_poison ON journal (station) WHERE poison != ''",
    # The numbering that a terminal uses. `known`: here already, under the number of an earlier journal of this station.
    """
    CREATE TABLE journal_name (
        station TEXT NOT NULL,
        terminal INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (station, terminal)
    ) WITHOUT ROWID;
    ALTER TABLE journal ADD COLUMN known INTEGER NOT NULL DEFAULT 0
    """,
)


class JournalDiverged(Problem):
    status = 409
    code = "journal.diverged"
    title = (
        "这台终端的流水与已收到的不一致，请重新登记终端",
        "This terminal's journal is not the one held here; enrol the terminal again",
    )


def read_batch(body: bytes) -> tuple[list[Any], str]:
    """The raw entries of a batch, and the name of their numbering. Raises BodyInvalid when it is not one at all."""
    try:
        batch = pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise BodyInvalid(errors=[{"where": "body", "reason": str(error)[:200]}]) from error
    entries = batch.get("entries") if isinstance(batch, dict) else None
    if not isinstance(entries, list) or not 1 <= len(entries) <= MAX_ENTRIES:
        raise BodyInvalid(errors=[{"where": "entries", "reason": f"a list of 1 to {MAX_ENTRIES} entries"}])
    for number, raw in enumerate(entries):
        seq = raw.get("seq") if isinstance(raw, dict) else None
        if not isinstance(seq, int) or isinstance(seq, bool) or not 1 <= seq <= _LAST_SEQ:
            raise BodyInvalid(errors=[{"where": f"entries.{number}.seq", "reason": "a number from 1"}])
    name = batch.get("journal", "")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BodyInvalid(errors=[{"where": "journal", "reason": "32 hex digits, or nothing"}])
    return entries, name


def take(
    db: Database, found: Iterable[Feature], station: str, terminal: int, entries: list[Any], now: str, name: str = ""
) -> tuple[int, list[Poison]]:
    """Take raw entries of one terminal in one transaction: the new acknowledgement, and which of these are poison.

    Raises JournalDiverged when an entry differs from the one already held in its place, and for a numbering that this
    station used before another one: both are an old image, or a copy of the disk.
    """
    deriving = [feature for feature in found if feature.on_entry]
    with db.transaction():
        terminal = _numbered(db, station, terminal, name)
        head = acknowledged(db, station, terminal)
        if head == 0 and _goes_on(db, station, terminal, entries):
            head = acknowledged(db, station, terminal - 1)
        poison: dict[int, str] = {}
        for raw in entries:
            if raw["seq"] <= head + _HELD:
                reason = _hold(db, station, terminal, raw, head, now)
                if reason:
                    poison[raw["seq"]] = reason
        reached = _advance(db, deriving, station, terminal, head)
        if reached > head:
            db.execute(
                "INSERT INTO journal_head VALUES (?,?,?) "
                "ON CONFLICT (station, terminal) DO UPDATE SET acknowledged = excluded.acknowledged",
                (station, terminal, reached),
            )
    return reached, [Poison(seq=seq, reason=reason) for seq, reason in sorted(poison.items())]


def _numbered(db: Database, station: str, terminal: int, name: str) -> int:
    """Which of the station's journals this is. A terminal that numbers anew begins one, as a new terminal would."""
    if not name:
        return terminal
    known = db.value("SELECT name FROM journal_name WHERE station = ? AND terminal = ?", (station, terminal))
    if known == name:
        return terminal
    if known is not None:
        if db.value("SELECT COUNT(*) FROM journal_name WHERE station = ? AND name = ?", (station, name)):
            raise JournalDiverged(seq=0)
        terminal += 1
        db.execute("UPDATE station SET terminal = ? WHERE id = ?", (terminal, station))
    db.execute("INSERT INTO journal_name VALUES (?,?,?)", (station, terminal, name))
    return terminal


def acknowledged(db: Database, station: str, terminal: int) -> int:
    """Up to where everything of this terminal is here."""
    return int(
        db.value("SELECT acknowledged FROM journal_head WHERE station = ? AND terminal = ?", (station, terminal)) or 0
    )


def _goes_on(db: Database, station: str, terminal: int, entries: list[Any]) -> bool:
    """True when a terminal that lost its key, and not its journal, goes on exactly where it ended before."""
    before = acknowledged(db, station, terminal - 1)
    return before > 0 and min(raw["seq"] for raw in entries) == before + 1


def _hold(db: Database, station: str, terminal: int, raw: dict[str, Any], head: int, now: str) -> str:
    """Keep one entry, applied or not yet. Returns why it is poison, "" when it is not."""
    seq = raw["seq"]
    known = db.row(
        "SELECT id, poison, body FROM journal WHERE station = ? AND terminal = ? AND seq = ?", (station, terminal, seq)
    )
    entry, reason = _check(raw)
    if known:
        same = known["id"] == entry.id if entry and not known["poison"] else known["body"] == _dump(raw)
        if not same and not (known["poison"] and entry and known["id"] == entry.id):
            raise JournalDiverged(seq=seq)
        return str(known["poison"])
    if seq <= head:
        return ""  # taken from an earlier terminal, whose journal this one goes on with
    again = False
    if entry and not reason:
        before = db.row("SELECT station, terminal FROM journal WHERE id = ? AND poison = '' AND known = 0", (entry.id,))
        again = before is not None and before["station"] == station and before["terminal"] < terminal
        if before and not again:
            reason = "id: comes twice"
    db.execute(
        "INSERT INTO journal (station, terminal, seq, id, kind, at, clock, body, poison, received, known) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            station,
            terminal,
            seq,
            entry.id if entry else "",
            entry.kind if entry else "",
            entry.at.isoformat() if entry else now,
            entry.clock if entry else "",
            "{}" if again else _dump(raw) if reason or not entry else _dump(entry.body),
            reason,
            now,
            int(again),
        ),
    )
    if reason:
        log.warning("entry %d of %s is kept apart: %s", seq, station, reason)
    return reason


def _check(raw: dict[str, Any]) -> tuple[Entry | None, str]:
    """The entry, and what is wrong with it or with the body of its kind."""
    try:
        entry = Entry.model_validate(raw)
    except ValidationError as error:
        return None, _reason(error, "")
    try:
        entry.parsed()
    except ValidationError as error:
        return entry, _reason(error, "body.")
    return entry, ""


def _reason(error: ValidationError, prefix: str) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{prefix}{'.'.join(map(str, first['loc']))}: {first['msg']}"[:300]


def _advance(db: Database, deriving: list[Feature], station: str, terminal: int, head: int) -> int:
    """Apply what follows `head` without a gap and return how far that goes."""
    while True:
        rows = db.rows(
            "SELECT * FROM journal WHERE station = ? AND terminal = ? AND seq > ? ORDER BY seq LIMIT ?",
            (station, terminal, head, _PAGE),
        )
        position = int(db.value("SELECT COALESCE(MAX(position), 0) FROM journal") or 0)
        begun = head
        for row in rows:
            if row["seq"] != head + 1:
                return head
            head += 1
            if row["poison"] or row["known"]:
                continue
            position += 1
            db.execute(
                "UPDATE journal SET position = ? WHERE station = ? AND terminal = ? AND seq = ?",
                (position, station, terminal, head),
            )
            entry = entry_of(row)
            for feature in deriving:
                _apply(db, feature, station, entry, position)
        if head == begun:
            return head


def _apply(db: Database, feature: Feature, station: str, entry: Entry, position: int) -> None:
    """Let a feature derive what follows. Its mistakes are its own: they are noted and do not stop the station."""
    if feature.on_entry is None:
        return
    try:
        with db.transaction():
            feature.on_entry(db, station, entry)
    except Exception as error:
        if isinstance(error, Problem) and error.status == 503:
            raise  # the database itself: nothing is taken
        log.exception("%s made nothing of entry %s of %s", feature.name, entry.id, station)
        db.execute(
            "INSERT INTO projection_failure VALUES (?,?,?) "
            "ON CONFLICT (name, position) DO UPDATE SET reason = excluded.reason",
            (feature.name, position, repr(error)[:500]),
        )


def derive_what_changed(db: Database, found: Iterable[Feature]) -> None:
    """Derive anew every projection whose version is not the one in the database."""
    stale = [
        feature
        for feature in found
        if feature.projection
        and db.value("SELECT version FROM projection WHERE name = ?", (feature.name,)) != feature.projection.version
    ]
    if stale:
        rebuild(db, stale)


def rebuild(db: Database, found: Iterable[Feature]) -> int:
    """Drop and derive these features' tables from the journal, in one transaction. Returns entries replayed."""
    chosen = [feature for feature in found if feature.projection]
    count = 0
    with db.transaction():
        for feature in chosen:
            assert feature.projection is not None
            for table in feature.projection.tables:
                db.execute(f"DROP TABLE IF EXISTS {table}")
            db.script(feature.projection.schema)
            db.execute("DELETE FROM projection_failure WHERE name = ?", (feature.name,))
            db.execute(
                "INSERT INTO projection VALUES (?,?) ON CONFLICT (name) DO UPDATE SET version = excluded.version",
                (feature.name, feature.projection.version),
            )
        position = 0
        while rows := db.rows("SELECT * FROM journal WHERE position > ? ORDER BY position LIMIT ?", (position, _PAGE)):
            for row in rows:
                position = row["position"]
                count += 1
                for feature in chosen:
                    _apply(db, feature, row["station"], entry_of(row), position)
    return count


def entry_of(row: dict[str, Any]) -> Entry:
    """A row of the table as an entry."""
    return Entry(
        id=row["id"], seq=row["seq"], kind=row["kind"], at=row["at"], clock=row["clock"], body=json.loads(row["body"])
    )


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
