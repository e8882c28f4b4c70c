"""Months of the journal as files that are read without a hub. Blocking.

`journal-2026-01.jsonl.gz`: a JSON object for each entry, in order of station, terminal and number. Beside it
`journal-2026-01.json`: how many there are, and the SHA-256 of the first file as it lies there. They hold what happened
at the stations, under pseudonyms: they belong where the hub itself would be safe.
"""

import gzip
import json
import os
import secrets
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from hub.database import Database, Row
from hub.disk import digest_of, sync_folder
from hub.journal_months import within
from hub.problems import Problem

_PAGE = 2000
_COLUMNS = (
    *("station", "terminal", "seq", "position", "id", "kind", "at", "clock", "body", "poison", "received"),
    "known",
)
_BACK = (
    "INSERT INTO journal (station, terminal, seq, position, id, kind, at, clock, body, poison, received, known)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING"
)
BROUGHT_BACK = ""  # what stands in `received` of a row that is there for a while; nothing is derived from that


class ArchiveNeeded(Problem):
    status = 409
    code = "archive.needed"
    title = (
        "有的月份已归档，重算需要归档文件：请用 rebuild --archive 指明目录",
        "Months were retired: to derive anew takes their files; name the folder with rebuild --archive",
    )


class ArchiveDamaged(Problem):
    status = 409
    code = "archive.damaged"
    title = ("归档文件缺失或已损坏", "A file of the archive is missing or damaged")


class ArchiveFailed(Problem):
    status = 503
    code = "archive.failed"
    title = ("归档文件没有写成，什么也没有删除", "The archive could not be written; nothing was deleted")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is written beside a month. `applied` entries have a position, of which these are the first and the last."""

    month: str
    file: str
    entries: int
    applied: int
    first: int
    last: int
    bytes: int
    sha256: str
    made: str


def rows_of(db: Database, month: str) -> Iterator[list[Row]]:
    """A month in pages, in order of station, terminal, number."""
    sql = "SELECT * FROM journal WHERE received >= ? AND received < ? AND (station, terminal, seq) > (?,?,?)"
    key: tuple[Any, ...] = ("", 0, 0)
    while rows := db.rows(f"{sql} ORDER BY station, terminal, seq LIMIT {_PAGE}", (*within(month), *key)):
        yield rows
        key = rows[-1]["station"], rows[-1]["terminal"], rows[-1]["seq"]


def write(db: Database, month: str, folder: Path, now: datetime) -> Manifest:
    """Write a month, whole or not at all, and read it back. Raises ArchiveFailed."""
    path = folder / f"journal-{month}.jsonl.gz"
    growing, positions, count = path.with_suffix(f".{secrets.token_hex(4)}.part"), _Span(), 0
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            with gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
                for rows in rows_of(db, month):
                    packed.write("".join(f"{_line(row)}\n" for row in rows).encode())
                    count += len(rows)
                    positions.add(rows)
            raw.flush()
            os.fsync(raw.fileno())
        span = positions.count, positions.first, positions.last
        made = Manifest(month, path.name, count, *span, growing.stat().st_size, digest_of(growing), now.isoformat())
        if sum(1 for _ in _lines(growing)) != count:
            raise ArchiveFailed(path=str(path), reason="what is in the file is not what was written")
        if path.exists() and digest_of(path) != made.sha256:
            raise ArchiveFailed(path=str(path), reason="there is another file of this name")
        growing.replace(path)
        _write_durably(folder / f"journal-{month}.json", json.dumps(asdict(made), indent=1) + "\n")
        sync_folder(folder)
    except (OSError, EOFError, zlib.error) as error:
        raise ArchiveFailed(path=str(path), reason=str(error)) from error
    finally:
        growing.unlink(missing_ok=True)
    return made


def read(folder: Path, month: str, sha256: str) -> Iterator[dict[str, Any]]:
    """The rows of a month that was retired with this hash. Raises ArchiveDamaged before the first."""
    path = folder / f"journal-{month}.jsonl.gz"
    try:
        if digest_of(path) != sha256:
            raise ArchiveDamaged(path=str(path), reason="its SHA-256 is another one")
    except OSError as error:
        raise ArchiveDamaged(path=str(path), reason=str(error)) from error
    return (row | {"body": _dump(row["body"])} for row in map(json.loads, _lines(path)))


@contextmanager
def brought_back(db: Database, folder: Path | None) -> Iterator[None]:
    """While this lasts, within a transaction, retired months are in the table again.

    Whatever looks an entry up finds it as it did at first. Raises ArchiveNeeded, ArchiveDamaged.
    """
    retired = db.rows("SELECT month, sha256 FROM journal_month ORDER BY month")
    if retired and (folder is None or not folder.is_dir()):
        raise ArchiveNeeded(months=[row["month"] for row in retired], path=str(folder or ""))
    for rows in [read(folder, row["month"], row["sha256"]) for row in retired if folder]:
        page: list[tuple[Any, ...]] = []
        for row in rows:
            page.append(tuple((row | {"received": BROUGHT_BACK})[name] for name in _COLUMNS))
            if len(page) == _PAGE:
                db.execute_many(_BACK, page)
                page = []
        db.execute_many(_BACK, page)
    yield
    if retired:
        db.execute("DELETE FROM journal WHERE received = ?", (BROUGHT_BACK,))


class _Span:
    """Of positions: how many, the first, the last; 0 where there are none."""

    def __init__(self) -> None:
        self.count = self.first = self.last = 0

    def add(self, rows: list[Row]) -> None:
        found = [row["position"] for row in rows if row["position"] is not None]
        self.count += len(found)
        self.first = min([*found, self.first] if self.first else found, default=0)
        self.last = max([*found, self.last])


def _line(row: Row) -> str:
    return _dump({name: json.loads(row[name]) if name == "body" else row[name] for name in _COLUMNS})


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from file


def _write_durably(path: Path, text: str) -> None:
    growing = path.with_suffix(".new")
    with open(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    growing.replace(path)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
