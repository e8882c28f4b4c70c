"""Opening the database whatever happened to its file: what can be read of a damaged one is saved, and work goes on.

A database that is not whole is never written to again. What can be read of it, and what the spare copy has, is put
together in a new file; the old one is moved aside whole, for somebody who knows more. The order of steps makes a power
cut at any of them harmless: the old file is in its place until the new one is complete and on the disk.
"""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from kiosk.clock import Clock
from kiosk.disk import sync_to_disk
from kiosk.errors import DiskFull, StorageDamaged, StorageError
from kiosk.protocol.station import DatabaseRescued
from kiosk.storage.database import Store, doubt_of
from kiosk.storage.journal import checksum
from kiosk.storage.journal_import import write_all
from kiosk.storage.room import DiskRoom
from kiosk.storage.salvage import Salvage, has_checksums, rows_of, salvage

log = logging.getLogger(__name__)
ASIDE = "damaged"
READ_THROUGH = 32 << 20  # bytes up to which a database is read through at every start (measured: 25 MiB in 0.2 s)
_TAILS = ("", "-wal", "-shm")


def open_store(path: Path, clock: Clock, spares: Sequence[Path] = (), room: DiskRoom | None = None) -> Store:
    """Open the station's database. One that is damaged is put together anew, with the help of `spares` (newest first).

    Raises StorageError (DiskFull, DatabaseTooNew, StorageInUse) where it cannot.
    """
    fresh = _fresh_of(path)
    if not path.exists() and fresh.exists():
        _move(fresh, path)  # the power went between the two last steps of a rescue
    problem = examine(path)
    if not problem:
        try:
            store = Store(path, clock, room)
        except StorageDamaged as error:
            problem = str(error.details["problem"])
        else:
            doubt_of(path).unlink(missing_ok=True)
            return store
    log.error("%s is damaged: %s", path, problem)
    return put_together(path, clock, spares, problem, room)


def put_together(path: Path, clock: Clock, spares: Sequence[Path], problem: str, room: DiskRoom | None = None) -> Store:
    """A new database of what can be read of this one and of `spares`; this one is moved aside. Raises StorageError."""
    try:
        return _rescue(path, clock, spares, problem, room)
    except (OSError, sqlite3.Error) as error:
        full = shutil.disk_usage(path.parent).free < 1 << 20
        raise (DiskFull if full else StorageError)(path=str(path), problem=str(error)) from error


def examine(path: Path, whole: bool = False) -> str:
    """What is wrong with the file of a database, "" for nothing (or for no file). Writes nothing.

    Large ones are read through only when there is doubt: the mark of `mark_doubtful`, a program that did not end by
    itself, or `whole`.
    """
    if not path.exists():
        return "the database is gone, its log is not" if path.with_name(path.name + "-wal").exists() else ""
    try:
        with closing(_reader(path)) as db:
            if whole or path.stat().st_size <= READ_THROUGH or doubt_of(path).exists() or _was_running(db):
                # Side by side: SQLite lets go of the interpreter while it reads (a million entries in 1.1 s, not 1.9).
                with ThreadPoolExecutor(1, "examine") as beside:
                    structure = beside.submit(_structure, path)
                    entries = _entries(db, _altered)
                return structure.result() or entries
            return _entries(db)
    except sqlite3.OperationalError as error:
        return "" if "locked" in str(error) else str(error)  # another program has it: it has looked itself
    except (sqlite3.Error, OSError) as error:
        return str(error)


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=5)


def _structure(path: Path) -> str:
    """What SQLite itself finds wrong, page by page."""
    with closing(_reader(path)) as db:
        said = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
    return "" if said == "ok" else said


def _entries(db: sqlite3.Connection, more: Callable[[sqlite3.Connection], str] = lambda _db: "") -> str:
    """Whether the journal has every entry; then what `more` says of them."""
    if db.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'journal'").fetchone()[0] == 0:
        return "" if db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0] == 0 else "no journal"
    count, highest = db.execute("SELECT COUNT(*), COALESCE(MAX(seq), 0) FROM journal").fetchone()
    return f"{highest - count} entries are missing" if count != highest else more(db)


def _altered(db: sqlite3.Connection) -> str:
    """Entries that are not what was written, which SQLite itself does not see: a bit that turned in a text."""
    if not has_checksums(db):
        return ""
    db.create_function("crc_of", 5, checksum, deterministic=True)
    sql = "SELECT COUNT(*) FROM journal WHERE crc IS NOT NULL AND crc != crc_of(id, kind, at, clock, body)"
    altered = int(db.execute(sql).fetchone()[0])
    return f"{altered} entries are not what was written" if altered else ""


def _was_running(db: sqlite3.Connection) -> bool:
    return any(row[0] == "yes" for row in rows_of(db, "SELECT value FROM meta WHERE name = 'station.running'"))


def _rescue(path: Path, clock: Clock, spares: Sequence[Path], problem: str, room: DiskRoom | None) -> Store:
    found = salvage(path)
    for spare in spares:
        found.complete(salvage(spare))
    aside = _aside(path)
    body = DatabaseRescued(
        problem=problem[:200],
        kept=len(found.in_order()),
        missing=max(0, found.highest - len(found.entries)),
        catalogue=bool(found.catalogue),
        aside=aside.name,
    )
    fresh = _fresh_of(path)
    for tail in _TAILS:
        fresh.with_name(fresh.name + tail).unlink(missing_ok=True)
    _build(fresh, clock, found)
    aside.mkdir(parents=True)
    for tail in reversed(_TAILS):  # the database itself last: until then the next start begins all this again
        old = path.with_name(path.name + tail)
        if old.exists():
            old.replace(aside / old.name)
    _move(fresh, path)
    doubt_of(path).unlink(missing_ok=True)
    store = Store(path, clock, room)
    store.append(body)
    log.error("the database was put together anew: %s", body.model_dump())
    return store


def _build(fresh: Path, clock: Clock, found: Salvage) -> None:
    """A new database with everything in it, whole on the disk when this returns."""
    store = Store(fresh, clock)
    try:
        with store.transaction():
            write_all(store.raw, found.in_order())
            for row in found.catalogue:
                store.raw.execute_sql("INSERT OR REPLACE INTO catalogue VALUES (?,?,?,?,?)", row)
            for row in found.serials:
                store.raw.execute_sql("INSERT OR REPLACE INTO catalogue_serial VALUES (?,?,?,?)", row)
            for name, value in found.meta.items():
                store.set_meta(name, value)
            if found.catalogue:
                store.set_meta("catalogue.revision", str(found.revision))
        store.rebuild()
    finally:
        store.close()
    with sqlite3.connect(fresh) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        said = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    db.close()
    if said != "ok":
        raise StorageError(path=str(fresh), problem=said)
    fresh.with_name(fresh.name + ".lock").unlink(missing_ok=True)
    sync_to_disk(fresh)


def _fresh_of(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _aside(path: Path) -> Path:
    """A folder that is not there yet, numbered: the clock of such a machine may say anything."""
    folder, number = path.parent / ASIDE, 1
    while (folder / f"{number:04d}").exists():
        number += 1
    return folder / f"{number:04d}"


def _move(source: Path, target: Path) -> None:
    source.replace(target)
    sync_to_disk(target)
    sync_to_disk(target.parent)
