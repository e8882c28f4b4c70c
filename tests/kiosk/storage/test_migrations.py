"""A database of any earlier version is brought up to date, with all of it; one of a later version is not touched."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.protocol.station import SessionStarted
from kiosk.storage import Store, open_store
from kiosk.storage.migrations import SCRIPTS, DatabaseTooNew, statements
from kiosk.storage.rescue import examine
from kiosk.storage.salvage import salvage

ENTRY = "018f0000-0000-7000-8000-00000000000"


def old_database(path: Path, version: int) -> None:
    """As a program of that version left it, with entries, a document and a small value."""
    with closing(sqlite3.connect(path)) as db:
        for script in SCRIPTS[:version]:
            for statement in statements(script):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {version}")
        for seq in range(1, 4):
            db.execute(
                "INSERT INTO journal (seq, id, kind, at, clock, body) VALUES (?,?,?,?,?,?)",
                (seq, f"{ENTRY}{seq}", "session.started", "2026-11-01T08:00:00+00:00", "held", '{"session":"s"}'),
            )
        db.execute("INSERT INTO catalogue VALUES ('notice', 'n', 7, '', '{\"text\":{\"zh_CN\":\"x\"}}')")
        db.execute("INSERT INTO meta VALUES ('catalogue.revision', '7'), ('sync.acknowledged', '2')")
        db.commit()


@pytest.mark.parametrize("version", range(1, len(SCRIPTS) + 1))
def test_from_every_earlier_version(tmp_path: Path, version: int) -> None:
    path = tmp_path / "station.db"
    old_database(path, version)
    assert examine(path, whole=True) == ""
    store = open_store(path, ManualClock())
    assert [entry.id for entry in store.journal.all()] == [f"{ENTRY}{seq}" for seq in (1, 2, 3)]
    assert store.catalogue.revision() == 7
    assert store.catalogue.raw("notice").keys() == {"n"}
    assert store.meta("sync.acknowledged") == "2"
    assert len(store.journal_name) == 32
    assert store.append(SessionStarted(session="new")).seq == 4
    name = store.journal_name
    store.close()
    again = Store(path, ManualClock())
    assert again.journal_name == name
    again.close()
    assert len(salvage(path).entries) == 4


def test_a_later_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    old_database(path, len(SCRIPTS))
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(SCRIPTS) + 1}")
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew):
        open_store(path, ManualClock())
    assert path.read_bytes()[100:] == before[100:]
    assert not (tmp_path / "damaged").exists()
