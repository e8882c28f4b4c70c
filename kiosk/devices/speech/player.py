"""Playing a WAV file by a child process: ending the child is the quickest way to silence."""

import logging
import os
import select
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from kiosk.devices.sound import sound_cards
from kiosk.devices.speech.cache import seconds

log = logging.getLogger(__name__)
_GRACE = 5.0  # seconds a sound card may take over the length of the file
_POLITE = 0.1  # seconds between asking the child to end and ending it
SINK = (sys.executable, "-m", "kiosk.devices.speech.sink")
ROOT = Path(__file__).resolve().parents[3]


class Playing(Protocol):
    def wait(self) -> bool:
        """Wait for the end. True when it was played whole."""
        ...

    def stop(self) -> None:
        """Silence at once. From any thread; `wait` then returns False."""
        ...


class Player(Protocol):
    def problem(self) -> str:
        """Why nothing can be heard, for a technician; "" when all is well."""
        ...

    def play(self, sound: Path) -> Playing:
        """Begin to play. Raises OSError."""
        ...


class CommandPlayer:
    """`aplay`, or a program that takes its command line (`SINK`, the simulated loudspeaker)."""

    def __init__(self, command: Sequence[str] = ("aplay",), device: str = "") -> None:
        self._command = list(command)
        self._device = ["-D", device] if device else []

    def problem(self) -> str:
        cards, problem = sound_cards(self._command, ROOT)
        return problem or ("" if cards else "no sound card")

    def play(self, sound: Path) -> "PlayingCommand":
        return PlayingCommand([*self._command, "-q", *self._device, str(sound.absolute())], seconds(sound) + _GRACE)


def open_player(device: str) -> CommandPlayer:
    """What plays on an ALSA device ("" the default one); "sink" is the simulated loudspeaker."""
    return CommandPlayer(SINK) if device == "sink" else CommandPlayer(device=device)


class PlayingCommand:
    """A child that plays. One thread waits for it, any may stop it."""

    def __init__(self, command: Sequence[str], limit: float) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        self._end = os.pidfd_open(self._process.pid)
        self._told = os.eventfd(0)
        self._stopped = self._over = False

    def wait(self) -> bool:
        if self._over:
            return False
        ended = self._ends_within([self._end, self._told], self._limit)
        with self._lock:
            stopped = self._stopped
        if not ended or (stopped and not self._ends_within([self._end], _POLITE)):
            log.warning("the player hangs and is ended")
            self._process.kill()
        code = self._process.wait()
        with self._lock:
            self._over = True
            os.close(self._end)
            os.close(self._told)
        return code == 0 and not stopped

    def stop(self) -> None:
        with self._lock:
            if not self._over:
                self._stopped = True
                self._process.terminate()
                os.eventfd_write(self._told, 1)

    @staticmethod
    def _ends_within(descriptors: list[int], limit: float) -> bool:
        return bool(select.select(descriptors, [], [], limit)[0])
