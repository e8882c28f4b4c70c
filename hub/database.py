"""The hub's database: a SQLite file or PostgreSQL. Many readers, one writer at a time, synced at every commit.

What differs between the two is in `hub/dialect.py`. Each thread has a connection of its own.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import peewee

from hub.dialect import Script, open_dialect
from hub.problems import Problem
from hub.turns import Turns

_PATIENCE = 10.0  # seconds; what takes longer than that at the end is given up
_VERSIONS = "CREATE TABLE IF NOT EXISTS schema_version (feature TEXT PRIMARY KEY, version INTEGER NOT NULL)"
T = TypeVar("T")
Row = dict[str, Any]
Parameters = Sequence[Any] | Mapping[str, Any]


class DatabaseFailed(Problem):
    status = 503
    code = "database.failed"
    title = ("数据库暂时不能读写", "The database cannot be read or written now")


class DatabaseTooNew(DatabaseFailed):
    code = "database.too_new"
    title = ("数据库由更新版本的程序写成", "The database was written by a later version of this program")


class _Gate:
    """Who is using the connections now: one that is closed under a thread that reads from it ends the program."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False
        self._local = threading.local()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """While this lasts nothing is closed. Raises peewee.OperationalError once it is; nests in one thread."""
        depth = getattr(self._local, "depth", 0)
        if depth == 0:
            with self._changed:
                if self._closed:
                    raise peewee.OperationalError("the database was closed")
                self._inside += 1
        self._local.depth = depth + 1
        try:
            yield
        finally:
            self._local.depth = depth
            if depth == 0:
                with self._changed:
                    self._inside -= 1
                    self._changed.notify_all()

    def close(self) -> None:
        """Let nobody in any more, and wait until everybody has left."""
        with self._changed:
            self._closed = True
            self._changed.wait_for(lambda: self._inside == 0, _PATIENCE)


class Database:
    """Plain SQL with `?` or `:name` parameters. Blocking: from threads, never on the event loop."""

    def __init__(self, target: Path | str) -> None:
        """Opens or creates a SQLite file, or reaches a server (`postgresql://…`). Raises DatabaseFailed."""
        self._writer = Turns()
        self._gate = _Gate()
        try:
            self._dialect = open_dialect(target)
        except OSError as error:
            raise DatabaseFailed(reason=str(error)) from error
        self._db = self._dialect.db
        with self.transaction():
            self.execute(self._dialect.ddl(_VERSIONS))

    def close(self) -> None:
        """Close the connections of all threads, when what they are in the middle of has ended."""
        self._gate.close()
        self._dialect.close()

    def urgently(self, fn: Callable[..., T], *args: Any, **more: Any) -> T:
        """Call `fn`; what it writes goes before all others that wait for their turn in this process."""
        with self._writer.first():
            return fn(*args, **more)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, durable at the end, one at a time. Nests: an inner one that fails undoes only itself."""
        with self._writer, self._failures():
            outer = not self._db.in_transaction()
            with self._dialect.begin(outer):
                if outer:
                    self._dialect.lock_writers()
                yield

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement and return the number of rows it changed. Several belong in a `transaction`."""
        with self._failures():
            return int(self._db.execute_sql(self._dialect.sql(sql), parameters).rowcount)

    def execute_many(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each of these, inside a `transaction`."""
        if parameters:
            with self._failures():
                self._db.connection().cursor().executemany(self._dialect.sql(sql), parameters)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Every row, as a dictionary by column."""
        with self._failures():
            text, inside = self._dialect.sql(sql), self._db.in_transaction()
            try:
                cursor = self._db.execute_sql(text, parameters)
            except (peewee.OperationalError, peewee.InterfaceError):
                if inside or not self._dialect.broken():
                    raise
                cursor = self._db.execute_sql(text, parameters)  # the server was restarted: to read again harms nobody
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

    def migrate(self, feature: str, scripts: Sequence[Script]) -> int:
        """Bring the tables of `feature` to the newest version and return it. All of it or nothing.

        Forward only: a script that was released is never edited, a change is a further script. Raises DatabaseTooNew.
        """
        with self.transaction():  # looked at within: another process may be at it, and then there is nothing left to do
            version = int(self.value("SELECT version FROM schema_version WHERE feature = ?", (feature,)) or 0)
            if version > len(scripts):
                raise DatabaseTooNew(feature=feature, found=version, known=len(scripts))
            for number in range(version, len(scripts)):
                self.script(scripts[number])
                self.execute(
                    "INSERT INTO schema_version (feature, version) VALUES (?,?) "
                    "ON CONFLICT (feature) DO UPDATE SET version = excluded.version",
                    (feature, number + 1),
                )
        return len(scripts)

    @property
    def is_server(self) -> bool:
        """Whether this is PostgreSQL."""
        return self._dialect.is_server

    def script(self, script: Script) -> None:
        """Run plain statements separated by ";" (none inside a string)."""
        text = script if isinstance(script, str) else script.text if self.is_server else ""
        for statement in filter(None, (part.strip() for part in text.split(";"))):
            self.execute(self._dialect.ddl(statement))

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """What is wrong with the database, not with the question: a full disk, a damaged file, a lost server."""
        try:
            with self._gate.entered():
                yield
        except (peewee.DatabaseError, sqlite3.DatabaseError, peewee.InterfaceError) as error:
            self._dialect.broken()
            ours = (peewee.IntegrityError, peewee.ProgrammingError, peewee.DataError, sqlite3.IntegrityError)
            if isinstance(error, ours):
                raise
            raise DatabaseFailed(reason=str(error)) from error
