"""The journal and the database under it."""

import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import peewee
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import ClockQuality, ManualClock
from kiosk.errors import DiskFull, StorageError
from kiosk.protocol.journal import Entry, JournalBody, journal_body
from kiosk.protocol.station import SessionEnded, SessionStarted, StationStarted
from kiosk.storage import Store, database
from kiosk.storage.database import StorageInUse
from kiosk.storage.migrations import SCRIPTS, DatabaseTooNew
from kiosk.storage.projections import projection_types


@journal_body("probe.counted")
class Counted(JournalBody):
    amount: int


class Sums:
    """A projection of this test's own: the sum of everything counted."""

    name = "probe"
    version: ClassVar[int] = 1
    tables = ("probe_sums",)
    schema = "CREATE TABLE probe_sums (seq INTEGER PRIMARY KEY, total INTEGER NOT NULL)"

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db

    def apply(self, entry: Entry) -> None:
        if entry.kind != "probe.counted":
            return
        if entry.body["amount"] < 0:
            raise ValueError("a projection that refuses")
        before = self._db.execute_sql("SELECT COALESCE(MAX(total), 0) FROM probe_sums").fetchone()[0]
        self._db.execute_sql("INSERT INTO probe_sums VALUES (?, ?)", (entry.seq, before + entry.body["amount"]))

    def redact(self, before: Entry, now: Entry) -> None:
        """Nothing here tells of a person."""

    def total(self) -> int:
        return int(self._db.execute_sql("SELECT COALESCE(MAX(total), 0) FROM probe_sums").fetchone()[0])


@pytest.fixture
def with_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (*projection_types(), Sums)
    monkeypatch.setattr(database, "projection_types", lambda: found)


def test_entries_are_numbered_without_gaps_and_can_be_read_back(store: Store, clock: ManualClock) -> None:
    first = store.append(StationStarted(version="1", clean=True))
    clock.advance(60)
    second = store.append(SessionStarted(session="s"))
    assert (first.seq, second.seq) == (1, 2)
    assert store.journal.after(0) == [first, second]
    assert store.journal.get(second.id) == second
    assert (second.at - first.at).total_seconds() == 60
    assert second.clock == "synced"
    assert store.journal.newest("session.") == [second]
    assert first.id < second.id, "UUIDv7 sorts by time"


def test_a_transaction_that_fails_leaves_no_entry_no_gap_and_no_callback(store: Store) -> None:
    seen: list[Entry] = []
    store.on_appended(seen.append)
    store.append(SessionStarted(session="kept"))

    def interrupted() -> None:
        with store.transaction():
            store.append(SessionStarted(session="lost"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    third = store.append(SessionStarted(session="next"))
    assert [e.body["session"] for e in store.journal.all()] == ["kept", "next"]
    assert third.seq == 2
    assert [e.body["session"] for e in seen] == ["kept", "next"]


@pytest.mark.usefixtures("with_sums")
def test_an_entry_whose_projection_fails_is_not_written(tmp_path: Path, clock: ManualClock) -> None:
    store = Store(tmp_path / "a.db", clock)
    store.append(Counted(amount=3))
    with pytest.raises(ValueError, match="refuses"):
        store.append(Counted(amount=-1))
    assert store.journal.last_seq() == 1
    assert store.projection(Sums).total() == 3
    store.close()


@pytest.mark.usefixtures("with_sums")
def test_a_rebuild_equals_what_was_kept(tmp_path: Path, clock: ManualClock) -> None:
    store = Store(tmp_path / "a.db", clock)
    for amount in range(10):
        store.append(Counted(amount=amount))
    kept = store.derived()
    assert store.rebuild() == 10
    assert store.derived() == kept
    assert store.projection(Sums).total() == 45
    store.close()


@pytest.mark.usefixtures("with_sums")
def test_a_projection_of_a_new_version_is_derived_anew_at_start(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "a.db", clock)
    store.append(Counted(amount=5))
    store.close()
    db = sqlite3.connect(tmp_path / "a.db")
    db.execute("UPDATE probe_sums SET total = 999")
    db.commit()
    db.close()
    unchanged = Store(tmp_path / "a.db", clock)
    assert unchanged.projection(Sums).total() == 999
    unchanged.close()
    monkeypatch.setattr(Sums, "version", 2)
    renewed = Store(tmp_path / "a.db", clock)
    assert renewed.projection(Sums).total() == 5
    renewed.close()


def test_every_commit_is_synced_to_disk(store: Store) -> None:
    journal_mode = store._db.execute_sql("PRAGMA journal_mode").fetchone()[0]
    synchronous = store._db.execute_sql("PRAGMA synchronous").fetchone()[0]
    assert (journal_mode, synchronous) == ("wal", 2)


def test_a_database_of_a_later_program_is_refused(tmp_path: Path, clock: ManualClock) -> None:
    Store(tmp_path / "a.db", clock).close()
    db = sqlite3.connect(tmp_path / "a.db")
    db.execute(f"PRAGMA user_version = {len(SCRIPTS) + 1}")
    db.close()
    with pytest.raises(DatabaseTooNew):
        Store(tmp_path / "a.db", clock)


def test_a_file_that_is_no_database_is_a_storage_error(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "a.db").write_bytes(b"this is not a database" * 100)
    with pytest.raises(StorageError):
        Store(tmp_path / "a.db", clock)


def test_a_full_disk_is_said_and_loses_nothing(store: Store) -> None:
    store.append(SessionStarted(session="before"))
    pages = store._db.execute_sql("PRAGMA page_count").fetchone()[0]
    store._db.execute_sql(f"PRAGMA max_page_count = {pages + 1}")

    def fill() -> None:
        for _ in range(500):
            store.append(SessionEnded(session="x" * 500, reason="idle", seconds=1))

    with pytest.raises(DiskFull):
        fill()
    kept = store.journal.last_seq()
    assert [e.seq for e in store.journal.all()] == list(range(1, kept + 1))
    store._db.execute_sql("PRAGMA max_page_count = 1073741823")
    assert store.append(SessionStarted(session="after")).seq == kept + 1


@given(st.lists(st.integers(0, 3), max_size=30))
def test_after_pages_through_everything_in_order(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "a.db", ManualClock())
        for size in sizes:
            store.append(SessionStarted(session="s" * size))
        page, seen = 0, []
        while entries := store.journal.after(page, limit=7):
            seen += [e.seq for e in entries]
            page = entries[-1].seq
        assert seen == list(range(1, len(sizes) + 1))
        store.close()


def test_a_callback_that_fails_is_no_failed_entry(store: Store) -> None:
    seen: list[int] = []

    def broken(_: Entry) -> None:
        raise RuntimeError

    store.on_appended(broken)
    store.on_appended(lambda entry: seen.append(entry.seq))
    assert store.append(SessionStarted(session="s")).seq == 1
    assert seen == [1]


def test_a_failure_inside_a_transaction_that_goes_on_is_not_announced(store: Store) -> None:
    seen: list[str] = []
    store.on_appended(lambda entry: seen.append(entry.body["session"]))

    def interrupted() -> None:
        with store.transaction():
            store.append(SessionStarted(session="lost"))
            raise RuntimeError

    with store.transaction():
        store.append(SessionStarted(session="kept"))
        with pytest.raises(RuntimeError):
            interrupted()
        store.append(SessionStarted(session="also kept"))
        assert seen == [], "not before it is durable"
    assert seen == ["kept", "also kept"]
    assert [e.body["session"] for e in store.journal.all()] == seen


def test_a_rebuild_wants_the_database_alone(store: Store, clock: ManualClock) -> None:
    other = Store(store.path, clock)
    with pytest.raises(StorageInUse):
        other.rebuild()
    store.append(SessionStarted(session="the running station was not disturbed"))
    other.close()
    other.close()
    assert store.rebuild() == 1


def test_nobody_opens_it_during_a_rebuild(store: Store, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = []

    def during(*_: object) -> int:
        with pytest.raises(StorageInUse) as caught:
            Store(store.path, clock)
        refused.append(caught.value.code)
        return 0

    monkeypatch.setattr(store, "_derive", during)
    store.rebuild()
    assert refused == ["storage.in_use"]
    Store(store.path, clock).close()


@pytest.mark.usefixtures("with_sums")
def test_digests_see_every_row_and_not_their_order(tmp_path: Path, clock: ManualClock) -> None:
    store = Store(tmp_path / "a.db", clock)
    for amount in (1, 2):
        store.append(Counted(amount=amount))
    kept = store.derived()["probe_sums"]
    store._db.execute_sql("UPDATE probe_sums SET seq = seq + 10")
    assert store.derived()["probe_sums"] != kept
    store._db.execute_sql("DELETE FROM probe_sums")
    store._db.execute_sql("INSERT INTO probe_sums VALUES (2, 3), (1, 1)")
    assert store.derived()["probe_sums"] == kept
    store.close()


def test_tidying_carries_the_log_over_and_loses_nothing(store: Store) -> None:
    for _ in range(120):
        store.append(SessionStarted(session="s"))
    before = store.path.stat().st_size
    store.tidy()
    assert store.path.stat().st_size > before
    store.tidy()
    assert store.journal.last_seq() == 120


def test_a_clock_that_is_set_right_corrects_what_was_written_in_this_run(tmp_path: Path) -> None:
    clock = ManualClock(datetime(1970, 1, 1, tzinfo=UTC), ClockQuality.DOUBTFUL)
    store = Store(tmp_path / "a.db", clock)
    first = store.append(SessionStarted(session="a"))
    clock.advance(3600)
    store.append(SessionStarted(session="b"))
    right = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    clock.set(right, ClockQuality.SYNCED)
    third = store.append(SessionStarted(session="c"))
    kinds = [entry.kind for entry in store.journal.all()]
    assert kinds == ["session.started", "session.started", "station.clock_corrected", "session.started"]
    (correction,) = store.journal.newest("station.clock_corrected")
    assert correction.body == {
        "first": first.id,
        "seconds": (right - datetime(1970, 1, 1, 1, tzinfo=UTC)).total_seconds(),
    }
    assert (third.seq, third.at) == (4, right)
    clock.advance(60)
    store.append(SessionStarted(session="d"))
    assert len(store.journal.newest("station.clock_corrected")) == 1
    store.close()


def test_a_leap_before_anything_was_written_corrects_nothing(tmp_path: Path) -> None:
    clock = ManualClock()
    store = Store(tmp_path / "a.db", clock)
    clock.set(clock.now() + timedelta(days=1))
    store.append(SessionStarted(session="a"))
    store.append(SessionStarted(session="b"))
    assert not store.journal.newest("station.clock_corrected")
    store.close()


@given(st.lists(st.tuples(st.integers(0, 5000), st.sampled_from([0, 0, 86_400, -86_400, 1000, -3])), max_size=12))
def test_leaps_there_and_back_leave_every_entry_at_its_time(steps: list[tuple[int, int]]) -> None:
    """Whatever the wall clock did in a run, once it is right the corrected times are what they would have been."""
    with tempfile.TemporaryDirectory() as folder:
        start = datetime(2026, 12, 1, tzinfo=UTC)
        clock, true = ManualClock(start), start
        store = Store(Path(folder) / "a.db", clock)
        happened: dict[str, datetime] = {}
        for seconds, leap in steps:
            clock.advance(seconds)
            true += timedelta(seconds=seconds)
            clock.set(clock.now() + timedelta(seconds=leap))
            happened[store.append(SessionStarted(session="s")).id] = true
        clock.set(true)
        store.append(SessionStarted(session="the clock is right"))
        entries = list(store.journal.all())
        corrections = [entry for entry in entries if entry.kind == "station.clock_corrected"]
        for entry in entries:
            if entry.id in happened:
                moved = sum(c.body["seconds"] for c in corrections if c.seq > entry.seq)
                assert abs(entry.at + timedelta(seconds=moved) - happened[entry.id]) <= timedelta(seconds=120)
        store.close()


def test_a_leap_is_noted_with_the_first_entry_that_stays(store: Store, clock: ManualClock) -> None:
    first = store.append(SessionStarted(session="a"))
    clock.set(clock.now() + timedelta(hours=5))

    def interrupted() -> None:
        with store.transaction():
            store.append(SessionStarted(session="lost"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert store.journal.last_seq() == 1
    store.append(SessionStarted(session="b"))
    (correction,) = store.journal.newest("station.clock_corrected")
    assert correction.body == {"first": first.id, "seconds": 5 * 3600.0}
