"""Databases that are torn, damaged, half written or gone: what was there is saved, and the station opens."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import ManualClock
from kiosk.errors import StorageDamaged
from kiosk.protocol.journal import Entry
from kiosk.protocol.station import SessionStarted
from kiosk.storage import Store, open_store, rescue
from kiosk.storage.backup import back_up, copies
from kiosk.storage.database import doubt_of
from kiosk.storage.rescue import examine
from kiosk.storage.salvage import salvage
from tests.kiosk.storage.damage import damage, ids, mixed, snapshot, worked

RESCUED = "station.database_rescued"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Entry]]]:
    """The files of a database in use (much of it still in its log), and what is in it."""
    folder = tmp_path_factory.mktemp("original")
    store = worked(folder / "live" / "station.db")
    entries = {entry.id: entry for entry in store.journal.all()}
    assert len(entries) > 100
    yield snapshot(store.path, folder / "cut"), entries
    store.close()


def copy_of(original: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for tail in ("", "-wal"):
        if original.with_name(original.name + tail).exists():
            shutil.copyfile(original.with_name(original.name + tail), folder / f"station.db{tail}")
    return folder / "station.db"


def holds_together(store: Store, truth: dict[str, Entry]) -> list[str]:
    """Nothing is there that was not written, numbers have no gap, and what is derived follows. Returns the ids."""
    entries = list(store.journal.all())
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    ours = [entry for entry in entries if entry.kind != RESCUED]
    for entry in ours:
        wrote = truth[entry.id]
        assert (entry.kind, entry.at, entry.body) == (wrote.kind, wrote.at, wrote.body)
    kept = store.derived()
    store.rebuild()
    assert store.derived() == kept
    return [entry.id for entry in ours]


def test_a_power_cut_is_no_damage(original: tuple[Path, dict[str, Entry]], tmp_path: Path) -> None:
    path = copy_of(original[0], tmp_path)
    assert examine(path) == ""
    store = open_store(path, ManualClock())
    assert holds_together(store, original[1]) == list(original[1])
    store.close()
    assert not (tmp_path / "damaged").exists()


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happened_to_the_files(original: tuple[Path, dict[str, Entry]], tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = copy_of(original[0], tmp_path)
    for _ in range(chance.choice([1, 1, 2, 6])):
        damage(path if chance.random() < 0.6 else path.with_name("station.db-wal"), chance)
    store = open_store(path, ManualClock())
    have = holds_together(store, original[1])
    assert store.append(SessionStarted(session="goes on")).seq == store.journal.last_seq()
    store.close()
    assert examine(path, whole=True) == ""
    if (tmp_path / "damaged").exists():
        assert (tmp_path / "damaged" / "0001" / "station.db").exists(), "the damaged file is kept whole"
    again = open_store(path, ManualClock())
    assert [e.id for e in again.journal.all() if e.kind != RESCUED][:-1] == have
    again.close()


@pytest.mark.parametrize("seed", range(15))
def test_with_a_spare_copy_only_what_came_after_it_can_be_lost(
    original: tuple[Path, dict[str, Entry]], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    path = copy_of(original[0], tmp_path / "station")
    store = Store(path, ManualClock())
    (tmp_path / "spare").mkdir()
    back_up(path, tmp_path / "spare")
    before = set(original[1])
    late = {(entry := store.append(SessionStarted(session=str(n)))).id: entry for n in range(20)}
    store.close()
    for _ in range(3):
        damage(path, chance)
    again = open_store(path, ManualClock(), copies(tmp_path / "spare"))
    have = set(holds_together(again, original[1] | late))
    again.close()
    assert before <= have, "what was in the copy is there"


def test_a_disk_that_lied_about_what_it_had_written(tmp_path: Path) -> None:
    """Sectors of the database and its log from two moments, mixed: never a wrong entry, never an end."""
    store = worked(tmp_path / "live" / "station.db", 60)
    first = snapshot(store.path, tmp_path / "first")
    for number in range(40):
        store.append(SessionStarted(session=f"{number}" * 40))
        if number in (13, 27):
            store.raw.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    last = snapshot(store.path, tmp_path / "last")
    truth = {entry.id: entry for entry in store.journal.all()}
    store.close()
    rescued = 0
    for seed in range(40):
        chance = random.Random(seed)
        path = tmp_path / f"{seed}" / "station.db"
        path.parent.mkdir()
        for tail in ("", "-wal"):
            pair = [file.with_name(file.name + tail) for file in (first, last)]
            old, new = (file.read_bytes() if file.exists() else b"" for file in pair)
            path.with_name(path.name + tail).write_bytes(mixed(old, new, chance))
        again = open_store(path, ManualClock())
        holds_together(again, truth)
        rescued += bool(again.journal.newest(RESCUED, 1))
        again.close()
        shutil.rmtree(path.parent)
    assert rescued >= 5, "such a disk leaves damage, and it was seen"


def test_the_log_cut_at_every_frame_and_around_it(original: tuple[Path, dict[str, Entry]], tmp_path: Path) -> None:
    """A log cut anywhere gives the transactions before the cut, whole (`tests/soak/cut_log.py` cuts at every byte)."""
    path = original[0]
    log = path.with_name("station.db-wal").read_bytes()
    frame = 24 + 4096
    ends = [32 + frame * n for n in range(len(log) // frame + 1)]
    have = 0
    for end in sorted(
        {max(0, min(len(log), at + by)) for at in [*ends[::15], len(log)] for by in (-1, 0, 1, 24, 2000)}
    ):
        folder = tmp_path / str(end)
        copy = copy_of(path, folder)
        copy.with_name("station.db-wal").write_bytes(log[:end])
        store = open_store(copy, ManualClock())
        entries = [entry.id for entry in store.journal.all() if entry.kind != RESCUED]
        store.close()
        assert entries == list(original[1])[: len(entries)]
        assert len(entries) >= have
        have = len(entries)
        shutil.rmtree(folder)
    assert have == len(original[1])


class PowerCut(BaseException):
    """Nothing more happens after this."""


@pytest.mark.parametrize("step", range(12))
def test_a_power_cut_in_the_middle_of_a_rescue(
    original: tuple[Path, dict[str, Entry]], tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_of(original[0], tmp_path)
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 4] = bytes(4096)
    path.write_bytes(bytes(data))
    undisturbed = {entry.id for entry in salvage(path).in_order()}
    done = 0

    def cut_at(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal done
            done += 1
            if done == step + 1:
                raise PowerCut
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut_at(Path.replace))
        patched.setattr(rescue, "sync_to_disk", cut_at(rescue.sync_to_disk))
        patched.setattr(rescue, "write_all", cut_at(rescue.write_all))
        try:
            open_store(path, ManualClock()).close()
        except PowerCut:
            pass
    store = open_store(path, ManualClock())
    have = set(holds_together(store, original[1]))
    store.close()
    assert undisturbed <= have


def test_damage_that_shows_later_has_the_next_start_look(tmp_path: Path) -> None:
    store = worked(tmp_path / "station.db", 30)
    store.raw.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    size = store.path.stat().st_size
    with store.path.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(size - 4096))
    store.raw.execute_sql("PRAGMA cache_size = 0")
    with pytest.raises(StorageDamaged):
        store.append(SessionStarted(session="s"))
    assert doubt_of(store.path).exists()
    store.close()
    again = open_store(tmp_path / "station.db", ManualClock())
    assert not doubt_of(again.path).exists()
    assert again.journal.newest(RESCUED, 1)
    again.close()


def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "station.db").write_bytes(b"this is not a database" * 100)
    store = open_store(tmp_path / "station.db", ManualClock())
    assert [entry.kind for entry in store.journal.all()] == [RESCUED]
    assert (tmp_path / "damaged" / "0001" / "station.db").read_bytes().startswith(b"this is not")
    store.close()


def test_a_gap_in_the_numbers_is_damage(tmp_path: Path) -> None:
    worked_at = worked(tmp_path / "station.db", 30)
    small = {"staff.failed": "3", "door.begun": "an order", "members.list.h1": "a list", "sync.diverged": "yes"}
    for kept, value in small.items():
        worked_at.set_meta(kept, value)
    worked_at.close()
    db = sqlite3.connect(tmp_path / "station.db")
    db.execute("DELETE FROM journal WHERE seq = 5")
    db.commit()
    db.close()
    assert examine(tmp_path / "station.db") == "1 entries are missing"
    had = len(ids(tmp_path / "station.db"))
    name = salvage(tmp_path / "station.db").name
    store = open_store(tmp_path / "station.db", ManualClock())
    (entry,) = store.journal.newest(RESCUED, 1)
    assert (entry.body["kept"], entry.body["missing"], entry.body["catalogue"]) == (had, 1, True)
    assert store.journal_name != name, "numbers are others now, and the hub must not take one for another"
    assert store.catalogue.revision() == 1
    assert {kept: store.meta(kept) for kept in small} == small
    store.close()


@pytest.mark.parametrize("seed", range(12))
def test_any_part_of_a_journal_can_be_derived(
    original: tuple[Path, dict[str, Entry]], tmp_path: Path, seed: int
) -> None:
    """Entries refer to others that may be lost: projections make the best of it and do not fail."""
    chance = random.Random(seed)
    keep = chance.choice([0.1, 0.5, 0.9])
    path = copy_of(original[0], tmp_path)
    store = Store(path, ManualClock())
    for seq in range(1, store.journal.last_seq() + 1):
        if chance.random() > keep:
            store.raw.execute_sql("DELETE FROM journal WHERE seq = ?", (seq,))
    store.rebuild()
    store.close()
