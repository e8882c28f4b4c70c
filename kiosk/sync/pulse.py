"""Whether the live link is still one: asked when nothing was said for a while, and at once when somebody needs it."""

import asyncio
import contextlib
import logging
import socket

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from kiosk.protocol.link import ANSWER_SECONDS, NEEDED_PING_SECONDS, PING_SECONDS

log = logging.getLogger(__name__)
NEEDED_SECONDS = 120.0  # for so long after somebody used the line it is asked oftener
_AT_ONCE_SECONDS = 5.0  # for an answer when somebody waits: a new line takes less than to go on with a dead one
_UNHEARD_MS = 15_000  # what nobody acknowledged for so long ends the connection (tcp(7), TCP_USER_TIMEOUT)


class Pulse:
    """One for all connections of a link, on its loop. Bytes are paid for: who spoke just now does not ask as well."""

    def __init__(self) -> None:
        self._doubt = asyncio.Event()
        self._answer: asyncio.Timeout | None = None
        self._spoke = self._asked = 0.0
        self._needed = -NEEDED_SECONDS

    def spoke(self) -> None:
        """A message of ours went out."""
        self._spoke = asyncio.get_running_loop().time()

    def needed(self) -> None:
        """Somebody uses the line."""
        self._needed = asyncio.get_running_loop().time()

    def doubt(self) -> None:
        """Somebody is about to rely on the line: ask now, and do not wait long."""
        self.needed()
        self._doubt.set()
        soon = asyncio.get_running_loop().time() + _AT_ONCE_SECONDS
        answer = self._answer
        if answer is not None and not answer.expired() and (answer.when() or soon) > soon:
            answer.reschedule(soon)

    async def keep(self, line: ClientConnection) -> None:
        """Ask for as long as there is an answer; then cut the line, which whoever reads from it hears."""
        _watched_by_the_kernel(line)
        self._doubt.clear()
        self._spoke = self._asked = asyncio.get_running_loop().time()
        while True:
            patience = _AT_ONCE_SECONDS if await self._doubted() else ANSWER_SECONDS
            self._asked = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(patience) as self._answer:
                    await (await line.ping())
            except TimeoutError:
                log.info("the live link does not answer")
                line.transport.abort()
                return
            except WebSocketException:
                return  # the reader sees the same and ends the conversation
            finally:
                self._answer = None

    async def _doubted(self) -> bool:
        """Wait until it is time to ask. True when somebody cannot wait."""
        while (wait := self._due() - asyncio.get_running_loop().time()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._doubt.wait()
                    break
        doubted = self._doubt.is_set()
        self._doubt.clear()
        return doubted

    def _due(self) -> float:
        if asyncio.get_running_loop().time() - self._needed < NEEDED_SECONDS:
            return self._asked + NEEDED_PING_SECONDS
        return max(self._spoke, self._asked) + PING_SECONDS


def _watched_by_the_kernel(line: ClientConnection) -> None:
    """A beat gets no answer; that it did not arrive is noticed all the same."""
    raw = line.transport.get_extra_info("socket")
    if raw is not None and hasattr(socket, "TCP_USER_TIMEOUT"):
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNHEARD_MS)
