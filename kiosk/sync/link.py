"""The terminal's end of the live link: one signed WebSocket, kept open, on the network loop."""

import asyncio
import concurrent.futures
import contextlib
import json
import logging
import random
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from kiosk.clock import Clock, SystemClock
from kiosk.config import HubConfig
from kiosk.errors import KioskError
from kiosk.events import EventBus, LinkChanged
from kiosk.identity import Identity
from kiosk.network import Network
from kiosk.protocol.health import BEAT_SECONDS, Beat, Goodbye, Health
from kiosk.protocol.link import (
    LINK_PATH,
    MAX_FRAME,
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
from kiosk.protocol.signing import sign_request
from kiosk.sync.pulse import Pulse

log = logging.getLogger(__name__)
_FIRST_RETRY, _LAST_RETRY = 1.0, 30.0
_OUTBOX = 256  # messages; more than a call ever has under way
_GOODBYE = 1.0  # seconds
_LOOK_SECONDS = 5.0  # how often the terminal looks at itself
_ODD_FRAMES = 20  # so much nonsense in one connection, and it is not a hub
Handler = Callable[[LinkMessage], object]
CommandHandler = Callable[[dict[str, Any]], object]


class _Straight(connect):
    """Follows no redirect: a captive portal must not lead a signed request elsewhere."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


class Link:
    """Started and stopped by the composition root. `send` and `hurry` may be called from any thread.

    `on_message` gets everything that is not the link's own, on the loop's thread: it must be quick. `nudge` is called
    when the hub has something new. `hello` makes the first frame.
    """

    def __init__(
        self,
        config: HubConfig,
        identity: Identity,
        clock: Clock,
        network: Network,
        bus: EventBus,
        hello: Callable[[], Hello],
        on_message: Handler,
        nudge: Callable[[], object],
        health: Callable[[], Health] = Health,
    ) -> None:
        parts = urlsplit(config.url.rstrip("/"))
        self._url = parts._replace(scheme="wss" if parts.scheme == "https" else "ws").geturl()
        self._path = parts.path + LINK_PATH
        self._ssl = ssl.create_default_context(cafile=config.ca_file or None) if parts.scheme == "https" else None
        self._timeout = config.timeout_seconds
        self._authenticated = parts.scheme == "https"
        self._identity = identity
        self._clock = clock
        self._network = network
        self._bus = bus
        self._hello = hello
        self._on_message = on_message
        self._nudge = nudge
        self._health = health
        self._commands: dict[str, CommandHandler] = {}
        self._outbox: asyncio.Queue[LinkMessage] | None = None
        self._socket: ClientConnection | None = None
        self._beats: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        self._pulse = Pulse()
        self._stopping = False
        self._welcomed = (clock.now(), clock.monotonic())

    @property
    def online(self) -> bool:
        """Whether the hub has welcomed us and the line has not been lost since."""
        return self._outbox is not None

    def start(self) -> None:
        self._network.spawn(self._run())

    def stop(self) -> None:
        """Say what is still to be said (a call that ends with the program), then close the line."""
        if self._outbox is not None:
            try:
                self._network.spawn(self._finish()).result(_GOODBYE * 2)
            except (TimeoutError, concurrent.futures.CancelledError):
                log.info("the live link was cut without a word")

    def on_command(self, name: str, handler: CommandHandler) -> None:
        """`handler(args)` does the command; it runs on the loop's thread and raises KioskError where it cannot."""
        self._commands[name] = handler

    def send(self, message: LinkMessage) -> None:
        """Send now or never: without a line it is dropped."""
        self._on_loop(self._put, message)

    def hurry(self) -> None:
        """Somebody needs the line now: do not wait for the next attempt; one that seems open is asked whether it is."""
        self._on_loop(self._hasten)

    def _hasten(self) -> None:
        self._hurry.set()
        self._pulse.doubt()

    def _on_loop(self, fn: Callable[..., object], *args: object) -> None:
        try:
            self._network.loop.call_soon_threadsafe(fn, *args)
        except RuntimeError:  # the loop is closed: the program is ending
            log.debug("no loop for %s", fn)

    def _put(self, message: LinkMessage) -> None:
        if self._outbox is None:
            log.debug("no line for %s", message.type)
            return
        try:
            self._outbox.put_nowait(message)
        except asyncio.QueueFull:
            log.warning("the line is stuck: %s dropped", message.type)

    async def _finish(self) -> None:
        outbox, self._stopping = self._outbox, True
        if outbox is not None:
            if self._beats is not None:
                self._beats.cancel()
            self._put(Goodbye())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_GOODBYE):
                    await outbox.join()
        if self._socket is not None:
            await self._socket.close()

    async def _run(self) -> None:
        delay = _FIRST_RETRY
        while not self._stopping:
            self._hurry.clear()
            if self._identity.station_id and await self._attempt():
                delay = _FIRST_RETRY
            try:
                async with asyncio.timeout(delay * random.uniform(0.5, 1.0)):  # noqa: S311 - jitter, not a secret
                    await self._hurry.wait()
            except TimeoutError:
                pass
            delay = min(delay * 2, _LAST_RETRY)

    async def _attempt(self) -> bool:
        """One connection from beginning to end. Returns whether the hub had welcomed us."""
        station = self._identity.station_id
        headers = sign_request(self._identity.sign, station, "GET", self._path, b"", self._clock.now())
        try:
            async with _Straight(
                self._url + LINK_PATH,
                additional_headers=headers,
                ssl=self._ssl,
                proxy=None,
                open_timeout=self._timeout,
                close_timeout=1,
                ping_interval=None,  # kiosk.sync.pulse asks, and less
                max_size=MAX_FRAME,
                user_agent_header=None,
            ) as socket:
                return await self._converse(socket)
        except InvalidStatus as error:
            self._refused(error)
        except (OSError, TimeoutError, WebSocketException) as error:
            log.info("no live link: %s", type(error).__name__)
        return False

    async def _converse(self, socket: ClientConnection) -> bool:
        writer: asyncio.Task[None] | None = None
        beats: asyncio.Task[None] | None = None
        odd = 0
        self._socket = socket
        pulse = asyncio.create_task(self._pulse.keep(socket))
        try:
            await socket.send(write_message(self._hello()))
            async for frame in socket:
                try:
                    message = read_message(frame)
                except LinkInvalid as error:
                    odd += 1
                    log.warning("not a message of the hub: %s", error)
                    if odd >= _ODD_FRAMES:
                        break
                    continue
                if writer is None:
                    if not isinstance(message, Welcome):
                        continue
                    self._confirm(message.hub_time)
                    self._welcomed = (message.hub_time, self._clock.monotonic())
                    self._outbox = asyncio.Queue(_OUTBOX)
                    writer = asyncio.create_task(self._write(socket, self._outbox))
                    beats = self._beats = asyncio.create_task(self._beat())
                    log.info("the live link is up")
                    self._bus.publish(LinkChanged(online=True))
                    self._nudge()
                elif message is not None:
                    self._take(message)
        except WebSocketException as error:
            log.info("the live link was lost: %s", type(error).__name__)
        finally:
            self._socket = None
            pulse.cancel()
            if writer is not None and beats is not None:
                beats.cancel()
                writer.cancel()
                self._outbox = None
                self._bus.publish(LinkChanged(online=False))
        return writer is not None

    async def _write(self, socket: ClientConnection, outbox: "asyncio.Queue[LinkMessage]") -> None:
        try:
            while True:
                message = await outbox.get()
                await socket.send(write_message(message))
                self._pulse.spoke()
                if not isinstance(message, Beat):
                    self._pulse.needed()
                outbox.task_done()
        except WebSocketException:
            pass  # the reader sees the same and ends the conversation

    async def _beat(self) -> None:
        """Say how this terminal is: now, every minute, and soon after something falls ill or is well again."""
        said: Health | None = None
        quiet = 0.0
        while True:
            try:
                health = await asyncio.get_running_loop().run_in_executor(None, self._health)
            except Exception:  # whatever is wrong with the report, the terminal is alive
                log.exception("the health of this terminal cannot be told")
                health = said or Health()
            if said is None or health.devices != said.devices or quiet >= BEAT_SECONDS:
                said, quiet = health, 0.0
                self._put(Beat(health=health))
            await asyncio.sleep(_LOOK_SECONDS)
            quiet += _LOOK_SECONDS

    def _take(self, message: LinkMessage) -> None:
        if not isinstance(message, News):
            self._pulse.needed()
        match message:
            case News():
                self._nudge()
            case Command():
                self._put(CommandDone(id=message.id, code=self._obey(message)))
            case _:
                try:
                    self._on_message(message)
                except Exception:
                    log.exception("nobody could take %s", message.type)

    def _obey(self, command: Command) -> str:
        handler = self._commands.get(command.name)
        if handler is None:
            return "unknown"
        if command.expired(self.hub_now()):
            log.warning("command %s of %s came too late", command.name, command.by)
            return "expired"
        log.info("command %s of %s", command.name, command.by)
        try:
            handler(dict(command.args))
        except KioskError as error:
            return error.code
        except Exception:
            log.exception("command %s failed", command.name)
            return KioskError.code
        return "done"

    def hub_now(self) -> datetime:
        """The hub's time: whether an order is late must not depend on a wall clock that may be wrong."""
        then, mark = self._welcomed
        return then + timedelta(seconds=self._clock.monotonic() - mark)

    def _refused(self, error: InvalidStatus) -> None:
        log.info("the live link was refused: %d", error.response.status_code)
        try:
            problem = json.loads(bytes(error.response.body or b"")[:65536])
            self._confirm(datetime.fromisoformat(problem["hub_time"]))
        except (ValueError, KeyError, TypeError):
            pass  # the answer is not from a hub, or says nothing of the time

    def _confirm(self, hub_time: datetime) -> None:
        if isinstance(self._clock, SystemClock):
            self._clock.confirm(hub_time, believed=self._authenticated)
