"""From the SQLite file of one machine to a PostgreSQL server, whole and looked through, with the hub stopped. Blocking.

Every table is copied as it is, in one transaction, and read back: as many rows, and the same ones. The file stays where
it is. Files and keys do not move: they are in the data folder, which the processes of a hub share.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from hub.backup import NotEmpty
from hub.config import HubConfig
from hub.database import Database
from hub.problems import Problem
from hub.state import Hub

_PAGE = 500  # rows
_OURS = ("station", "staff", "journal", "catalogue")  # a database with rows in one of these is somebody's
_TABLES = """
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name != 'staff', name
"""


class NoSource(Problem):
    status = 409
    code = "move.no_source"
    title = ("数据目录里没有 SQLite 数据库", "There is no SQLite database in the data folder")


class NotPostgreSQL(Problem):
    status = 422
    code = "move.no_target"
    title = ("目标不是 PostgreSQL 地址", "The target is no address of PostgreSQL")


class MoveFailed(Problem):
    status = 500
    code = "move.differs"
    title = ("搬过去的数据和原来的不一样，已全部撤回", "What arrived is not what was sent; nothing was kept")


def move(config: HubConfig, tell: Callable[[str, int], object] = lambda table, rows: None) -> dict[str, int]:
    """Copy the SQLite file of the data folder into `config.database_url`. Returns rows by table.

    `tell(table, rows)` hears of each table that is done. Raises NoSource, NotPostgreSQL, NotEmpty, MoveFailed.
    """
    if not config.database_url.startswith(("postgresql://", "postgres://")):
        raise NotPostgreSQL()
    if not config.database.is_file():
        raise NoSource(path=str(config.database))
    with Hub(config.model_copy(update={"database_url": ""})):
        pass  # brings the file to the newest version
    with closing(_open(config.database)) as source, Hub(config) as target:
        return _copy(source, target.db, tell)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def _copy(source: sqlite3.Connection, target: Database, tell: Callable[[str, int], object]) -> dict[str, int]:
    tables = _tables(source)
    for table in _OURS:
        if table in tables and target.value(f"SELECT COUNT(*) FROM {table}"):  # noqa: S608 - names of our own
            raise NotEmpty(table=table)
    counted = {kind for (kind,) in source.execute("SELECT name FROM sqlite_sequence")}
    moved = {}
    with target.transaction():
        for table, (columns, keys) in tables.items():
            target.execute(f"DELETE FROM {table}")  # noqa: S608
            sent = _send(source, target, table, columns)
            if _digest(_rows_of(target, table, columns, keys)) != sent:
                raise MoveFailed(table=table)
            if table in counted:
                _go_on_counting(target, table, keys[0])
            moved[table] = sent[0]
            tell(table, sent[0])
    return moved


def _tables(source: sqlite3.Connection) -> dict[str, tuple[list[str], list[str]]]:
    """Columns, and those of the primary key, of every table; what others refer to comes first."""
    found = {}
    for (name,) in source.execute(_TABLES).fetchall():
        info = source.execute(f"PRAGMA table_info({name})").fetchall()
        keys = sorted((column[5], column[1]) for column in info if column[5])
        found[name] = [column[1] for column in info], [column for _, column in keys]
    return found


def _send(source: sqlite3.Connection, target: Database, table: str, columns: list[str]) -> tuple[int, int]:
    names = ", ".join(columns)
    cursor = source.execute(f"SELECT {names} FROM {table}")  # noqa: S608
    digest = _Digest()
    while page := cursor.fetchmany(_PAGE):
        for row in page:
            digest.add(row)
        marks = ", ".join(["(" + ", ".join("?" * len(columns)) + ")"] * len(page))
        values = [value for row in page for value in row]
        target.execute(f"INSERT INTO {table} ({names}) VALUES {marks}", values)  # noqa: S608
    return digest.value


def _rows_of(target: Database, table: str, columns: list[str], keys: list[str]) -> Iterator[tuple[Any, ...]]:
    """Page by page along the primary key; what has none is small."""
    select = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608
    order = f" ORDER BY {', '.join(keys)} LIMIT {_PAGE}" if keys else ""
    after = f" WHERE ({', '.join(keys)}) > ({', '.join('?' * len(keys))})"
    rows = target.rows(select + order)
    while rows:
        for row in rows:
            yield tuple(row[column] for column in columns)
        rows = (
            target.rows(select + after + order, [rows[-1][key] for key in keys]) if len(rows) == _PAGE and keys else []
        )


def _go_on_counting(target: Database, table: str, key: str) -> None:
    """The next number the server gives is one more than the last."""
    last = target.value(f"SELECT COALESCE(MAX({key}), 0) FROM {table}")  # noqa: S608
    target.rows("SELECT setval(pg_get_serial_sequence(?, ?), ?)", (table, key, max(1, int(last))))


class _Digest:
    """Of rows in any order: how many, and the sum of their hashes."""

    def __init__(self) -> None:
        self._count = self._sum = 0

    def add(self, row: tuple[Any, ...]) -> None:
        plain = [value.hex() if isinstance(value, bytes | memoryview) else value for value in row]
        text = json.dumps([float(v) if isinstance(v, int | float) else v for v in plain], ensure_ascii=True)
        self._count += 1
        self._sum = (self._sum + int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())) % (1 << 128)

    @property
    def value(self) -> tuple[int, int]:
        return self._count, self._sum


def _digest(rows: Iterator[tuple[Any, ...]]) -> tuple[int, int]:
    digest = _Digest()
    for row in rows:
        digest.add(row)
    return digest.value
