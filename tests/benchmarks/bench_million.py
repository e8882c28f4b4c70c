"""A terminal with 1,000,000 journal entries beside one with 1,000: its start, a tap, its size, its memory.

Both journals are written once through the real storage (`Store.append`, in large transactions): every entry has its
checksum and everything that is derived from it. Started is the terminal as it ships (`python -m ui --demo`, as in
`bench_start`) until its log says `first usable frame`: after an end in order, and after a power cut, when the database
is read through before anything else. That check is also timed by itself, beside a plain read of the same file. A tap is
the whole call for a supply as in `bench_supplies`, on both journals in turn. The disk cache is warm.
"""

import argparse
import itertools
import logging
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from kiosk.app import ASSETS, demo_station
from kiosk.clock import ManualClock
from kiosk.fleet import day_of
from kiosk.protocol.journal import JournalBody
from kiosk.storage import Store
from kiosk.storage.rescue import examine
from kiosk.supplies.opening import read_opening
from tests.benchmarks.bench_start import screen, start_kiosk
from tests.benchmarks.bench_supplies import ITEMS, people, tap

SHORT = 1_000
_VISITS = 600.0  # a day: what matters here is how many entries there are
_IN_ONE = 20_000


def history(first: date) -> Iterator[tuple[datetime, JournalBody]]:
    for number in itertools.count():
        yield from day_of("WX-0001", first + timedelta(days=number), 1, _VISITS)


def make(folder: Path, entries: int) -> float:
    """A terminal's folder with so many entries and a shelf that was filled today, ended in order. Returns seconds."""
    began = time.perf_counter()
    now = datetime.now(UTC)
    clock = ManualClock(now - timedelta(days=entries / _VISITS / 4 + 1))
    happened = itertools.islice(history(clock.now().date()), entries)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder / "station.db", clock)
    while some := list(itertools.islice(happened, _IN_ONE)):
        with store.transaction():
            for at, body in some:
                clock.advance(max(0.0, (at - clock.now()).total_seconds()))
                store.append(body)
    store.raw.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    station = demo_station(folder, ManualClock(now))
    with station.store.transaction():
        for lot in read_opening(ASSETS / "demo" / "stock.json", now.date()):
            station.store.append(lot)
    station.stop()
    return time.perf_counter() - began


def in_doubt(folder: Path) -> None:
    """As a power cut leaves it: nobody wrote down that the program ended."""
    with closing(sqlite3.connect(folder / "station.db")) as db, db:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('station.running', 'yes')")


def starts(folders: dict[str, Path], runs: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds and MiB of each start, in turn; the first of each warms the disk cache and is not counted."""
    found: dict[str, list[tuple[float, float]]] = {}
    with screen() as env:
        for number in range(runs + 1):
            for name, folder in folders.items():
                for end in ("in order", "cut"):
                    if end == "cut":
                        in_doubt(folder)
                    one = start_kiosk(env, folder)
                    if number:
                        found.setdefault(f"{name}, {end}", []).append(one)
    return found


def taps(folders: dict[str, Path], count: int) -> dict[str, list[float]]:
    """Milliseconds of so many supplies at each, in turn."""
    stations = {name: demo_station(folder, ManualClock(datetime.now(UTC))) for name, folder in folders.items()}
    crowd, chance = people(), random.Random(3)
    times: dict[str, list[float]] = {name: [] for name in stations}
    try:
        for station in stations.values():
            station.start()
        for number in range(count):
            person, item = chance.choice(crowd), ITEMS[number % len(ITEMS)]
            for name, station in stations.items():
                times[name].append(tap(station, person, item))
    finally:
        for station in stations.values():
            station.stop()
    return times


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """The median."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def whole(path: Path, thorough: bool) -> None:
    if problem := examine(path, whole=thorough):
        raise SystemExit(f"{path}: {problem}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5, help="starts of each kind")
    parser.add_argument("--taps", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="where the journals are kept, and taken from again (default: none)")
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as scratch:
        folders = {f"{n:,} entries": (args.folder or Path(scratch)) / str(n) for n in (SHORT, args.entries)}
        for (name, folder), entries in zip(folders.items(), (SHORT, args.entries), strict=True):
            if not (folder / "station.db").exists():
                print(f"{name} made in {make(folder, entries):.0f} s", flush=True)
            path = folder / "station.db"
            read = seconds(path.read_bytes)
            quick, thorough = (seconds(partial(whole, path, thorough=deep)) for deep in (False, True))
            print(
                f"{name:17} {path.stat().st_size / 2**20:6.1f} MiB   the look at each start {quick:.3f} s, the reading"
                f" through {thorough:.3f} s, {thorough / read:.1f} times a plain read of the file",
                flush=True,
            )
        for name, found in starts(folders, args.runs).items():
            took, memory = (statistics.median(one[index] for one in found) for index in (0, 1))
            print(f"start after an end {name:27} {took:.2f} s   {memory:.0f} MiB", flush=True)
        times = taps(folders, args.taps)
    cuts = {name: statistics.quantiles(values, n=100) for name, values in times.items()}
    for name, cut in cuts.items():
        print(f"a supply, {name:17} p50 {cut[49]:.3f}   p95 {cut[94]:.3f} ms")
    short, long = cuts.values()
    print(f"long / short: p50 {long[49] / short[49]:.2f}   p95 {long[94] / short[94]:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
