"""What happened, counted: by station, hour, what it was and of which kind, from the journals as they arrive.

An entry counts in the hour in which it really happened (`hub/clocks.py`), and what it counts as follows from itself
alone, so that it can be taken off again: when it is undone, and when a clock that was wrong is set right and what it
had dated belongs to another hour. Hours are whole hours since 1970 UTC; which day of the city that is, is said when
somebody reads. Entries of kinds that are not known here count as nothing.

Beside the counts three things are noted that `hub/reports_gaps.py` needs to tell a quiet day from one that is not here:
entries whose time nobody can vouch for, and long silences that ended with a start of the program.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hub import clocks
from hub.database import Database, Row
from hub.features import Placed
from hub.journal import entry_of
from kiosk.protocol.alarm import AlarmRaised
from kiosk.protocol.entry import EntryAttempted, EntryDoor
from kiosk.protocol.intercom import CallAnswered, CallStarted
from kiosk.protocol.journal import Entry, JournalBody
from kiosk.protocol.learning import LearningCertified, LearningCompleted, LearningLaunched
from kiosk.protocol.members import MemberRecognisedBody
from kiosk.protocol.registration import MemberRegistered
from kiosk.protocol.services import ServiceViewed
from kiosk.protocol.station import ClockCorrected, DatabaseRescued, SessionStarted, StationStarted
from kiosk.protocol.station_faults import FaultReported
from kiosk.protocol.supplies import SupplyBorrowedBody, SupplyTakenBody, SupplyUndoneBody

Counts = Counter[tuple[str, int, str, str]]  # by station, hour, what, key
Counted = tuple[str, str, int]  # what, key, how many

TABLES = ("report_count", "report_undone", "report_unsure", "report_silence", "report_rescue")
SCHEMA = """
    CREATE TABLE report_count (
        station TEXT NOT NULL, hour INTEGER NOT NULL, what TEXT NOT NULL, key TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (station, hour, what, key)
    ) WITHOUT ROWID;
    CREATE TABLE report_undone (station TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (station, entry)) WITHOUT ROWID;
    CREATE TABLE report_unsure (
        station TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (station, first)
    ) WITHOUT ROWID;
    CREATE TABLE report_silence (
        station TEXT NOT NULL, last INTEGER NOT NULL, started INTEGER NOT NULL,
        since TEXT NOT NULL, until TEXT NOT NULL,
        PRIMARY KEY (station, started)
    ) WITHOUT ROWID;
    CREATE TABLE report_rescue (
        station TEXT NOT NULL, position INTEGER NOT NULL, missing INTEGER NOT NULL, PRIMARY KEY (station, position)
    ) WITHOUT ROWID
"""
_LONG = timedelta(days=1)  # a silence that can hold a whole day
_PAGE = 1000
_ADD = (
    "INSERT INTO report_count VALUES (?,?,?,?,?) ON CONFLICT (station, hour, what, key)"
    " DO UPDATE SET count = report_count.count + excluded.count"
)
_NOTHING_LEFT = "DELETE FROM report_count WHERE station = ? AND hour = ? AND what = ? AND key = ? AND count = 0"
_SILENCE = (
    "INSERT INTO report_silence VALUES (?,?,?,?,?) ON CONFLICT (station, started)"
    " DO UPDATE SET since = excluded.since, until = excluded.until"
)
_BEFORE = "SELECT * FROM journal WHERE station = ? AND position < ? ORDER BY position DESC LIMIT 1"

# What an entry of a kind counts as. `member` is kept by pseudonym: what somebody works as may be learnt later.
_COUNTED: dict[type[JournalBody], Callable[[Any], Counted | None]] = {
    SessionStarted: lambda body: ("visit", "", 1),
    MemberRecognisedBody: lambda body: ("member", body.member, 1),
    MemberRegistered: lambda body: ("registered", str(body.occupation), 1),
    SupplyTakenBody: lambda body: ("given", body.item, body.quantity),
    SupplyBorrowedBody: lambda body: ("lent", body.item, 1),
    ServiceViewed: lambda body: ("service", body.service, 1),
    EntryAttempted: lambda body: ("door", str(body.result), 1 + body.more),
    EntryDoor: lambda body: ("door_fault", body.what, 1) if body.what in ("forced", "held", "lost") else None,
    FaultReported: lambda body: ("fault", str(body.thing), 1),
    AlarmRaised: lambda body: ("drill" if body.drill else "alarm", str(body.source), 1),
    CallStarted: lambda body: ("call", body.topic, 1),
    CallAnswered: lambda body: ("answered", "", 1),
    LearningLaunched: lambda body: ("course_begun", body.course, 1),
    LearningCompleted: lambda body: ("course", body.launch, 1),  # a launch names its course in its own entry
    LearningCertified: lambda body: ("certificate", body.course, 1),
}
# The same of the kinds that nearly all entries are of, from a body as it was taken: it was parsed when it came.
_QUICK: dict[str, Callable[[dict[str, Any]], tuple[str, str, Any]]] = {
    SessionStarted.kind: lambda body: ("visit", "", 1),
    MemberRecognisedBody.kind: lambda body: ("member", body["member"], 1),
    SupplyTakenBody.kind: lambda body: ("given", body["item"], body["quantity"]),
    EntryAttempted.kind: lambda body: ("door", body["result"], 1 if not body.get("more") else None),
}
_KINDS = [body.kind for body in _COUNTED]
KINDS = frozenset([*_KINDS, SupplyUndoneBody.kind, ClockCorrected.kind])  # what changes a number


def hour_of(at: datetime) -> int:
    """Whole hours since 1970 UTC."""
    return int(at.timestamp() // 3600)


def counted(entry: Entry) -> Counted | None:
    """What an entry counts as, None for nothing. Of the entry alone."""
    if entry.kind not in KINDS:
        return None
    if (quick := _QUICK.get(entry.kind)) and type((known := quick(entry.body))[2]) is int:
        return known
    body = entry.parsed()  # one that is rare, or a number that was written as something else
    count = _COUNTED.get(type(body)) if body else None
    return count(body) if count else None


def count(db: Database, placed: Sequence[Placed]) -> None:
    """Add what these entries count as. They may be of several stations, each station's in its own order."""
    counts: Counts = Counter()
    before: dict[str, Placed] = {}
    for one in placed:
        _, station, entry = one
        if found := counted(entry):
            what, key, number = found
            counts[station, hour_of(entry.at), what, key] += number
        elif entry.kind in _SPECIAL:
            _SPECIAL[entry.kind](db, counts, one, before.get(station))
        if entry.clock == "doubtful":
            _note_unsure(db, one, before.get(station))
        before[station] = one
    _write(db, counts)


def forget(db: Database, station: str, before: Entry, now: Entry) -> None:
    """An entry tells of nobody any more: it counts as much as before, and as nobody's."""
    was, becomes = counted(before), counted(now)
    row = db.row(
        "SELECT position FROM journal WHERE id = ? AND station = ? AND position IS NOT NULL", (now.id, station)
    )
    if was is None or becomes is None or was == becomes or row is None:
        return
    known = clocks.corrections(db, station).get(station, [])
    hour = hour_of(clocks.moved(now.at, row["position"], known))
    _write(db, Counter({(station, hour, *was[:2]): -was[2], (station, hour, *becomes[:2]): becomes[2]}))


def _write(db: Database, counts: Counts) -> None:
    changed = [(*key, number) for key, number in counts.items() if number]
    db.execute_many(_ADD, changed)
    db.execute_many(_NOTHING_LEFT, [row[:-1] for row in changed if row[-1] < 0])


def _undo(db: Database, counts: Counts, undoing: Placed, _before: Placed | None) -> None:
    """Take what an earlier entry counted off the hour it belongs to, once."""
    position, station, entry = undoing
    body = entry.parsed()
    assert isinstance(body, SupplyUndoneBody)
    row = db.row(
        "SELECT * FROM journal WHERE id = ? AND station = ? AND position < ? AND poison = ''",
        (body.of, station, position),
    )
    original = entry_of(row) if row else None
    found = counted(original) if original and original.kind.startswith("supply.") else None
    if row is None or original is None or found is None:
        return
    if not db.execute("INSERT INTO report_undone VALUES (?,?) ON CONFLICT DO NOTHING", (station, body.of)):
        return
    known = [one for one in clocks.corrections(db, station).get(station, []) if one.own < position]
    what, key, number = found
    counts[station, hour_of(clocks.moved(original.at, row["position"], known)), what, key] -= number


def _move(db: Database, counts: Counts, correcting: Placed, _before: Placed | None) -> None:
    """A clock was set right: what it had dated goes where it belongs."""
    position, station, _ = correcting
    known = [one for one in clocks.corrections(db, station).get(station, []) if one.own <= position]
    now = next((one for one in known if one.own == position), None)
    if now is None or now.first >= position:
        return
    earlier = [one for one in known if one is not now]
    undone = {row["entry"] for row in db.rows("SELECT entry FROM report_undone WHERE station = ?", (station,))}
    for row in _rows_between(db, station, now.first, position):
        entry = entry_of(row)
        if entry.kind == StationStarted.kind and (last := db.row(_BEFORE, (station, row["position"]))):
            _write_silence(db, Placed(last["position"], station, entry_of(last)), row["position"], entry.at, known)
        if found := counted(entry) if entry.id not in undone else None:
            what, key, number = found
            counts[station, hour_of(clocks.moved(entry.at, row["position"], earlier)), what, key] -= number
            counts[station, hour_of(clocks.moved(entry.at, row["position"], known)), what, key] += number
    _vouch(db, now, station)


def _rows_between(db: Database, station: str, first: int, end: int) -> Iterator[Row]:
    """A station's journal from `first` to before `end`, a page at a time."""
    sql = "SELECT * FROM journal WHERE station = ? AND position >= ? AND position < ? ORDER BY position LIMIT ?"
    while rows := db.rows(sql, (station, first, end, _PAGE)):
        yield from rows
        first = rows[-1]["position"] + 1


def _note_rescue(db: Database, _counts: Counts, rescued: Placed, _before: Placed | None) -> None:
    """A journal was put together anew, perhaps not all of it."""
    body = rescued.entry.parsed()
    assert isinstance(body, DatabaseRescued)
    values = (rescued.station, rescued.position, min(max(body.missing, 0), 1))
    db.execute("INSERT INTO report_rescue VALUES (?,?,?) ON CONFLICT DO NOTHING", values)


def _note_silence(db: Database, _counts: Counts, started: Placed, before: Placed | None) -> None:
    """A start after a long silence, or at a time that is before the last: how long it was is found out when read."""
    position, station, entry = started
    if before is None:
        row = db.row(_BEFORE, (station, position))
        if row is None:
            return
        before = Placed(row["position"], station, entry_of(row))
    quiet = entry.at - before.entry.at
    if not timedelta() <= quiet < _LONG:
        known = [one for one in clocks.corrections(db, station).get(station, []) if one.own < position]
        _write_silence(db, before, position, entry.at, known)


def _write_silence(db: Database, last: Placed, started: int, at: datetime, known: list[clocks.Correction]) -> None:
    """With its times, as they are known by now: the entries may be retired one day."""
    since, until = clocks.moved(last.entry.at, last.position, known), clocks.moved(at, started, known)
    times = [moment.astimezone(UTC).isoformat() for moment in (since, until)]
    db.execute(_SILENCE, (last.station, last.position, started, *times))


def _note_unsure(db: Database, unsure: Placed, before: Placed | None) -> None:
    """Nobody vouches for the time of this entry: it joins those right before it of which that is true, too."""
    position, station, _ = unsure
    last = before.position if before else (db.row(_BEFORE, (station, position)) or {"position": 0})["position"]
    joined = db.execute("UPDATE report_unsure SET last = ? WHERE station = ? AND last = ?", (position, station, last))
    if not joined:
        db.execute("INSERT INTO report_unsure VALUES (?,?,?)", (station, position, position))


def _vouch(db: Database, now: clocks.Correction, station: str) -> None:
    """The time of what was corrected is known now."""
    values = (station, now.first, now.own)
    db.execute("DELETE FROM report_unsure WHERE station = ? AND first >= ? AND last < ?", values)
    if before := db.row(_BEFORE, (station, now.first)):
        db.execute(
            "UPDATE report_unsure SET last = ? WHERE station = ? AND first < ? AND last >= ? AND last < ?",
            (before["position"], station, now.first, now.first, now.own),
        )


_SPECIAL: dict[str, Callable[[Database, Counts, Placed, Placed | None], None]] = {
    SupplyUndoneBody.kind: _undo,
    ClockCorrected.kind: _move,
    StationStarted.kind: _note_silence,
    DatabaseRescued.kind: _note_rescue,
}
