"""What visitors reported broken: from the journals, until somebody says that it is repaired, and that goes back."""

import json
from datetime import UTC, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi import Path as PathParam
from pydantic import BaseModel, Field

from hub.accounts import Staff
from hub.auth import require
from hub.database import Database, Row
from hub.districts import Reach, ReachDep
from hub.features import Projection
from hub.problems import Problem
from hub.state import Hub, HubDep
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.journal import Entry
from kiosk.protocol.station_faults import FaultReported, FaultState

OWNER = "faults"
KEPT = timedelta(days=60)  # a station shows that something was repaired for a week; who reported it may come later
MIGRATIONS = (
    """
    CREATE TABLE fault_state (
        fault TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        note TEXT NOT NULL,
        by_name TEXT NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
PROJECTION = Projection(
    version=1,
    tables=("fault_report",),
    schema="""
    CREATE TABLE fault_report (
        fault TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        thing TEXT NOT NULL,
        since TEXT NOT NULL,
        latest TEXT NOT NULL,
        reports INTEGER NOT NULL,
        photo TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX fault_report_since ON fault_report (since)
    """,
)
_LIST = """
    SELECT r.*, COALESCE(s.state, 'open') AS state, COALESCE(s.note, '') AS note, COALESCE(s.by_name, '') AS by_name,
        COALESCE(s.at, '') AS changed
    FROM fault_report r LEFT JOIN fault_state s ON s.fault = r.fault
    WHERE (:fault = '' OR r.fault = :fault) AND (:state = 'all' OR COALESCE(s.state, 'open') <> 'repaired') {within}
    ORDER BY r.since DESC, r.fault LIMIT :limit
"""
router = APIRouter(tags=["faults"])
Desk = Annotated[Staff, Depends(require("duty", "manager"))]


class FaultUnknown(Problem):
    status = 404
    code = "faults.unknown"
    title = ("没有这条报修", "There is no such report")


class Fault(BaseModel):
    """A fault. `photo` is the SHA-256 of a picture at /api/files/, "" for none; `here` whether it has arrived yet.

    `note`, `by_name` and `changed` (ISO 8601) are of whoever at the desk said something of it last.
    """

    fault: str
    station: str
    thing: str
    since: str
    latest: str
    reports: int
    photo: str
    here: bool
    state: FaultState
    note: str
    by_name: str
    changed: str


class Said(BaseModel):
    """How it stands now. `note` is for colleagues and is not shown to visitors."""

    state: FaultState
    note: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


def on_entry(db: Database, station: str, entry: Entry) -> None:
    if entry.kind != FaultReported.kind:
        return
    body = entry.parsed()
    assert isinstance(body, FaultReported)
    at = entry.at.astimezone(UTC).isoformat()
    photo = body.photo.sha256 if body.photo else ""
    db.execute(
        "INSERT INTO fault_report VALUES (?,?,?,?,?,1,?) ON CONFLICT (fault) DO UPDATE SET"
        " reports = fault_report.reports + 1, latest = excluded.latest,"
        " photo = CASE WHEN excluded.photo <> '' THEN excluded.photo ELSE fault_report.photo END"
        " WHERE fault_report.station = excluded.station",
        (body.fault, station, str(body.thing), at, at, photo),
    )


def on_redacted(db: Database, station: str, before: Entry, now: Entry) -> None:
    """Its picture is the newest that is left."""
    if before.kind != FaultReported.kind or not before.body.get("photo"):
        return
    sql = "SELECT body FROM journal WHERE station = ? AND kind = ? AND position IS NOT NULL ORDER BY position"
    bodies = [json.loads(row["body"]) for row in db.rows(sql, (station, FaultReported.kind))]
    left = [body["photo"]["sha256"] for body in bodies if body["fault"] == before.body["fault"] and body.get("photo")]
    values = (left[-1] if left else "", before.body["fault"], station)
    db.execute("UPDATE fault_report SET photo = ? WHERE fault = ? AND station = ?", values)


def _rows(hub: Hub, reach: Reach, fault: str = "", state: str = "all", limit: int = 1) -> list[Row]:
    within, names = reach.sql("r.station")
    return hub.db.rows(_LIST.format(within=within), {"fault": fault, "state": state, "limit": limit, **names})


def say(hub: Hub, fault: str, said: Said, by: str, reach: Reach = Reach()) -> Fault:
    """Write down how a fault stands, and tell its station. Raises FaultUnknown. Blocking."""
    with hub.db.transaction():
        row = next(iter(_rows(hub, reach, fault)), None)
        if row is None:
            raise FaultUnknown(fault=fault)
        now = hub.now()
        hub.db.execute(
            "INSERT INTO fault_state VALUES (?,?,?,?,?) ON CONFLICT (fault) DO UPDATE SET state = excluded.state,"
            " note = excluded.note, by_name = excluded.by_name, at = excluded.at",
            (fault, str(said.state), said.note, by, now.isoformat()),
        )
        body = {"thing": row["thing"], "state": str(said.state), "changed": now.isoformat()}
        document = PlainDocument(kind="station_fault", id=fault, station=row["station"], body=body)
        hub.catalogue.publish([document], OWNER)
        old = "SELECT fault FROM fault_state WHERE state = 'repaired' AND at < ?"
        gone = hub.db.rows(old, ((now - KEPT).isoformat(),))
        hub.catalogue.delete([("station_fault", done["fault"]) for done in gone], OWNER)
        (after,) = _rows(hub, reach, fault)
    return _fault(hub, after)


def is_picture(hub: Hub, sha256: str) -> bool:
    """Whether a file is the picture of a fault. Blocking."""
    return bool(hub.db.value("SELECT COUNT(*) FROM fault_report WHERE photo = ? AND photo <> ''", (sha256,)))


def _fault(hub: Hub, row: Row) -> Fault:
    names = ("fault", "station", "thing", "since", "latest", "reports", "photo", "state", "note", "by_name", "changed")
    here = bool(row["photo"]) and hub.files.has(row["photo"])
    return Fault.model_validate({name: row[name] for name in names} | {"here": here})


@router.get("/api/console/faults", summary="What visitors reported broken, newest first")
def faults(
    hub: HubDep,
    reach: ReachDep,
    staff: Desk,
    state: Literal["open", "all"] = "open",
    limit: Annotated[int, Query(ge=1, le=1000)] = 300,
) -> list[Fault]:
    return [_fault(hub, row) for row in _rows(hub, reach, state=state, limit=limit)]


@router.post("/api/console/faults/{fault}", summary="Say how a fault stands; its station hears of it")
def fault_said(
    fault: Annotated[str, PathParam(pattern=r"^[0-9a-f-]{36}$")], said: Said, hub: HubDep, reach: ReachDep, staff: Desk
) -> Fault:
    return say(hub, fault, said, staff.display_name or staff.name, reach)
