"""A supply logged, tap to durable, beside a bare SQLite insert with the same durability; on an empty and a long journal.

"Tap to durable" is the whole call as a screen makes it: from the thread of the screen to the desk thread, the rules,
one transaction with the entry and all that is derived from it, synced to disk, and the answer back. The peer is one
`INSERT` of a row of the same shape and size through Python's sqlite3, in WAL mode with `synchronous=FULL`, on the same
disk, in turn with ours so that both meet the same machine. The sync is not skipped in either: strace shows one
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


def bare(folder: Path, entries: int) -> Callable[[], None]:
    """One insert of a row like ours, into a table that has `entries` rows already."""
    file = sqlite3.connect(folder / "bare.db", isolation_level=None)
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


def timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def measure(folder: Path, entries: int, taps: int) -> dict[str, float]:
    """p50 and p99 in milliseconds of `taps` supplies and as many bare inserts, in turn."""
    station = demo_station(folder / f"station-{entries}", ManualClock())
    station.start()
    report: dict[str, float] = {}
    try:
        if entries:
            report["fill_seconds"] = station.desk.call(fill, station, entries)
            report["rebuild_seconds"] = timed(lambda: station.desk.call(station.store.rebuild)) / 1000
        (folder / f"bare-{entries}").mkdir()
        insert = bare(folder / f"bare-{entries}", entries)
        crowd, chance = people(), random.Random(3)
        ours: list[float] = []
        peers: list[float] = []
        for number in range(taps):
            station.session.recognise(Person(chance.choice(crowd)))
            station.desk.call(int)  # the session's own entries are written
            item = ITEMS[number % len(ITEMS)]
            ours.append(timed(lambda item=item: station.desk.call(station.supplies.take, item)))  # type: ignore[misc]
            peers.append(timed(insert))
        report |= {f"ours_{name}": value for name, value in quantiles(ours).items()}
        report |= {f"bare_{name}": value for name, value in quantiles(peers).items()}
    finally:
        station.stop()
    return report


def quantiles(values: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=100)
    return {"p50": cuts[49], "p99": cuts[98]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000, help="length of the long journal")
    parser.add_argument("--taps", type=int, default=3000)
    parser.add_argument("--folder", type=Path, help="where to write, to measure a particular disk")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        empty = measure(Path(folder), 0, args.taps)
        long = measure(Path(folder), args.entries, args.taps)
    ratios = {
        "long_to_empty_p50": long["ours_p50"] / empty["ours_p50"],
        "long_to_empty_p99": long["ours_p99"] / empty["ours_p99"],
        "ours_to_bare_p50": empty["ours_p50"] / empty["bare_p50"],
        "ours_to_bare_p99": empty["ours_p99"] / empty["bare_p99"],
    }
    if args.json:
        print(json.dumps({"empty": empty, "long": long, "ratios": ratios, "entries": args.entries}))
    else:
        for name, report in (("empty journal", empty), (f"{args.entries:,} entries", long)):
            print(
                f"{name:20} ours p50 {report['ours_p50']:.3f} ms  p99 {report['ours_p99']:.3f} ms"
                f"   bare p50 {report['bare_p50']:.3f} ms  p99 {report['bare_p99']:.3f} ms"
            )
        if "fill_seconds" in long:
            print(f"  (made in {long['fill_seconds']:.0f} s, rebuilt in {long['rebuild_seconds']:.0f} s)")
        for name, ratio in ratios.items():
            print(f"  {name:20} {ratio:.2f}")
    good = ratios["long_to_empty_p50"] <= LIMIT_LONG and ratios["ours_to_bare_p50"] <= LIMIT_BARE
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
