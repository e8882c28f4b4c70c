"""A contact that bounces: a change counts once it was read twice in a row. Relays and registers do not bounce."""

from collections.abc import Mapping

from kiosk.devices.io.points import COIL, REGISTERS
from kiosk.devices.ports import Point

SAMPLES = 2  # specs/devices.md, 2.3
_STEADY = (COIL, *REGISTERS)


class Debounce:
    """Takes what was read and gives what is believed."""

    def __init__(self, samples: int = SAMPLES) -> None:
        self._samples = samples
        self._believed: dict[Point, int] = {}
        self._other: dict[Point, tuple[int, int]] = {}

    def feed(self, read: Mapping[Point, int]) -> dict[Point, int]:
        """One sample of some points; returns what is believed of all points that were ever read."""
        for point, value in read.items():
            before = self._believed.get(point)
            if point.kind in _STEADY or before == value or (before is None and self._samples <= 1):
                self._believed[point] = value
                self._other.pop(point, None)
                continue
            candidate, count = self._other.get(point, (value, 0))
            count = count + 1 if candidate == value else 1
            self._other[point] = (value, count)
            if count >= self._samples:
                self._believed[point] = value
                self._other.pop(point)
        return dict(self._believed)

    def forget(self) -> None:
        """Nothing was heard for too long: what was believed is no longer."""
        self._believed.clear()
        self._other.clear()
