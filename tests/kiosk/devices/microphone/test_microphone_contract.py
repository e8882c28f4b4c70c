"""What every microphone does, on the simulator and on arecord's command line; and what it says when it cannot."""

import io
import threading
import wave
from pathlib import Path

import numpy as np
import pytest

from kiosk.devices.microphone import CommandMicrophone, open_microphone
from kiosk.devices.microphone.recorder import RATE, level
from kiosk.devices.ports import DeviceState, Microphone
from kiosk.errors import ConfigError


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> Microphone:
    monkeypatch.setenv("YIZHAN_SOURCE_SPEED", "20")
    return open_microphone("demo:")


def record(microphone: Microphone, blocks: int = 6) -> list[float]:
    levels: list[float] = []
    enough = threading.Event()

    def on_level(value: float) -> None:
        levels.append(value)
        if len(levels) >= blocks:
            enough.set()

    microphone.start(on_level, enough.set)
    assert enough.wait(30)
    return levels


def test_a_recording_is_a_whole_wav_file_of_its_length(microphone: Microphone) -> None:
    levels = record(microphone)
    assert all(0 <= value <= 1 for value in levels)
    assert max(levels) - min(levels) > 0.2  # syllables and pauses
    recording = microphone.stop()
    assert recording is not None
    with wave.open(io.BytesIO(recording.wav)) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (RATE, 1, 2)
        assert wav.getnframes() / RATE == pytest.approx(recording.seconds, abs=0.06)
        assert np.abs(np.frombuffer(wav.readframes(RATE), "<i2")).max() > 3000
    assert microphone.health().state is DeviceState.WELL


def test_starting_and_stopping_twice_is_harmless(microphone: Microphone) -> None:
    record(microphone)
    microphone.start(lambda value: None, lambda: None)
    assert microphone.stop() is not None
    assert microphone.stop() is None
    record(microphone)
    assert microphone.stop() is not None


def test_a_cable_that_is_pulled_out_is_noticed(microphone: Microphone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHAN_SOURCE_END", "0.5")
    ended = threading.Event()
    microphone.start(lambda value: None, ended.set)
    assert ended.wait(30)
    recording = microphone.stop()
    assert recording is not None  # what was said before that is kept
    assert recording.seconds == 0.5


def test_a_program_that_is_missing_or_refuses(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        CommandMicrophone("room", (str(tmp_path / "nowhere"),)).start(lambda value: None, lambda: None)
    ended = threading.Event()
    busy = CommandMicrophone("room", ("sh", "-c", "echo 'audio open error: busy' >&2; exit 1"))
    busy.start(lambda value: None, ended.set)
    assert ended.wait(30)
    assert busy.stop() is None
    assert "busy" in busy.health().detail


def test_the_grammar_of_the_configuration() -> None:
    assert open_microphone("").health().state is DeviceState.OFF
    assert isinstance(open_microphone("alsa:plughw:1,0"), CommandMicrophone)
    open_microphone("auto")
    with pytest.raises(ConfigError):
        open_microphone("tape")


def test_loudness_is_that_of_an_ear() -> None:
    assert level(bytes(200)) == 0.0
    assert level(b"") == 0.0
    full = level(np.full(1000, 32767, "<i2").tobytes())
    half = level(np.full(1000, 16384, "<i2").tobytes())
    assert full == pytest.approx(1.0, abs=0.001)
    assert full - half == pytest.approx(6 / 50, abs=0.01)
