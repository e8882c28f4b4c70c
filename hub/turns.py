"""Whose turn it is to write: one at a time, in the order of asking, and what cannot wait before everything that can.

`threading.RLock` gives the lock to whoever happens to run: under load somebody can wait for ever so long, and an alarm
would wait behind a city's journals.
"""

import contextlib
import threading
from collections import deque
from collections.abc import Iterator


class Turns:
    """A lock that its thread may take again, fair among threads. Usable as a context manager."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0
        self._depth = 0
        self._waiting: deque[threading.Event] = deque()
        self._urgent: deque[threading.Event] = deque()
        self._local = threading.local()

    @contextlib.contextmanager
    def first(self) -> Iterator[None]:
        """What this thread asks for meanwhile goes before all others that wait."""
        before = getattr(self._local, "urgent", False)
        self._local.urgent = True
        try:
            yield
        finally:
            self._local.urgent = before

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._lock:
            if self._owner == me:
                self._depth += 1
                return
            if self._owner == 0:
                self._owner, self._depth = me, 1
                return
            mine = threading.Event()
            (self._urgent if getattr(self._local, "urgent", False) else self._waiting).append(mine)
        mine.wait()  # the turn is handed over, so nobody can slip in between
        self._owner, self._depth = me, 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._depth -= 1
            if self._depth:
                return
            if queue := self._urgent or self._waiting:
                self._owner = -1  # nobody's, and not free: it is the next one's, who has not woken up yet
                queue.popleft().set()
            else:
                self._owner = 0
