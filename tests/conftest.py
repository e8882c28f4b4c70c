"""What every test needs: an isolated home, and no display but the offscreen one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kiosk.clock import ManualClock
from kiosk.events import EventBus
from kiosk.storage import Store

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Runs are compared across machines of very different speed: no deadline, and the same examples every time.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("house")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[Store]:
    opened = Store(tmp_path / "station.db", clock)
    yield opened
    opened.close()
