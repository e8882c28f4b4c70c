"""Memory of the last moments: what was just scanned, which short codes were used, how often a refusal was written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Remembers one outcome per key until `seconds` after it was last asked for; at most `capacity` keys."""

    def __init__(self, monotonic: Callable[[], float], seconds: float, capacity: int = 64) -> None:
        self._now = monotonic
        self._seconds = seconds
        self._capacity = capacity
        self._kept: dict[bytes, tuple[float, T]] = {}

    def get(self, key: bytes) -> T | None:
        """The outcome kept for `key`. Asking keeps it alive: a code held before the camera is one code."""
        found = self._kept.get(key)
        if found is None or self._now() - found[0] > self._seconds:
            return None
        self.put(key, found[1])
        return found[1]

    def put(self, key: bytes, outcome: T) -> None:
        self._kept.pop(key, None)
        self._kept[key] = (self._now(), outcome)
        while len(self._kept) > self._capacity:
            self._kept.pop(next(iter(self._kept)))

    def clear(self) -> None:
        self._kept.clear()


@dataclass(slots=True)
class Bucket:
    """Lets `burst` through at once and one more every `every` seconds; counts what it holds back."""

    monotonic: Callable[[], float]
    burst: int
    every: float
    held_back: int = 0
    _level: float = -1.0
    _at: float = 0.0

    def admit(self) -> bool:
        now = self.monotonic()
        if self._level < 0:
            self._level = self.burst
        else:
            self._level = min(self.burst, self._level + (now - self._at) / self.every)
        self._at = now
        if self._level < 1:
            self.held_back += 1
            return False
        self._level -= 1
        return True

    def drain(self) -> int:
        """How many were held back since the last drain."""
        count, self.held_back = self.held_back, 0
        return count
