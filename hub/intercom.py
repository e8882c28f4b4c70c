"""Calls at the hub: the console's WebSocket, the switchboard between it and the stations, relays, records of calls."""

import asyncio
import contextlib
import json
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal, cast

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.requests import HTTPConnection
from starlette.responses import FileResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from hub.accounts import Role, Staff
from hub.auth import find_session, require
from hub.database import Database
from hub.features import Projection
from hub.link import links_of
from hub.problems import Problem
from hub.state import Hub, HubDep
from hub.switchboard import Member, Switchboard
from kiosk.protocol.intercom import (
    ALARM,
    TURN_SECONDS,
    CallAnswered,
    CallEnded,
    CallStarted,
    CallTopic,
    IceServer,
    Topic,
    turn_credentials,
)
from kiosk.protocol.journal import Entry, Uuid
from kiosk.protocol.link import Hello
from kiosk.protocol.web import CALL_CLIENT

log = logging.getLogger(__name__)
router = APIRouter(tags=["calls"])
Duty = Annotated[Staff, Depends(require("duty"))]
PATH = "/api/console/calls/live"
CLOSE_SIGNED_OUT = 4401
CLOSE_ODD = 4400
_TICK_SECONDS = 0.5
_SESSION_SECONDS = 30.0  # how soon a console notices that its session has ended
_TOPICS_SECONDS = 5.0
_OUTBOX = 512
PROJECTION = Projection(
    version=1,
    tables=("call_record",),
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
        ring_seconds REAL NOT NULL DEFAULT 0,
        talk_seconds REAL NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX call_record_started ON call_record (started)
    """,
)


def on_entry(db: Database, station: str, entry: Entry) -> None:
    """A call's three entries make one record."""
    if not entry.kind.startswith("call."):
        return
    at = entry.at.isoformat()
    match entry.parsed():
        case CallStarted(call=call, topic=topic):
            db.execute(
                "INSERT OR IGNORE INTO call_record (id, station, topic, started) VALUES (?,?,?,?)",
                (call, station, topic, at),
            )
        case CallAnswered(call=call, by=by):
            db.execute(
                "UPDATE call_record SET answered = ?, by_name = ? WHERE id = ? AND station = ?", (at, by, call, station)
            )
        case CallEnded() as ended:
            db.execute(
                "UPDATE call_record SET ended = ?, reason = ?, ring_seconds = ?, talk_seconds = ? "
                "WHERE id = ? AND station = ? AND ended = ''",
                (at, str(ended.reason), ended.ring_seconds, ended.talk_seconds, ended.call, station),
            )


class CallRecord(BaseModel):
    """A call as its station's journal tells it. Times are ISO 8601, "" while it has not come to that."""

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


@router.get("/api/console/calls", summary="The latest calls, newest first")
def call_records(hub: HubDep, staff: Duty, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> list[CallRecord]:
    rows = hub.db.rows("SELECT * FROM call_record ORDER BY started DESC, id DESC LIMIT ?", (limit,))
    return [CallRecord(**row) for row in rows]


class TopicState(BaseModel):
    """A queue of the desk. `name` by language."""

    id: str
    name: dict[str, str]
    priority: int


@router.get("/api/console/calls/topics", summary="The queues of the desk")
def call_topics(hub: HubDep, staff: Duty) -> list[TopicState]:
    found = _topics(hub)
    return [TopicState(id=key, name=t.name.model_dump(), priority=t.priority) for key, t in found.items()]


@router.get("/calls/call.js", summary="The media module of the page that calls", response_class=FileResponse)
def call_client() -> FileResponse:
    """The media module both ends share; there is one copy, with the wire."""
    return FileResponse(CALL_CLIENT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


# -- what a console says ----------------------------------------------------------------------------------------------


class Serve(BaseModel):
    type: Literal["serve"]
    topics: list[Topic] | None = Field(default=None, max_length=100)


class AboutCall(BaseModel):
    type: Literal["answer", "resume", "hang_up"]
    call: Uuid


class StaffSignal(BaseModel):
    type: Literal["signal"]
    call: Uuid
    data: dict[str, Any]


class StaffText(BaseModel):
    type: Literal["text"]
    call: Uuid
    text: str = Field(max_length=500)


class StillHere(BaseModel):
    type: Literal["here"]


Said = Annotated[Serve | AboutCall | StaffSignal | StaffText | StillHere, Field(discriminator="type")]
_SAID: TypeAdapter[Said] = TypeAdapter(Said)


class Desk:
    """The open consoles and the switchboard of one hub. On the event loop only."""

    def __init__(self, app: FastAPI) -> None:
        self._hub: Hub = app.state.hub
        self._links = links_of(app)
        self._outboxes: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self.topics: dict[str, CallTopic] = {}
        self.board = Switchboard(
            to_station=self._links.send,
            to_staff=self._to_staff,
            ice=self._ice,
            now=time.monotonic,
            priority=self._priority,
        )
        self._links.on_message(self.board.station_said)
        self._links.on_presence(self._presence)

    def open(self, member: Member) -> "asyncio.Queue[dict[str, Any]]":
        """A console has come. Returns what it is to be sent."""
        outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_OUTBOX)
        self._outboxes[member.id] = outbox
        outbox.put_nowait({"type": "welcome", "account": member.account, "name": member.name})
        self.board.staff_came(member)
        return outbox

    def close(self, member: Member) -> None:
        del self._outboxes[member.id]
        self.board.staff_gone(member.id)

    def take(self, member: Member, said: Said) -> None:
        match said:
            case Serve():
                self.board.serve(member.id, said.topics)
            case AboutCall(type="answer"):
                self.board.answer(member.id, said.call)
            case AboutCall(type="resume"):
                self.board.resume(member.id, said.call)
            case AboutCall():
                self.board.staff_hangs_up(member.id, said.call)
            case StaffSignal():
                self.board.staff_signal(member.id, said.call, said.data)
            case StaffText():
                self.board.staff_text(member.id, said.call, said.text)

    def _presence(self, station: str, hello: Hello | None) -> None:
        if hello is None:
            self.board.station_gone(station)
        else:
            self.board.station_came(station, hello.call)

    def _to_staff(self, member: str, message: dict[str, Any]) -> None:
        outbox = self._outboxes.get(member)
        if outbox is None:
            return
        try:
            outbox.put_nowait(message)
        except asyncio.QueueFull:
            log.warning("console %s does not take its messages", member)

    def _priority(self, topic: str) -> int:
        if topic == ALARM:
            return 10
        return self.topics[topic].priority if topic in self.topics else 0

    def _ice(self, call: str) -> tuple[IceServer, ...]:
        config = self._hub.config
        servers = [IceServer(urls=list(config.stun_urls))] if config.stun_urls else []
        if config.turn_urls and config.turn_secret:
            expires = int(self._hub.now().timestamp()) + TURN_SECONDS
            name, secret = turn_credentials(config.turn_secret.encode(), call, expires)
            servers.append(IceServer(urls=list(config.turn_urls), username=name, credential=secret))
        return tuple(servers)


def desk_of(app: FastAPI) -> Desk:
    """The desk of this application; it opens with its lifespan."""
    return cast(Desk, app.state.desk)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Opens the desk and keeps its time."""
    app.state.desk = Desk(app)
    keeper = asyncio.create_task(_keep_time(app.state.desk, app.state.hub))
    try:
        yield
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper


async def _keep_time(desk: Desk, hub: Hub) -> None:
    read = float("-inf")
    while True:
        if time.monotonic() - read >= _TOPICS_SECONDS:
            read = time.monotonic()
            with contextlib.suppress(Problem):
                desk.topics = await anyio.to_thread.run_sync(_topics, hub)
        try:
            desk.board.tick()
        except Exception:
            log.exception("the switchboard missed a beat")
        await asyncio.sleep(_TICK_SECONDS)


@router.websocket(PATH)
async def live(socket: WebSocket, staff: Duty, hub: HubDep) -> None:
    """A console: it sees every call, and one person at it takes one at a time."""
    await socket.accept()
    desk = desk_of(cast(FastAPI, socket.app))
    member = Member(secrets.token_hex(8), staff.name, staff.display_name)
    outbox = desk.open(member)
    helpers = (asyncio.create_task(_write(socket, outbox)), asyncio.create_task(_watch_session(socket, hub)))
    try:
        await _listen(desk, member, socket)
    except WebSocketDisconnect:
        pass
    finally:
        for helper in helpers:
            helper.cancel()
        desk.close(member)


async def _listen(desk: Desk, member: Member, socket: WebSocket) -> None:
    while True:
        try:
            said = _SAID.validate_json(await socket.receive_text())
        except (ValidationError, KeyError) as error:  # KeyError: a binary frame
            log.warning("a console sent what is not a message: %s", type(error).__name__)
            await socket.close(CLOSE_ODD)
            return
        desk.take(member, said)


async def _write(socket: WebSocket, outbox: "asyncio.Queue[dict[str, Any]]") -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # the reader sees the same
        while True:
            await socket.send_text(json.dumps(await outbox.get()))


async def _watch_session(socket: WebSocket, hub: Hub) -> None:
    """Who signed out elsewhere, was disabled, or is past the end of the shift hears no more."""
    connection = cast(HTTPConnection, socket)
    while True:
        await asyncio.sleep(_SESSION_SECONDS)
        try:
            session = await anyio.to_thread.run_sync(find_session, connection, hub)
        except Problem:
            continue
        if session is None or not session.staff.may(Role.DUTY):
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await socket.close(CLOSE_SIGNED_OUT)
            return


def _topics(hub: Hub) -> dict[str, CallTopic]:
    found = {d.id: d.at(1).parsed() for d in hub.catalogue.documents(kind=CallTopic.kind)}
    topics = {key: topic for key, topic in found.items() if isinstance(topic, CallTopic)}
    return dict(sorted(topics.items(), key=lambda item: (-item[1].priority, item[1].order, item[0])))
