"""Outputs that are on for a time, for boards that keep no time of their own."""

import threading
from collections.abc import Callable

from kiosk.devices.ports import Point


class TimedOff:
    """Calls `off(point)` when a point's time is over, again until it does not raise; `flush` does all at once."""

    def __init__(self, off: Callable[[Point], None]) -> None:
        self._off = off
        self._lock = threading.Lock()
        self._timers: dict[Point, threading.Timer] = {}

    def after(self, point: Point, seconds: float) -> None:
        """The time begins anew when it runs already."""
        with self._lock:
            if point in self._timers:
                self._timers[point].cancel()
            timer = threading.Timer(seconds, self._end, (point,))
            timer.daemon = True
            self._timers[point] = timer
            timer.start()

    def forget(self, point: Point) -> None:
        with self._lock:
            if timer := self._timers.pop(point, None):
                timer.cancel()

    def flush(self) -> None:
        with self._lock:
            points = tuple(self._timers)
            for timer in self._timers.values():
                timer.cancel()
            self._timers.clear()
        for point in points:
            self._off(point)

    def _end(self, point: Point) -> None:
        try:
            self._off(point)
        except Exception:
            self.after(point, 0.5)
            raise
        with self._lock:
            if self._timers.get(point) is threading.current_thread():
                del self._timers[point]
