"""How often an address may try, and how fast a socket may speak: buckets of tokens, in memory, bounded."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from hub.problems import Problem

_ADDRESSES = 10_000


class TooMany(Problem):
    status = 429
    code = "too_many_attempts"
    title = ("尝试太频繁，请稍候再试", "Too many attempts; please wait a moment")

    def __init__(self, seconds: float) -> None:
        wait = max(1, int(seconds + 0.999))
        super().__init__({"Retry-After": str(wait)}, retry_after=wait)


class Throttle:
    """`per_minute` attempts an address, all of which may come at once. From any thread."""

    def __init__(self, per_minute: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._most = per_minute / 60, float(per_minute)
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def attempt(self, address: str) -> None:
        """Count one attempt. Raises TooMany."""
        with self._lock:
            now = self._monotonic()
            tokens, at = self._buckets.pop(address, (self._most, now))
            tokens = min(self._most, tokens + (now - at) * self._rate)
            self._buckets[address] = (max(0.0, tokens - 1) if tokens >= 1 else tokens, now)
            if len(self._buckets) > _ADDRESSES:
                self._buckets.popitem(last=False)
        if tokens < 1:
            raise TooMany((1 - tokens) / self._rate)


class Pace:
    """How fast one socket may speak: `burst` messages at once, `per_second` on average. On the event loop only."""

    def __init__(
        self, per_second: float = 50.0, burst: float = 500.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._most = per_second, burst
        self._monotonic = monotonic
        self._tokens, self._at = burst, monotonic()

    def keeps(self) -> bool:
        """Count one message; False when it was one too many."""
        now = self._monotonic()
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._rate) - 1
        self._at = now
        return self._tokens >= 0
