"""Whatever order batches come in, and however often: the same journal, and each entry derived once, in its order."""

import itertools
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub import erased, journal
from hub.database import Database
from hub.features import Feature, Projection
from kiosk.protocol.journal import Entry

STATIONS = ("WX-0001", "WX-0002")
COUNT = 12
_DERIVED = Projection(1, ("seen",), "CREATE TABLE seen (number INTEGER PRIMARY KEY, station TEXT, seq INTEGER)")


def _on_entry(db: Database, station: str, entry: Entry) -> None:
    if entry.body.get("stumble"):
        db.execute("INSERT INTO seen (station, seq) VALUES ('half done', 0)")
        raise RuntimeError("a feature with a mistake")
    db.execute("INSERT INTO seen (station, seq) VALUES (?,?)", (station, entry.seq))


FEATURE = Feature("probe", None, (), _DERIVED, _on_entry, None, None, None, {}, None)


def entry(station: int, seq: int) -> dict[str, Any]:
    ident = f"{station:08x}-0000-7000-8000-{seq:012x}"
    body: dict[str, Any] = {"session": str(seq)}
    if seq == 4:  # one that is poison
        body = {"session": 4}
    if seq == 7:  # one that a feature stumbles over
        body["stumble"] = True
    at = "2026-12-01T08:00:00+00:00"
    return {"id": ident, "seq": seq, "kind": "session.started", "at": at, "clock": "held", "body": body}


@contextmanager
def opened() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(Path(folder) / "hub.db")
        db.migrate("erased", erased.MIGRATIONS)
        db.migrate("journal", journal.MIGRATIONS)
        journal.derive_what_changed(db, [FEATURE])
        try:
            yield db
        finally:
            db.close()


def take(db: Database, station: int, seqs: list[int]) -> int:
    entries = [entry(station, seq) for seq in seqs]
    return journal.take(db, [FEATURE], STATIONS[station], 1, entries, "2026-12-01T08:00:00+00:00")[0]


def seen(db: Database) -> dict[str, list[int]]:
    rows = db.rows("SELECT station, seq FROM seen ORDER BY number")
    return {station: [row["seq"] for row in rows if row["station"] == station] for station in (*STATIONS, "half done")}


batches = st.lists(st.tuples(st.integers(0, 1), st.lists(st.integers(1, COUNT), min_size=1, max_size=6)), max_size=12)


@given(batches)
@example([(0, [4, 4]), (0, [2, 1]), (1, [12]), (0, [3])])
@settings(max_examples=60)
def test_any_order_and_repetition_gives_the_same_journal(arriving: list[tuple[int, list[int]]]) -> None:
    with opened() as db:
        held: tuple[set[int], set[int]] = (set(), set())
        for station, seqs in arriving:
            held[station].update(seqs)
            reached = take(db, station, seqs)
            expected = next(n for n in itertools.count() if n + 1 not in held[station])
            assert reached == expected == journal.acknowledged(db, STATIONS[station], 1)
            in_order = [seq for seq in range(1, reached + 1) if seq not in (4, 7)]
            assert seen(db)[STATIONS[station]] == in_order
        for station in (0, 1):  # what is missing comes at last
            assert take(db, station, list(range(1, COUNT + 1))) == COUNT
        everything = [seq for seq in range(1, COUNT + 1) if seq not in (4, 7)]
        assert seen(db) == {STATIONS[0]: everything, STATIONS[1]: everything, "half done": []}
        assert db.value("SELECT COUNT(*) FROM journal WHERE position IS NULL AND poison = ''") == 0
        assert db.value("SELECT COUNT(*) FROM projection_failure") == 2
        kept = db.rows("SELECT station, seq FROM seen ORDER BY number")
        assert journal.rebuild(db, [FEATURE]) == 2 * (COUNT - 1)
        assert db.rows("SELECT station, seq FROM seen ORDER BY number") == kept
        bodies = db.rows("SELECT seq, body FROM journal WHERE station = ? ORDER BY seq", (STATIONS[0],))
        assert [json.loads(row["body"]) for row in bodies if row["seq"] != 4] == [
            entry(0, seq)["body"] for seq in range(1, COUNT + 1) if seq != 4
        ]


def test_a_projection_of_a_new_version_is_derived_anew() -> None:
    with opened() as db:
        take(db, 0, [1, 2, 3])
        db.execute("DELETE FROM seen")
        journal.derive_what_changed(db, [FEATURE])
        assert seen(db)[STATIONS[0]] == []
        newer = Projection(2, _DERIVED.tables, _DERIVED.schema)
        journal.derive_what_changed(db, [Feature("probe", None, (), newer, _on_entry, None, None, None, {}, None)])
        assert seen(db)[STATIONS[0]] == [1, 2, 3]
