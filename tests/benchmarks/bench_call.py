"""A call: touch to first picture at both ends, one-way latency of picture and sound, CPU and memory of the terminal.

Beside it, in the same run, Chromium to Chromium with the same call client, the caller in a browser of its own (see
call_sides). "Cold": nothing was open, and the desk answers by itself the moment it rings. "Warm": the caller's page has
been open for a second and a half, as when a person has to reach for the button; measured from the answer.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.call_report import percentile, print_row
from tests.benchmarks.call_sides import Numbers, Ours, Peer, both, cpu_and_memory, pss


def set_up(side: Ours | Peer, warm: bool, numbers: Numbers | None) -> None:
    begun, here, there = side.call(warm)
    if numbers is not None:
        name = "warm" if warm else "cold"
        numbers[f"{name}, at the caller, ms"].append(1000 * (here - begun))
        numbers[f"{name}, at the desk, ms"].append(1000 * (there - begun))


def talk(side: Ours | Peer, seconds: float, numbers: Numbers) -> None:
    """One longer call: CPU and memory while nobody reads stripes, then latency both ways."""
    side.begin_talk()
    side.desk.wait_for_timeout(3000)
    cpu, memory = cpu_and_memory(side.root, seconds, lambda wait: side.desk.wait_for_timeout(wait * 1000))
    numbers["CPU of the caller, % of a core"].append(cpu)
    numbers["in a call, MiB"].append(memory)
    ways = (("desk to caller", "caller", side.read_here), ("caller to desk", "desk", side.read_there))
    for way, at, read in ways:
        found = read(seconds)
        numbers[f"picture {way}, ms"].extend(found["picture"])
        numbers[f"sound {way}, ms"].extend(found["sound"])
        numbers[f"frames a second at the {at}"].append(len(found["picture"]) / seconds)
    side.end()
    side.desk.wait_for_timeout(9700)
    numbers["ten seconds after, MiB"].append(pss(side.root))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=5, help="calls cold, and as many warm (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=12, help="how long latency is read (default: %(default)s)")
    args = parser.parse_args()
    names = [f"{how}, at the {where}, ms" for how in ("cold", "warm") for where in ("caller", "desk")]
    names += [f"{what} {way}, ms" for what in ("picture", "sound") for way in ("caller to desk", "desk to caller")]
    names += [f"frames a second at the {where}" for where in ("desk", "caller")]
    names += ["CPU of the caller, % of a core", "idle, MiB", "in a call, MiB", "ten seconds after, MiB"]
    ours, peer = ({name: [] for name in names} for _ in range(2))
    with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as sides:
        turns = tuple(zip(sides, (ours, peer), strict=True))
        for side, numbers in turns:
            numbers["idle, MiB"].append(pss(side.root))
        for number in range(args.calls + 1):  # the first of each warms the disk cache and is not counted
            for warm in (False, True):
                for side, numbers in turns:
                    set_up(side, warm, numbers if number else None)
        for _ in range(2):
            for side, numbers in turns:
                talk(side, args.seconds / 2, numbers)
    for name in names:
        print_row(name, "median", statistics.median(ours[name]), statistics.median(peer[name]))
        if "ms" in name:
            print_row(name, "p95", percentile(ours[name], 0.95), percentile(peer[name], 0.95))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
