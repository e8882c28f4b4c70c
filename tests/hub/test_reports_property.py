"""Counted as it arrives, in whatever order and however often: as counted from scratch, and as counted by hand."""

import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hub import clocks, erased, journal
from hub.database import Database
from hub.features import Feature, features
from hub.reports_count import TABLES, hour_of

STATIONS = ("WX-0001", "WX-0002")
COUNT = 14
START = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
FEATURES: list[Feature] = [feature for feature in features() if feature.name in ("clocks", "reports")]
MEMBER = "0123456789abcdef0123"


def ident(station: int, seq: int) -> str:
    return f"{station:08x}-0000-7000-8000-{seq:012x}"


@st.composite
def bodies(draw: st.DrawFn, station: int, seq: int) -> tuple[str, dict[str, Any]]:
    """A kind and a body, some of them of a form that is wrong, or of a kind nobody knows."""
    shelf = {"item": draw(st.sampled_from(["water", "tea"])), "session": "s", "day": "2026-12-01"}
    back = draw(st.sampled_from([1, 1, 2, 2, 3, 4, 6, 0, -2]))  # perhaps itself, perhaps one that comes later
    other = ident(station, max(1, seq - back))
    seconds = draw(st.sampled_from([3600.0, -7200.0, 86400.0, 20_000 * 86400.0, -86400.0, 90.0, 1e300]))
    return draw(
        st.sampled_from(
            [
                ("session.started", {"session": "s"}),
                ("session.started", {"session": 4}),
                ("member.recognised", {"session": "s", "member": MEMBER}),
                *[("supply.taken", {**shelf, "quantity": draw(st.integers(1, 9))})] * 3,
                ("supply.borrowed", {**shelf, "number": 1}),
                *[("supply.undone", {**shelf, "of": other})] * 3,
                *[("station.clock_corrected", {"first": other, "seconds": seconds})] * 2,
                ("station.started", {"version": "1", "clean": True}),
                ("service.viewed", {"session": "s", "service": "legal"}),
                ("station.database_rescued", {"problem": "", "kept": 1, "missing": 1, "catalogue": True, "aside": ""}),
                ("future.happened", {"what": 1}),
            ]
        )
    )


@st.composite
def journals(draw: st.DrawFn) -> list[list[dict[str, Any]]]:
    found = []
    for station in range(len(STATIONS)):
        entries = []
        for seq in range(1, COUNT + 1):
            kind, body = draw(bodies(station, seq))
            at = START + timedelta(minutes=draw(st.integers(-4000, 4000)))
            clock = draw(st.sampled_from(["synced", "held", "doubtful"]))
            raw = {"id": ident(station, seq), "seq": seq, "kind": kind, "at": at.isoformat(), "clock": clock}
            entries.append(raw | {"body": body})
        found.append(entries)
    return found


@contextmanager
def opened() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(Path(folder) / "hub.db")
        db.migrate("journal", journal.MIGRATIONS)
        db.migrate("erased", erased.MIGRATIONS)
        journal.derive_what_changed(db, FEATURES)
        try:
            yield db
        finally:
            db.close()


def tables(db: Database) -> dict[str, list[Any]]:
    return {
        table: sorted(tuple(row.values()) for row in db.rows(f"SELECT * FROM {table}"))
        for table in TABLES
    }  # fmt: skip


def by_hand(db: Database) -> Counter[tuple[str, int, str, str]]:
    """What should be counted, by looking at every entry that was applied: a second way to the same numbers."""
    found: Counter[tuple[str, int, str, str]] = Counter()
    rows = db.rows("SELECT * FROM journal WHERE position IS NOT NULL AND poison = '' ORDER BY position")
    undone: set[tuple[str, str]] = set()
    for row in rows:
        body = journal.entry_of(row).body
        if row["kind"] == "supply.undone" and any(
            r["id"] == body["of"] and r["station"] == row["station"] and r["position"] < row["position"] for r in rows
        ):
            undone.add((row["station"], body["of"]))
    for row in rows:
        entry, station = journal.entry_of(row), row["station"]
        what = {
            "session.started": ("visit", "", 1),
            "member.recognised": ("member", MEMBER, 1),
            "supply.taken": ("given", entry.body.get("item", ""), entry.body.get("quantity", 0)),
            "supply.borrowed": ("lent", entry.body.get("item", ""), 1),
            "service.viewed": ("service", "legal", 1),
        }.get(entry.kind)
        if what and (not entry.kind.startswith("supply.") or (station, entry.id) not in undone):
            hour = hour_of(clocks.happened(db, station, row["position"], entry.at))
            found[station, hour, what[0], what[1]] += what[2]
    return found


@settings(max_examples=80, deadline=None)
@given(
    journals(),
    st.lists(st.tuples(st.integers(0, 1), st.lists(st.integers(1, COUNT), min_size=1, max_size=6)), max_size=12),
    st.booleans(),
)
def test_the_same_as_from_scratch_and_as_by_hand(
    written: list[list[dict[str, Any]]], arriving: list[tuple[int, list[int]]], all_of_it: bool
) -> None:
    with opened() as db:
        more = (
            [(station, [seq]) for station, seq in itertools.product((0, 1), range(1, COUNT + 1))] if all_of_it else []
        )
        for station, seqs in [*arriving, *more]:
            entries = [written[station][seq - 1] for seq in seqs]
            journal.take(db, FEATURES, STATIONS[station], 1, entries, START.isoformat())
        assert db.value("SELECT COUNT(*) FROM projection_failure") == 0
        kept = tables(db)
        assert {row[:4]: row[4] for row in kept["report_count"]} == +by_hand(db)
        journal.rebuild(db, FEATURES)
        assert tables(db) == kept
        journal.rebuild(db, [feature for feature in FEATURES if feature.name == "reports"])  # a new version of it alone
        assert tables(db) == kept
