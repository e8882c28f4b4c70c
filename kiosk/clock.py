"""Time is injected. Wall time may be wrong in a station, so every reading says how much it can be trusted."""

import time
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
    """The machine's clock. A difference of more than 120 s between wall and monotonic progress makes it doubtful."""

    def __init__(self) -> None:
        self._wall0 = datetime.now(UTC)
        self._mono0 = time.monotonic()
        self._confirmed = False

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def confirm(self, hub_time: datetime) -> None:
        """Compare with the hub's time (aware UTC): agreement within 120 s makes the clock `synced` until it leaps."""
        now = self.now()
        self._confirmed = abs(now - hub_time) <= LEAP
        if self._confirmed:
            self._wall0, self._mono0 = now, self.monotonic()

    def quality(self) -> ClockQuality:
        now = self.now()
        expected = self._wall0 + timedelta(seconds=self.monotonic() - self._mono0)
        if now < BUILT or abs(now - expected) > LEAP:
            return ClockQuality.DOUBTFUL
        if self._confirmed or _SYNC_MARK.exists():
            return ClockQuality.SYNCED
        return ClockQuality.HELD


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
