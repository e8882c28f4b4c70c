"""What the look at a database before it is used finds, and when a large one is read through."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.storage import rescue
from kiosk.storage.database import mark_doubtful
from kiosk.storage.rescue import examine
from tests.kiosk.storage.damage import worked

ALTERED = "1 entries are not what was written"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database at rest, with everything in its one file."""
    store = worked(tmp_path / "station.db", 60)
    store.raw.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return store.path


@pytest.mark.parametrize("column", ["id", "kind", "at", "clock", "body"])
@pytest.mark.parametrize("change", ["'x' || {}", "CAST(x'ff' || {} AS TEXT)"])
def test_a_text_that_turned_is_found(path: Path, column: str, change: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"UPDATE journal SET {column} = {change.format(column)} WHERE seq = 9")
    assert examine(path)


def test_an_index_that_leads_nowhere_is_found_though_every_entry_is_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_journal_1'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        page = bytearray(file.read(size))
        page[3:5] = (0).to_bytes(2, "big")  # no cells: an index of nothing
        file.seek((root - 1) * size)
        file.write(page)
    with closing(sqlite3.connect(path)) as db:
        assert rescue._altered(db) == ""
    assert examine(path)


def test_a_large_one_is_read_through_when_there_is_doubt(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE journal SET body = '{}' WHERE seq = 9")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('station.running', 'no')")
    assert examine(path) == ALTERED
    monkeypatch.setattr(rescue, "READ_THROUGH", 0)
    assert examine(path) == ""
    assert examine(path, whole=True) == ALTERED
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('station.running', 'yes')")
    assert examine(path) == ALTERED, "a program that did not end by itself"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('station.running', 'no')")
    mark_doubtful(path)
    assert examine(path) == ALTERED
