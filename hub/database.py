"""The hub's database: one SQLite file, many readers, one writer at a time, synced to disk at every commit.

`synchronous=FULL` in WAL mode: what a station was told is held survives a power cut
(sqlite.org/pragma.html#pragma_synchronous). Each thread has a connection of its own.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee

from hub.problems import Problem

_PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": 10000}
_VERSIONS = (
    "CREATE TABLE IF NOT EXISTS schema_version (feature TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID"
)
Row = dict[str, Any]
Parameters = Sequence[Any] | Mapping[str, Any]


class DatabaseFailed(Problem):
    status = 503
    code = "database.failed"
    title = ("数据库暂时不能读写", "The database cannot be read or written now")


class DatabaseTooNew(DatabaseFailed):
    code = "database.too_new"
    title = ("数据库由更新版本的程序写成", "The database was written by a later version of this program")


class _Connections(peewee.SqliteDatabase):
    """Remembers the connection of each thread, so that all of them are closed when the hub stops."""

    opened: list[sqlite3.Connection]

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = super()._connect()  # type: ignore[misc]  # the stubs leave it out
        self.opened.append(connection)
        return connection


class Database:
    """Plain SQL with `?` or `:name` parameters. Blocking: from threads, never on the event loop."""

    def __init__(self, path: Path) -> None:
        """Opens or creates the file. Raises DatabaseFailed."""
        self.path = path
        self._writer = threading.RLock()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            connections = _Connections(str(path), pragmas=_PRAGMAS, check_same_thread=False)
            self._opened = connections.opened = []
            self._db: peewee.SqliteDatabase = connections
            self.execute(_VERSIONS)
        except OSError as error:
            raise DatabaseFailed(reason=str(error)) from error

    def close(self) -> None:
        """Close the connections of all threads. Nothing else may be using them."""
        while self._opened:
            self._opened.pop().close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, durable at the end, one at a time. Nests: an inner one that fails undoes only itself."""
        with self._writer, _failures():
            outer = not self._db.in_transaction()
            with self._db.atomic("IMMEDIATE") if outer else self._db.atomic():
                yield

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement and return the number of rows it changed. Several belong in a `transaction`."""
        with _failures():
            return int(self._db.execute_sql(sql, parameters).rowcount)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Every row, as a dictionary by column."""
        with _failures():
            cursor = self._db.execute_sql(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row, None when there is none."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, None when there is none."""
        found = self.row(sql, parameters)
        return next(iter(found.values())) if found else None

    def migrate(self, feature: str, scripts: Sequence[str]) -> int:
        """Bring the tables of `feature` to the newest version and return it. Each script commits whole.

        Forward only: a script that was released is never edited, a change is a further script. Raises DatabaseTooNew.
        """
        version = int(self.value("SELECT version FROM schema_version WHERE feature = ?", (feature,)) or 0)
        if version > len(scripts):
            raise DatabaseTooNew(feature=feature, found=version, known=len(scripts))
        for number in range(version, len(scripts)):
            with self.transaction():
                self.script(scripts[number])
                self.execute("INSERT OR REPLACE INTO schema_version VALUES (?,?)", (feature, number + 1))
        return len(scripts)

    def script(self, text: str) -> None:
        """Run plain statements separated by ";" (none inside a string)."""
        for statement in filter(None, (part.strip() for part in text.split(";"))):
            self.execute(statement)


@contextmanager
def _failures() -> Iterator[None]:
    """What is wrong with the database, not with the question: a full disk, a lock, a damaged file."""
    try:
        yield
    except (peewee.DatabaseError, sqlite3.DatabaseError) as error:
        ours = (peewee.IntegrityError, peewee.ProgrammingError, peewee.DataError, sqlite3.IntegrityError)
        if isinstance(error, ours):
            raise
        raise DatabaseFailed(reason=str(error)) from error
