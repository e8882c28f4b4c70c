"""Records of calls, derived from the journals of the stations: each call once, its steps, and what they add up to."""

from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel

from hub.accounts import Staff
from hub.auth import require
from hub.database import Database
from hub.districts import ReachDep
from hub.features import Projection
from hub.problems import Problem
from hub.state import Hub, HubDep
from kiosk.protocol.door import DoorOrdered
from kiosk.protocol.intercom import CallAnswered, CallEnded, CallStarted
from kiosk.protocol.intercom_talk import CallJoined, CallRated, CallTransferred, MessageLeft
from kiosk.protocol.journal import Entry

router = APIRouter(tags=["calls"])
Duty = Annotated[Staff, Depends(require("duty"))]
Reader = Annotated[Staff, Depends(require("duty", "manager"))]
SOON_SECONDS = 20.0  # answered within this counts as at once, the measure of call centres
MOST_DAYS = 92
_TEXT = r"^[^\x00-\x1f]*$"
RECORDS = Projection(
    version=2,
    tables=("call_step", "call_record"),
    schema="""
    CREATE TABLE call_record (
        id TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        topic TEXT NOT NULL,
        started TEXT NOT NULL,
        answered TEXT NOT NULL DEFAULT '',
        by_name TEXT NOT NULL DEFAULT '',
        ended TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        ring_seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
        talk_seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
        media INTEGER NOT NULL DEFAULT 0,
        transfers INTEGER NOT NULL DEFAULT 0,
        helpful INTEGER NOT NULL DEFAULT -1,
        message INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX call_record_started ON call_record (started);
    CREATE TABLE call_step (
        id TEXT PRIMARY KEY,
        call_id TEXT NOT NULL,
        station TEXT NOT NULL,
        at TEXT NOT NULL,
        seq INTEGER NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL DEFAULT '',
        detail TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX call_step_call ON call_step (call_id);
    CREATE INDEX call_step_name ON call_step (name)
    """,
)
# Days as local midnights in UTC, "" where nothing is chosen.
_CHOSEN = """
    (:since = '' OR started >= :since) AND (:until = '' OR started < :until)
    AND (:station = '' OR station = :station) AND (:topic = '' OR topic = :topic)
    AND (:person = '' OR id IN (
        SELECT s.call_id FROM call_step s WHERE s.name = :person AND s.station = call_record.station
    ))
"""
_LIST = "SELECT * FROM call_record WHERE" + _CHOSEN  # noqa: S608 - constants
_NEWEST = " ORDER BY started DESC, id DESC LIMIT :limit"
_SUM = (
    "SELECT answered, ring_seconds, talk_seconds, transfers, helpful, message "
    "FROM call_record WHERE ended <> '' AND" + _CHOSEN
)


class CallUnknown(Problem):
    status = 404
    code = "calls.unknown"
    title = ("没有这次通话的记录", "There is no record of this call")


def record_entry(db: Database, station: str, entry: Entry) -> None:
    """The entries of a call make one record and its steps."""
    if not entry.kind.startswith("call.") and entry.kind != "door.ordered":
        return
    at = entry.at.astimezone(UTC).isoformat()
    call, name, detail = "", "", ""
    match entry.parsed():
        case CallStarted(call=call, topic=detail):
            db.execute(
                "INSERT INTO call_record (id, station, topic, started) VALUES (?,?,?,?) ON CONFLICT (id) DO NOTHING",
                (call, station, detail, at),
            )
        case CallAnswered(call=call, by=name):
            # Who answered first: a transfer makes another.
            db.execute(
                "UPDATE call_record SET answered = ?, by_name = ? WHERE id = ? AND station = ? AND answered = ''",
                (at, name, call, station),
            )
        case CallTransferred(call=call, by=name) as moved:
            detail = moved.to or moved.topic
            db.execute("UPDATE call_record SET transfers = transfers + 1 WHERE id = ? AND station = ?", (call, station))
        case CallJoined(call=call, name=name):
            pass
        case CallRated(call=call, helpful=helpful):
            detail = "helpful" if helpful else "not_helpful"
            db.execute("UPDATE call_record SET helpful = ? WHERE id = ? AND station = ?", (int(helpful), call, station))
        case MessageLeft(call=call):
            db.execute("UPDATE call_record SET message = 1 WHERE id = ? AND station = ?", (call, station))
        case DoorOrdered(call=call, by=name) as order:
            detail = f"{order.door} {order.code}".strip()
        case CallEnded(call=call) as ended:
            detail = str(ended.reason)
            db.execute(
                "UPDATE call_record SET ended = ?, reason = ?, ring_seconds = ?, talk_seconds = ?, media = ? "
                "WHERE id = ? AND station = ? AND ended = ''",
                (at, detail, ended.ring_seconds, ended.talk_seconds, int(ended.media), call, station),
            )
    if call:
        db.execute(
            "INSERT INTO call_step VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
            (str(entry.id), call, station, at, entry.seq, entry.kind, name, detail),
        )


class CallRecord(BaseModel):
    """A call as its station's journal tells it. Times are ISO 8601 in UTC, "" while it has not come to that.

    `by_name` answered it first; `transfers` how often it was handed over; `helpful` is null where nobody said.
    """

    id: str
    station: str
    topic: str
    started: str
    answered: str
    by_name: str
    ended: str
    reason: str
    ring_seconds: float
    talk_seconds: float
    media: bool
    transfers: int
    helpful: bool | None
    message: bool


class CallStep(BaseModel):
    """Something that happened in a call: `kind` of the journal, the person `name`, and what of it."""

    at: str
    kind: str
    name: str
    detail: str


class CallDetail(CallRecord):
    steps: list[CallStep]


class CallSummary(BaseModel):
    """`abandoned` ended without an answer; waits in seconds, null where there was none."""

    calls: int
    answered: int
    answered_soon: int
    abandoned: int
    median_wait: float | None
    median_talk: float | None
    transferred: int
    helpful: int
    not_helpful: int
    messages: int


Station = Annotated[str, Query(max_length=32, pattern=_TEXT, description='"" = every station')]
TopicQuery = Annotated[str, Query(max_length=31, pattern=_TEXT, description='"" = every topic')]
Person = Annotated[str, Query(max_length=80, pattern=_TEXT, description='Who took part, by name; "" = anybody')]
Day = Annotated[date | None, Query(description="Local day; none = any")]
Days = Annotated[int, Query(ge=1, le=MOST_DAYS, description="How many days from `day` on")]


@router.get("/api/console/calls", summary="Calls, newest first, by day, station, topic and person")
def call_records(
    hub: HubDep,
    staff: Reader,
    reach: ReachDep,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    day: Day = None,
    days: Days = 1,
    station: Station = "",
    topic: TopicQuery = "",
    person: Person = "",
) -> list[CallRecord]:
    chosen, (within, names) = _chosen(hub, day, days, station, topic, person), reach.sql("station")
    rows = hub.db.rows(_LIST + within + _NEWEST, {**chosen, **names, "limit": limit})
    return [CallRecord.model_validate(_plain(row)) for row in rows]


@router.get("/api/console/calls/summary", summary="How soon calls were answered, and how many were not")
def call_summary(
    hub: HubDep,
    staff: Reader,
    reach: ReachDep,
    day: Day = None,
    days: Days = 1,
    station: Station = "",
    topic: TopicQuery = "",
    person: Person = "",
) -> CallSummary:
    """Of calls that are over. Without a day, of the last 7 local days."""
    if day is None:
        local = hub.now().astimezone(ZoneInfo(hub.config.time_zone)).date()
        day, days = local - timedelta(days=6), 7
    within, names = reach.sql("station")
    rows = hub.db.rows(_SUM + within, {**_chosen(hub, day, days, station, topic, person), **names})
    taken = [row for row in rows if row["answered"]]
    return CallSummary(
        calls=len(rows),
        answered=len(taken),
        answered_soon=sum(row["ring_seconds"] <= SOON_SECONDS for row in taken),
        abandoned=len(rows) - len(taken),
        median_wait=median(row["ring_seconds"] for row in taken) if taken else None,
        median_talk=median(row["talk_seconds"] for row in taken) if taken else None,
        transferred=sum(row["transfers"] > 0 for row in rows),
        helpful=sum(row["helpful"] == 1 for row in rows),
        not_helpful=sum(row["helpful"] == 0 for row in rows),
        messages=sum(row["message"] for row in rows),
    )


@router.get("/api/console/calls/records/{call}", summary="One call and what happened in it")
def call_detail(
    call: Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,40}$")], hub: HubDep, staff: Reader, reach: ReachDep
) -> CallDetail:
    row = hub.db.row("SELECT * FROM call_record WHERE id = ?", (call,))
    if row is None or not reach.covers(row["station"]):
        raise CallUnknown(call=call)
    steps = hub.db.rows(
        "SELECT at, kind, name, detail FROM call_step WHERE call_id = ? AND station = ? ORDER BY at, seq, id",
        (call, row["station"]),
    )
    return CallDetail.model_validate({**_plain(row), "steps": steps})


def _chosen(hub: Hub, day: date | None, days: int, station: str, topic: str, person: str) -> dict[str, str]:
    values = {"since": "", "until": "", "station": station, "topic": topic, "person": person}
    if day is not None:
        until = date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
        values |= {"since": _midnight(hub, day), "until": _midnight(hub, until)}
    return values


def _midnight(hub: Hub, day: date) -> str:
    """Local midnight at the beginning of `day`, in UTC."""
    try:
        return datetime.combine(day, time(), ZoneInfo(hub.config.time_zone)).astimezone(UTC).isoformat()
    except OverflowError:  # the first and the last day there is
        return day.isoformat()


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "helpful": None if row["helpful"] < 0 else bool(row["helpful"])}
