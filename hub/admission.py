"""Who may bring a batch now: a few at a time, a few who wait, and everybody else is told when to come back.

After an outage a whole city returns at once. The database takes one batch after the other whatever we do; what matters
is that an alarm does not wait behind eight hundred of them, and that terminals come back spread out and not together.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import Depends, Request

from hub.problems import Problem

INSIDE, WAITING = 1, 8
_WINDOW = 30.0  # seconds over which the refused are counted
_SHORTEST, _LONGEST = 2.0, 120.0
_FIRST_GUESS = 0.15  # seconds a batch, before any was measured


class JournalBusy(Problem):
    status = 503
    code = "journal.busy"
    title = ("中心正忙，请稍后再送", "The hub is busy; please come back later")

    def __init__(self, seconds: float) -> None:
        wait = round(seconds + 0.5)
        super().__init__({"Retry-After": str(wait)}, retry_after=wait)


class Gate:
    """On one event loop. `retry_after` grows with how many were refused lately and how long a batch takes."""

    def __init__(
        self, inside: int = INSIDE, waiting: int = WAITING, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._free = asyncio.Semaphore(inside)
        self._inside, self._waiting = inside, waiting
        self._monotonic = monotonic
        self._here = 0
        self._refused: deque[float] = deque(maxlen=10_000)
        self._batch_seconds = _FIRST_GUESS

    async def __aenter__(self) -> None:
        """Raises JournalBusy at once when too many wait already."""
        if self._here >= self._inside + self._waiting:
            raise JournalBusy(self.retry_after())
        self._here += 1
        try:
            await self._free.acquire()
        except BaseException:
            self._here -= 1
            raise
        self._began = self._monotonic()

    async def __aexit__(self, *_: object) -> None:
        took = self._monotonic() - self._began
        self._batch_seconds += 0.1 * (took - self._batch_seconds)
        self._here -= 1
        self._free.release()

    def retry_after(self) -> float:
        """Count one refusal; seconds after which as many as were refused lately have been served."""
        now = self._monotonic()
        self._refused.append(now)
        while self._refused[0] < now - _WINDOW:
            self._refused.popleft()
        return min(_LONGEST, max(_SHORTEST, len(self._refused) * self._batch_seconds))


async def admitted(request: Request) -> AsyncIterator[None]:
    """A dependency: this batch is one of those that may come in now. Ahead of anything that costs something."""
    gate: Gate | None = getattr(request.app.state, "intake_gate", None)
    if gate is None:
        gate = request.app.state.intake_gate = Gate()
    async with gate:
        yield


Admitted = Annotated[None, Depends(admitted)]
