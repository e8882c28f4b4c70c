"""Read-aloud on the screen: a real worker and a simulated loudspeaker, begun and ended by touch; words where silent."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app import demo_station
from kiosk.clock import ManualClock
from kiosk.devices.ports import SpeechPriority
from ui.stage import Stage

Log = Callable[[], list[str]]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    path = tmp_path / "sink.log"
    monkeypatch.setenv("YIZHAN_SINK_LOG", str(path))
    return lambda: [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def spoken(app: QGuiApplication, tmp_path: Path, log: Log) -> Iterator[Stage]:
    devices = {"speech": "espeak:sink", "camera": ""}
    station = demo_station(tmp_path / "kiosk", ManualClock(), devices=devices)
    station.start()
    made = Stage(station, app, [])
    yield made
    made.close()
    station.stop()


def test_a_page_is_read_until_it_is_touched_again(spoken: Stage, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHAN_SINK_SPEED", "0.01")
    spoken.begin()
    spoken.face.navigator.open("services.detail", {"service": "legal"})
    spoken.settle()
    spoken.tap("朗读")
    assert spoken.face.voice.reading
    spoken.until(lambda: log() == ["begin"], "sound")
    spoken.tap("停止朗读")
    assert not spoken.face.voice.reading
    spoken.until(lambda: log() == ["begin", "cut"], "silence")
    assert spoken.face.voice.words == ""


def test_leaving_the_page_and_the_end_of_a_session_are_silent(
    spoken: Stage, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIZHAN_SINK_SPEED", "0.01")
    spoken.begin()
    spoken.face.navigator.open("services.list")
    spoken.settle()
    spoken.tap("朗读")
    spoken.until(lambda: log() == ["begin"], "sound")
    spoken.station.session.finish()
    spoken.until(lambda: log() == ["begin", "cut"], "silence")
    spoken.until(lambda: not spoken.face.voice.reading, "reading to be over")


def test_a_page_is_read_to_its_end(spoken: Stage, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHAN_SINK_SPEED", "200")
    spoken.begin()
    spoken.face.voice.read_page("第一句。\n第二句。")
    assert spoken.face.voice.reading
    spoken.until(lambda: not spoken.face.voice.reading, "the end")
    assert log() == ["begin", "end", "begin", "end"]


def test_a_silent_machine_shows_the_words(stage: Stage) -> None:
    stage.begin()
    stage.face.context.say("门开了，请进。", SpeechPriority.RESULT)
    stage.until(lambda: stage.face.voice.words == "门开了，请进。", "the words")
    stage.tap("关闭")
    assert stage.face.voice.words == ""
