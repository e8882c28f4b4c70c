"""The loudspeaker heard by the microphone: three notes at night, when nobody is there, prove both and the way between.

Pure parts: the notes, and whether a recording has them in their order. Nothing that was recorded is kept.
"""

import io
import logging
import tempfile
import threading
import wave
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.ports import DeviceHealth, DeviceState, Microphone
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.station import DeviceTried

log = logging.getLogger(__name__)
LOOK_SECONDS = 60.0
PART = "sound_loop"
NIGHT = (time(3, 0), time(5, 0))
NOTES = (880.0, 1320.0, 1760.0)  # Hz
RATE, NOTE_SECONDS, LOUDNESS = 16000, 0.4, 0.3
HEARD = 0.25  # of the power of a moment, in one note: speech and fans have less in so narrow a band
_WINDOW, _SPREAD = 0.1, 30.0  # seconds; Hz on either side of a note
_TAIL_SECONDS = 0.5


class Playing(Protocol):
    def wait(self) -> bool: ...


def notes() -> bytes:
    """The three notes as a WAV file (16 bit, mono)."""
    at = np.arange(int(RATE * NOTE_SECONDS)) / RATE
    fade = np.minimum(1.0, np.minimum(at, at[::-1]) / 0.02)
    wanted = np.concatenate([np.sin(2 * np.pi * note * at) * fade for note in NOTES]) * LOUDNESS
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes((wanted * 32767).astype("<i2").tobytes())
    return file.getvalue()


def loudest_share(recording: bytes) -> float:
    """How clearly the notes stand in a recording, one after the other: 0..1, that of the faintest of them.

    Raises ValueError, wave.Error or EOFError for what is no WAV file of 16 bits.
    """
    with wave.open(io.BytesIO(recording), "rb") as sound:
        if sound.getsampwidth() != 2:
            raise ValueError("not 16 bits")
        rate, channels = sound.getframerate(), sound.getnchannels()
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float64)
    heard = samples[: len(samples) // channels * channels].reshape(-1, channels).mean(axis=1)
    shares = _shares(heard, rate)
    if shares.shape[0] < len(NOTES):
        return 0.0
    best = np.zeros(len(NOTES))
    # The most that the faintest note can have when the notes come in order: over windows, one note after the other.
    for window in shares:
        for number in range(len(NOTES) - 1, -1, -1):
            before = best[number - 1] if number else 1.0
            best[number] = max(best[number], min(before, window[number]))
    return float(best[-1])


def _shares(heard: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """For each moment the share of its power that lies in each note."""
    size = int(rate * _WINDOW)
    count = len(heard) // size
    if count == 0:
        return np.zeros((0, len(NOTES)))
    power = np.abs(np.fft.rfft(heard[: count * size].reshape(count, size) * np.hanning(size), axis=1)) ** 2
    frequencies = np.fft.rfftfreq(size, 1 / rate)
    total = power.sum(axis=1) + 1e-9 * size
    bands = [(frequencies > note - _SPREAD) & (frequencies < note + _SPREAD) for note in NOTES]
    return np.stack([power[:, band].sum(axis=1) / total for band in bands], axis=1)


class SoundLoop:
    """`free` says whether nobody is disturbed now; `record` appends to the journal without waiting."""

    def __init__(
        self,
        microphone: Microphone,
        play: Callable[[Path], Playing],
        local_now: Callable[[], datetime],
        free: Callable[[], bool],
        record: Callable[[JournalBody], object],
        watch: Callable[[Callable[[], bool]], object] = lambda _look: None,
    ) -> None:
        self._microphone = microphone
        self._play = play
        self._local_now = local_now
        self._free = free
        self._record = record
        self._watch = watch
        self._done = local_now().date() if _night(local_now()) else None  # a restart at night plays nothing
        self._health = DeviceHealth(DeviceState.OFF)
        self._stopped = False
        self._busy = threading.Lock()

    def start(self) -> None:
        self._watch(self._look)

    def stop(self) -> None:
        self._stopped = True

    def health(self) -> DeviceHealth:
        """How the last night's check ended; off before the first."""
        return self._health

    def check(self) -> tuple[bool, str]:
        """Play and listen: whether the notes were heard, and how clearly. Blocking for some seconds."""
        levels: list[float] = []
        with tempfile.TemporaryDirectory(prefix="notes") as folder:
            file = Path(folder) / "notes.wav"
            file.write_bytes(notes())
            try:
                self._microphone.start(levels.append, lambda: None)
            except OSError as error:
                return False, f"microphone: {error}"
            try:
                played = self._play(file).wait()
                threading.Event().wait(_TAIL_SECONDS)
            except OSError as error:
                return False, f"loudspeaker: {error}"
            finally:
                recording = self._microphone.stop()
        if not played:
            return False, "loudspeaker: it did not play to the end"
        if recording is None:
            return False, "microphone: nothing was recorded"
        try:
            share = loudest_share(recording.wav)
        except (ValueError, EOFError, wave.Error) as error:
            return False, f"microphone: {error}"
        return share >= HEARD, f"{share:.2f}"

    def _look(self) -> bool:
        """Once a night, on the thread of the network's clock; what takes time has a thread of its own."""
        now = self._local_now()
        wanted = _night(now) and self._done != now.date() and self._free()
        if wanted and self._microphone.health().state is not DeviceState.OFF and self._busy.acquire(blocking=False):
            self._done = now.date()
            threading.Thread(target=self._night_check, name="sound-loop", daemon=True).start()
        return not self._stopped

    def _night_check(self) -> None:
        try:
            ok, detail = self.check()
            self._health = DeviceHealth(DeviceState.WELL if ok else DeviceState.SICK, detail)
            outcome = "passed" if ok else "unheard"
            self._record(DeviceTried(part=PART, outcome=outcome, detail=detail[:200], seconds=0))
        except Exception as error:  # a driver of somebody else's hardware may raise anything
            log.exception("the loudspeaker was not heard")
            self._health = DeviceHealth(DeviceState.SICK, f"{type(error).__name__}: {error}"[:200])
        finally:
            self._busy.release()


def _night(now: datetime) -> bool:
    return NIGHT[0] <= now.time().replace(tzinfo=None) < NIGHT[1]
