"""Ten minutes' call: memory of the terminal minute by minute, and whether picture and sound still arrive.

Beside it what Chromium needs for a call like it, at the same time (see call_sides). Memory is the proportional set size
of a process and all below it.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.benchmarks.call_report import print_row
from tests.benchmarks.call_sides import both, pss


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=10, help="how long the call lasts (default: %(default)s)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as sides:
        idle = [pss(side.root) for side in sides]
        print_row("before the call, MiB", "", *idle)
        found: list[list[float]] = [[], []]
        for side in sides:
            side.begin_talk()
        begun = time.monotonic()
        for minute in range(1, args.minutes + 1):
            sides[0].desk.wait_for_timeout(max(0.0, begun + 60 * minute - time.monotonic()) * 1000)
            for numbers, side in zip(found, sides, strict=True):
                numbers.append(pss(side.root))
            print_row(f"minute {minute}, MiB", "", *(numbers[-1] for numbers in found))
        if args.minutes > 2:
            print_row("last beside the second minute", "", *(numbers[-1] / numbers[1] for numbers in found))
        frames = [len(side.read_here(5)["picture"]) / 5 for side in sides]
        print_row("frames a second at the end", "", *frames)
        for side in sides:
            side.end()
        sides[0].desk.wait_for_timeout(9700)
        print_row("ten seconds after, MiB", "", *(pss(side.root) for side in sides))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
