"""How fast a hub takes journals in: entries a second, durable and derived, on SQLite and on PostgreSQL.

Beside each stands the floor: the same rows in the same batches of 500 written by one plain insert statement into the
same kind of database, synced at every commit, with nothing checked and nothing derived.
"""

import argparse
import itertools
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hub import journal
from hub.config import HubConfig
from hub.database import Database
from hub.features import features
from hub.state import Hub
from kiosk.fleet import day_of
from kiosk.protocol.ids import uuid7
from tests.hub.postgres import cluster

BATCH = 500
NOW = "2026-12-01T00:00:00+00:00"
_TABLE = (
    "CREATE TABLE plain (station TEXT, terminal INTEGER, seq INTEGER, position INTEGER UNIQUE, id TEXT, kind TEXT,"
    " at TEXT, clock TEXT, body TEXT, poison TEXT, received TEXT, PRIMARY KEY (station, terminal, seq))"
)
_INSERT = "INSERT INTO plain VALUES (?,?,?,?,?,?,?,?,?,?,?)"


def batches(stations: int, entries: int) -> list[tuple[str, list[dict[str, Any]]]]:
    """Realistic days as raw entries, in batches as terminals send them."""
    made = []
    for number in range(stations):
        name, rows = f"WX-{number:04}", []
        days = (date(2026, 11, 1) + timedelta(days=n) for n in itertools.count())
        happened = itertools.chain.from_iterable(day_of(name, day, 1) for day in days)
        for seq, (at, body) in enumerate(itertools.islice(happened, entries // stations), 1):
            raw = {"id": uuid7(at), "seq": seq, "kind": body.kind, "at": at.isoformat(), "clock": "synced"}
            rows.append(raw | {"body": body.model_dump(mode="json")})
        made += [(name, rows[start : start + BATCH]) for start in range(0, len(rows), BATCH)]
    return made


def taken(db: Database, work: list[tuple[str, list[dict[str, Any]]]]) -> float:
    """Seconds until everything was taken, a batch a transaction."""
    began = time.perf_counter()
    for station, rows in work:
        journal.take(db, features(), station, 1, rows, NOW)
    return time.perf_counter() - began


def floor(db: Database, work: list[tuple[str, list[dict[str, Any]]]]) -> float:
    """Seconds for the same rows by one plain statement each."""
    db.execute(_TABLE)
    position = itertools.count(1)
    began = time.perf_counter()
    for station, rows in work:
        with db.transaction():
            for raw in rows:
                body = json.dumps(raw["body"], separators=(",", ":"))
                values = (station, 1, raw["seq"], next(position), raw["id"], raw["kind"], raw["at"], "synced", body)
                db.execute(_INSERT, (*values, "", NOW))
    return time.perf_counter() - began


@contextmanager
def hub_on(kind: str, folder: Path) -> Iterator[Hub]:
    if kind == "sqlite":
        with Hub(HubConfig(data_dir=folder / "hub"), lambda: datetime.now(UTC)) as hub:
            yield hub
        return
    (folder / "pg").mkdir()
    with cluster(folder / "pg", fsync="on") as server:
        config = HubConfig(data_dir=folder / "hub", database_url=server.database())
        with Hub(config, lambda: datetime.now(UTC)) as hub:
            yield hub


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--stations", type=int, default=20)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    args = parser.parse_args()
    work = batches(args.stations, args.entries)
    count = sum(len(rows) for _, rows in work)
    print(f"{count} entries of {args.stations} stations in batches of {BATCH}")
    for kind in [args.only] if args.only else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory() as name, hub_on(kind, Path(name)) as hub:
            plain, real = floor(hub.db, work), taken(hub.db, work)
            again = taken(hub.db, work)
        print(
            f"{kind:<11} taken {count / real:7.0f}/s   plain insert {count / plain:7.0f}/s"
            f"   {real / plain:4.1f} times as long   the same again {count / again:7.0f}/s"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
