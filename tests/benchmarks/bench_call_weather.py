"""A call on bad networks: set-up, picture and sound, both ways, beside Chromium to Chromium in the same weather.

The caller's media pass a relay, and on the way there a network made in user space (tests/weather.py): 20 ms each way,
and packets lost each way, or a line that narrows from 3 Mbit/s to 500 kbit/s. Each is read after it has lasted ten
seconds, some again three seconds after it was fair. "Invented" is sound that never came and was made up from what did
(Opus and NetEq conceal a loss); "frozen" is time in which the picture stood still. See call_sides for the rest.

Bars (ITU-T G.114, EN 301 549 6.5.3): picture and sound within 200 ms at up to 5 % of loss and within 300 ms at 10 %,
20 frames a second, the two within 100 ms of each other, and all of it again 3 s after the weather has cleared.
"""

import argparse
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.call_report import percentile, print_row
from tests.benchmarks.call_sides import Ours, Peer, Reading, both

DELAY = 0.02


@dataclass(frozen=True)
class Case:
    """`before` lasts four seconds, then `during` until the end of the reading, which begins `wait` seconds later."""

    name: str
    during: dict[str, Any]
    before: dict[str, Any]
    wait: float = 10.0


CLEAR: dict[str, Any] = {"delay": DELAY}
LOST_10 = CLEAR | {"loss": 0.10}
NARROW = CLEAR | {"rate": 500_000}
CASES = (
    Case("no loss", CLEAR, CLEAR, wait=3.0),
    Case("5 % lost", CLEAR | {"loss": 0.05}, CLEAR),
    Case("10 % lost", LOST_10, CLEAR),
    Case("3 s after 10 % lost", CLEAR, LOST_10, wait=3.0),
    Case("500 kbit/s after 3 Mbit/s", NARROW, CLEAR | {"rate": 3_000_000}),
    Case("3 s after 500 kbit/s", CLEAR, NARROW, wait=3.0),
)


def read(side: Ours | Peer, case: Case, seconds: float) -> tuple[Reading, Reading]:
    assert side.air is not None
    side.air.set(**case.before)
    side.desk.wait_for_timeout(4000)
    side.air.set(**case.during)
    side.desk.wait_for_timeout(case.wait * 1000)
    there = side.read_there(seconds)
    return side.read_here(seconds), there


def report(way: str, ours: Reading, peer: Reading, seconds: float) -> None:
    for what in ("picture", "sound"):
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            print_row(f"  {what} {way}, ms", name, percentile(ours[what], share), percentile(peer[what], share))
    apart = [statistics.median(one["sound"]) - statistics.median(one["picture"]) for one in (ours, peer)]
    print_row("  sound behind the picture, ms", "", *apart)
    print_row("  frames a second", "", len(ours["picture"]) / seconds, len(peer["picture"]) / seconds)
    print_row("  sound invented, %", "", ours["invented"], peer["invented"])
    print_row("  picture frozen, ms", "", ours["frozen"], peer["frozen"])


def set_up(sides: tuple[Ours, Peer], calls: int) -> None:
    """From the answer to the first picture, at both ends."""
    for loss in (0.0, 0.05, 0.10):
        found: list[dict[str, list[float]]] = []
        for side in sides:
            assert side.air is not None
            side.air.set(delay=DELAY, loss=loss)
            numbers: dict[str, list[float]] = {"caller": [], "desk": []}
            for _ in range(calls):
                answered, here, there = side.call(warm=True)
                numbers["caller"].append(1000 * (here - answered))
                numbers["desk"].append(1000 * (there - answered))
            found.append(numbers)
        print(f"set-up, {loss:.0%} lost")
        for end in ("caller", "desk"):
            print_row(f"  first picture at the {end}, ms", "p50", *(statistics.median(one[end]) for one in found))
            print_row(f"  first picture at the {end}, ms", "worst", *(max(one[end]) for one in found))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="how long each way is read (default: %(default)s)")
    parser.add_argument("--calls", type=int, default=5, help="calls to set up in each weather (default: %(default)s)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, both(Path(folder), weather=True) as sides:
        set_up(sides, args.calls)
        found: list[list[tuple[Reading, Reading]]] = []
        for side in sides:  # one call each: what the weather of before taught it, it still knows
            side.begin_talk()
            side.desk.wait_for_timeout(5000)
            found.append([read(side, case, args.seconds) for case in CASES])
            side.end()
    for number, case in enumerate(CASES):
        print(case.name)
        (ours_here, ours_there), (peer_here, peer_there) = (side[number] for side in found)
        report("caller to desk", ours_there, peer_there, args.seconds)
        report("desk to caller", ours_here, peer_here, args.seconds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
