"""Words → a WAV file, by a worker process that is replaced when it dies or is late."""

import json
import logging
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kiosk.devices.speech.cache import SpeechCache, seconds
from kiosk.devices.speech.sentences import Clip
from kiosk.errors import DeviceAbsent, DeviceError

log = logging.getLogger(__name__)
WORKER = (sys.executable, "-m", "kiosk.devices.speech.worker")
DEADLINE = 5.0  # seconds for an answer
_STARTING = 20.0  # seconds for a fresh worker to say that it is ready
_LOOK = 0.05  # seconds between looks at whether anybody still wants the answer
ROOT = Path(__file__).resolve().parents[3]


class Unwanted(Exception):
    """Nobody waits for the answer any more."""


class Synthesizer:
    """Used by one thread. `render` waits for a worker that is another process; the caller's process cannot hang."""

    def __init__(self, cache: SpeechCache, command: Sequence[str] = WORKER, deadline: float = DEADLINE) -> None:
        self.cache = cache
        self.restarts = 0
        self._command = list(command)
        self._deadline = deadline
        self._worker: subprocess.Popen[bytes] | None = None
        self._buffer = b""
        self._number = 0
        self._waiting_since: float | None = None  # of the oldest request without an answer

    @property
    def pid(self) -> int | None:
        """Of the worker, None while there is none."""
        return self._worker.pid if self._worker else None

    def start(self, unwanted: Callable[[], bool] = lambda: False) -> None:
        """Have a worker that is ready. Raises DeviceAbsent(problem) when none can be had, or Unwanted."""
        if self._worker is not None and self._worker.poll() is None:
            return
        self._end()
        try:
            self._worker = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
            )
        except OSError as error:
            raise DeviceAbsent(device="speech", problem=str(error)) from error
        self._buffer, self._waiting_since = b"", None
        try:
            hello = self._read(time.monotonic() + _STARTING, unwanted)
        except Unwanted:
            self._end()
            raise
        if not hello or not hello.get("ready"):
            self._end()
            raise DeviceAbsent(device="speech", problem=str((hello or {}).get("problem", "the worker did not start")))

    def render(self, clip: Clip, unwanted: Callable[[], bool] = lambda: False) -> Path:
        """The file that says `clip`. A worker that died is replaced once.

        Raises DeviceError(problem), DeviceAbsent(problem), or Unwanted as soon as `unwanted()` is true.
        """
        found = self.cache.find(clip)
        if found:
            return found
        problem = ""
        for _ in range(2):
            self.start(unwanted)
            answer = self._ask(clip, unwanted)
            if answer is not None:
                if answer.get("ok"):
                    return self._checked(clip)
                raise DeviceError(device="speech", problem=str(answer.get("problem")))
            problem = "the worker died or was late"
            log.warning("the speech worker is replaced: %s", problem)
            self.restarts += 1
            self._end()
        raise DeviceError(device="speech", problem=problem)

    def close(self) -> None:
        self._end()

    def _checked(self, clip: Clip) -> Path:
        try:
            if seconds(self.cache.draft(clip)) > 0:
                return self.cache.keep(clip)
        except (OSError, EOFError, ValueError, RuntimeError) as error:
            raise DeviceError(device="speech", problem=str(error)) from error
        raise DeviceError(device="speech", problem="no sound came out")

    def _ask(self, clip: Clip, unwanted: Callable[[], bool]) -> dict[str, Any] | None:
        """The answer; None when the worker is dead or late."""
        worker = self._worker
        if worker is None or worker.stdin is None:
            return None
        self._number += 1
        try:
            path = str(self.cache.draft(clip))
            asked = {"id": self._number, "text": clip.text, "voice": clip.voice, "rate": clip.rate, "path": path}
            worker.stdin.write(json.dumps(asked).encode() + b"\n")
            worker.stdin.flush()
        except BrokenPipeError:
            return None
        except OSError as error:  # the folder cannot be written
            raise DeviceError(device="speech", problem=str(error)) from error
        self._waiting_since = self._waiting_since or time.monotonic()
        while True:
            answer = self._read(self._waiting_since + self._deadline, unwanted)
            if answer is None:
                return None
            if answer.get("id") == self._number:
                self._waiting_since = None
                return answer
            self._waiting_since = time.monotonic()  # an answer nobody wanted; ours is next

    def _read(self, until: float, unwanted: Callable[[], bool]) -> dict[str, Any] | None:
        """The next line; None at the end of the pipe, at the deadline, or for something that is no answer."""
        assert self._worker is not None
        assert self._worker.stdout is not None
        pipe = self._worker.stdout.fileno()
        while b"\n" not in self._buffer:
            if unwanted():
                raise Unwanted
            left = until - time.monotonic()
            if left <= 0:
                return None
            if select.select([pipe], [], [], min(left, _LOOK))[0]:
                data = os.read(pipe, 65536)
                if not data:
                    return None
                self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        try:
            answer = json.loads(line)
        except ValueError:
            return None
        return answer if isinstance(answer, dict) else None

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    pass
