"""A supply logged, tap to durable, beside a bare SQLite insert with the same durability; empty and long journal.

"Tap to durable" is the whole call as a screen makes it: from the thread of the screen to the desk thread, the rules,
one transaction with the entry and all that is derived from it, synced to disk, and the answer back. The peer is one
`INSERT` of a row of the same shape and size through Python's sqlite3, in WAL mode with `synchronous=FULL`, on the same
disk, in turn with ours so that both meet the same machine. Neither skips the sync: strace shows one
fdatasync a commit.
"""

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from kiosk.app import Station, demo_station
from kiosk.clock import ManualClock
from kiosk.protocol.ids import uuid7
from kiosk.protocol.supplies import LotShare, SupplyTakenBody
from kiosk.session import Person

ITEMS = ("water", "plaster", "herbal_tea", "gloves")
LIMIT_LONG, LIMIT_BARE = 1.3, 3.0


def people(count: int = 2000) -> list[str]:
    chance = random.Random(7)
    return [chance.randbytes(10).hex() for _ in range(count)]


def fill(station: Station, entries: int) -> float:
    """Write a long history of takes (each put back by the next lot) straight into the table. Returns seconds."""
    began = time.perf_counter()
    chance, crowd = random.Random(11), people()
    at = station.clock.now() - timedelta(seconds=entries * 30)

    def rows() -> Iterator[tuple[str, str, str, str, str]]:
        nonlocal at
        for number in range(entries):
            at += timedelta(seconds=30)
            body = SupplyTakenBody(
                item=ITEMS[number % len(ITEMS)],
                session="01900000-0000-7000-8000-000000000000",
                day=at.date(),
                quantity=1,
                lots=[LotShare(lot="history", quantity=1)],
                person=chance.choice(crowd) if number % 3 == 0 else "",
            )
            yield uuid7(at), body.kind, at.isoformat(), "synced", body.model_dump_json()

    file = sqlite3.connect(station.store.path, timeout=60)
    with file:
        file.executemany("INSERT INTO journal (id, kind, at, clock, body) VALUES (?,?,?,?,?)", rows())
    file.close()
    return time.perf_counter() - began


def bare(path: Path) -> Callable[[], None]:
    """One insert of a row like ours."""
    file = sqlite3.connect(path, isolation_level=None)
    file.execute("PRAGMA journal_mode = wal")
    file.execute("PRAGMA synchronous = full")
    file.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind, at, clock, body)")
    clock = ManualClock()
    body = json.dumps({"item": "water", "session": "0" * 36, "lots": [{"lot": "opening-1"}], "fill": "x" * 120})

    def insert() -> None:
        now = clock.now()
        clock.advance(1)
        file.execute(
            "INSERT INTO journal (id, kind, at, clock, body) VALUES (?,?,?,?,?)",
            (uuid7(now), "supply.taken", now.isoformat(), "synced", body),
        )

    return insert


def tap(station: Station, person: str, item: str) -> float:
    """Milliseconds that one visitor waits for a supply."""
    station.session.recognise(Person(person))
    station.desk.call(int)  # what belongs to the session is written by now
    return timed(lambda: station.desk.call(station.supplies.take, item))


def timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def measure(folder: Path, entries: int, taps: int) -> dict[str, float]:
    """p50 and p99 in milliseconds of `taps` supplies on either journal and as many bare inserts, all in turn."""
    empty, long = (demo_station(folder / name, ManualClock()) for name in ("empty", "long"))
    report = {"fill_seconds": long.desk.call(fill, long, entries)}
    report["rebuild_seconds"] = timed(lambda: long.desk.call(long.store.rebuild)) / 1000
    insert = bare(folder / "bare.db")
    crowd, chance = people(), random.Random(3)
    times: dict[str, list[float]] = {"empty": [], "long": [], "bare": []}
    try:
        for station in (empty, long):
            station.start()
        for number in range(taps):
            person, item = chance.choice(crowd), ITEMS[number % len(ITEMS)]
            times["empty"].append(tap(empty, person, item))
            times["long"].append(tap(long, person, item))
            times["bare"].append(timed(insert))
    finally:
        empty.stop()
        long.stop()
    for name, values in times.items():
        cuts = statistics.quantiles(values, n=100)
        report |= {f"{name}_p50": cuts[49], f"{name}_p99": cuts[98]}
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000, help="length of the long journal")
    parser.add_argument("--taps", type=int, default=3000)
    parser.add_argument("--folder", type=Path, help="where to write, to measure a particular disk")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        report = measure(Path(folder), args.entries, args.taps)
    ratios = {
        f"{over}_to_{under}_{cut}": report[f"{over}_{cut}"] / report[f"{under}_{cut}"]
        for over, under in (("long", "empty"), ("empty", "bare"), ("long", "bare"))
        for cut in ("p50", "p99")
    }
    if args.json:
        print(json.dumps({"entries": args.entries, "milliseconds": report, "ratios": ratios}))
    else:
        for name, words in (("empty", "empty journal"), ("long", f"{args.entries:,} entries"), ("bare", "bare insert")):
            print(f"{words:20} p50 {report[f'{name}_p50']:.3f} ms   p99 {report[f'{name}_p99']:.3f} ms")
        print(f"  (made in {report['fill_seconds']:.0f} s, rebuilt in {report['rebuild_seconds']:.0f} s)")
        for name, ratio in ratios.items():
            print(f"  {name:20} {ratio:.2f}")
    good = all(ratios[f"long_to_empty_{cut}"] <= LIMIT_LONG for cut in ("p50", "p99"))
    return 0 if good and all(ratios[f"empty_to_bare_{cut}"] <= LIMIT_BARE for cut in ("p50", "p99")) else 1


if __name__ == "__main__":
    sys.exit(main())
