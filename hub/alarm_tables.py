"""The tables of alarms: incidents and their steps, tests, and what the journals say of incidents."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hub.alarm_rules import GATEWAY_SECONDS, Incident, Tries
from hub.database import Database
from hub.features import Projection
from kiosk.protocol.alarm import AlarmClosed, AlarmMistaken, AlarmPressed, AlarmRaised, AlarmSource
from kiosk.protocol.journal import Entry

INCIDENTS = (
    """
    CREATE TABLE alarm_incident (
        id TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        source TEXT NOT NULL,
        raised TEXT NOT NULL,
        arrived TEXT NOT NULL,
        drill INTEGER NOT NULL DEFAULT 0,
        presses INTEGER NOT NULL DEFAULT 1,
        call_id TEXT NOT NULL DEFAULT '',
        mistaken INTEGER NOT NULL DEFAULT 0,
        acknowledged TEXT NOT NULL DEFAULT '',
        acknowledged_by TEXT NOT NULL DEFAULT '',
        holder TEXT NOT NULL DEFAULT '',
        holder_name TEXT NOT NULL DEFAULT '',
        offered TEXT NOT NULL DEFAULT '',
        closed TEXT NOT NULL DEFAULT '',
        closed_by TEXT NOT NULL DEFAULT '',
        closed_where TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX alarm_incident_open ON alarm_incident (closed, arrived);
    CREATE INDEX alarm_incident_station ON alarm_incident (station, arrived);
    CREATE TABLE alarm_step (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        incident TEXT NOT NULL,
        mark TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        account TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        detail TEXT NOT NULL DEFAULT '',
        UNIQUE (incident, mark)
    );
    CREATE TABLE alarm_test (
        id TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        at TEXT NOT NULL,
        code TEXT NOT NULL,
        consoles INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX alarm_test_station ON alarm_test (station, code, at);
    CREATE INDEX alarm_test_at ON alarm_test (at)
    """,
)
REPORTED = Projection(
    version=1,
    tables=("alarm_reported",),
    schema="""
    CREATE TABLE alarm_reported (
        id TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        source TEXT NOT NULL,
        raised TEXT NOT NULL,
        drill INTEGER NOT NULL,
        presses INTEGER NOT NULL DEFAULT 1,
        mistaken INTEGER NOT NULL DEFAULT 0,
        closed TEXT NOT NULL DEFAULT '',
        closed_by TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT ''
    )
    """,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an incident. `account` is whose deed it was, "" nobody's; `at` is aware."""

    at: datetime
    kind: str
    account: str
    name: str
    detail: str


def report_entry(db: Database, station: str, entry: Entry) -> None:
    """What the journals say of incidents, in a table of its own."""
    if not entry.kind.startswith("alarm."):
        return
    at = entry.at.astimezone(UTC).isoformat()
    match entry.parsed():
        case AlarmRaised(incident=incident, source=source, drill=drill):
            db.execute(
                "INSERT INTO alarm_reported (id, station, source, raised, drill) VALUES (?,?,?,?,?) "
                "ON CONFLICT (id) DO NOTHING",
                (incident, station, str(source), at, int(drill)),
            )
        case AlarmPressed(incident=incident, presses=presses):
            db.execute(
                "UPDATE alarm_reported SET presses = ? WHERE id = ? AND station = ? AND presses < ?",
                (presses, incident, station, presses),
            )
        case AlarmMistaken(incident=incident, presses=presses):
            db.execute(
                "UPDATE alarm_reported SET mistaken = ? WHERE id = ? AND station = ? AND mistaken < ?",
                (presses, incident, station, presses),
            )
        case AlarmClosed(incident=incident, by=by, where="station", reason=reason):
            db.execute(
                "UPDATE alarm_reported SET closed = ?, closed_by = ?, reason = ? WHERE id = ? AND station = ?",
                (at, by, reason, incident, station),
            )


def tries_of(steps: list[Step]) -> Tries:
    """How it went with the gateway so far. An attempt without an outcome counts as failed when it must be over."""
    called = [step for step in steps if step.kind == "gateway_called"]
    if not called:
        return Tries()
    failed = [step for step in steps if step.kind == "gateway_failed"]
    last = failed[-1].at if len(failed) >= len(called) else called[-1].at + timedelta(seconds=GATEWAY_SECONDS)
    return Tries(len(called), last, any(step.kind == "gateway_reached" for step in steps))


def gateway_state(steps: list[Step]) -> tuple[str, str]:
    """("", ""), ("reached", "") or ("failed", why): what is to be seen of the gateway."""
    outcomes = [step for step in steps if step.kind in ("gateway_reached", "gateway_failed")]
    if not outcomes:
        return "", ""
    reached = any(step.kind == "gateway_reached" for step in outcomes)
    return ("reached", "") if reached else ("failed", outcomes[-1].detail)


def incident_of(row: dict[str, Any]) -> Incident:
    """A row of `alarm_incident`."""

    return Incident(
        id=row["id"],
        station=row["station"],
        source=AlarmSource(row["source"]),
        raised=datetime.fromisoformat(row["raised"]),
        arrived=datetime.fromisoformat(row["arrived"]),
        drill=bool(row["drill"]),
        presses=row["presses"],
        call=row["call_id"],
        mistaken=row["mistaken"],
        acknowledged=_time(row["acknowledged"]),
        acknowledged_by=row["acknowledged_by"],
        holder=row["holder"],
        holder_name=row["holder_name"],
        offered=row["offered"],
        closed=_time(row["closed"]),
        closed_by=row["closed_by"],
        closed_where=row["closed_where"],
        reason=row["reason"],
    )


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
