"""The station's database: one SQLite file, one writer (the desk thread), full durability.

`synchronous=FULL` in WAL mode syncs the log at every commit: an entry that was acknowledged survives a power cut.
Source: sqlite.org/pragma.html#pragma_synchronous and sqlite.org/wal.html.
"""

import hashlib
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

import peewee

from kiosk.clock import Clock
from kiosk.errors import DiskFull, StorageError
from kiosk.protocol.journal import Entry, JournalBody
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.journal import Journal
from kiosk.storage.migrations import migrate, statements
from kiosk.storage.projections import Projection, projection_types

log = logging.getLogger(__name__)
P = TypeVar("P", bound=Projection)
_PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": 5000}
_SQLITE_FULL = 13


class Store:
    """Opens the database, brings it up to date, and hands out its parts. Raises StorageError when it cannot."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self._db = peewee.SqliteDatabase(str(path), pragmas=_PRAGMAS, check_same_thread=False, thread_safe=False)
        self._appended: list[Callable[[Entry], None]] = []
        self._pending: list[Entry] = []
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db.connect()
            migrate(self._db)
            self.journal = Journal(self._db, clock)
            self.catalogue = Catalogue(self._db)
            self._projections: dict[type[Projection], Projection] = {p: p(self._db) for p in projection_types()}
            self._derive_what_changed()
        except (peewee.DatabaseError, sqlite3.Error, OSError) as error:
            raise StorageError(path=str(path), problem=str(error)) from error

    def close(self) -> None:
        self._db.close()

    def projection(self, kind: type[P]) -> P:
        """The one instance of a projection, for its read methods."""
        return cast(P, self._projections[kind])

    def on_appended(self, callback: Callable[[Entry], None]) -> None:
        """Call back after the commit of each entry, on the thread that appended it."""
        self._appended.append(callback)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, durable at the end. Nests. Raises DiskFull or StorageError when the disk refuses."""
        outer = not self._db.in_transaction()
        try:
            with self._db.atomic("IMMEDIATE") if outer else self._db.atomic():
                yield
        except (peewee.DatabaseError, sqlite3.Error) as error:
            self._pending.clear()
            raise _storage_error(error) from error
        except BaseException:
            if outer:
                self._pending.clear()
            raise
        if outer:
            done, self._pending = self._pending, []
            for entry in done:
                for callback in self._appended:
                    callback(entry)

    def append(self, body: JournalBody) -> Entry:
        """Append to the journal and write what follows from it, in one transaction. Returns the durable entry."""
        with self.transaction():
            entry = self.journal.insert(body)
            for projection in self._projections.values():
                projection.apply(entry)
            self._pending.append(entry)
        return entry

    def meta(self, name: str) -> str | None:
        """A small value of the program's own, such as the last acknowledged sequence number."""
        row = self._db.execute_sql("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def set_meta(self, name: str, value: str) -> None:
        with self.transaction():
            self._db.execute_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?,?)", (name, value))

    def rebuild(self) -> int:
        """Derive everything anew from the journal, in one transaction. Returns the number of entries replayed."""
        return self._derive(tuple(self._projections.values()))

    def derived(self) -> dict[str, str]:
        """A digest (SHA-256 hex) of each derived table, to compare a rebuild with what was kept."""
        digests = {}
        for projection in self._projections.values():
            for table in projection.tables:
                rows = self._db.execute_sql(f"SELECT * FROM {table}").fetchall()
                ordered = sorted(json.dumps(row, default=str, ensure_ascii=False) for row in rows)
                digests[table] = hashlib.sha256("\n".join(ordered).encode()).hexdigest()
        return digests

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


def _version_key(projection: Projection) -> str:
    return f"projection.{projection.name}"


def _storage_error(error: BaseException) -> StorageError:
    # SQLite rolls a full transaction back by itself, so the error that arrives may be of a second, needless rollback:
    # the first cause is further down the chain.
    cause: BaseException | None = error
    while cause is not None:
        if getattr(cause, "sqlite_errorcode", None) == _SQLITE_FULL or "is full" in str(cause):
            return DiskFull(problem=str(cause))
        cause = cause.__cause__ or cause.__context__
    return StorageError(problem=str(error))
