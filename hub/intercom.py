"""Calls at the hub: the console's WebSocket, the switchboard between it and the stations, relays, queues."""

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, cast
from zoneinfo import ZoneInfo

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel, ValidationError
from starlette.responses import FileResponse
from starlette.websockets import WebSocket

from hub.accounts import Role, Staff
from hub.alarm import alarms_of
from hub.auth import require
from hub.bus import open_bus
from hub.bus_gateway import Gateway
from hub.bus_leader import ToConsole, ToStation
from hub.bus_orders import Orders
from hub.bus_words import Came, ConsoleCame, ConsoleGone, ConsoleSaid, Gone, Told
from hub.consoles import CLOSE_ODD, Outbox, new_outbox, post, serving
from hub.door import doors_of
from hub.intercom_records import RECORDS, record_entry
from hub.intercom_words import SAID, Said
from hub.link import links_of
from hub.problems import Problem
from hub.running import running
from hub.state import Hub, HubDep
from hub.switchboard import Member, Rules, Switchboard
from hub.switchboard_calls import HubCall
from hub.throttle import Pace
from kiosk.protocol.hours import Openness, days_of, open_now
from kiosk.protocol.intercom import ALARM, TURN_SECONDS, Answered, CallTopic, IceServer, turn_credentials
from kiosk.protocol.link import CLOSE_FLOOD, CLOSE_REPLACED, Hello, LinkMessage
from kiosk.protocol.services import HolidayCalendar, OpeningHours
from kiosk.protocol.web import CALL_CLIENT, QUALITY

log = logging.getLogger(__name__)
router = APIRouter(tags=["calls"])
Duty = Annotated[Staff, Depends(require("duty"))]
PATH = "/api/console/calls/live"
_TICK_SECONDS = 0.5
_TOPICS_SECONDS = 1.0
PROJECTION, on_entry = RECORDS, record_entry


class TopicState(BaseModel):
    """A queue of the desk. `name` by language; `hours` as published, `open` by them now (without hours always)."""

    id: str
    name: dict[str, str]
    priority: int
    hours: OpeningHours
    open: bool


@router.get("/api/console/calls/topics", summary="The queues of the desk, their hours, and which are open now")
def call_topics(hub: HubDep, staff: Duty) -> list[TopicState]:
    local = hub.now().astimezone(ZoneInfo(hub.config.time_zone))
    published = (d.at(1).parsed() for d in hub.catalogue.documents(kind=HolidayCalendar.kind))
    holidays = days_of(calendar for calendar in published if isinstance(calendar, HolidayCalendar))
    return [
        TopicState(
            id=key,
            name=t.name.model_dump(),
            priority=t.priority,
            hours=t.hours,
            open=open_now(t.hours, holidays, local).state is not Openness.CLOSED,
        )
        for key, t in _topics(hub).items()
    ]


@router.get("/calls/call.js", summary="The media module of the page that calls", response_class=FileResponse)
def call_client() -> FileResponse:
    """The media module both ends share; there is one copy, with the wire."""
    return FileResponse(CALL_CLIENT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get("/calls/quality.js", summary="How good a connection is, for the module above", response_class=FileResponse)
def call_quality() -> FileResponse:
    return FileResponse(QUALITY, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


class Desk:
    """The consoles that are open here, and this process's end of the switchboard, which may be in another process.

    On the event loop only.
    """

    def __init__(self, app: FastAPI) -> None:
        self._hub: Hub = app.state.hub
        self._links = links_of(app)
        self._alarms = alarms_of(app)
        self._doors = doors_of(app)
        self._outboxes: dict[str, Outbox] = {}
        self._since: dict[str, float] = {}  # of the links that are open here
        self._closing: set[asyncio.Task[None]] = set()
        self.rules: dict[str, Rules] = {}
        self.bus = open_bus(self._hub.config)
        self.bus.on_poked = lambda _about: self._alarms.look_soon()
        self._alarms.elsewhere = lambda: self.bus.poke("alarm")
        self.gateway = Gateway(
            self.bus,
            self._make_board,
            to_station=self._links.send,
            to_console=self._to_staff,
            drop=self._drop,
            ordered=Orders(self.bus, self._links).ordered,
            now=time.monotonic,
        )
        self._links.on_message(lambda station, message: self.gateway.say(Told(station, message)))
        self._links.on_presence(self._presence)

    def _make_board(self, to_station: ToStation, to_console: ToConsole) -> Switchboard:
        def tell(station: str, message: LinkMessage) -> None:
            if isinstance(message, Answered):
                self._alarm_answered(board.calls.get(message.call))
            to_station(station, message)

        board = Switchboard(
            to_station=tell,
            to_staff=to_console,
            ice=self._ice,
            now=time.monotonic,
            rules=self._rules,
            order=self._doors.order,
            reported=self._doors.reported,
        )
        return board

    def open(self, member: Member) -> Outbox:
        """A console has come. Returns what it is to be sent."""
        outbox = new_outbox()
        self._outboxes[member.id] = outbox
        outbox.put_nowait({"type": "welcome", "account": member.account, "name": member.name, "id": member.id})
        self.gateway.say(ConsoleCame(member))
        return outbox

    def close(self, member: Member) -> None:
        del self._outboxes[member.id]
        self.gateway.say(ConsoleGone(member.id))

    def take(self, member: Member, said: Said) -> None:
        self.gateway.say(ConsoleSaid(member.id, said))

    def tell_all(self, message: dict[str, Any]) -> None:
        """Every console that is open here."""
        for member in list(self._outboxes):
            self._to_staff(member, message)

    def _presence(self, station: str, hello: Hello | None) -> None:
        if hello is None:
            self._since.pop(station, None)
            self.gateway.say(Gone(station))
        else:
            self._since[station] = time.time()
            self.gateway.say(Came(station, hello.call, self._since[station]))

    def _drop(self, station: str, since: float) -> None:
        """The station has a newer link in another process; ours is dead and nobody knew."""
        if self._since.get(station, since + 1) <= since:
            task = asyncio.create_task(self._links.drop(station, CLOSE_REPLACED))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _to_staff(self, member: str, message: dict[str, Any]) -> None:
        post(self._outboxes.get(member), message)

    def _alarm_answered(self, call: HubCall | None) -> None:
        """Somebody who answers the call that goes with an alarm has the alarm, too."""
        if call is not None and call.topic == ALARM and call.main is not None:
            self._alarms.answered(call.station, call.main.account, call.main.name)

    def _rules(self, topic: str) -> Rules:
        """An alarm comes before everything, whatever is published."""
        found = self.rules.get(topic, Rules())
        return Rules(10, found.groups, found.group_seconds) if topic == ALARM else found

    def _ice(self, user: str) -> tuple[IceServer, ...]:
        """`user` names one end of what one participant has: each has relay credentials of its own."""
        config = self._hub.config
        servers = [IceServer(urls=list(config.stun_urls))] if config.stun_urls else []
        if config.turn_urls and config.turn_secret:
            expires = int(self._hub.now().timestamp()) + TURN_SECONDS
            name, secret = turn_credentials(config.turn_secret.encode(), user, expires)
            servers.append(IceServer(urls=list(config.turn_urls), username=name, credential=secret))
        return tuple(servers)


def desk_of(app: FastAPI) -> Desk:
    """The desk of this application; it opens with its lifespan."""
    return cast(Desk, app.state.desk)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Opens the desk, speaks with the other processes, and keeps the desk's time."""
    desk = app.state.desk = Desk(app)
    async with running(_keep_time(desk, app.state.hub), desk.bus.run(), desk.gateway.run()):
        yield


async def _keep_time(desk: Desk, hub: Hub) -> None:
    read, revision = float("-inf"), -1
    while True:
        if time.monotonic() - read >= _TOPICS_SECONDS:
            read = time.monotonic()
            with contextlib.suppress(Problem):
                now = await anyio.to_thread.run_sync(hub.catalogue.revision)
                if now != revision:
                    desk.rules, revision = rules_of(await anyio.to_thread.run_sync(_topics, hub)), now
        try:
            desk.gateway.tick()
        except Exception:
            log.exception("the switchboard missed a beat")
        await asyncio.sleep(_TICK_SECONDS)


@router.websocket(PATH)
async def live(socket: WebSocket, staff: Duty, hub: HubDep) -> None:
    """A console: it sees every call, and one person at it takes one at a time."""
    await socket.accept()
    desk = desk_of(cast(FastAPI, socket.app))
    roles = frozenset(str(role) for role in staff.roles)
    member = Member(secrets.token_hex(8), staff.name, staff.display_name, roles=roles)
    try:
        async with serving(socket, hub, desk.open(member), Role.DUTY):
            await _listen(desk, member, socket)
    finally:
        desk.close(member)


async def _listen(desk: Desk, member: Member, socket: WebSocket) -> None:
    pace = Pace()
    while True:
        try:
            said = SAID.validate_json(await socket.receive_text())
        except (ValidationError, KeyError) as error:  # KeyError: a binary frame
            log.warning("a console sent what is not a message: %s", type(error).__name__)
            await socket.close(CLOSE_ODD)
            return
        if not pace.keeps():
            await socket.close(CLOSE_FLOOD)
            return
        desk.take(member, said)


def _topics(hub: Hub) -> dict[str, CallTopic]:
    found = {d.id: d.at(1).parsed() for d in hub.catalogue.documents(kind=CallTopic.kind)}
    topics = {key: topic for key, topic in found.items() if isinstance(topic, CallTopic)}
    return dict(sorted(topics.items(), key=lambda item: (-item[1].priority, item[1].order, item[0])))


def rules_of(topics: dict[str, CallTopic]) -> dict[str, Rules]:
    """How each queue is rung, as it is published."""
    return {
        key: Rules(t.priority, tuple(frozenset(group) for group in t.groups), float(t.group_seconds))
        for key, t in topics.items()
    }
