"""`POST /api/journal`, and the latest of it for the console."""

import zlib
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from hub import clocks, journal
from hub.admission import Admitted
from hub.auth import require
from hub.database import Row
from hub.districts import ReachDep
from hub.features import features
from hub.problems import BodyTooLarge, BodyUnsupported
from hub.state import Hub, HubDep
from hub.stations import SignedTerminal, Terminal
from kiosk.protocol.journal import Acknowledgement, Entry, OwnPage

INFLATED_BYTES = 32 << 20
BODY_LIMITS = {"/api/journal": 8 << 20}
router = APIRouter(tags=["journal"])
_BATCH = {
    "type": "object",
    "required": ["entries"],
    "properties": {
        "journal": {"type": "string", "pattern": "^([0-9a-f]{32})?$"},
        "entries": {
            "type": "array",
            "minItems": 1,
            "maxItems": journal.MAX_ENTRIES,
            "items": Entry.model_json_schema(),
        },
    },
}


class LatestEntry(BaseModel):
    """An entry as the console shows it. `position` is the hub's own count, in order of taking.

    `happened` is when it really happened, where its terminal's clock was set right after it was written.
    """

    position: int
    station: str
    id: str
    kind: str
    at: str
    clock: str
    happened: str = ""
    body: dict[str, object]


def inflate(body: bytes, encoding: str, limit: int = INFLATED_BYTES) -> bytes:
    """A body as it was before compression. Raises BodyUnsupported, BodyTooLarge: a small body can claim to be huge."""
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise BodyUnsupported(encoding=encoding[:40])
    stream = zlib.decompressobj(wbits=31)
    try:
        plain = stream.decompress(body, limit)
    except zlib.error as error:
        raise BodyUnsupported(reason="this is not gzip") from error
    if stream.unconsumed_tail:
        raise BodyTooLarge(limit=limit)
    if not stream.eof or stream.unused_data:
        raise BodyUnsupported(reason="the gzip stream does not end where the body ends")
    return plain


def take(hub: Hub, terminal: Terminal, body: bytes, encoding: str) -> Acknowledgement:
    """Take one batch and answer how far everything is held. Blocking."""
    entries, name = journal.read_batch(inflate(body, encoding))
    now = hub.now()
    try:
        reached, poison = journal.take(
            hub.db, features(), terminal.station, terminal.terminal, entries, now.isoformat(), name
        )
    except journal.JournalDiverged:
        hub.db.execute("UPDATE station SET diverged = 1 WHERE id = ?", (terminal.station,))
        raise
    return Acknowledgement(acknowledged=reached, poison=poison, hub_time=now)


@router.post(
    "/api/journal",
    summary="Take journal entries of the station that signed, in any order and any number of times",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "JSON, optionally gzip (Content-Encoding). The signature covers the bytes as sent.",
            "content": {"application/json": {"schema": _BATCH}},
        }
    },
)
async def receive_journal(
    _admitted: Admitted, request: Request, terminal: SignedTerminal, hub: HubDep
) -> Acknowledgement:
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise BodyUnsupported()
    encoding = request.headers.get("content-encoding", "").strip().lower()
    return await anyio.to_thread.run_sync(take, hub, terminal, await request.body(), encoding)


@router.get("/api/journal/own", summary="What is held of the station that signed, for a terminal that has lost it")
def own_journal(
    terminal: SignedTerminal,
    hub: HubDep,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
) -> OwnPage:
    rows = hub.db.rows(
        "SELECT * FROM journal WHERE station = ? AND position > ? ORDER BY position LIMIT ?",
        (terminal.station, after, limit),
    )
    return OwnPage(entries=[journal.entry_of(row) for row in rows], after=rows[-1]["position"] if rows else after)


@router.get(
    "/api/console/journal",
    summary="The newest entries of all stations or of one, newest first",
    dependencies=[Depends(require("duty", "manager"))],
)
def latest(
    hub: HubDep,
    reach: ReachDep,
    station: str = "",
    before: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[LatestEntry]:
    within, names = reach.sql("station")
    if station:  # as it is: for `:station IN ('', station)` SQLite reads everybody's entries, newest first
        within += " AND station = :station"
    rows = hub.db.rows(
        f"SELECT * FROM journal WHERE position < :before{within} ORDER BY position DESC LIMIT :limit",  # noqa: S608
        {"before": before or 2**53, "station": station, "limit": limit, **names},
    )
    corrected = clocks.corrected_stations(hub.db)
    return [_shown(hub, row, row["station"] in corrected) for row in rows]


def _shown(hub: Hub, row: Row, corrected: bool) -> LatestEntry:
    entry, happened = journal.entry_of(row), ""
    if corrected and (at := clocks.happened(hub.db, row["station"], row["position"], entry.at)) != entry.at:
        happened = at.isoformat()
    values = entry.model_dump(mode="json")
    return LatestEntry(position=row["position"], station=row["station"], happened=happened, **values)
