"""What one station and one entry cost a hub: the numbers from which `packaging/SCALE.md` reckons.

Days are those of `kiosk/fleet.py` (12.4 visits on average). Sizes are what lies on the disk after the entries were
taken in as they come, nothing packed together afterwards; beside them the same rows copied into a fresh table.
"""

import argparse
import gzip
import json
import statistics
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hub import journal
from hub.backup import back_up, check, restore
from hub.config import HubConfig
from hub.database import Database
from hub.features import features
from hub.journal_retirement import retire
from hub.presence import Presence
from hub.state import Hub
from kiosk.fleet import day_of
from kiosk.protocol.health import Health
from tests.benchmarks.bench_intake import NOW, batches
from tests.hub.postgres import Cluster, cluster

SIZES = """
    SELECT CASE WHEN relname LIKE 'journal\\_2%' THEN 'journal' ELSE relname END AS name,
    SUM(pg_table_size(oid)) AS rows, SUM(pg_indexes_size(oid)) AS keys FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace GROUP BY 1 HAVING SUM(pg_total_relation_size(oid)) > ?
"""


def days(count: int) -> None:
    """What a station writes down in a day, and when."""
    entries, visits, hours = [], 0, Counter[int]()
    for number in range(count):
        found = list(day_of(f"WX-{number % 100:04}", date(2026, 11, 1) + timedelta(days=number // 100), 1))
        entries.append(len(found))
        for at, body in found:
            visits += body.kind == "session.started"
            hours[at.astimezone(ZoneInfo("Asia/Shanghai")).hour] += 1
    hour, most = hours.most_common(1)[0]
    total = sum(entries)
    print(
        f"{count} days: {visits / count:.2f} visits, {total / count:.1f} entries ({total / visits:.2f} a visit;"
        f" p99 of days {sorted(entries)[count * 99 // 100]}); the hour from {hour} has {most / total:.3f} of them,"
        f" {24 * most / total:.2f} times the average"
    )


def wire(work: list[tuple[str, list[dict[str, Any]]]]) -> None:
    """Bytes an entry as sent: one visit at a time, and what gathered in days without a line."""
    for name, size in (("a visit", 5), ("a hundred", 100), ("a full batch", 500)):
        some = [rows[at : at + size] for _, rows in work[:10] for at in range(0, len(rows) - size + 1, size)]
        plain = [json.dumps({"journal": "0" * 32, "entries": rows}, separators=(",", ":")).encode() for rows in some]
        raw, packed = sum(map(len, plain)), sum(len(gzip.compress(body, 6)) for body in plain)
        print(
            f"on the wire, {name:12} {raw / size / len(some):4.0f} bytes an entry,"
            f" gzip {packed / size / len(some):4.0f}"
        )


def sizes(db: Database, count: int) -> None:
    rows = sorted(db.rows(SIZES, (50 * count // 10,)), key=lambda row: -row["rows"])
    for row in rows:
        print(f"  {row['name']:24} {row['rows'] / count:5.0f} bytes an entry, its indexes {row['keys'] / count:4.0f}")
    everything = int(db.value("SELECT pg_database_size(current_database())"))
    print(f"  the whole database       {everything / count:5.0f} bytes an entry")


def beats(hub: Hub, stations: int) -> None:
    """How fast the presence of stations is written down: once a minute each."""
    at, took = datetime(2026, 12, 1, tzinfo=UTC), []
    presence = Presence(hub.db, lambda: at)
    health = Health(version="1", devices=dict.fromkeys(("camera", "scanner", "lock", "button", "speech"), "well"))
    lines = {f"B-{number:05}": presence.connected(f"B-{number:05}") for number in range(stations)}
    for _ in range(5):
        at += timedelta(minutes=1)
        for station, line in lines.items():
            presence.heard(station, line, health)
        began = time.perf_counter()
        presence.flush()
        took.append(time.perf_counter() - began)
    print(
        f"presence written: {stations / statistics.median(took[1:]):.0f} stations a second, a round in one transaction"
    )


def taken(server: Cluster, folder: Path, work: list[tuple[str, list[dict[str, Any]]]]) -> None:
    count = sum(len(rows) for _, rows in work)
    config = HubConfig(data_dir=folder / "hub", database_url=server.database())
    with Hub(config, lambda: datetime.fromisoformat(NOW)) as hub:
        hub.db.rows("SELECT pg_switch_wal()")
        before = hub.db.value("SELECT pg_current_wal_lsn()")
        began = time.perf_counter()
        for station, rows in work:
            journal.take(hub.db, features(), station, 1, rows, NOW)
        took = time.perf_counter() - began
        written = int(hub.db.value("SELECT pg_current_wal_lsn() - ?::pg_lsn", (before,)))
        print(
            f"PostgreSQL: {count} entries, {count / took:.0f} a second;"
            f" write-ahead log {written / count:.0f} bytes an entry"
        )
        sizes(hub.db, count)
        hub.db.execute("CREATE TABLE fresh (LIKE journal_other INCLUDING ALL)")
        hub.db.execute("INSERT INTO fresh SELECT * FROM journal")
        fresh = int(hub.db.value("SELECT pg_total_relation_size('fresh')"))
        print(f"  the same rows in a fresh table with the same indexes {fresh / count:.0f} bytes an entry")
        hub.db.execute("DROP TABLE fresh")
        began = time.perf_counter()
        made = back_up(config, folder / "backups", datetime.now(UTC))
        saved = time.perf_counter() - began
        other = HubConfig(data_dir=folder / "other", database_url=server.database())
        began = time.perf_counter()
        check(made)
        restore(other, made)
        back = time.perf_counter() - began
        dump = (made / "hub.dump").stat().st_size
        print(
            f"backup: {dump / count:.0f} bytes an entry, {count / saved:.0f} entries a second;"
            f" checked and restored {count / back:.0f} a second"
        )
        began = time.perf_counter()
        done = retire(hub.db, "2027-01", folder / "archive", datetime(2027, 1, 9, tzinfo=UTC))
        took = time.perf_counter() - began
        marks = int(hub.db.value("SELECT pg_total_relation_size('journal_mark')"))
        print(
            f"retired: {sum(d.bytes for d in done) / count:.0f} bytes an entry in the archive, {marks / count:.1f} stay"
            f" in the database; {count / took:.0f} entries a second"
        )
        beats(hub, 5000)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=20_000)
    parser.add_argument("--stations", type=int, default=100)
    parser.add_argument("--entries", type=int, default=200_000)
    args = parser.parse_args()
    days(args.days)
    work = batches(args.stations, args.entries)
    wire(work)
    with tempfile.TemporaryDirectory() as name:
        (folder := Path(name) / "pg").mkdir()
        with cluster(folder, fsync="on") as server:
            taken(server, Path(name), work)
        with Hub(HubConfig(data_dir=Path(name) / "file"), lambda: datetime.now(UTC)) as hub:
            for station, rows in work[: len(work) // 4]:
                journal.take(hub.db, features(), station, 1, rows, NOW)
            hub.db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
            count = int(hub.db.value("SELECT COUNT(*) FROM journal"))
            print(f"SQLite: the whole file {hub.config.database.stat().st_size / count:.0f} bytes an entry")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
