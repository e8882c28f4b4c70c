"""Recording by a child process: `arecord`, or a program that takes its command line. Ending the child ends it."""

import io
import logging
import subprocess
import threading
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from kiosk.devices.ports import DeviceHealth, DeviceState, Recording

log = logging.getLogger(__name__)
RATE = 16_000  # samples a second: what speech needs (wideband, ITU-T G.722)
LONGEST = 120.0  # seconds; who has more to say is better helped by a call
_BLOCK = RATE // 10
_FLOOR = -50.0  # dB of full scale that a quiet room is: the level shown there is nought
_SHORTEST = 0.3  # seconds; less is a slip of the finger


class NoMicrophone:
    """A machine without one."""

    def __init__(self, name: str, state: DeviceState = DeviceState.OFF, detail: str = "none configured") -> None:
        self.name = name
        self._health = DeviceHealth(state, detail)

    def start(self, on_level: Callable[[float], object], on_ended: Callable[[], object]) -> None:
        raise OSError(self._health.detail)

    def stop(self) -> Recording | None:
        return None

    def health(self) -> DeviceHealth:
        return self._health


class CommandMicrophone:
    """16-bit mono at `RATE`. `command` is started for each recording, which is never longer than `LONGEST`."""

    def __init__(self, name: str, command: Sequence[str], device: str = "", cwd: Path | None = None) -> None:
        self.name = name
        self._command = [*command, "-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1"]
        self._command += ["-D", device] if device else []
        self._cwd = cwd
        self._lock = threading.Lock()
        self._run: _Run | None = None
        self._fault = ""

    def start(self, on_level: Callable[[float], object], on_ended: Callable[[], object]) -> None:
        with self._lock:
            if self._run is not None:
                return
            try:
                process = subprocess.Popen(
                    self._command,
                    cwd=self._cwd,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
            except OSError as error:
                self._fault = str(error)
                raise
            self._run = _Run(process, on_level, on_ended)

    def stop(self) -> Recording | None:
        with self._lock:
            run, self._run = self._run, None
        if run is None:
            return None
        samples, self._fault = run.finish()
        if self._fault:
            log.warning("microphone %s: %s", self.name, self._fault)
        seconds = len(samples) / 2 / RATE
        return Recording(_wav(samples), round(seconds, 1)) if seconds >= _SHORTEST else None

    def health(self) -> DeviceHealth:
        if self._fault:
            return DeviceHealth(DeviceState.SICK, self._fault)
        return DeviceHealth(DeviceState.WELL)


class _Run:
    """One recording, read on a thread of its own."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", on_level: Callable[[float], object], on_ended: Callable[[], object]
    ) -> None:
        self._process = process
        self._on_level = on_level
        self._on_ended = on_ended
        self._samples = bytearray()
        self._told = False
        self._thread = threading.Thread(target=self._read, name="microphone", daemon=True)
        self._thread.start()

    def finish(self) -> tuple[bytes, str]:
        """The samples, and what was wrong with the device ("" nothing)."""
        self._told = True
        self._process.terminate()
        try:
            _, said = self._process.communicate(timeout=2)
        except (subprocess.TimeoutExpired, ValueError, OSError):
            self._process.kill()
            said = b""
        self._thread.join(2)
        self._process.wait()
        fault = said.decode(errors="replace").strip()[:200] if not self._samples else ""
        return bytes(self._samples), fault

    def _read(self) -> None:
        assert self._process.stdout
        try:
            while not self._told and len(self._samples) < LONGEST * RATE * 2:
                block = self._process.stdout.read(_BLOCK * 2)
                if not block:
                    break
                self._samples += block[: len(block) // 2 * 2]
                self._on_level(level(block))
        except (OSError, ValueError):  # closed under us
            pass
        if not self._told:
            self._on_ended()


def level(block: bytes) -> float:
    """How loud a block of 16-bit samples is, 0..1: decibels over a quiet room, as a person sees loudness."""
    samples = np.frombuffer(block[: len(block) // 2 * 2], dtype="<i2").astype(np.float64)
    power = float(np.mean(samples**2)) if len(samples) else 0.0
    decibels = 10 * np.log10(power / 32768.0**2) if power > 0 else _FLOOR
    return float(min(1.0, max(0.0, (decibels - _FLOOR) / -_FLOOR)))


def _wav(samples: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(samples)
    return file.getvalue()
