"""Messages left while nobody could be reached: from the journals, the voice files, what was done about them."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from typing import Annotated, Any, Literal

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request
from pydantic import BaseModel, Field

from hub.accounts import Staff
from hub.auth import require
from hub.database import Database
from hub.features import Projection
from hub.intercom import desk_of
from hub.problems import Problem
from hub.running import running
from hub.state import Hub, HubDep
from hub.stations import SignedStation
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.intercom_talk import MessageLeft
from kiosk.protocol.journal import Entry

log = logging.getLogger(__name__)
router = APIRouter(tags=["messages"])
Duty = Annotated[Staff, Depends(require("duty"))]
VOICE_BYTES = 8 << 20  # ten minutes at 96 kbit/s
BODY_LIMITS = {"/api/stations/files": VOICE_BYTES}
_LOOK_SECONDS = 1.0
MIGRATIONS = (
    """
    CREATE TABLE message_done (
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        account TEXT NOT NULL,
        by_name TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE TABLE message_voice (sha256 TEXT PRIMARY KEY, station TEXT NOT NULL)",
)
PROJECTION = Projection(
    version=1,
    tables=("message_left",),
    schema="""
    CREATE TABLE message_left (
        id TEXT PRIMARY KEY,
        call_id TEXT NOT NULL,
        station TEXT NOT NULL,
        topic TEXT NOT NULL,
        at TEXT NOT NULL,
        text TEXT NOT NULL,
        voice TEXT NOT NULL DEFAULT '',
        media_type TEXT NOT NULL DEFAULT '',
        seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
        contact TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX message_left_at ON message_left (at)
    """,
)
_OPEN = "SELECT COUNT(*) FROM message_left m WHERE NOT EXISTS (SELECT 1 FROM message_done d WHERE d.id = m.id)"
_LIST = """
    SELECT m.*, COALESCE(d.at, '') AS done, COALESCE(d.by_name, '') AS done_by, COALESCE(d.note, '') AS note
    FROM message_left m LEFT JOIN message_done d ON d.id = m.id
    WHERE (:state = 'all' OR (:state = 'open' AND d.id IS NULL) OR (:state = 'done' AND d.id IS NOT NULL))
    AND (:topic = '' OR m.topic = :topic) AND (:id = '' OR m.id = :id)
    ORDER BY m.at DESC, m.id DESC LIMIT :limit
"""


class MessageUnknown(Problem):
    status = 404
    code = "messages.unknown"
    title = ("没有这条留言", "There is no such message")


def on_entry(db: Database, station: str, entry: Entry) -> None:
    if entry.kind != MessageLeft.kind:
        return
    left = entry.parsed()
    if isinstance(left, MessageLeft):
        voice, media_type = (left.voice.sha256, left.voice.media_type) if left.voice else ("", "")
        db.execute(
            "INSERT INTO message_left VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
            (
                str(entry.id),
                left.call,
                station,
                left.topic,
                entry.at.astimezone(UTC).isoformat(),
                left.text,
                voice,
                media_type,
                left.seconds,
                left.contact,
            ),
        )


class Message(BaseModel):
    """A message. `voice` is the SHA-256 of a sound at /api/files/, "" for none; `here` whether it has arrived yet.

    `done` is when somebody (`done_by`) said it was dealt with, "" before; times are ISO 8601 in UTC.
    """

    id: str
    call: str
    station: str
    topic: str
    at: str
    text: str
    voice: str
    media_type: str
    here: bool
    seconds: float
    contact: str
    done: str
    done_by: str
    note: str


class Done(BaseModel):
    """What was done about it, in a few words."""

    note: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


def on_redacted(db: Database, station: str, before: Entry, now: Entry) -> None:
    if before.kind == MessageLeft.kind:
        sql = "UPDATE message_left SET text = '', voice = '', media_type = '', contact = '' WHERE id = ?"
        db.execute(sql, (before.id,))


@router.get("/api/console/messages", summary="Messages left while nobody could be reached, newest first")
def messages(
    hub: HubDep,
    staff: Duty,
    state: Literal["open", "done", "all"] = "all",
    topic: Annotated[str, Query(max_length=31, pattern=r"^[a-z_]*$", description='"" = every topic')] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Message]:
    rows = hub.db.rows(_LIST, {"state": state, "topic": topic, "id": "", "limit": limit})
    return [_message(hub, row) for row in rows]


@router.post("/api/console/messages/{message}/done", summary="Say that a message has been dealt with")
def message_done(
    message: Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,40}$")], done: Done, hub: HubDep, staff: Duty
) -> Message:
    """Who says so first stands; saying it again changes nothing."""
    with hub.db.transaction():
        if hub.db.value("SELECT COUNT(*) FROM message_left WHERE id = ?", (message,)) == 0:
            raise MessageUnknown(id=message)
        hub.db.execute(
            "INSERT INTO message_done (id, at, account, by_name, note) VALUES (?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
            (message, hub.now().isoformat(), staff.name, staff.display_name, done.note),
        )
        row = hub.db.row(_LIST, {"state": "all", "topic": "", "id": message, "limit": 1})
    assert row is not None
    return _message(hub, row)


@router.post(
    "/api/stations/files",
    summary="A sound of a message left, or a picture of a fault, from the station where it was made",
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)
async def put_attachment(
    station: SignedStation,
    request: Request,
    hub: HubDep,
    sha256: Annotated[str, Query(pattern=r"^[0-9a-f]{64}$")],
    media_type: Annotated[str, Query(pattern=r"^(audio/[a-z0-9.+-]{1,40}|image/jpeg)$")] = "audio/wav",
) -> FileRef:
    """Signed over the whole body; refused when it is not what its hash says. The same file again is harmless."""
    request.app.state.throttle.attempt(f"files {station}")
    body = await request.body()

    return await anyio.to_thread.run_sync(keep_attachment, hub, station, body, media_type, sha256)


def keep_attachment(hub: Hub, station: str, body: bytes, media_type: str, sha256: str) -> FileRef:
    """Keep a sound or a picture of a station. Raises FileMismatch when it is not what its hash says. Blocking."""
    kept = hub.files.add([body], "", media_type, sha256)
    hub.db.execute("INSERT INTO message_voice VALUES (?,?) ON CONFLICT (sha256) DO NOTHING", (sha256, station))
    return kept


def voice_of(hub: Hub, sha256: str) -> str:
    """The station whose visitor's voice or picture this file is, "" when it is none. Blocking.

    What is published is nobody's voice, whoever has sent the same bytes as one: it would be kept from the others.
    """
    station = hub.db.value("SELECT station FROM message_voice WHERE sha256 = ?", (sha256,))
    published = station and hub.db.value("SELECT 1 FROM catalogue WHERE body LIKE ?", (f"%{sha256}%",))
    return "" if not station or published else str(station)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Consoles hear how many messages are open, when that is another number than before."""
    async with running(_watch(app)):
        yield


async def _watch(app: FastAPI) -> None:
    """Asked of the database, for the journal may have come to another process."""
    hub: Hub = app.state.hub
    last: int | None = None
    while True:
        try:
            count = int(await anyio.to_thread.run_sync(hub.db.value, _OPEN) or 0)
        except Problem as problem:
            log.warning("messages could not be counted: %s", problem.code)
        else:
            if last is not None and count != last:
                desk_of(app).tell_all({"type": "messages", "open": count, "more": count > last})
            last = count
        await asyncio.sleep(_LOOK_SECONDS)


def _message(hub: Hub, row: dict[str, Any]) -> Message:
    voice = str(row["voice"])
    return Message.model_validate({**row, "call": row["call_id"], "here": bool(voice) and hub.files.has(voice)})
