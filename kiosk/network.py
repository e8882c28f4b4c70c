"""The network thread: one asyncio loop for sync, link and intercom."""

import asyncio
import concurrent.futures
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

log = logging.getLogger(__name__)
R = TypeVar("R")


class Network:
    """An asyncio loop on a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="network", daemon=True)
        self._started = False

    def start(self) -> None:
        self._started = True
        self._thread.start()

    def spawn(self, coroutine: Coroutine[Any, Any, R]) -> "concurrent.futures.Future[R]":
        """Run a coroutine on the loop, from any thread. What it raises is logged."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        future.add_done_callback(_log_failure)
        return future

    def repeat(self, seconds: float, fn: Callable[[], bool]) -> None:
        """Call `fn` on the loop every `seconds` until it returns False. Forgotten when the network is not running."""

        def again() -> None:
            if fn():
                self.loop.call_later(seconds, again)

        if self._started:
            self.loop.call_soon_threadsafe(again)

    def stop(self) -> None:
        """Cancel every task, wait for them, end the thread. Stopping twice is harmless."""
        if not self._started:
            if not self.loop.is_closed():
                self.loop.close()
            return
        self._started = False
        asyncio.run_coroutine_threadsafe(self._cancel_all(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    async def _cancel_all(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.loop.shutdown_asyncgens()
        await self.loop.shutdown_default_executor()
        for _ in range(3):  # connections that were cut are closed in the rounds after that
            await asyncio.sleep(0)


def _log_failure(future: "concurrent.futures.Future[Any]") -> None:
    if not future.cancelled() and (error := future.exception()):
        log.error("a network task failed", exc_info=error)
