"""All boards of a station as one set of points: what each was last heard to be, and who wants to know of it."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping

from kiosk.devices.io.points import REGISTERS, signed
from kiosk.devices.ports import Board, BoardFault, DeviceHealth, Point, Reading

log = logging.getLogger(__name__)
Watcher = Callable[[Point, "int | None"], object]


class Wires:
    """Safe to call from any thread. Watchers hear on the thread of the board; a board that does not start is sick."""

    def __init__(self, boards: Mapping[str, Board]) -> None:
        self.boards = dict(boards)
        self._lock = threading.Lock()
        self._values: dict[str, dict[Point, int]] = {name: {} for name in boards}
        self._watchers: dict[Point, list[Watcher]] = {}
        self._quiet: set[Point] = set()

    def start(self) -> None:
        for name, board in self.boards.items():
            try:
                board.start(lambda reading, name=name: self._take(name, reading))  # type: ignore[misc]
            except Exception:  # a driver of somebody else's hardware: the station goes on without it
                log.exception("board %s did not start", name)

    def stop(self) -> None:
        for name, board in self.boards.items():
            try:
                board.stop()
            except Exception:
                log.exception("board %s did not stop", name)

    def watch(self, points: Iterable[Point], watcher: Watcher) -> None:
        """Tell `watcher(point, value)` of every change, None when a point is not heard any more."""
        with self._lock:
            for point in points:
                self._watchers.setdefault(point, []).append(watcher)

    @contextlib.contextmanager
    def quiet(self, point: Point) -> Iterator[None]:
        """What a point does meanwhile is told to nobody; if it stays so, that is told afterwards."""
        before = self.value(point)
        with self._lock:
            self._quiet.add(point)
        try:
            yield
        finally:
            with self._lock:
                self._quiet.discard(point)
                watchers = tuple(self._watchers.get(point, ()))
            if (after := self.value(point)) != before:
                self._tell(point, after, watchers)

    def is_quiet(self, point: Point) -> bool:
        with self._lock:
            return point in self._quiet

    def value(self, point: Point | None) -> int | None:
        """What a point was last heard to be, None unknown. Registers are signed."""
        if point is None:
            return None
        with self._lock:
            found = self._values.get(point.board, {}).get(point)
        return signed(found) if found is not None and point.kind in REGISTERS else found

    def switch(self, point: Point, on: bool) -> bool:
        """Turn an output; False when its board does not follow, which is logged."""
        try:
            self.boards[point.board].switch(point, on)
        except BoardFault as fault:
            log.warning("%s was not switched %s: %s", point, "on" if on else "off", fault)
            return False
        return True

    def health(self) -> dict[str, DeviceHealth]:
        return {f"board.{name}": board.health() for name, board in self.boards.items()}

    def _take(self, name: str, reading: Reading) -> None:
        with self._lock:
            before, self._values[name] = self._values[name], dict(reading.values)
            changed = [
                (point, reading.values.get(point), tuple(self._watchers.get(point, ())))
                for point in before.keys() | reading.values.keys()
                if before.get(point) != reading.values.get(point) and point not in self._quiet
            ]
        for point, value, watchers in changed:
            self._tell(point, value, watchers)

    def _tell(self, point: Point, value: int | None, watchers: Iterable[Watcher]) -> None:
        for watcher in watchers:
            try:
                watcher(point, value)
            except Exception:
                log.exception("a watcher of %s failed", point)
