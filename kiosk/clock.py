"""Time is injected. Wall time may be wrong in a station, so every reading says how much it can be trusted."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class ClockQuality(StrEnum):
    """How much a wall-clock reading can be trusted."""

    SYNCED = "synced"  # the kernel or the hub has confirmed it since boot
    HELD = "held"  # plausible (RTC, no jump seen), not confirmed
    DOUBTFUL = "doubtful"  # before this program was built, or it leapt


class Clock(Protocol):
    def now(self) -> datetime:
        """Wall time, timezone-aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back; meaningless across restarts."""
        ...

    def quality(self) -> ClockQuality: ...


# Nothing this program writes can be older than the program itself.
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
LEAP = timedelta(seconds=120)
_SYNC_MARK = Path("/run/systemd/timesync/synchronized")


class SystemClock:
    """The machine's clock. A difference of more than 120 s between wall and monotonic progress makes it doubtful.

    Where nothing else sets it, the hub does: `now` then goes on from the hub's time, and the machine's is left alone.
    """

    def __init__(self, machine: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._machine = machine
        self._ahead = timedelta()  # of the machine's clock, while it does not leap
        self._wall0 = machine()
        self._mono0 = time.monotonic()
        self._confirmed = False

    def now(self) -> datetime:
        if self._ahead:
            return self._wall0 + timedelta(seconds=self.monotonic() - self._mono0)
        return self._machine()

    def monotonic(self) -> float:
        return time.monotonic()

    def confirm(self, hub_time: datetime, believed: bool = False) -> None:
        """Compare with the hub's time (aware UTC): agreement within 120 s makes the clock `synced` until it leaps.

        A clock that nobody sets and that disagrees is set by the hub, if it is `believed` (its line is authenticated)
        or if the clock cannot be right as it is.
        """
        machine = self._machine()
        if abs(machine - hub_time) <= LEAP:
            self._ahead, self._confirmed = timedelta(), True
            self._wall0, self._mono0 = machine, self.monotonic()
        elif hub_time >= BUILT and not _SYNC_MARK.exists() and (believed or self.quality() is ClockQuality.DOUBTFUL):
            self._ahead, self._confirmed = hub_time - machine, True
            self._wall0, self._mono0 = hub_time, self.monotonic()
        else:
            self._confirmed = abs(self.now() - hub_time) <= LEAP

    def quality(self) -> ClockQuality:
        now = self.now()
        expected = self._wall0 + timedelta(seconds=self.monotonic() - self._mono0)
        if now < BUILT or abs(now - expected) > LEAP:
            return ClockQuality.DOUBTFUL
        if self._confirmed or _SYNC_MARK.exists():
            return ClockQuality.SYNCED
        return ClockQuality.HELD


class LeapWatch:
    """Sees wall time leap against monotonic time: each leap once, in seconds, positive when the clock was behind."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.mark = clock.now(), clock.monotonic()  # what is compared with; put back where a leap was not written down

    def leap(self) -> float:
        """Seconds of a leap since the last look, 0.0 for none. Drift of less than 120 s is no leap."""
        now, mono = self._clock.now(), self._clock.monotonic()
        wall, then = self.mark
        by = now - (wall + timedelta(seconds=mono - then))
        if abs(by) <= LEAP:
            return 0.0
        self.mark = now, mono
        return by.total_seconds()


class ManualClock:
    """A clock that moves only when told; for tests, demos and replays."""

    def __init__(self, start: datetime | None = None, quality: ClockQuality = ClockQuality.SYNCED) -> None:
        self._now = start or datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
        self._mono = 0.0
        self._quality = quality

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._mono

    def quality(self) -> ClockQuality:
        return self._quality

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._mono += seconds

    def set(self, now: datetime, quality: ClockQuality | None = None) -> None:
        """Move wall time alone, as a battery change would."""
        self._now = now
        self._quality = quality or self._quality
