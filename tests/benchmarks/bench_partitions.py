"""The journal on PostgreSQL cut by month, with millions of entries in it, beside one plain table with the same rows.

Rows are made by SQL from realistic days. Printed: how long an upgrade takes to cut one table; the questions that are
asked all the time and whether any of their plans reads a whole part; entries taken a second with nothing and with
millions there, beside the floor (the same rows by COPY and by INSERT, a commit for each 500, nothing checked); a month
that goes by dropping its part beside DELETE. Commits are synced; the server's settings are PostgreSQL's defaults.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from hub import journal, journal_months
from hub.config import HubConfig
from hub.database import Database
from hub.features import features
from hub.state import Hub
from kiosk.protocol.ids import uuid7
from tests.benchmarks.bench_intake import batches
from tests.hub.postgres import cluster

ROUNDS = 30
LAST = "2026-11"  # the newest month that is full
NOW = "2026-12-01T00:00:00+00:00"
COLUMNS = "station, terminal, seq, position, id, kind, at, clock, body, poison, received, known"
FILL = f"""
    INSERT INTO journal_other ({COLUMNS})
    SELECT 'WX-' || lpad((i %% %(stations)s)::text, 4, '0'), 1, i / %(stations)s + 1, i + 1,
        overlay(overlay(lpad(to_hex(ms), 12, '0') || '7' || substr(md5(i::text), 1, 3) || 'a' || substr(md5(i::text), 4,
        15) placing '-' || substr(lpad(to_hex(ms), 12, '0'), 9) from 9) placing '-7' || substr(md5(i::text), 1, 3)
        || '-a' || substr(md5(i::text), 4, 3) || '-' || substr(md5(i::text), 7, 12) from 14),
        s.kind, t, 'synced', s.body, CASE WHEN i %% 50000 = 7 THEN 'body: bench' ELSE '' END, t, 0
    FROM (SELECT i, (extract(epoch FROM at) * 1000)::bigint AS ms,
        to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00') AS t FROM (SELECT i, %(first)s::timestamptz +
        (%(last)s::timestamptz - %(first)s::timestamptz) * (i::float / %(rows)s) AS at
        FROM generate_series(%(from)s::bigint, %(to)s::bigint - 1) i) a) b JOIN sample s ON s.n = i %% %(samples)s
"""


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fill(url: str, rows: int, months: int, stations: int, work: list[tuple[str, list[dict[str, Any]]]]) -> None:
    """Rows in the order of time, spread evenly over the months, all in the part that has no month."""
    samples = [(raw["kind"], journal._dump(raw["body"])) for _, some in work[:8] for raw in some]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SET synchronous_commit = off")
        server.execute("CREATE TABLE sample (n bigint PRIMARY KEY, kind text, body text)")
        with server.cursor().copy("COPY sample FROM STDIN") as copy:
            for number, sample in enumerate(samples):
                copy.write_row((number, *sample))
        first, last = journal_months.after(LAST, 1 - months), journal_months.after(LAST)
        names = {"stations": stations, "rows": rows, "samples": len(samples)}
        names |= {"first": f"{first}-01 00:00+00", "last": f"{last}-01 00:00+00"}
        for start in range(0, rows, 500_000):
            server.execute(FILL,
                           names | {"from": start, "to": min(rows, start + 500_000)})  # fmt: skip
        server.execute("INSERT INTO journal_head SELECT station, 1, MAX(seq) FROM journal GROUP BY station")
        server.execute("UPDATE journal_position SET last = %s", (rows,))
        server.execute("CREATE TABLE one (LIKE journal_other INCLUDING ALL)")
        server.execute("INSERT INTO one SELECT * FROM journal_other")
        server.execute("VACUUM ANALYZE one")


def plain(url: str, work: list[tuple[str, list[dict[str, Any]]]], copy: bool) -> float:
    """Seconds for the same rows with the same indexes, a commit a batch, and nothing else."""
    with psycopg.connect(url) as server:
        server.execute("DROP TABLE IF EXISTS floor")
        server.execute("CREATE TABLE floor (LIKE journal_other INCLUDING ALL)")
        server.commit()
        position, began = 0, time.perf_counter()
        for station, some in work:
            rows = []
            for raw in some:
                position += 1
                body = json.dumps(raw["body"], separators=(",", ":"))
                row = (station, 1, raw["seq"], position, raw["id"], raw["kind"], raw["at"], "synced", body, "", NOW, 0)
                rows.append(row)
            if copy:
                with server.cursor().copy(f"COPY floor ({COLUMNS}) FROM STDIN") as target:
                    for row in rows:
                        target.write_row(row)
            else:
                marks = ",".join(["%s"] * 12)
                server.cursor().executemany(f"INSERT INTO floor ({COLUMNS}) VALUES ({marks})", rows)
            server.commit()
        return time.perf_counter() - began


def taken(db: Database, work: list[tuple[str, list[dict[str, Any]]]], beyond: int) -> float:
    """Seconds for the intake of the hub; numbers go on after `beyond`."""
    moved = [(station, [raw | {"seq": raw["seq"] + beyond} for raw in some]) for station, some in work]
    return seconds(lambda: [journal.take(db, features(), station, 1, some, NOW) for station, some in moved])


def questions(db: Database, table: str) -> list[tuple[str, str, tuple[Any, ...]]]:
    """What is asked with each batch, each page, each look at the list of stations."""
    middle = db.rows(f"SELECT id FROM {table} WHERE position BETWEEN 1001 AND 1500")
    ids = tuple(row["id"] for row in middle)
    new = tuple(uuid7(datetime.fromisoformat(NOW)) for _ in range(500))
    near = int(db.value("SELECT acknowledged FROM journal_head WHERE station = 'WX-0007'"))
    known = (
        "SELECT id, station, terminal, position FROM {} WHERE poison = '' AND known = 0 AND received >= ?"
        f" AND id IN ({','.join('?' * 500)}) ORDER BY terminal"
    )
    return [
        ("held already, by number", "SELECT seq, id, poison, body FROM {} WHERE station = ? AND terminal = ?"
         " AND seq BETWEEN ? AND ?", ("WX-0007", 1, near - 499, near)),
        ("500 ids of the first month", known, (journal_months.since(db, min(ids)), *ids)),
        ("500 new ids, as it was", known, ("", *new)),
        ("500 new ids, as it is", known, (journal_months.since(db, min(new)), *new)),
        ("what follows", "SELECT * FROM {} WHERE station = ? AND terminal = ? AND seq > ? ORDER BY seq LIMIT 1000",
         ("WX-0007", 1, near - 500)),
        ("a terminal's own, a page", "SELECT * FROM {} WHERE station = ? AND position > ? ORDER BY position LIMIT 500",
         ("WX-0007", 1000)),
        ("newest of all", "SELECT * FROM {} WHERE position < ? ORDER BY position DESC LIMIT 50", (2**53,)),
        ("newest of none, as it was", "SELECT * FROM {} WHERE position < ? AND ? IN ('', station)"
         " ORDER BY position DESC LIMIT 50", (2**53, "WX-9999")),
        ("newest of none, as it is", "SELECT * FROM {} WHERE position < ? AND station = ?"
         " ORDER BY position DESC LIMIT 50", (2**53, "WX-9999")),
        ("newest of one, as it is", "SELECT * FROM {} WHERE position < ? AND station = ?"
         " ORDER BY position DESC LIMIT 50", (2**53, "WX-0007")),
        ("kept apart, each station", "SELECT station, COUNT(*) AS n FROM {} WHERE poison != '' GROUP BY station", ()),
        ("last position, as it was", "SELECT COALESCE(MAX(position), 0) FROM {}", ()),
        ("last position, as it is", "SELECT last FROM journal_position", ()),
        ("one page to derive anew", "SELECT * FROM {} WHERE position > ? ORDER BY position LIMIT 1000", (5000,)),
    ]  # fmt: skip


def asked(db: Database, sql: str, values: tuple[Any, ...]) -> tuple[float, int]:
    """ms (median) and how many rows the plan read of a table from end to end."""
    plan = db.value(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
    nodes, scanned = [plan[0]["Plan"]], 0
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        removed = node.get("Rows Removed by Filter", 0)
        scanned += removed + (node["Actual Rows"] if node["Node Type"] == "Seq Scan" else 0)
    return statistics.median(seconds(lambda: db.rows(sql, values)) * 1000 for _ in range(ROUNDS)), scanned


def ask(db: Database) -> None:
    print(f"{'':28} {'parts':>10} {'one table':>10}   rows read for nothing")
    for (name, sql, values), (_, _, same) in zip(questions(db, "journal"), questions(db, "one"), strict=True):
        (parts, scanned), (one, one_scanned) = (
            asked(db, sql.format("journal"), values),
            asked(db, sql.format("one"), same),
        )
        print(f"{name:28} {parts:8.2f}ms {one:8.2f}ms   {scanned}, {one_scanned}   parts / one {parts / one:5.2f}")


def size(db: Database, like: str) -> int:
    sql = "SELECT COALESCE(SUM(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relkind = 'r' AND relname LIKE ?"
    return int(db.value(sql, (like,)))


def go(db: Database, url: str, month: str) -> None:
    """A month by its part, and the same rows by DELETE, and by DELETE a little at a time."""
    count = db.value("SELECT COUNT(*) FROM journal WHERE received >= ? AND received < ?", journal_months.within(month))

    def drop() -> None:
        with db.transaction():
            journal_months.drop(db, month)

    before = size(db, "one")
    dropped = seconds(drop)
    deleted = seconds(
        lambda: db.execute("DELETE FROM one WHERE received >= ? AND received < ?", journal_months.within(month))
    )
    with psycopg.connect(url, autocommit=True) as server:
        vacuumed = seconds(lambda: server.execute("VACUUM one"))
    print(
        f"a month of {count} entries: dropped {dropped * 1000:.0f} ms, deleted {deleted:.1f} s and vacuumed"
        f" {vacuumed:.1f} s ({(deleted + vacuumed) / dropped:.0f} times as long);"
        f" of {before / 2**20:.0f} MiB in one table {size(db, 'one') / 2**20:.0f} are left"
    )


def rates(name: str, count: int, floors: tuple[float, float], took: float, empty: float) -> None:
    copy, insert = floors
    print(
        f"{name:24} taken {count / took:6.0f}/s   COPY {count / copy:6.0f}/s   INSERT {count / insert:6.0f}/s"
        f"   {took / copy:4.1f} and {took / insert:4.1f} times as long   {took / empty:4.2f} of empty"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--months", type=int, default=6)
    parser.add_argument("--stations", type=int, default=801)
    parser.add_argument("--entries", type=int, default=10_000, help="taken in each round")
    args = parser.parse_args()
    work = batches(20, args.entries)
    count, now = sum(len(some) for _, some in work), datetime.fromisoformat(NOW).astimezone(UTC)
    with tempfile.TemporaryDirectory() as name:
        (folder := Path(name) / "pg").mkdir()
        with cluster(folder, fsync="on") as server:
            url = server.database()
            with Hub(HubConfig(data_dir=Path(name) / "a", database_url=url), lambda: now) as hub:
                floors = plain(url, work, copy=True), plain(url, work, copy=False)
                warm = batches(1, 500)[0][1]
                taken(hub.db, [("WX-9999", warm)], 0)
                empty = taken(hub.db, work, 0)
                rates("nothing there", count, floors, empty, empty)
            url = server.database()
            with Hub(HubConfig(data_dir=Path(name) / "b", database_url=url), lambda: now) as hub:
                measure(hub, url, args, work, (count, empty))
    return 0


def measure(
    hub: Hub,
    url: str,
    args: argparse.Namespace,
    work: list[tuple[str, list[dict[str, Any]]]],
    before: tuple[int, float],
) -> None:
    count, empty = before
    fill(url, args.rows, args.months, args.stations, work)
    cut = seconds(lambda: journal_months.prepare(hub.db, hub.now()))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("VACUUM ANALYZE")
        server.execute("CHECKPOINT")
    each = size(hub.db, "journal\\_2%") / args.rows
    print(f"{args.rows} entries of {args.stations} stations cut into {args.months} months in {cut:.0f} s"
          f" ({args.rows / cut:.0f}/s); {each:.0f} bytes each with indexes")  # fmt: skip
    ask(hub.db)
    beyond = args.rows // args.stations + 10
    hub.db.execute("UPDATE journal_head SET acknowledged = ?", (beyond,))
    floors = plain(url, work, copy=True), plain(url, work, copy=False)
    parts = one = 0.0
    for half in (0, 1):  # in turn, as others use the machine too
        some = [(station, rows) for station, rows in work if int(station[-1]) % 2 == half]
        parts += taken(hub.db, some, beyond)
        swap(hub.db, "journal", "cut", "one", beyond)
        one += taken(hub.db, some, beyond)
        swap(hub.db, "journal", "one", "cut", beyond)
    rates(f"{args.rows} there, parts", count, floors, parts, empty)
    rates(f"{args.rows} there, one table", count, floors, one, empty)
    go(hub.db, url, journal_months.after(LAST, 1 - args.months))


def swap(db: Database, name: str, away: str, other: str, beyond: int) -> None:
    """`other` is the journal now, and what was it is `away`."""
    db.execute(f"ALTER TABLE {name} RENAME TO {away}")
    db.execute(f"ALTER TABLE {other} RENAME TO {name}")
    db.execute("UPDATE journal_head SET acknowledged = ?", (beyond,))


if __name__ == "__main__":
    raise SystemExit(main())
