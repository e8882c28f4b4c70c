"""The live link: one WebSocket a station, signed like any request. Presence, messages both ways, commands, news."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Annotated, cast

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Path
from pydantic import BaseModel
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from hub.accounts import Staff
from hub.auth import require
from hub.problems import Problem
from hub.running import running
from hub.state import HubDep
from hub.stations import SignedStation
from hub.throttle import Pace
from kiosk.protocol.health import Beat, Goodbye
from kiosk.protocol.link import (
    CLOSE_FLOOD,
    CLOSE_REPLACED,
    CLOSE_SILENT,
    LINK_PATH,
    Command,
    CommandDone,
    Hello,
    LinkInvalid,
    LinkMessage,
    News,
    Welcome,
    read_message,
    write_message,
)

log = logging.getLogger(__name__)
router = APIRouter(tags=["link"])
_HELLO_SECONDS = 10.0
_OUTBOX = 256
_ODD_FRAMES = 20
_NEWS_SECONDS = 1.0  # a publication may come from another process: the counter is looked at
_COMMAND_SECONDS = 10
OnMessage = Callable[[str, LinkMessage], object]
OnPresence = Callable[[str, Hello | None], object]
Heard = Callable[[LinkMessage | None], object]


class StationAway(Problem):
    status = 409
    code = "link.station_away"
    title = ("这台终端现在没有连上", "This terminal is not connected now")


class StationSilent(Problem):
    status = 504
    code = "link.no_answer"
    title = ("终端没有及时回应", "The terminal did not answer in time")


class _Line:
    """An open link of one station."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.outbox: asyncio.Queue[LinkMessage] = asyncio.Queue(_OUTBOX)

    async def write(self) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # the reader sees the same
            while True:
                await self.socket.send_text(write_message(await self.outbox.get()))


class Links:
    """Every open link. On the event loop only."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}
        self._on_message: list[OnMessage] = []
        self._on_presence: list[OnPresence] = []
        self._orders: dict[str, asyncio.Future[str]] = {}
        self.elsewhere: Callable[[str, Command, float], Awaitable[str]] | None = None  # commands by another process

    def has(self, station: str) -> bool:
        """Whether the link of a station is open in this process."""
        return station in self._lines

    def on_message(self, callback: OnMessage) -> None:
        """`callback(station, message)` for what the link does not handle itself."""
        self._on_message.append(callback)

    def on_presence(self, callback: OnPresence) -> None:
        """`callback(station, hello)` when a station's link is up, `callback(station, None)` when it is down."""
        self._on_presence.append(callback)

    def send(self, station: str, message: LinkMessage) -> bool:
        """Now or never. Returns whether there is a line."""
        line = self._lines.get(station)
        if line is None:
            return False
        try:
            line.outbox.put_nowait(message)
        except asyncio.QueueFull:
            log.warning("the line to %s is stuck: %s dropped", station, message.type)
            return False
        return True

    def broadcast(self, message: LinkMessage) -> None:
        for station in list(self._lines):
            self.send(station, message)

    async def command(self, station: str, command: Command, seconds: float) -> str:
        """The station's answer (see CommandDone), whichever process has its link. Raises StationAway, StationSilent."""
        if not self.has(station) and self.elsewhere is not None:
            return await self.elsewhere(station, command, seconds)
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._orders[command.id] = answer
        try:
            if not self.send(station, command):
                raise StationAway(station=station)
            async with asyncio.timeout(seconds):
                return await answer
        except TimeoutError as error:
            raise StationSilent(station=station) from error
        finally:
            del self._orders[command.id]

    async def attach(self, station: str, line: _Line, hello: Hello) -> None:
        """A newer link takes the place of an older one, which may be dead without anybody knowing."""
        if old := self._lines.get(station):
            self._lines[station] = line
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await old.socket.close(CLOSE_REPLACED)
        self._lines[station] = line
        self._tell(station, hello)

    def detach(self, station: str, line: _Line) -> None:
        if self._lines.get(station) is line:
            del self._lines[station]
            self._tell(station, None)

    async def drop(self, station: str, code: int) -> None:
        """Close the line of a station, if there is one."""
        if line := self._lines.get(station):
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await line.socket.close(code)

    def take(self, station: str, message: LinkMessage) -> None:
        """A message of a station."""
        if isinstance(message, CommandDone):
            answer = self._orders.get(message.id)
            if answer is not None and not answer.done():
                answer.set_result(message.code)
            return
        for callback in self._on_message:
            try:
                callback(station, message)
            except Exception:
                log.exception("%s of %s was not taken", message.type, station)

    def _tell(self, station: str, hello: Hello | None) -> None:
        for callback in self._on_presence:
            try:
                callback(station, hello)
            except Exception:
                log.exception("the presence of %s was not taken", station)


def links_of(app: FastAPI) -> Links:
    """The links of this application."""
    if not hasattr(app.state, "links"):
        app.state.links = Links()
    return cast(Links, app.state.links)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Tells every station when something was published."""
    async with running(_watch_catalogue(app)):
        yield


async def _watch_catalogue(app: FastAPI) -> None:
    seen: int | None = None
    while True:
        try:
            revision = await anyio.to_thread.run_sync(app.state.hub.catalogue.revision)
        except Problem as problem:
            log.warning("the catalogue could not be asked: %s", problem.code)
        else:
            if seen is not None and revision != seen:
                links_of(app).broadcast(News(about="catalogue"))
            seen = revision
        await asyncio.sleep(_NEWS_SECONDS)


@router.websocket(LINK_PATH)
async def link(socket: WebSocket, station: SignedStation, hub: HubDep) -> None:
    """A station's live link."""
    await socket.accept()
    links, line = links_of(cast(FastAPI, socket.app)), _Line(socket)
    try:
        async with asyncio.timeout(_HELLO_SECONDS):
            hello = read_message(await socket.receive_text())
    except (TimeoutError, LinkInvalid, KeyError):
        await socket.close(CLOSE_SILENT)
        return
    except WebSocketDisconnect:
        return
    if not isinstance(hello, Hello):
        await socket.close(CLOSE_SILENT)
        return
    line.outbox.put_nowait(Welcome(hub_time=hub.now()))
    writer = asyncio.create_task(line.write())
    presence = hub.presence.connected(station)
    log.info("station %s is here", station)

    def heard(message: LinkMessage | None) -> None:
        match message:
            case Goodbye():
                hub.presence.goodbye(station, presence)
            case Beat(health=health):
                hub.presence.heard(station, presence, health)
            case _:
                hub.presence.heard(station, presence)

    try:
        await links.attach(station, line, hello)
        await _listen(links, station, socket, heard)
    except WebSocketDisconnect:
        pass
    finally:
        writer.cancel()
        links.detach(station, line)
        hub.presence.gone(station, presence)
        log.info("station %s is away", station)


async def _listen(links: Links, station: str, socket: WebSocket, heard: Heard) -> None:
    odd, pace = 0, Pace()
    while odd < _ODD_FRAMES:
        try:
            frame = await socket.receive_text()
            if not pace.keeps():
                log.warning("station %s says too much", station)
                await socket.close(CLOSE_FLOOD)
                return
            message = read_message(frame)
        except (LinkInvalid, KeyError) as error:  # KeyError: a binary frame
            odd += 1
            log.warning("station %s sent what is not a message: %s", station, error)
            continue
        heard(message)
        if message is not None and not isinstance(message, Beat | Goodbye):
            links.take(station, message)
    await socket.close(CLOSE_SILENT)


class CommandResult(BaseModel):
    """`code` is "done", "expired", "unknown", or that of the terminal's error."""

    code: str


@router.post("/api/console/stations/{station}/commands/{name}", summary="Have a connected terminal do something now")
async def give_command(
    station: str,
    name: Annotated[str, Path(pattern=r"^[a-z][a-z_]{0,40}$")],
    connection: HTTPConnection,
    hub: HubDep,
    staff: Annotated[Staff, Depends(require("duty"))],
) -> CommandResult:
    order = Command(
        id=secrets.token_hex(12),
        name=name,
        by=staff.display_name,
        expires=hub.now() + timedelta(seconds=_COMMAND_SECONDS),
    )
    links = links_of(cast(FastAPI, connection.app))
    return CommandResult(code=await links.command(station, order, _COMMAND_SECONDS))
