"""A simulated voice that takes arecord's command line: `python -m kiosk.devices.microphone.source -r 16000 -t raw`.

Syllables of a hum with pauses between them, as fast as they would be spoken. `YIZHAN_SOURCE_SPEED` makes it faster (a
factor), `YIZHAN_SOURCE_END` ends it after so many seconds of sound, as a cable that is pulled out does.
"""

import math
import os
import signal
import struct
import sys
import time

_PITCH, _SYLLABLE = 140.0, 0.25  # hertz, seconds
_LOUD = 9000


def main(arguments: list[str]) -> int:
    rate = int(arguments[arguments.index("-r") + 1]) if "-r" in arguments else 16_000
    speed = float(os.environ.get("YIZHAN_SOURCE_SPEED", "1"))
    end = float(os.environ.get("YIZHAN_SOURCE_END", "inf"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    block, number = rate // 20, 0
    began = time.monotonic()
    while number * block / rate < end:
        first = number * block
        sys.stdout.buffer.write(struct.pack(f"<{block}h", *(_sample(first + i, rate) for i in range(block))))
        sys.stdout.buffer.flush()
        number += 1
        time.sleep(max(0.0, began + number * block / rate / speed - time.monotonic()))
    return 0


def _sample(index: int, rate: int) -> int:
    at = index / rate
    within = at % (2 * _SYLLABLE)
    swell = math.sin(math.pi * within / _SYLLABLE) if within < _SYLLABLE else 0.0
    tone = math.sin(2 * math.pi * _PITCH * at) + 0.4 * math.sin(4 * math.pi * _PITCH * at)
    return round(_LOUD * swell * tone)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:
        sys.exit(1)
