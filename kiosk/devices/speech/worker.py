"""The child that works speech out: `python -m kiosk.devices.speech.worker`, one JSON object a line on its pipes.

    → {"id": 1, "text": "…", "voice": "cmn-latn-pinyin", "rate": 170, "path": "/…/x.draft"}
    ← {"id": 1, "ok": true, "frames": 66150}   or   {"id": 1, "ok": false, "problem": "…"}

pyttsx3 and espeak-ng live here and nowhere else: they keep global state, may hang (pyttsx3 #126, #131, #194), return
before they are done (#219) or leave an empty file (#142). Whoever started this ends it when an answer is late.
"""

import json
import os
import sys
import threading
import wave
from pathlib import Path
from typing import Any, TextIO

DEADLINE = 5.0  # seconds until an utterance that was begun counts as lost


class Engine:
    """One engine, one request at a time, on the main thread."""

    def __init__(self) -> None:
        import pyttsx3

        self._engine: Any = pyttsx3.init("espeak")
        self._finished = threading.Event()
        self._problem = ""
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.connect("error", self._on_error)

    def render(self, text: str, voice: str, rate: int, path: Path) -> int:
        """Write `text` to `path` as a WAV file and return its frames. Raises ValueError, or TimeoutError."""
        # The first utterance after a change of voice may come out at the rate of before: then once more.
        for _ in range(2):
            if self._spoken(text, voice, rate, path):
                break
        else:
            path.unlink(missing_ok=True)
            raise ValueError(self._problem or "spoken with another voice or rate")
        with wave.open(str(path), "rb") as sound:
            frames = sound.getnframes()
        if frames <= 0:
            raise ValueError("no sound came out")
        return frames

    def _spoken(self, text: str, voice: str, rate: int, path: Path) -> bool:
        """Speak into `path`, and whether it was with the voice and rate that were asked for."""
        self._finished.clear()
        self._problem = ""
        path.unlink(missing_ok=True)
        self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", rate)
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        if not self._finished.wait(DEADLINE):
            raise TimeoutError("not finished")
        # A wrong voice is an error event only, and the words come out in the voice of before.
        spoken = str(self._engine.getProperty("voice")).rpartition("/")[2]
        return not self._problem and spoken == voice and self._engine.getProperty("rate") == rate

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
