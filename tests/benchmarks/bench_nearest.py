"""The nearest open stations to a point, among as many as the country has: what a terminal could hold, and a server.

Invented stations around 340 towns of very different size; the question is the ten nearest that are open at a minute of
the day, by great-circle distance. All ways must give the same distances as the linear scan with numpy, which is the
peer. A terminal could hold the R*Tree or the grid (SQLite, nothing loaded beforehand) or the arrays of the scan (loaded
from a table at the start). The server has GiST over `earthdistance`, asked nearest first.
"""

import argparse
import math
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from tests.hub.postgres import cluster

RADIUS = 6371.0088  # km, the mean one
DEGREE = math.pi / 180 * RADIUS  # km
WANTED, FIRST = 10, 1.0  # stations; km of the first box
CELL = 0.05  # degrees
Row = tuple[int, float, float, int, int]  # number, latitude, longitude, opens and closes in minutes of the day
Ask = Callable[[float, float, int], list[float]]


def stations(count: int) -> list[Row]:
    """Nearly half are open all day; the others from eight to eight."""
    chance = np.random.default_rng(5)
    towns = np.column_stack([chance.uniform(21, 48, 340), chance.uniform(80, 128, 340), chance.uniform(0.02, 0.4, 340)])
    weights = 1 / np.arange(1, 341)
    home = chance.choice(340, count, p=weights / weights.sum())
    lat = towns[home, 0] + chance.normal(0, 1, count) * towns[home, 2]
    lon = towns[home, 1] + chance.normal(0, 1, count) * towns[home, 2]
    always = chance.random(count) < 0.45
    return [
        (n, float(round(lat[n], 6)), float(round(lon[n], 6)), 0 if always[n] else 480, 1440 if always[n] else 1200)
        for n in range(count)
    ]


def points(rows: list[Row], count: int) -> list[tuple[float, float, int]]:
    """Three of four beside some station, one anywhere in the country; at any time of the day."""
    chance = np.random.default_rng(6)
    made = []
    for n in range(count):
        _, lat, lon, _, _ = rows[int(chance.integers(len(rows)))]
        near = (lat + float(chance.normal(0, 0.01)), lon + float(chance.normal(0, 0.01)))
        place = near if n % 4 else (float(chance.uniform(21, 48)), float(chance.uniform(80, 128)))
        made.append((*place, int(chance.integers(1440))))
    return made


def distance(lat: float, lon: float, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.float64]:
    """km over the sphere (haversine)."""
    a, b = np.radians(lats), math.radians(lat)
    half = np.sin((a - b) / 2) ** 2 + np.cos(a) * math.cos(b) * np.sin(np.radians(lons - lon) / 2) ** 2
    return 2 * RADIUS * np.arcsin(np.sqrt(half))  # type: ignore[no-any-return]


def plain(path: Path, rows: list[Row]) -> None:
    """The table that any of them needs, or begins with."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE place (id INTEGER PRIMARY KEY, lat REAL, lon REAL, opens INTEGER, closes INTEGER)")
        db.executemany("INSERT INTO place VALUES (?,?,?,?,?)", rows)


def linear(path: Path) -> Ask:
    with closing(sqlite3.connect(path)) as db:
        table = np.array(db.execute("SELECT lat, lon, opens, closes FROM place").fetchall(), dtype=np.float64)
    lats, lons, opens, closes = (np.ascontiguousarray(column) for column in table.T)

    def ask(lat: float, lon: float, minute: int) -> list[float]:
        is_open = np.flatnonzero((opens <= minute) & (minute < closes))
        found = distance(lat, lon, lats[is_open], lons[is_open])
        return sorted(found[np.argpartition(found, WANTED)[:WANTED]].tolist())

    return ask


def growing(query: Callable[[float, float, float, float, int], list[Any]]) -> Ask:
    """Ask for a box, twice as large each time, until enough are nearer than its nearest side."""

    def ask(lat: float, lon: float, minute: int) -> list[float]:
        reach = FIRST
        while True:
            high = reach / DEGREE
            wide = high / math.cos(math.radians(min(89.0, abs(lat) + high)))
            rows = query(lat, lon, high, wide, minute)
            if len(rows) >= WANTED:
                table = np.array(rows, dtype=np.float64)
                found = np.sort(distance(lat, lon, table[:, 0], table[:, 1]))[:WANTED]
                if found[-1] <= reach:
                    return found.tolist()  # type: ignore[no-any-return]
            reach *= 2

    return ask


def rtree(path: Path, rows: list[Row]) -> Ask:
    """The index has 32-bit numbers, rounded outwards; the exact ones are beside it."""
    db = sqlite3.connect(path)
    with db:
        db.execute("CREATE VIRTUAL TABLE box USING rtree(id, south, north, west, east, +lat, +lon, +opens, +closes)")
        values = ((n, lat, lat, lon, lon, lat, lon, opens, closes) for n, lat, lon, opens, closes in rows)
        db.executemany("INSERT INTO box VALUES (?,?,?,?,?,?,?,?,?)", values)
    sql = (
        "SELECT lat, lon FROM box WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?"
        " AND opens <= ? AND closes > ?"
    )

    def query(lat: float, lon: float, high: float, wide: float, minute: int) -> list[Any]:
        return db.execute(sql, (lat - high, lat + high, lon - wide, lon + wide, minute, minute)).fetchall()

    return growing(query)


def grid(path: Path, rows: list[Row]) -> Ask:
    """A table in the order of its cells: rows of the grid that the box touches, a range each."""
    db = sqlite3.connect(path)
    with db:
        db.execute(
            "CREATE TABLE cell (y INTEGER, x INTEGER, id INTEGER, lat REAL, lon REAL, opens INTEGER, closes INTEGER,"
            " PRIMARY KEY (y, x, id)) WITHOUT ROWID"
        )
        values = ((math.floor(row[1] / CELL), math.floor(row[2] / CELL), *row) for row in rows)
        db.executemany("INSERT INTO cell VALUES (?,?,?,?,?,?,?)", values)
    sql = "SELECT lat, lon FROM cell WHERE y = ? AND x BETWEEN ? AND ? AND opens <= ? AND closes > ?"

    def query(lat: float, lon: float, high: float, wide: float, minute: int) -> list[Any]:
        west, east = math.floor((lon - wide) / CELL), math.floor((lon + wide) / CELL)
        lines = range(math.floor((lat - high) / CELL), math.floor((lat + high) / CELL) + 1)
        return [row for y in lines for row in db.execute(sql, (y, west, east, minute, minute))]

    return growing(query)


def server(url: str, rows: list[Row]) -> tuple[Ask, int]:
    """Nearest first by the chord, which grows with the distance. Returns bytes of table and index too."""
    db = psycopg.connect(url, autocommit=True)
    db.execute("CREATE EXTENSION cube")
    db.execute("CREATE EXTENSION earthdistance")
    db.execute("CREATE TABLE place (id int PRIMARY KEY, lat float8, lon float8, opens int, closes int)")
    with db.cursor().copy("COPY place FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    db.execute("CREATE INDEX place_earth ON place USING gist (ll_to_earth(lat, lon))")
    db.execute("VACUUM ANALYZE place")
    sql = (
        "SELECT lat, lon FROM place WHERE opens <= %s AND closes > %s"
        f" ORDER BY ll_to_earth(lat, lon) <-> ll_to_earth(%s, %s)::cube LIMIT {WANTED}"
    )

    def ask(lat: float, lon: float, minute: int) -> list[float]:
        table = np.array(db.execute(sql, (minute, minute, lat, lon)).fetchall(), dtype=np.float64)
        return sorted(distance(lat, lon, table[:, 0], table[:, 1]).tolist())

    size = db.execute("SELECT pg_total_relation_size('place')").fetchone()
    assert size is not None
    return ask, int(size[0])


def ways(folder: Path, url: str, rows: list[Row]) -> Iterator[tuple[str, Ask, int, float]]:
    """Name, the question, bytes on the disk, seconds to make it ready."""
    path = folder / "plain.db"
    plain(path, rows)
    began = time.perf_counter()
    yield "scan with numpy", linear(path), path.stat().st_size, time.perf_counter() - began
    for name, make in (("SQLite R*Tree", rtree), ("SQLite grid", grid)):
        began, path = time.perf_counter(), folder / f"{make.__name__}.db"
        yield name, make(path, rows), path.stat().st_size, time.perf_counter() - began
    began = time.perf_counter()
    ask, size = server(url, rows)
    yield "PostgreSQL GiST", ask, size, time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, default=186_000)
    parser.add_argument("--questions", type=int, default=1000)
    args = parser.parse_args()
    rows = stations(args.stations)
    asked = points(rows, args.questions)
    print(f"{WANTED} nearest open of {args.stations} stations, {args.questions} questions")
    with tempfile.TemporaryDirectory() as name:
        (folder := Path(name) / "pg").mkdir()
        with cluster(folder) as opened:
            true: list[list[float]] = []
            peer = 0.0
            for label, ask, size, made in ways(Path(name), opened.database(), rows):
                times, answers = [], []
                for point in asked:
                    began = time.perf_counter()
                    answers.append(ask(*point))
                    times.append((time.perf_counter() - began) * 1000)
                true, p50 = true or answers, statistics.median(times)
                assert np.allclose(true, answers, rtol=0, atol=1e-6), label
                peer = peer or p50
                print(
                    f"{label:16} p50 {p50:7.3f}   p99 {sorted(times)[len(times) * 99 // 100]:7.3f} ms"
                    f"   {p50 / peer:5.3f} of the scan   {size / 2**20:5.1f} MiB on the disk   ready in {made:4.1f} s"
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
