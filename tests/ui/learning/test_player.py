"""Real films in the real player: the demonstration's, one cut short, one that is none, one without a picture."""

import logging
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QVideoSink

from ui.learning.player import Player

DEMO = Path(__file__).parents[3] / "assets" / "demo" / "catalogue" / "files" / "ev-charging.course.zip"
LENGTH = 56_000


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    with zipfile.ZipFile(DEMO) as pack:
        return Path(pack.extract("film.mp4", folder))


class Watcher:
    """A player with its picture, and what it said."""

    def __init__(self) -> None:
        self.app = QGuiApplication.instance() or QGuiApplication([])
        self.parent = QObject()
        self.player = Player(self.parent)
        self.sink = QVideoSink(self.parent)
        self.frames = 0
        self.said: list[str] = []
        self.reports: list[int] = []
        self.sink.videoFrameChanged.connect(self._frame)
        self.player.show_on(self.sink)
        self.player.reported.connect(self.reports.append)
        self.player.broke.connect(lambda reason: self.said.append(f"broke {reason}"))
        self.player.ended.connect(lambda: self.said.append("ended"))

    def _frame(self) -> None:
        self.frames += 1

    def until(self, true: Callable[[], bool]) -> None:
        """Let Qt work until something is true; a minute is more than any machine needs."""
        patience = QDeadlineTimer(60_000)
        while not true():
            assert not patience.hasExpired(), (self.said, self.reports, self.player.at)
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    made = Watcher()
    yield made
    made.player.release()
    made.parent.deleteLater()
    made.app.processEvents()


def test_a_film_advances_pauses_and_goes_back(watcher: Watcher, film: Path) -> None:
    player = watcher.player
    player.load(film, LENGTH, 20_000, play=True)
    watcher.until(lambda: watcher.frames > 5 and player.at > 20_400)
    watcher.until(lambda: bool(watcher.reports))
    assert 20_000 <= watcher.reports[0] <= 24_000
    player.go_to(3000)
    assert player.at == 3000  # at once, whatever the decoder still says
    seen = len(watcher.reports)
    watcher.until(lambda: len(watcher.reports) > seen)
    assert all(at < 20_000 for at in watcher.reports[seen:])  # nothing of where it was before
    player.pause()
    watcher.until(lambda: not player.is_playing)
    assert watcher.said == []


def test_a_film_that_begins_paused_shows_its_picture(watcher: Watcher, film: Path) -> None:
    watcher.player.load(film, LENGTH, 10_000, play=False)
    watcher.until(lambda: watcher.frames > 0)
    assert not watcher.player.is_playing
    assert watcher.player.at == 10_000


def test_the_end_is_told(watcher: Watcher, film: Path) -> None:
    watcher.player.load(film, LENGTH, LENGTH - 500, play=True)
    watcher.until(lambda: watcher.said == ["ended"])


def test_what_is_not_a_film_is_told(watcher: Watcher, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL + 1)
    junk = tmp_path / "junk.mp4"
    junk.write_bytes(bytes(range(256)) * 100)
    watcher.player.load(junk, LENGTH, 0, play=True)
    watcher.until(lambda: bool(watcher.said))
    watcher.player.play()  # pressing play does not help, and does not hurt
    assert not watcher.player.is_playing
    assert len(watcher.said) == 1


def test_a_film_cut_short_is_told(
    watcher: Watcher, film: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL + 1)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(film.read_bytes()[: 40 << 10])
    watcher.player.load(cut, LENGTH, 0, play=True)
    watcher.until(lambda: any(one.startswith("broke") for one in watcher.said))
    assert "ended" not in watcher.said


def test_sound_without_a_picture_is_not_a_film(
    watcher: Watcher, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL + 1)
    sound = tmp_path / "sound.mp4"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=2", "-c:a", "aac", str(sound)]
    subprocess.run(command, check=True)
    watcher.player.load(sound, 2000, 0, play=True)
    watcher.until(lambda: watcher.said == ["broke no picture in the file"])


def test_a_file_that_is_gone_is_told(watcher: Watcher, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL + 1)
    watcher.player.load(tmp_path / "none.mp4", LENGTH, 0, play=True)
    watcher.until(lambda: bool(watcher.said))
