"""Eight bytes for each entry that was retired: found by number and by id, of the right station and terminal alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hub import journal, journal_marks
from hub.database import Database
from hub.journal_marks import held, keep, mark_of, places, same

KEYS = [
    *[("WX-0001", 1, seq) for seq in (1, 2, 3, 5, 6, 9)],  # with gaps: what filled them came in another month
    *[("WX-0001", 2, seq) for seq in (7, 8)],
    *[("WX-0002", 1, seq) for seq in (9, 10)],
]


def row(station: str, terminal: int, seq: int, **more: Any) -> dict[str, Any]:
    name = f"{int(station[3:]):08x}-{terminal:04x}-7000-8000-{seq:012x}"
    return {"station": station, "terminal": terminal, "seq": seq, "id": name, "poison": "", "body": "{}"} | more


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "hub.db")
    opened.migrate("journal", journal.MIGRATIONS)
    with opened.transaction():
        keep(opened, [mark_of(row(*key)) for key in KEYS])
    yield opened
    opened.close()


def test_each_is_found_in_its_place(db: Database) -> None:
    for station in ("WX-0001", "WX-0002", "WX-0003"):
        for terminal in (1, 2):
            found = held(db, station, terminal, 2, 9)
            assert sorted(found) == [seq for s, t, seq in KEYS if (s, t) == (station, terminal) and 2 <= seq <= 9]
            for seq, mark in found.items():
                assert same(mark, row(station, terminal, seq)["id"], "{}")
                assert not same(mark, row(station, terminal, seq + 1)["id"], "{}")
    assert db.value("SELECT COUNT(*) FROM journal_mark") == 5, "a run each"


def test_each_is_found_by_its_id_at_its_own_station(db: Database) -> None:
    ids = {key: row(*key)["id"] for key in [*KEYS, ("WX-0001", 1, 4), ("WX-0003", 1, 1)]}
    for station in ("WX-0001", "WX-0002", "WX-0003"):
        expected = {ids[key]: key[1] for key in KEYS if key[0] == station}
        assert places(db, station, list(ids.values())) == expected
    assert places(db, "WX-0001", []) == {}


def test_what_was_kept_apart_is_known_in_its_place_and_not_by_its_id(db: Database) -> None:
    named, nameless = row("WX-0009", 1, 1, poison="body: wrong"), row("WX-0009", 1, 2, poison="x", id="", body="[1]")
    with db.transaction():
        keep(db, map(mark_of, (named, nameless)))
    found = held(db, "WX-0009", 1, 1, 2)
    assert same(found[1], named["id"], "whatever")
    assert same(found[2], "", "[1]")
    assert not same(found[2], "", "[2]")
    assert not same(found[1], "", "{}")
    assert places(db, "WX-0009", [named["id"]]) == {}


def test_the_same_marks_again_change_nothing(db: Database) -> None:
    before = db.rows("SELECT * FROM journal_mark ORDER BY station, terminal, first")
    with db.transaction():
        keep(db, [mark_of(row(*key)) for key in KEYS])
    assert db.rows("SELECT * FROM journal_mark ORDER BY station, terminal, first") == before
    assert {len(bytes(one["marks"])) for one in before} <= {8 * (one["last"] - one["first"] + 1) for one in before}
    assert journal_marks._BYTES == 8
