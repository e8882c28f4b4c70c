"""The loudspeaker heard by the microphone: in noise, through a bad room, not at all; at night, with nobody there."""

import io
import wave
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from kiosk.devices.ports import DeviceHealth, DeviceState, Recording
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.station import DeviceTried
from kiosk.station.sound_loop import HEARD, NOTE_SECONDS, NOTES, SoundLoop, loudest_share, notes
from tests.kiosk.devices.helpers import until

Samples = NDArray[np.float64]
SHANGHAI = timezone(timedelta(hours=8))


def samples(wav: bytes) -> tuple[Samples, int]:
    with wave.open(io.BytesIO(wav), "rb") as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32768, sound.getframerate()


def wav(values: Samples, rate: int = 16000, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes((np.clip(values, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def noise(seconds: float, level: float, seed: int = 1) -> Samples:
    return np.random.default_rng(seed).standard_normal(int(16000 * seconds)) * level


PLAYED, RATE = samples(notes())


def room(gain: float = 0.1, hum: float = 0.003, late: float = 0.31) -> Samples:
    """What a microphone hears: later, fainter, with an echo, in the noise of a fan and of the mains."""
    heard = np.concatenate([np.zeros(int(RATE * late)), PLAYED, np.zeros(RATE // 2)]) * gain
    echo = np.concatenate([np.zeros(int(RATE * 0.04)), heard])[: len(heard)] * 0.4
    at = np.arange(len(heard)) / RATE
    return heard + echo + noise((len(heard) + 1) / RATE, hum)[: len(heard)] + 0.01 * np.sin(2 * np.pi * 50 * at)


def test_what_was_played_is_heard_as_it_is() -> None:
    assert loudest_share(notes()) > 0.9


def test_it_is_heard_in_a_room_with_an_echo_a_fan_and_the_mains() -> None:
    assert loudest_share(wav(room())) > HEARD
    assert loudest_share(wav(room(gain=0.5))) > 0.8
    stereo = np.repeat(room(), 2)
    assert loudest_share(wav(stereo, channels=2)) == pytest.approx(loudest_share(wav(room())), abs=0.01)


def test_it_is_heard_at_other_rates() -> None:
    at = np.arange(int(len(room()) * 3)) / 48000
    assert loudest_share(wav(np.interp(at, np.arange(len(room())) / RATE, room()), 48000)) > HEARD


@pytest.mark.parametrize(
    "heard",
    [
        np.zeros(32000),
        noise(2, 0.2),
        np.sin(2 * np.pi * NOTES[0] * np.arange(32000) / RATE) * 0.3,  # one note that hums on
        PLAYED[::-1],  # in another order
        PLAYED[: int(RATE * NOTE_SECONDS * 2)],  # cut off
        np.zeros(10),
        np.zeros(0),
    ],
    ids=["silence", "noise", "hum", "backwards", "cut", "short", "nothing"],
)
def test_what_is_not_the_notes(heard: Samples) -> None:
    assert loudest_share(wav(heard)) < HEARD


@given(st.integers(0, 2**31), st.floats(0.001, 0.5))
def test_noise_is_never_taken_for_them(seed: int, level: float) -> None:
    assert loudest_share(wav(noise(1.5, level, seed))) < HEARD


@given(st.binary(max_size=200))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, EOFError, wave.Error)):
        loudest_share(data)


class Ear:
    """A microphone and a loudspeaker in one room."""

    def __init__(self) -> None:
        self.hears: Callable[[], Samples] = room
        self.state = DeviceState.WELL
        self.running = False
        self.plays = True
        self.name = "ear"

    def start(self, on_level: Callable[[float], object], on_ended: Callable[[], object]) -> None:
        if self.state is DeviceState.SICK:
            raise OSError("no such device")
        self.running = True

    def stop(self) -> Recording | None:
        self.running = False
        heard = self.hears()
        return Recording(wav(heard), len(heard) / RATE) if len(heard) else None

    def health(self) -> DeviceHealth:
        return DeviceHealth(self.state)

    def play(self, file: Path) -> "Ear":
        assert samples(file.read_bytes())[1] == RATE
        return self

    def wait(self) -> bool:
        return self.plays


class Night:
    def __init__(self, hour: int = 2) -> None:
        self.ear = Ear()
        self.now = datetime(2026, 12, 1, hour, 0, tzinfo=SHANGHAI)
        self.free = True
        self.written: list[JournalBody] = []
        self.looks: list[Callable[[], bool]] = []
        self.loop = SoundLoop(
            self.ear, self.ear.play, lambda: self.now, lambda: self.free, self.written.append, self.looks.append
        )
        self.loop.start()

    def at(self, hour: int, day: int = 1) -> int:
        """The next look, at that hour; how many checks there were by then."""
        self.now = datetime(2026, 12, day, hour, 30, tzinfo=SHANGHAI)
        assert self.looks[0]()
        until(lambda: not self.loop._busy.locked())
        return len(self.written)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.station.sound_loop._TAIL_SECONDS", 0.0)


def test_once_a_night_when_nobody_is_there() -> None:
    night = Night()
    assert night.at(2) == 0
    night.free = False
    assert night.at(3) == 0
    night.free = True
    assert night.at(3) == 1
    assert night.at(4) == 1
    assert night.at(12) == 1
    assert night.at(3, day=2) == 2
    assert night.loop.health().state is DeviceState.WELL
    entry = night.written[0]
    assert isinstance(entry, DeviceTried)
    assert (entry.part, entry.outcome) == ("sound_loop", "passed")
    night.loop.stop()
    assert not night.looks[0]()


def test_a_restart_at_night_plays_nothing() -> None:
    assert Night(hour=4).at(4) == 0


@pytest.mark.parametrize("what", ["silence", "microphone", "loudspeaker", "nothing"])
def test_what_is_broken_is_sick(what: str) -> None:
    night = Night()
    match what:
        case "silence":
            night.ear.hears = lambda: noise(2, 0.01)
        case "microphone":
            night.ear.state = DeviceState.SICK
        case "loudspeaker":
            night.ear.plays = False
        case "nothing":
            night.ear.hears = lambda: np.zeros(0)
    assert night.at(3) == 1
    assert night.loop.health().state is DeviceState.SICK
    assert not night.ear.running


def test_without_a_microphone_there_is_nothing_to_prove() -> None:
    night = Night()
    night.ear.state = DeviceState.OFF
    assert night.at(3) == 0
    assert night.loop.health().state is DeviceState.OFF
