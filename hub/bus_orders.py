"""Commands for a station whose link another process has: asked of all, done by the one that has it."""

import asyncio
import logging

from hub.bus import Bus
from hub.bus_words import Command as Order
from hub.link import Links, StationAway, StationSilent
from hub.problems import Problem
from kiosk.protocol.link import Command

log = logging.getLogger(__name__)
_TAKEN_SECONDS = 1.0
_TAKEN = ""


class Orders:
    """Both ends. On the event loop only."""

    def __init__(self, bus: Bus, links: Links) -> None:
        self._bus, self._links = bus, links
        self._asked: dict[str, asyncio.Queue[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        bus.on_order_answered = self._answered
        links.elsewhere = self.ask

    async def ask(self, station: str, command: Command, seconds: float) -> str:
        """What the station answered. Raises StationAway, StationSilent."""
        answers = self._asked[command.id] = asyncio.Queue()
        try:
            if not await self._bus.order(Order(command.id, station, command)):
                raise StationAway(station=station)
            try:
                async with asyncio.timeout(_TAKEN_SECONDS):
                    code = await answers.get()
            except TimeoutError as error:
                raise StationAway(station=station) from error
            if code == _TAKEN:
                async with asyncio.timeout(seconds):
                    code = await answers.get()
            return code
        except TimeoutError as error:
            raise StationSilent(station=station) from error
        finally:
            del self._asked[command.id]

    def ordered(self, order: Order) -> None:
        """Another process asks. One that has no link to the station says nothing."""
        if isinstance(order.message, Command) and self._links.has(order.station):
            self._bus.answer(order, _TAKEN)
            task = asyncio.create_task(self._do(order, order.message))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _do(self, order: Order, command: Command) -> None:
        seconds = (command.expires - command.expires.now(command.expires.tzinfo)).total_seconds()
        try:
            self._bus.answer(order, await self._links.command(order.station, command, max(1.0, min(seconds, 60.0))))
        except Problem as problem:
            log.info("no answer of %s to %s: %s", order.station, command.name, problem.code)

    def _answered(self, command: str, code: str) -> None:
        if (waiting := self._asked.get(command)) is not None:
            waiting.put_nowait(code)
