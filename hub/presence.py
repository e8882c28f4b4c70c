"""Who is connected at this moment. In memory only: after a restart nobody is, until they connect again."""

import threading
from collections import Counter
from collections.abc import Callable


class Presence:
    """Stations on the live link and staff at a console. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stations: Counter[str] = Counter()
        self._watchers: list[Callable[[str, bool], None]] = []

    def on_change(self, callback: Callable[[str, bool], None]) -> None:
        """Call back with (station, live) when a station comes or goes, on the thread that said so."""
        self._watchers.append(callback)

    def connected(self, station: str) -> None:
        """One more link of this station is up."""
        with self._lock:
            self._stations[station] += 1
            news = self._stations[station] == 1
        if news:
            self._tell(station, True)

    def gone(self, station: str) -> None:
        """One link of this station is down."""
        with self._lock:
            self._stations[station] -= 1
            news = self._stations[station] <= 0
            if news:
                del self._stations[station]
        if news:
            self._tell(station, False)

    def live(self, station: str) -> bool:
        with self._lock:
            return station in self._stations

    def stations(self) -> frozenset[str]:
        """Every station with a live link."""
        with self._lock:
            return frozenset(self._stations)

    def _tell(self, station: str, live: bool) -> None:
        for callback in self._watchers:
            callback(station, live)
