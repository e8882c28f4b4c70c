"""Whether the hub has everything of a station's day. What it does not have is a gap, and never a nought.

A day (or an hour) of a station is *complete* when everything its terminal wrote down in it is here. The journal is
numbered without a gap and is taken in its order, so an entry that was applied proves that all before it are here. A
quiet day needs no entry of its own: a later one proves it. In this order, a day is

- `ahead` when it has not begun, `running` when it is not over;
- `not_enrolled` when it began before the station's record does. That begins when its first terminal was enrolled, or
  with its first entry where that is earlier (a terminal that worked before anybody enrolled it). The day on which it
  begins is not whole and is a gap, too;
- `hole` when something of it is missing for good or for now: an entry that was kept apart, or that the counting
  stumbled over, lies within (between its neighbours, as its own time may be what is wrong with it); or one terminal's
  journal ended and another's began, and what the first one still had is not known to have come. One journal is
  another's continuation when its numbers go on, or when it was put together anew with nothing missing;
- `clock` when entries whose time nobody can vouch for may be of this day or of another one. Entries that a later
  `station.clock_corrected` put right are as good as any; those that surely lie within the day are no harm to it;
- `off` when nothing was written down all day and the next entry is a start: the terminal did not run, and a nought
  would be a claim about people nobody could see. One that was off for a part of a day makes no gap, as many rooms are
  dark at night;
- `behind` when the latest that is known lies before its end (`hole` where entries beyond a missing one are here
  already). Known is up to the latest applied entry, but no later than when it was received, as a clock may be ahead;
  or up to the latest report of health that said nothing is left to send, less the two minutes it may be old;
- else `complete`.

Of months that were retired from the journal silences are still known, and no longer which entries were kept apart and
where one terminal's journal ended: a return is made before its month is retired.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hub import clocks
from hub.database import Database, Row
from hub.reports_count import KINDS
from hub.state import Hub

GAPS = ("not_enrolled", "hole", "clock", "off", "behind")
COMPLETE, RUNNING, AHEAD = "complete", "running", "ahead"
_OLD = timedelta(minutes=2)  # a beat a minute, and what was written down while it was under way
_MANY = 500  # in one question
_LARGEST = 2**53
_ENDS = """
    SELECT s.id, s.terminal, s.enrolled AS newest, COALESCE(h.acknowledged, 0) AS acknowledged,
        (SELECT MIN(since) FROM station_key k WHERE k.station = s.id) AS enrolled,
        (SELECT MIN(position) FROM journal j WHERE j.station = s.id) AS first,
        (SELECT MAX(position) FROM journal j WHERE j.station = s.id) AS last,
        (SELECT MAX(seq) FROM journal j WHERE j.station = s.id AND j.terminal = s.terminal) AS seq
    FROM station s LEFT JOIN journal_head h ON h.station = s.id AND h.terminal = s.terminal WHERE ? IN ('', s.id)
"""
_LAST_OF = """
    SELECT position FROM journal WHERE station = ? AND terminal = ? AND seq < ? AND position IS NOT NULL
    ORDER BY seq DESC LIMIT 1
"""
_FIRST_OF = """
    SELECT position FROM journal WHERE station = ? AND terminal = ? AND seq > ? AND position IS NOT NULL
    ORDER BY seq LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Span:
    """From one position to another something is not known. `until` stands in where there is nothing after it."""

    why: str
    first: int | None
    last: int | None
    until: datetime | None = None
    since: datetime | None = None


@dataclass
class Record:
    """What is known of a station's record. Without a beginning there is none."""

    begins: datetime | None = None
    reached: datetime | None = None
    beyond: bool = False  # entries beyond one that is missing are here
    spans: list[tuple[str, datetime, datetime]] = field(default_factory=list)

    def state(self, start: datetime, end: datetime, now: datetime) -> str:
        """What the hub has of the time from `start` to before `end`."""
        if start >= now:
            return AHEAD
        if end > now:
            return RUNNING
        if self.begins is None or self.begins > start:
            return "not_enrolled"
        found = {why for why, since, until in self.spans if _touches(why, since, until, start, end)}
        for why in ("hole", "clock", "off"):
            if why in found:
                return why
        if self.reached is None or self.reached < end:
            return "hole" if self.beyond else "behind"
        return COMPLETE


def _touches(why: str, since: datetime, until: datetime, start: datetime, end: datetime) -> bool:
    if why == "off":
        return since < start and until >= end
    if why == "clock" and since >= start and until < end:
        return False  # wherever within it that was: it is in this one
    return since < end and until >= start


def records(hub: Hub, since: datetime, station: str = "") -> dict[str, Record]:
    """The record of every station that was ever enrolled, or of one, as far as days from `since` on are concerned.

    Blocking.
    """
    ends = {row["id"]: row for row in hub.db.rows(_ENDS, (station,))}
    unsure = _unsure(hub.db)
    spans = _spans(hub.db, ends, unsure, since)
    for row in ends.values():
        _without_doubt(hub.db, row, unsure.get(row["id"], []))
    wanted = {row[name] for row in ends.values() for name in ("first", "last")}
    wanted |= {position for found in spans.values() for span in found for position in (span.first, span.last)}
    known = _moments(hub.db, {position for position in wanted if position is not None})
    facts = hub.presence.facts()
    found = {}
    for name, row in ends.items():
        record = found[name] = Record(beyond=(row["seq"] or 0) > row["acknowledged"])
        times = [datetime.fromisoformat(row["enrolled"])] if row["enrolled"] else []
        if row["first"] is not None:
            times.append(min(known[row["first"]]))
        record.begins = min(times, default=None)
        reached = [min(known[row["last"]])] if row["last"] is not None else []
        fact = facts.get(name)
        if fact and fact.told and fact.health.version and not fact.health.waiting and not record.beyond:
            reached.append(fact.told - _OLD)
        record.reached = max(reached, default=None)
        record.spans = [placed for span in spans.get(name, []) if (placed := _placed(span, known, record.begins))]
    return found


def _placed(
    span: Span, known: dict[int, tuple[datetime, datetime]], begins: datetime | None
) -> tuple[str, datetime, datetime] | None:
    """When it was. What was retired is of before everything that is here."""
    first, last = known.get(span.first or 0), known.get(span.last or 0)
    since = span.since or (first[0] if first else begins)
    until = span.until if span.since or not last else last[0]
    return (span.why, since, max(since, until)) if since and until else None


def _moments(db: Database, positions: Iterable[int]) -> dict[int, tuple[datetime, datetime]]:
    """When the entries at these positions happened, and when they were received."""
    known, found, wanted = clocks.corrections(db), {}, sorted(positions)
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        marks = ",".join("?" * len(some))
        sql = f"SELECT position, station, at, received FROM journal WHERE position IN ({marks})"  # noqa: S608
        for row in db.rows(sql, some):
            at = clocks.moved(datetime.fromisoformat(row["at"]), row["position"], known.get(row["station"], []))
            found[row["position"]] = at, datetime.fromisoformat(row["received"])
    return found


def _unsure(db: Database) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in db.rows("SELECT station, first, last FROM report_unsure ORDER BY station, first"):
        found.setdefault(row["station"], []).append(row)
    return found


def _without_doubt(db: Database, row: Row, unsure: list[Row]) -> None:
    """The first and the last entry whose time is good, in place of the first and the last."""
    for run in unsure:
        if run["first"] == row["first"]:
            row["first"] = _beside(db, row["id"], run["last"], 1)
        if run["last"] == row["last"]:
            row["last"] = _beside(db, row["id"], run["first"], -1)


def _beside(db: Database, station: str, position: int, step: int) -> int | None:
    """The position of the station's entry before (-1) or after (1) this one."""
    before = "SELECT MAX(position) FROM journal WHERE station = ? AND position < ?"
    after = "SELECT MIN(position) FROM journal WHERE station = ? AND position > ?"
    found = db.value(before if step < 0 else after, (station, position))
    return int(found) if found is not None else None


def _spans(db: Database, ends: dict[str, Row], unsure: dict[str, list[Row]], since: datetime) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {station: [] for station in ends}
    changes = ((row["id"], _change(db, row, n)) for row in ends.values() for n in range(2, row["terminal"] + 1))
    for station, span in (*_apart(db, since), *_stumbled(db), *_silences(db), *_doubts(db, unsure), *changes):
        if span and station in found and (sure := _sure(db, station, span, unsure.get(station, []))):
            found[station].append(sure)
    return found


def _sure(db: Database, station: str, span: Span, unsure: list[Row]) -> Span | None:
    """The same between entries whose time is good. How long it was dark between others is not known, nor told."""
    first, last, until = span.first, span.last, span.until
    for run in unsure:
        early = first is not None and run["first"] <= first <= run["last"]
        late = last is not None and run["first"] <= last <= run["last"]
        if (early or late) and span.why == "off":
            return None  # that nobody knows of which day those are is said for itself
        if early:
            first = _beside(db, station, run["first"], -1)
        if late:
            last = _beside(db, station, run["last"], 1)
            until = until or _received(db, run["last"])
    return Span(span.why, first, last, until, span.since)


def _apart(db: Database, since: datetime) -> Iterator[tuple[str, Span]]:
    """Entries that were kept apart; those that came before the days in question are of days before, too."""
    sql = "SELECT station, terminal, seq, kind, received FROM journal WHERE poison != '' AND received >= ?"
    for row in db.rows(sql, (since.astimezone(UTC).isoformat(),)):
        if not row["kind"] or row["kind"] in KINDS:
            place = (row["station"], row["terminal"], row["seq"])
            first, last = db.value(_LAST_OF, place), db.value(_FIRST_OF, place)
            yield row["station"], Span("hole", first, last, datetime.fromisoformat(row["received"]))


def _stumbled(db: Database) -> Iterator[tuple[str, Span]]:
    sql = """
        SELECT j.station, j.position FROM projection_failure f JOIN journal j ON j.position = f.position
        WHERE f.name = 'reports'
    """
    for row in db.rows(sql):
        yield row["station"], Span("hole", row["position"], row["position"])


def _silences(db: Database) -> Iterator[tuple[str, Span]]:
    for row in db.rows("SELECT station, last, started, since, until FROM report_silence"):
        since, until = datetime.fromisoformat(row["since"]), datetime.fromisoformat(row["until"])
        yield row["station"], Span("off", row["last"], row["started"], until, since)


def _doubts(db: Database, unsure: dict[str, list[Row]]) -> Iterator[tuple[str, Span]]:
    for station, runs in unsure.items():
        for run in runs:
            first, last = _beside(db, station, run["first"], -1), _beside(db, station, run["last"], 1)
            yield station, Span("clock", first, last, _received(db, run["last"]))


def _received(db: Database, position: int) -> datetime | None:
    found = db.value("SELECT received FROM journal WHERE position = ?", (position,))
    return datetime.fromisoformat(found) if found else None


def _change(db: Database, row: Row, terminal: int) -> Span | None:
    """What may be missing between one journal of a station and the next."""
    station = row["id"]
    begins = db.value("SELECT MIN(seq) FROM journal WHERE station = ? AND terminal = ?", (station, terminal))
    earlier = (db.value(_LAST_OF, (station, number, _LARGEST)) for number in range(terminal - 1, 0, -1))
    last = next((position for position in earlier if position is not None), None)
    if last is None:  # nothing was ever here
        return None
    if begins is None:  # nothing of the new one is here yet
        return Span("hole", last, None, datetime.fromisoformat(row["newest"]))
    if begins != 1:  # it goes on where the one before ended
        return None
    rescued = db.row(
        "SELECT r.position, r.missing FROM report_rescue r JOIN journal j ON j.position = r.position"
        " WHERE r.station = ? AND j.terminal = ? ORDER BY r.position LIMIT 1",
        (station, terminal),
    )
    if rescued and not rescued["missing"]:
        return None
    first = rescued["position"] if rescued else db.value(_FIRST_OF, (station, terminal, 0))
    return Span("hole", last, first)
