"""100,000 journal entries from a terminal to a hub, durable and acknowledged, beside PouchDB and a bare bulk copy.

Ours is the real sync (`kiosk.sync`, batches of 500 over signed HTTP, gzip) to `python -m hub serve` as it ships. The
peer is PouchDB on leveldb that replicates the same entries as documents to pouchdb-server, both in Node. The floor is
the same rows read and inserted with Python's sqlite3, WAL and `synchronous=FULL`, 500 a transaction. All three are on
the same two cores and the same disk, one after the other; the first two go through the same counting relay.

What is the same: the entries, the size of a batch, loopback, both ends on disk. What is not: our hub checks signatures
and every entry's form, derives its tables, and syncs each batch to disk before it acknowledges it, and the terminal
syncs what was acknowledged; leveldb syncs nothing, so what PouchDB calls written survives a killed program, and no
power cut. PouchDB asks first which revisions are missing and keeps a checkpoint at both ends; it has batches under way
while the next is read, our terminal waits for each answer.
"""

import argparse
import itertools
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

from kiosk.config import HubConfig
from kiosk.fleet import SimulatedStation, day_of
from kiosk.network import Network
from tests.benchmarks.bench_fleet import one_process
from tests.benchmarks.bench_return import place
from tests.benchmarks.counted import Counted, Traffic

POUCH = Path(__file__).parent / "pouch"
BATCH = 500
_VISITS = 600.0
_IN_ONE = 20_000
_COLUMNS = "id, seq, kind, at, clock, body"
_TABLE = "CREATE TABLE journal (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind, at, clock, body)"


def write(station: SimulatedStation, entries: int) -> None:
    """So many entries of invented days, through the real storage."""
    first = date(2026, 1, 1)
    days = (day_of(station.name, first + timedelta(days=n), 1, _VISITS) for n in itertools.count())
    happened = itertools.islice(itertools.chain.from_iterable(days), entries)
    while some := list(itertools.islice(happened, _IN_ONE)):
        with station.store.transaction():
            for at, body in some:
                station.clock.advance((at - station.clock.now()).total_seconds())
                station.store.append(body)


def ours(folder: Path, entries: int) -> tuple[float, Traffic]:
    """Seconds of one round of sync, and what went over the wire. The terminal's database stays in `folder`."""
    (folder / "town").mkdir()
    with one_process(folder / "town") as town:
        place(town, 1, folder)
        relay, network = Counted(town.processes[0].port), Network()
        line = HubConfig(url=relay.url, timeout_seconds=60)
        station = SimulatedStation("CITY-0000", folder / "CITY-0000", line, 1, network)
        try:
            write(station, entries)
            began = time.perf_counter()
            station.sync.round()
            took = time.perf_counter() - began
            held = town.hub.db.value("SELECT COUNT(*) FROM journal WHERE position IS NOT NULL AND poison = ''")
            if held != entries:
                raise SystemExit(f"the hub has {held} of {entries} entries")
        finally:
            station.close()
            network.stop()
            relay.close()
    return took, relay.total()


def floor(source: Path, target: Path) -> float:
    """Seconds to read the rows and insert them elsewhere, durable after every 500."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, isolation_level=None)) as new:
        for sql in ("PRAGMA journal_mode = wal", "PRAGMA synchronous = full", _TABLE):
            new.execute(sql)
        began = time.perf_counter()
        rows = old.execute(f"SELECT {_COLUMNS} FROM journal ORDER BY seq")
        while some := rows.fetchmany(BATCH):
            new.execute("BEGIN")
            new.executemany(f"INSERT INTO journal ({_COLUMNS}) VALUES (?,?,?,?,?,?)", some)
            new.execute("COMMIT")
        return time.perf_counter() - began


def documents(source: Path, target: Path) -> None:
    """The same entries as PouchDB takes them, one a line."""
    with closing(sqlite3.connect(source)) as db, target.open("w") as out:
        for row in db.execute(f"SELECT {_COLUMNS} FROM journal ORDER BY seq"):
            values = dict(zip(("_id", "seq", "kind", "at", "clock"), row, strict=False)) | {"body": json.loads(row[5])}
            out.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n")


def installed(folder: Path) -> Path | None:
    """PouchDB in the exact versions of the lock file, None where Node or npm is absent. leveldb comes built."""
    if (folder / "node_modules").exists():
        return folder
    if not shutil.which("node") or not shutil.which("npm"):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(POUCH / name, folder / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return folder if subprocess.run(command, cwd=folder, check=False).returncode == 0 else None


@contextmanager
def pouch_server(modules: Path, folder: Path) -> Iterator[int]:
    """pouchdb-server as it ships, on its leveldb. Yields the port, when it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder.mkdir()
    command = ["node", str(modules / "node_modules/pouchdb-server/bin/pouchdb-server")]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--dir", str(folder), "--no-stdout-logs"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def theirs(modules: Path, source: Path, folder: Path) -> tuple[float, Traffic]:
    """Seconds of the replication as Node measured it, and what went over the wire."""
    documents(source, folder / "documents")
    with pouch_server(modules, folder / "there") as port:
        relay = Counted(port)
        where = (f"{relay.url}/journal", str(BATCH))
        try:
            done = subprocess.run(
                ["node", POUCH / "replicate.cjs", folder / "documents", folder / "here", *where],
                env=os.environ | {"NODE_PATH": str(modules / "node_modules")},
                stdout=subprocess.PIPE,
                check=True,
            )
        finally:
            relay.close()
    return float(json.loads(done.stdout)["seconds"]), relay.total()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--pouch", type=Path, help="a folder where PouchDB is installed, or is to be, and stays")
    parser.add_argument("--folder", type=Path, help="where to write, to measure a particular disk")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        modules = installed(args.pouch or folder / "pouch")
        took, traffic = ours(folder, args.entries)
        source = folder / "CITY-0000" / "station.db"
        bare = floor(source, folder / "floor.db")
        show("terminal to hub", args.entries, took, traffic)
        show("the same rows copied, SQLite, FULL", args.entries, bare)
        print(f"{'beside the copy':36}{took / bare:7.1f} times as long", flush=True)
        if modules is None:
            print("PouchDB was not measured: npm or node is not here, or did not install it")
            return 0
        other, their_traffic = theirs(modules, source, folder)
    show("PouchDB to pouchdb-server, leveldb", args.entries, other, their_traffic)
    ratio = traffic.data / their_traffic.data
    print(f"{'beside PouchDB':36}{took / other:7.2f} times as long, {ratio:.3f} times the bytes")
    return 0


def show(name: str, entries: int, took: float, traffic: Traffic | None = None) -> None:
    wire = f"   {traffic.data / 2**20:7.1f} MiB, {traffic.data / entries:6.1f} bytes an entry" if traffic else ""
    print(f"{name:36}{took:7.2f} s   {entries / took:7.0f} entries/s{wire}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
