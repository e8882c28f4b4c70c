"""What the stations report: taken by (station, terminal, sequence), applied in order, exactly once.

Entries may come in any order and any number of times. Those beyond a gap are held and applied when it closes. An entry
whose form is wrong is kept apart (poison) and counts as taken, or one bad entry would stop a station for ever. Each
terminal that ever stood in a station has a journal of its own: a new one begins again at 1.
"""

import json
import logging
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pydantic_core
from pydantic import ValidationError

from hub import erased, journal_archive, journal_marks, journal_months
from hub.database import Database, Row
from hub.features import Feature, Placed
from hub.journal_tables import STEPS
from hub.problems import BodyInvalid, Problem
from kiosk.protocol.journal import Entry, Poison
from kiosk.protocol.redaction import Redaction

log = logging.getLogger(__name__)
MAX_ENTRIES = 500
_HELD = 10_000  # how far beyond a gap entries are held; the station sends what is further again
_LAST_SEQ = 2**53
_PAGE = 1000
_IDS = 500  # in one question
_KEEP = (
    "INSERT INTO journal (station, terminal, seq, id, kind, at, clock, body, poison, received, known, position)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
)
_NAME = re.compile(r"([0-9a-f]{32})?")
_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")  # these have one order, here and in any database
MIGRATIONS = STEPS


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
    deriving = [feature for feature in found if feature.on_entry or feature.on_entries]
    with db.transaction():
        terminal = _numbered(db, station, terminal, name)
        head = acknowledged(db, station, terminal)
        if head == 0 and _goes_on(db, station, terminal, entries):
            head = acknowledged(db, station, terminal - 1)
        near = [raw for raw in entries if raw["seq"] <= head + _HELD]
        poison = _hold(db, station, terminal, near, head, now) if near else {}
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


def _hold(
    db: Database, station: str, terminal: int, entries: list[dict[str, Any]], head: int, now: str
) -> dict[int, str]:
    """Keep entries, applied or not yet. Returns which of them are poison, and why. Raises JournalDiverged."""
    checked = [_check(raw) for raw in entries]
    kept_as = erased.forgetting(db, [entry for entry, _ in checked if entry])
    known, elsewhere = _known(db, station, terminal, entries), _places(db, station, entries)
    retired = _retired(db, station, terminal, [raw["seq"] for raw in entries if raw["seq"] not in known], head)
    poison: dict[int, str] = {}
    fresh: list[tuple[Any, ...]] = []
    for number, raw in enumerate(entries):
        seq, (entry, reason) = raw["seq"], checked[number]
        if before := known.get(seq):
            same = before["id"] == entry.id if entry and not before["poison"] else before["body"] == _dump(raw)
            if not same and not (before["poison"] and entry and before["id"] == entry.id):
                raise JournalDiverged(seq=seq)
            reason = before["poison"]
        elif seq > head:  # else it was taken from an earlier terminal, whose journal this one goes on with
            again = False
            if entry and not reason and (place := elsewhere.get(entry.id)):
                earlier = place.station == station and place.terminal < terminal
                again = earlier and place.applied  # one that an earlier journal left beyond a gap is taken now
                reason = "" if earlier else "id: comes twice"
            row = _row(station, terminal, raw, entry and kept_as(entry), reason, again, now)
            fresh.append(row)
            known[seq] = {"id": row[3], "body": row[7], "poison": reason}
            if entry and not reason:
                elsewhere[entry.id] = _Place(station, terminal, False)
            if reason:
                log.warning("entry %d of %s is kept apart: %s", seq, station, reason)
        elif seq in retired and not journal_marks.same(retired[seq], entry.id if entry else "", _dump(raw)):
            raise JournalDiverged(seq=seq)
        else:
            reason = ""
        if reason:
            poison[seq] = reason
    db.execute_many(_KEEP, _in_turn(fresh, head, _last_position(db)))
    return poison


def _in_turn(fresh: list[tuple[Any, ...]], head: int, position: int) -> list[tuple[Any, ...]]:
    """Rows with their position, where they follow `head` without a gap: to add it later writes each of them again."""
    placed = []
    for row in sorted(fresh, key=lambda row: int(row[2])):
        follows = row[2] == head + 1
        head += follows
        counts = follows and not row[8] and not row[10]  # neither poison nor known
        position += counts
        placed.append((*row, position if counts else None))
    return placed


def _last_position(db: Database) -> int:
    return int(db.value("SELECT last FROM journal_position"))


def _known(db: Database, station: str, terminal: int, entries: list[dict[str, Any]]) -> dict[int, Row]:
    """What is held already in the places of these entries, by number."""
    seqs = [raw["seq"] for raw in entries]
    rows = db.rows(
        "SELECT seq, id, poison, body FROM journal WHERE station = ? AND terminal = ? AND seq BETWEEN ? AND ?",
        (station, terminal, min(seqs, default=0), max(seqs, default=0)),
    )
    return {row["seq"]: row for row in rows}


def _retired(db: Database, station: str, terminal: int, seqs: list[int], head: int) -> dict[int, bytes]:
    """What is known of those that were taken and are in the archive by now; nearly always there are none."""
    taken = [seq for seq in seqs if seq <= head]
    return journal_marks.held(db, station, terminal, min(taken), max(taken)) if taken else {}


class _Place(NamedTuple):
    """Where an entry with some id is, and whether anything was derived from it yet."""

    station: str
    terminal: int
    applied: bool


def _places(db: Database, station: str, entries: list[dict[str, Any]]) -> dict[str, _Place]:
    """Where entries with these ids are that came before; of several, the one that was applied.

    Those in the archive are known for this station alone.
    """
    ids = [raw["id"] for raw in entries if isinstance(raw.get("id"), str) and _ID.fullmatch(raw["id"])]
    found: dict[str, _Place] = {}
    since = journal_months.since(db, min(ids, default=""))
    for start in range(0, len(ids), _IDS):
        some = ids[start : start + _IDS]
        marks = ",".join("?" * len(some))
        sql = "SELECT id, station, terminal, position FROM journal WHERE poison = '' AND known = 0 AND received >= ?"
        for row in db.rows(f"{sql} AND id IN ({marks}) ORDER BY terminal", [since, *some]):
            place = _Place(row["station"], row["terminal"], row["position"] is not None)
            if row["id"] not in found or not found[row["id"]].applied:
                found[row["id"]] = place
    absent = [entry_id for entry_id in ids if entry_id not in found]
    for entry_id, terminal in journal_marks.places(db, station, absent).items():
        found[entry_id] = _Place(station, terminal, True)
    return found


def _row(
    station: str, terminal: int, raw: dict[str, Any], entry: Entry | None, reason: str, again: bool, now: str
) -> tuple[Any, ...]:
    body = "{}" if again else _dump(raw) if reason or not entry else _dump(entry.body)
    names = (entry.id, entry.kind, entry.at.isoformat(), entry.clock) if entry else ("", "", now, "")
    return (station, terminal, raw["seq"], *names, body, reason, now, int(again))


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
        position, begun, placed, late = _last_position(db), head, [], []
        for row in rows:
            if row["seq"] != head + 1:
                break
            head += 1
            if not row["poison"] and not row["known"]:
                position += 1
                placed.append(Placed(position, station, entry_of(row)))
                if row["position"] is None:  # it had waited for this
                    late.append((position, station, terminal, head))
        db.execute_many("UPDATE journal SET position = ? WHERE station = ? AND terminal = ? AND seq = ?", late)
        if placed:
            db.execute("UPDATE journal_position SET last = ?", (position,))
        _derive(db, deriving, placed)
        if head - begun < _PAGE:
            return head


def _derive(db: Database, deriving: list[Feature], placed: list[Placed]) -> None:
    """Let the features derive what follows from entries, in their order: all at once, and where one fails one by one.

    A savepoint for each feature and each entry cost more than everything else that is done with an entry.
    """
    try:
        with db.transaction():
            for _, station, entry in placed:
                for feature in deriving:
                    if feature.on_entry is not None:
                        feature.on_entry(db, station, entry)
            for feature in deriving:
                if feature.on_entries is not None and placed:
                    feature.on_entries(db, placed)
        return
    except Exception as error:
        if isinstance(error, Problem) and error.status == 503:
            raise  # the database itself: nothing is taken
        log.info("entries are derived one by one: %r", error)
    for one in placed:
        for feature in deriving:
            _apply(db, feature, one)


def _apply(db: Database, feature: Feature, placed: Placed) -> None:
    """Let a feature derive what follows. Its mistakes are its own: they are noted and do not stop the station."""
    position, station, entry = placed
    try:
        with db.transaction():
            if feature.on_entry is not None:
                feature.on_entry(db, station, entry)
            if feature.on_entries is not None:
                feature.on_entries(db, [placed])
    except Exception as error:
        if isinstance(error, Problem) and error.status == 503:
            raise  # the database itself: nothing is taken
        log.exception("%s made nothing of entry %s of %s", feature.name, entry.id, station)
        db.execute(
            "INSERT INTO projection_failure VALUES (?,?,?) "
            "ON CONFLICT (name, position) DO UPDATE SET reason = excluded.reason",
            (feature.name, position, repr(error)[:500]),
        )


def derive_what_changed(
    db: Database, found: Iterable[Feature], archive: Path | None = None, old: Mapping[str, datetime] | None = None
) -> None:
    """Derive anew every projection whose version is not the one in the database. Raises as `rebuild`."""
    stale = [
        feature
        for feature in found
        if feature.projection
        and db.value("SELECT version FROM projection WHERE name = ?", (feature.name,)) != feature.projection.version
    ]
    if stale:
        rebuild(db, stale, archive, old)


def rebuild(
    db: Database, found: Iterable[Feature], archive: Path | None = None, old: Mapping[str, datetime] | None = None
) -> int:
    """Drop and derive these features' tables from the journal, in one transaction. Returns entries replayed.

    Months that were retired are read from the folder `archive`. Raises ArchiveNeeded, ArchiveDamaged: without them
    what was derived from them would be lost. They are read without whoever asked to be forgotten, and without what is
    older than `old` says (`kiosk.protocol.redaction.cutoffs`): files are not written over.
    """
    chosen = [feature for feature in found if feature.projection]
    count = 0
    with db.transaction(), journal_archive.brought_back(db, archive):
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
        redaction = Redaction(secrets.token_bytes(32), erased.who_asked(db), old)
        position = 0
        while rows := db.rows("SELECT * FROM journal WHERE position > ? ORDER BY position LIMIT ?", (position, _PAGE)):
            position, count = rows[-1]["position"], count + len(rows)
            _derive(db, chosen, [Placed(row["position"], row["station"], _read_again(row, redaction)) for row in rows])
    return count


def _read_again(row: Row, redaction: Redaction) -> Entry:
    entry = entry_of(row)
    return (redaction.of(entry) or entry) if row["received"] == journal_archive.BROUGHT_BACK else entry


def write_over(db: Database, row: Row, entry: Entry) -> None:
    """An entry tells of nobody any more."""
    key = (_dump(entry.body), row["station"], row["terminal"], row["seq"])
    db.execute("UPDATE journal SET body = ? WHERE station = ? AND terminal = ? AND seq = ?", key)


def entry_of(row: dict[str, Any]) -> Entry:
    """A row of the table as an entry."""
    return Entry(
        id=row["id"], seq=row["seq"], kind=row["kind"], at=row["at"], clock=row["clock"], body=json.loads(row["body"])
    )


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
