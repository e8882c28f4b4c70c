"""How people get in, by station and hour, as the journals tell: what opened, what was refused and why, what failed."""

from datetime import UTC, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from hub.auth import require
from hub.database import Database
from hub.districts import ReachDep
from hub.features import Projection
from hub.state import Hub, HubDep
from kiosk.protocol.entry import EntryAttempted, EntryDoor, Result
from kiosk.protocol.journal import Entry

PROJECTION = Projection(
    version=1,
    tables=("entry_hour", "entry_door"),
    schema="""
    CREATE TABLE entry_hour (
        station TEXT NOT NULL, hour TEXT NOT NULL, way TEXT NOT NULL, result TEXT NOT NULL, reason TEXT NOT NULL,
        attempts INTEGER NOT NULL, seconds REAL NOT NULL, slowest REAL NOT NULL,
        PRIMARY KEY (station, hour, way, result, reason)
    ) WITHOUT ROWID;
    CREATE TABLE entry_door (
        station TEXT NOT NULL, door TEXT NOT NULL, what TEXT NOT NULL, since TEXT NOT NULL,
        PRIMARY KEY (station, door, what)
    ) WITHOUT ROWID
    """,
)
router = APIRouter(tags=["entry"])


class DoorFault(BaseModel):
    """A door that was forced, is held open, or whose contact is lost, and since when (ISO 8601)."""

    door: str
    what: str
    since: str


class EntryRow(BaseModel):
    """Attempts at one station. `ways` and `refused` count by way and by reason; `seconds` is the mean time to open,
    `slowest` the longest, None while nothing opened."""

    station: str
    opened: int
    asked: int
    failed: int
    ways: dict[str, int]
    refused: dict[str, int]
    seconds: float | None
    slowest: float | None
    faults: list[DoorFault]


def on_entry(db: Database, station: str, entry: Entry) -> None:
    match entry.parsed() if entry.kind in (EntryAttempted.kind, EntryDoor.kind) else None:
        case EntryAttempted() as body:
            hour = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H")
            seconds = body.seconds or 0.0
            db.execute(
                "INSERT INTO entry_hour VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (station, hour, way, result, reason)"
                " DO UPDATE SET attempts = entry_hour.attempts + excluded.attempts,"
                " seconds = entry_hour.seconds + excluded.seconds,"
                " slowest = CASE WHEN excluded.slowest > entry_hour.slowest THEN excluded.slowest"
                " ELSE entry_hour.slowest END",
                (station, hour, str(body.way), str(body.result), str(body.reason), 1 + body.more, seconds, seconds),
            )
        case EntryDoor() as body:
            if body.what in ("shut", "heard", "lost"):  # whatever is said of a door now ends what was said before
                db.execute("DELETE FROM entry_door WHERE station = ? AND door = ?", (station, body.door))
            if body.what not in ("shut", "heard"):
                db.execute(
                    "INSERT INTO entry_door VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
                    (station, body.door, body.what, entry.at.isoformat()),
                )


def entry_of(hub: Hub, days: int) -> list[EntryRow]:
    """How people got in during the last `days`. Blocking."""
    since = (hub.now() - timedelta(days=days)).astimezone(UTC).strftime("%Y-%m-%dT%H")
    found: dict[str, dict[str, Any]] = {}

    def row_of(station: str) -> dict[str, Any]:
        empty = {"station": station, "opened": 0, "asked": 0, "failed": 0, "total": 0.0, "slowest": 0.0}
        return found.setdefault(station, empty | {"ways": {}, "refused": {}, "faults": []})

    rows = hub.db.rows(
        "SELECT station, way, result, reason, SUM(attempts) AS attempts, SUM(seconds) AS seconds,"
        " MAX(slowest) AS slowest FROM entry_hour WHERE hour >= ? GROUP BY station, way, result, reason",
        (since,),
    )
    for row in rows:
        mine, count = row_of(str(row["station"])), int(row["attempts"])
        if row["result"] == Result.REFUSED:
            mine["refused"][row["reason"]] = mine["refused"].get(row["reason"], 0) + count
        else:
            mine[str(row["result"])] += count
        if row["result"] == Result.OPENED:
            mine["ways"][row["way"]] = mine["ways"].get(row["way"], 0) + count
            mine["total"] += float(row["seconds"])
            mine["slowest"] = max(mine["slowest"], float(row["slowest"]))
    for row in hub.db.rows("SELECT station, door, what, since FROM entry_door ORDER BY since"):
        row_of(str(row["station"]))["faults"].append(DoorFault(door=row["door"], what=row["what"], since=row["since"]))
    return [_row(found[station]) for station in sorted(found)]


def _row(mine: dict[str, Any]) -> EntryRow:
    opened, total = mine["opened"], mine.pop("total")
    times = {"seconds": round(total / opened, 3), "slowest": mine["slowest"]} if opened else {}
    return EntryRow.model_validate({**mine, "seconds": None, "slowest": None, **times})


@router.get(
    "/api/console/entry",
    summary="How people got in, by station",
    dependencies=[Depends(require("duty", "manager"))],
)
def entry(hub: HubDep, reach: ReachDep, days: Annotated[int, Query(ge=1, le=366)] = 7) -> list[EntryRow]:
    return [row for row in entry_of(hub, days) if reach.covers(row.station)]
