"""`python -m tests.soak.cut_log`: the log of a station's database cut at every byte, one after the other.

At each byte the database must open and hold the transactions that were whole before the cut: those, all of them, and
nothing else. SQLite decides that by frames, so the station's own opening (which reads everything through) is tried at
every frame's edge and at every `STEP`th byte, SQLite's alone at each.
"""

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from kiosk.clock import ManualClock
from kiosk.protocol.station import SessionStarted
from kiosk.storage import Store, open_store
from tests.kiosk.storage.damage import snapshot

ENTRIES, FRAME, STEP = 40, 24 + 4096, 997


def recorded(folder: Path) -> tuple[Path, list[int]]:
    """A database in use, and how long its log was after each entry."""
    store = Store(folder / "live" / "station.db", ManualClock())
    log = store.path.with_name("station.db-wal")
    store.raw.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    ends = []
    for number in range(ENTRIES):
        store.append(SessionStarted(session=f"{number}" * 30))
        ends.append(log.stat().st_size)
    path = snapshot(store.path, folder / "cut")
    store.close()
    return path, ends


def entries_by_sqlite(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT COUNT(*) FROM journal").fetchone()[0])


def main() -> int:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        path, ends = recorded(Path(name))
        log = path.with_name("station.db-wal").read_bytes()
        work = Path(name) / "work"
        for cut in range(len(log) + 1):
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            copy = work / "station.db"
            shutil.copyfile(path, copy)
            copy.with_name("station.db-wal").write_bytes(log[:cut])
            should = sum(end <= cut for end in ends)
            if (cut - 32) % FRAME in (0, 1, FRAME - 1) or cut % STEP == 0:
                store = open_store(copy, ManualClock())
                have = store.journal.last_seq()
                store.close()
            else:
                have = entries_by_sqlite(copy)
            if have != should:
                print(f"cut at byte {cut} of {len(log)}: {have} entries, not {should}")
                return 1
            if cut % 50_000 == 0:
                print(f"{cut} of {len(log)} bytes", flush=True)
        print(f"cut at each of {len(log)} bytes: always the whole transactions before the cut, and nothing else")
    return 0


if __name__ == "__main__":
    sys.exit(main())
