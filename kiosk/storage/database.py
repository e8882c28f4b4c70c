"""The station's database: one SQLite file, one writer (the desk thread), full durability.

`synchronous=FULL` in WAL mode syncs the log at every commit: an entry that was acknowledged survives a power cut.
Source: sqlite.org/pragma.html#pragma_synchronous and sqlite.org/wal.html.
"""

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

import peewee

from kiosk.clock import Clock, LeapWatch
from kiosk.errors import DiskFull, StorageDamaged, StorageError
from kiosk.protocol.journal import Entry, JournalBody
from kiosk.protocol.station import ClockCorrected
from kiosk.storage import journal_import
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.journal import Journal
from kiosk.storage.migrations import migrate, statements
from kiosk.storage.projections import Projection, projection_types
from kiosk.storage.room import DiskRoom

log = logging.getLogger(__name__)
P = TypeVar("P", bound=Projection)
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,  # what was written over or deleted is not left lying in free pages
    "wal_autocheckpoint": 4000,  # pages; the usual way is `tidy`, while nobody waits
}
_TIDY_COMMITS = 100
_SHORT_LOG = 32  # pages
_SQLITE_FULL, _SQLITE_IOERR = 13, 10
_DAMAGED = frozenset({11, 26})  # SQLITE_CORRUPT, SQLITE_NOTADB
_NO_ROOM = 1 << 20  # bytes free below which an error of the disk is a full disk
_DIGESTS = 1 << 256


class StorageInUse(StorageError):
    """Another program has the database open: what needs it alone was not begun."""

    code = "storage.in_use"


class Store:
    """Opens the database, brings it up to date, and hands out its parts. Raises StorageError when it cannot."""

    def __init__(self, path: Path, clock: Clock, room: DiskRoom | None = None) -> None:
        self.path = path
        self._room = room
        self._short = False
        self._db = peewee.SqliteDatabase(str(path), pragmas=_PRAGMAS, check_same_thread=False, thread_safe=False)
        self._appended: list[Callable[[Entry], None]] = []
        self._pending: list[Entry] = []
        self._leaps = LeapWatch(clock)
        self._first = ""  # the first entry of this run: a clock that is set right moves all of them
        self._commits = 0  # since the log was last carried into the database
        self._lock = -1
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _open_shared(path.with_name(path.name + ".lock"))
            self._db.connect()
            migrate(self._db)
            self.journal = Journal(self._db, clock)
            self.catalogue = Catalogue(self._db)
            self._projections: dict[type[Projection], Projection] = {p: p(self._db) for p in projection_types()}
            self._derive_what_changed()
        except StorageError:
            self.close()
            raise
        except (peewee.DatabaseError, sqlite3.Error, OSError) as error:
            self.close()
            raise self._storage_error(error) from error

    def close(self) -> None:
        """Closing twice is harmless."""
        self._db.close()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def projection(self, kind: type[P]) -> P:
        """The one instance of a projection, for its read methods."""
        return cast(P, self._projections[kind])

    def on_appended(self, callback: Callable[[Entry], None]) -> None:
        """Call back after the commit of each entry, on the thread that appended it."""
        self._appended.append(callback)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, durable at the end. Nests. Raises DiskFull or StorageError when the disk refuses."""
        outer, before, mark = not self._db.in_transaction(), len(self._pending), self._leaps.mark
        if outer and self._room is not None:
            self._save_room(self._room.check())
        try:
            with self._db.atomic("IMMEDIATE") if outer else self._db.atomic():
                yield
        except (peewee.DatabaseError, sqlite3.Error) as error:
            self._take_back(before, mark)
            raise self._storage_error(error) from error
        except BaseException:
            self._take_back(before, mark)
            raise
        if outer:
            self._commits += 1
            done, self._pending = self._pending, []
            self._first = self._first or (done[0].id if done else "")
            for entry in done:
                self._tell(entry)

    def _take_back(self, before: int, mark: tuple[datetime, float]) -> None:
        """What a transaction that failed had begun."""
        del self._pending[before:]
        self._leaps.mark = mark

    def tidy(self) -> None:
        """Carry the log into the database if it has grown, and hold room back for it again if there is plenty.

        For moments when nobody waits, so that no tap pays.
        """
        if self._commits >= _TIDY_COMMITS:
            self._db.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")
            self._commits = 0
        if self._room is not None:
            self._room.hold()

    def _save_room(self, short: bool) -> None:
        """While room is short the log is carried over often, so that it stays small and is written over."""
        if short != self._short:
            self._short = short
            self._db.execute_sql(
                f"PRAGMA wal_autocheckpoint = {_SHORT_LOG if short else _PRAGMAS['wal_autocheckpoint']}"
            )
            if short:
                self._db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _tell(self, entry: Entry) -> None:
        for callback in self._appended:
            try:
                callback(entry)
            except Exception:  # the entry is durable: whoever appended it must not hear otherwise
                log.exception("a callback failed on entry %d", entry.seq)

    def append(self, body: JournalBody) -> Entry:
        """Append to the journal and write what follows from it, in one transaction. Returns the durable entry."""
        with self.transaction():
            leap = self._leaps.leap()
            if leap and self._first:
                self._write(ClockCorrected(first=self._first, seconds=round(leap, 3)))
            return self._write(body)

    def _write(self, body: JournalBody) -> Entry:
        entry = self.journal.insert(body)
        for projection in self._projections.values():
            projection.apply(entry)
        self._pending.append(entry)
        return entry

    def redacted(self, before: Entry, now: Entry) -> None:
        """An entry was written over: what is derived from it follows. Within that transaction."""
        for projection in self._projections.values():
            projection.redact(before, now)

    @property
    def raw(self) -> peewee.SqliteDatabase:
        """The database itself, for other modules of this package."""
        return self._db

    @property
    def journal_name(self) -> str:
        """The name of this numbering of entries (32 hex digits): another one after entries had to be numbered anew."""
        return self.meta("journal.name") or ""

    def meta(self, name: str) -> str | None:
        """A small value of the program's own, such as the last acknowledged sequence number."""
        row = self._db.execute_sql("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def metas(self, prefix: str) -> list[str]:
        """The names of all values that begin so (letters and dots)."""
        rows = self._db.execute_sql("SELECT name FROM meta WHERE name >= ? AND name < ?", (prefix, prefix + "\x7f"))
        return [str(row[0]) for row in rows.fetchall()]

    def set_meta(self, name: str, value: str) -> None:
        with self.transaction():
            self._db.execute_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?,?)", (name, value))

    def incoming_after(self) -> int:
        """Up to which position of the hub's everything that it holds of this station was fetched."""
        return journal_import.incoming_after(self._db)

    def keep_incoming(self, entries: Sequence[Entry], after: int) -> None:
        """Keep a page of what the hub holds; `after` is where the next one begins."""
        with self.transaction():
            journal_import.keep_incoming(self._db, entries, after)

    def missing_here(self) -> int:
        """How many of the entries that were fetched are not in the journal."""
        return journal_import.missing_here(self._db)

    def merge_incoming(self) -> int:
        """Put back what the hub held and this terminal did not, and derive everything anew. Returns how many entries.

        All entries are numbered anew, the hub's first.
        """
        with self.transaction():
            count = self.missing_here()
            if count:
                journal_import.merge_incoming(self._db)
                self._derive(tuple(self._projections.values()))
            journal_import.forget_incoming(self._db)
        return count

    def rebuild(self) -> int:
        """Derive everything anew from the journal, in one transaction. Returns the number of entries replayed.

        Raises StorageInUse when another program has the database open: it would wait too long.
        """
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StorageInUse(path=str(self.path)) from error
        try:
            count = self._derive(tuple(self._projections.values()))
            self._db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            return count
        finally:
            fcntl.flock(self._lock, fcntl.LOCK_SH)

    def derived(self) -> dict[str, str]:
        """A digest (hex) of each derived table, to compare a rebuild with what was kept.

        The order of rows does not matter: it is the sum of the SHA-256 of each.
        """
        digests = {}
        for projection in self._projections.values():
            for table in projection.tables:
                total = 0
                for row in self._db.execute_sql(f"SELECT * FROM {table}"):
                    text = json.dumps(row, default=str, ensure_ascii=False)
                    total += int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
                digests[table] = f"{total % _DIGESTS:064x}"
        return digests

    def _storage_error(self, error: BaseException) -> StorageError:
        # SQLite rolls a full transaction back by itself, so the error that arrives may be of a second, needless
        # rollback: the first cause is further down the chain.
        cause: BaseException | None = error
        while cause is not None:
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
            if code == _SQLITE_FULL or "is full" in str(cause):
                return DiskFull(problem=str(cause))
            if code == _SQLITE_IOERR and self._free_bytes() < _NO_ROOM:  # the index of the log could not grow
                return DiskFull(problem=str(cause))
            if code in _DAMAGED:
                mark_doubtful(self.path)
                return StorageDamaged(path=str(self.path), problem=str(cause))
            cause = cause.__cause__ or cause.__context__
        return StorageError(path=str(self.path), problem=str(error))

    def _free_bytes(self) -> int:
        try:
            return shutil.disk_usage(self.path.parent).free
        except OSError:
            return _NO_ROOM

    def _derive_what_changed(self) -> None:
        stale = tuple(p for p in self._projections.values() if self.meta(_version_key(p)) != str(p.version))
        if stale:
            count = self._derive(stale)
            log.info("derived %s from %d entries", [p.name for p in stale], count)

    def _derive(self, projections: tuple[Projection, ...]) -> int:
        count = 0
        with self.transaction():
            for projection in projections:
                for table in projection.tables:
                    self._db.execute_sql(f"DROP TABLE IF EXISTS {table}")
                for statement in statements(projection.schema):
                    self._db.execute_sql(statement)
            for entry in self.journal.all():
                count += 1
                for projection in projections:
                    projection.apply(entry)
            for projection in projections:
                self.set_meta(_version_key(projection), str(projection.version))
        return count


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """While this lasts nobody has the database open. Raises StorageInUse at once when somebody has."""
    handle = _open_shared(path.with_name(path.name + ".lock"))
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StorageInUse(path=str(path)) from error
    finally:
        os.close(handle)


def mark_doubtful(path: Path) -> None:
    """Have the next start read the database through before anybody relies on it."""
    with contextlib.suppress(OSError):
        doubt_of(path).touch()


def doubt_of(path: Path) -> Path:
    """The mark that a database has to be read through."""
    return path.with_name(path.name + ".doubt")


def _version_key(projection: Projection) -> str:
    return f"projection.{projection.name}"


def _open_shared(path: Path) -> int:
    """Open the lock file and hold it with others. Raises StorageInUse while a rebuild holds it alone."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise StorageInUse(path=str(path)) from error
    return handle
