"""The child that works speech out: `python -m kiosk.devices.speech.worker`, one JSON object a line on its pipes.

    → {"id": 1, "text": "…", "voice": "cmn-latn-pinyin", "rate": 170, "path": "/…/x.draft"}
    ← {"id": 1, "ok": true, "frames": 66150}   or   {"id": 1, "ok": false, "problem": "…"}

pyttsx3 and espeak-ng live here and nowhere else: they keep global state, may hang (pyttsx3 #126, #131, #194), return
before they are done (#219) or leave an empty file (#142). Whoever started this ends it when an answer is late.
"""

import importlib
import json
import os
import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

DEADLINE = 5.0  # seconds until an utterance that was begun counts as lost
_SETTLING, _TRIES = 0.1, 5  # seconds until a voice and its rate are asked for again, and how often


class Engine:
    """One engine, one request at a time, on the main thread."""

    def __init__(self) -> None:
        import pyttsx3

        self._engine: Any = pyttsx3.init("espeak")
        self._running: Callable[[], int] = importlib.import_module("pyttsx3.drivers._espeak").IsPlaying
        self._finished = threading.Event()
        self._problem = ""
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.connect("error", self._on_error)

    def render(self, text: str, voice: str, rate: int, path: Path) -> int:
        """Write `text` to `path` as a WAV file and return its frames. Raises ValueError, or TimeoutError."""
        for _ in range(_TRIES):
            if self._speak(text, voice, rate, path):
                break
        else:
            path.unlink(missing_ok=True)
            raise ValueError(f"not spoken with {voice} at rate {rate}")
        with wave.open(str(path), "rb") as sound:
            frames = sound.getnframes()
        if frames <= 0:
            raise ValueError("no sound came out")
        return frames

    def _speak(self, text: str, voice: str, rate: int, path: Path) -> bool:
        """Speak into `path`, and whether the settings held to the end. Raises ValueError, or TimeoutError."""
        self._problem = ""
        path.unlink(missing_ok=True)
        if not self._choose(voice, rate):
            raise ValueError(self._problem or f"no voice {voice} at rate {rate}")
        self._finished.clear()
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        if not self._finished.wait(DEADLINE):
            raise TimeoutError("not finished")
        if self._problem:
            path.unlink(missing_ok=True)
            raise ValueError(self._problem)
        return self._is(voice, rate)

    def _choose(self, voice: str, rate: int) -> bool:
        """Set voice and rate, and whether that was done.

        A wrong voice is an error event only, and the words would come out in the voice of before. And pyttsx3's run
        loop begins with a cancellation while espeak-ng is still at work on the settings, which takes them back: three
        of four utterances came out at the rate of another voice until this waited for quiet.
        """
        self._engine.proxy.setBusy(False)  # a fresh engine calls itself busy, and keeps settings for its run loop
        for _ in range(_TRIES):
            self._engine.setProperty("voice", voice)
            self._engine.setProperty("rate", rate)
            end = time.monotonic() + _SETTLING
            while not self._problem and time.monotonic() < end:
                if self._is(voice, rate) and not self._running():
                    return True
                time.sleep(0.001)
            if self._problem:
                return False
        return False

    def _is(self, voice: str, rate: int) -> bool:
        spoken = str(self._engine.getProperty("voice")).rpartition("/")[2]
        return spoken == voice and self._engine.getProperty("rate") == rate

    def _on_finished(self, **_: object) -> None:
        self._finished.set()

    def _on_error(self, exception: object = None, **_: object) -> None:
        self._problem = str(exception)


def answer(engine: Engine, line: str) -> dict[str, object]:
    """The answer to one request. Raises TimeoutError when the engine is beyond use."""
    number: object = None
    try:
        asked = json.loads(line)
        number = asked["id"]
        frames = engine.render(asked["text"], asked["voice"], asked["rate"], Path(asked["path"]))
    except TimeoutError:
        raise
    except (ValueError, KeyError, TypeError, OSError, EOFError, wave.Error) as error:
        return {"id": number, "ok": False, "problem": f"{type(error).__name__}: {error}"}
    return {"id": number, "ok": True, "frames": frames}


def serve(asking: TextIO, answering: TextIO) -> int:
    """Answer until the asker closes. 1 when there is no engine, 2 when it hangs."""

    def send(message: dict[str, object]) -> None:
        answering.write(json.dumps(message) + "\n")
        answering.flush()

    try:
        engine = Engine()
    except Exception as error:  # whatever keeps the engine from starting is an answer
        send({"ready": False, "problem": f"{type(error).__name__}: {error}"})
        return 1
    send({"ready": True})
    for line in asking:
        try:
            send(answer(engine, line))
        except TimeoutError:
            return 2
    return 0


def main() -> None:
    # pyttsx3 prints to standard output, which is the pipe of the answers: it gets a copy of standard error instead.
    answering = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    code = serve(sys.stdin, answering)
    answering.close()
    os._exit(code)  # espeak-ng asserts in its own clean-up


if __name__ == "__main__":
    main()
