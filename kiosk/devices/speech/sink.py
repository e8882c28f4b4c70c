"""A simulated loudspeaker that takes aplay's command line: `python -m kiosk.devices.speech.sink -q FILE.wav`.

It takes as long as the sound would, and ends when told. `YIZHAN_SINK_SPEED` makes it faster (a factor),
`YIZHAN_SINK_LOG` names a file to which it adds a line `begin FILE`, `end FILE` or `cut FILE`.
"""

import os
import signal
import sys
import threading
import wave
from types import FrameType


def note(what: str, sound: str) -> None:
    if log := os.environ.get("YIZHAN_SINK_LOG"):
        with open(log, "a", encoding="utf-8") as file:
            file.write(f"{what} {sound}\n")


def main(arguments: list[str]) -> int:
    if "-l" in arguments:
        sys.stdout.write("card 0: Sink [simulated loudspeaker], device 0: Sink [Sink]\n")
        return 0
    if "-D" in arguments:
        place = arguments.index("-D")
        del arguments[place : place + 2]
    files = [argument for argument in arguments if not argument.startswith("-")]
    told = threading.Event()

    def on_term(_number: int, _frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGTERM, on_term)
    for sound in files:
        try:
            with wave.open(sound, "rb") as wav:
                length = wav.getnframes() / wav.getframerate()
        except (OSError, EOFError, wave.Error) as error:
            sys.stderr.write(f"{sound}: {error}\n")
            return 1
        note("begin", sound)
        cut = told.wait(length / float(os.environ.get("YIZHAN_SINK_SPEED", "1")))
        note("cut" if cut else "end", sound)
        if cut:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
