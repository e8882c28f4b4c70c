"""Reading what can be read of a damaged database.

Row by row through SQLite first; where that meets damage, also by `.recover` of SQLite's own command-line tool, which
takes rows from pages that nothing leads to any more (sqlite.org/recovery.html). An entry is believed only with its
checksum, or, from before there were checksums, where its table could still be read.
"""

import json
import logging
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.protocol.journal import Entry
from kiosk.storage.journal import checksum

log = logging.getLogger(__name__)
_PAGE = 200
_MISSES = 2000  # numbers without an entry, one after the other, after which there are no more
_RECOVER_SECONDS = 900
_FIELDS = ("id", "seq", "kind", "at", "clock", "body")
_SELECT = "SELECT id, seq, kind, at, clock, body, crc FROM journal"
_SELECT_OLD = "SELECT id, seq, kind, at, clock, body, NULL FROM journal"
_LOST = "SELECT c1, id, c2, c3, c4, c5, c6 FROM lost_and_found WHERE nfield = 7"
_KEPT_META = ("staff.%", "station.running", "sync.voice.%", "sync.diverged", "members.%", "door.%")


@dataclass
class Salvage:
    """What could be read of a database."""

    name: str = ""  # of the numbering; "" where that could not be read
    entries: dict[int, Entry] = field(default_factory=dict)
    earlier: list[Entry] = field(default_factory=list)  # of another numbering, which ended before this one began
    catalogue: list[tuple[Any, ...]] = field(default_factory=list)
    serials: list[tuple[Any, ...]] = field(default_factory=list)
    revision: int = 0  # 0 where it is not certain that all of the catalogue is here: the hub sends it again
    meta: dict[str, str] = field(default_factory=dict)
    highest: int = 0

    def complete(self, copy: "Salvage") -> None:
        """Take from an older copy what is not here."""
        known = {entry.id for entry in self.in_order()}
        fresh = {seq: entry for seq, entry in copy.entries.items() if entry.id not in known}
        if self.name and copy.name and self.name != copy.name:
            self.earlier = [*fresh.values(), *self.earlier]
        else:
            self.entries |= {seq: entry for seq, entry in fresh.items() if seq not in self.entries}
            self.highest = max(self.highest, copy.highest)
            self.name = self.name or copy.name
        if copy.revision > self.revision:
            self.catalogue, self.revision, self.serials = copy.catalogue, copy.revision, copy.serials
        self.meta = copy.meta | self.meta

    def in_order(self) -> list[Entry]:
        """Every entry once, oldest first."""
        every = [*self.earlier, *(self.entries[seq] for seq in sorted(self.entries))]
        return list({entry.id: entry for entry in every}.values())


def salvage(path: Path) -> Salvage:
    """Read what can be read, from a copy: looking at a damaged database would change it."""
    found = Salvage()
    scratch = path.with_name(path.name + ".look")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        for tail in ("", "-wal"):
            old = path.with_name(path.name + tail)
            if old.exists():
                shutil.copyfile(old, scratch / f"copy{tail}")
        if not _read(scratch / "copy", found) and _recover(scratch / "copy", scratch / "recovered"):
            _read_recovered(scratch / "recovered", found)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return found


def rows_of(db: sqlite3.Connection, sql: str, *values: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, none where it cannot be answered."""
    try:
        yield from db.execute(sql, values).fetchall()
    except sqlite3.DatabaseError as error:
        log.info("not readable: %s (%s)", sql, error)


def has_checksums(db: sqlite3.Connection) -> bool:
    """Whether this database keeps a checksum with each entry."""
    return any(row[1] == "crc" for row in rows_of(db, "PRAGMA table_info(journal)"))


def _read(copy: Path, found: Salvage) -> bool:
    """Whether everything could be read."""
    try:
        with closing(sqlite3.connect(copy)) as db:
            whole = _read_journal(db, found)
            _read_rest(db, found)
            return whole and len(found.entries) == found.highest
    except sqlite3.Error as error:
        log.warning("nothing more could be read: %s", error)
        return False


def _recover(copy: Path, recovered: Path) -> bool:
    """Have SQLite's tool write what it finds into a new database. False where the tool is not there, or fails."""
    if shutil.which("sqlite3") is None:
        log.error("sqlite3 is not installed: rows that nothing leads to any more cannot be read")
        return False
    try:
        with subprocess.Popen(["sqlite3", copy, ".recover"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as out:
            done = subprocess.run(
                ["sqlite3", recovered],
                stdin=out.stdout,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_RECOVER_SECONDS,
                check=False,
            )
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("nothing could be recovered: %s", error)
        return False
    return done.returncode == 0 and recovered.exists()


def _read_recovered(recovered: Path, found: Salvage) -> None:
    more = Salvage()
    with closing(sqlite3.connect(recovered)) as db:
        _read_journal(db, more, checked=True)
        for row in rows_of(db, _LOST):
            _take(more, row, checked=True)
        _read_rest(db, more)
    more.revision = 0  # nobody knows what is not there
    found.complete(more)
    if not found.catalogue:
        found.catalogue, found.serials = more.catalogue, more.serials


def _read_journal(db: sqlite3.Connection, found: Salvage, checked: bool = False) -> bool:
    """Page by page; where a page cannot be read, one entry after the other. Whether all pages could be read."""
    at, misses, whole = 0, 0, True
    columns = _SELECT if has_checksums(db) else _SELECT_OLD
    while True:
        try:
            rows = db.execute(f"{columns} WHERE seq > ? ORDER BY seq LIMIT ?", (at, _PAGE)).fetchall()
            if not rows:
                return whole
            for row in rows:
                whole &= _take(found, row, checked)
            at, misses = rows[-1][1], 0
        except sqlite3.OperationalError:
            return False  # there is no such table in what is left
        except sqlite3.DatabaseError:
            whole = False
            for seq in range(at + 1, at + _PAGE + 1):
                misses = 0 if _read_one(db, columns, seq, found, checked) else misses + 1
            at += _PAGE
            if misses >= _MISSES:
                return whole


def _read_one(db: sqlite3.Connection, columns: str, seq: int, found: Salvage, checked: bool) -> bool:
    return any(_take(found, row, checked) for row in rows_of(db, f"{columns} WHERE seq = {seq}"))


def _take(found: Salvage, stored: tuple[Any, ...], checked: bool = False) -> bool:
    """Whether the row is an entry that can be believed; `checked`: with its checksum only."""
    *row, crc = stored
    try:
        if (checked and crc is None) or (crc is not None and checksum(row[0], *row[2:]) != crc):
            return False
        values = dict(zip(_FIELDS, row, strict=True)) | {"body": json.loads(row[5])}
        entry = Entry.model_validate(values | {"at": datetime.fromisoformat(row[3])})
    except (ValidationError, ValueError, TypeError):
        return False
    found.entries.setdefault(entry.seq, entry)
    found.highest = max(found.highest, entry.seq)
    return True


def _read_rest(db: sqlite3.Connection, found: Salvage) -> None:
    """The catalogue, and small values of the program's own."""
    acknowledged = "SELECT value FROM meta WHERE name = 'sync.acknowledged'"
    for sql in ("SELECT COALESCE(MAX(seq), 0) FROM journal", acknowledged):
        for row in rows_of(db, sql):
            found.highest = max(found.highest, int(row[0]))
    for row in rows_of(db, "SELECT value FROM meta WHERE name = 'journal.name'"):
        found.name = str(row[0])
    catalogue = list(rows_of(db, "SELECT kind, id, revision, station, body FROM catalogue"))
    found.serials = list(rows_of(db, "SELECT kind, id, serial, signer FROM catalogue_serial"))
    counted = [int(row[0]) for row in rows_of(db, "SELECT COUNT(*) FROM catalogue NOT INDEXED")]
    found.catalogue = [row for row in catalogue if _is_json(row[4])]
    if counted == [len(found.catalogue)]:
        for row in rows_of(db, "SELECT value FROM meta WHERE name = 'catalogue.revision'"):
            found.revision = int(row[0])
    for pattern in _KEPT_META:
        rows = rows_of(db, "SELECT name, value FROM meta WHERE name LIKE ?", pattern)
        found.meta |= {str(name): str(value) for name, value in rows}


def _is_json(text: object) -> bool:
    try:
        return isinstance(json.loads(str(text)), dict)
    except ValueError:
        return False
