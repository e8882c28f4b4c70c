"""One sitting while it lasts: what may be written, how often, and how far each film was watched."""

from dataclasses import dataclass, field

from kiosk.clock import Clock
from kiosk.learning.order import Order
from kiosk.learning.watching import Extent
from kiosk.protocol.course import Manifest

EVERY_SECONDS = 10.0  # between entries while a film plays
A_MINUTE = 12  # entries at most in any minute, whatever is pressed


@dataclass(slots=True)
class Pace:
    """When progress is worth an entry: every 10 s, at once on request, never more than 12 a minute."""

    clock: Clock
    written: list[float] = field(default_factory=list)

    def due(self, at_once: bool) -> bool:
        now = self.clock.monotonic()
        self.written = [moment for moment in self.written if now - moment < 60]
        if len(self.written) >= A_MINUTE:
            return False
        return at_once or not self.written or now - self.written[-1] >= EVERY_SECONDS

    def note(self) -> None:
        self.written.append(self.clock.monotonic())


@dataclass(slots=True)
class LiveSitting:
    """The sitting that is on the screen. `seed` is that of the quiz being asked, -1 while none is."""

    launch: str
    registration: str
    session: str
    person: str
    manifest: Manifest
    order: Order
    pace: Pace
    began: float
    extents: dict[str, Extent]
    unwritten: set[str] = field(default_factory=set)
    reported: dict[str, float] = field(default_factory=dict)  # when a playing film last said where it is
    failed: set[str] = field(default_factory=set)
    seed: int = -1
    asked: float = 0.0

    def report(self, step: str, position_ms: int, now: float, playing: bool) -> int | None:
        """Take in where a film is. Returns where the player must go back to, None where all is well."""
        before = self.extents[step]
        elapsed = (now - self.reported[step]) * 1000 if step in self.reported else 0.0
        after = before.played(position_ms, elapsed)
        if playing:
            self.reported[step] = now
        else:
            self.reported.pop(step, None)
        if after != before:
            self.extents[step] = after
            self.unwritten.add(step)
        return after.position if after.position < min(position_ms, after.length) else None

    @property
    def watched(self) -> bool:
        """Every film was watched to its end."""
        return all(extent.done for extent in self.extents.values())
