"""A terminal with a face, offscreen, over a demo station with a clock that stands still."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from PySide6.QtGui import QGuiApplication

from kiosk.app import demo_station
from kiosk.clock import ManualClock
from ui.app import make_application
from ui.stage import Stage

DEVICES = {"speech": "silent", "microphone": "demo:"}
_complaints: list[str] = []


@pytest.fixture(scope="session")
def app() -> QGuiApplication:
    return make_application(_complaints.append)


@pytest.fixture
def stage(app: QGuiApplication, tmp_path: Path) -> Iterator[Stage]:
    """A stage of its own. Warnings of Qt and QML that came meanwhile fail the test."""
    _complaints.clear()
    station = demo_station(tmp_path / "kiosk", ManualClock(), devices=DEVICES)
    station.start()
    made = Stage(station, app, _complaints)
    yield made
    made.close()
    station.stop()
    assert _complaints == []


@pytest.fixture(scope="module")
def long_stage(app: QGuiApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage shared by the tests of a module that only look."""
    station = demo_station(tmp_path_factory.mktemp("kiosk"), ManualClock(), devices=DEVICES)
    station.start()
    made = Stage(station, app, _complaints)
    yield made
    made.close()
    station.stop()
