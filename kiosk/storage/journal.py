"""The journal: an append-only table of everything that happened in this station."""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import peewee

from kiosk.clock import Clock
from kiosk.protocol.ids import uuid7
from kiosk.protocol.journal import Entry, JournalBody

_COLUMNS = "id, seq, kind, at, clock, body"
INSERT = "INSERT INTO journal (id, kind, at, clock, body, crc) VALUES (?,?,?,?,?,?)"


def sealed(row: tuple[str, str, str, str, str]) -> tuple[str, str, str, str, str, int]:
    """A row for `INSERT`, with the checksum by which it is known to be whole when a disk has failed."""
    return (*row, checksum(*row))


def checksum(*row: str) -> int:
    """CRC-32 of id, kind, at, clock and body as they are stored."""
    return zlib.crc32("\0".join(row).encode())


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(
        id=row[0], seq=row[1], kind=row[2], at=datetime.fromisoformat(row[3]), clock=row[4], body=json.loads(row[5])
    )


class Journal:
    """Reads and appends. Nothing is deleted, and edited only by `redaction`. Use `Store.append`, which derives too."""

    def __init__(self, db: peewee.SqliteDatabase, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def insert(self, body: JournalBody) -> Entry:
        """Write `body` as the next entry. Inside a transaction only."""
        if not body.kind:
            raise ValueError(f"{type(body).__name__} has no kind: register it with @journal_body")
        now = self._clock.now()
        made = uuid7(now)
        clock = self._clock.quality().value
        values = body.model_dump(mode="json")
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        # `seq` is the rowid: without deletions SQLite gives the next number, and a rolled back one is given again.
        done = self._db.execute_sql(INSERT, sealed((made, body.kind, now.isoformat(), clock, text)))
        return Entry(id=made, seq=done.lastrowid, kind=body.kind, at=now, clock=clock, body=values)

    @staticmethod
    def of_kinds(db: peewee.SqliteDatabase, *kinds: str) -> list[Entry]:
        """Every entry of these kinds, in order, for a projection that has to derive a part of it anew."""
        marks = ",".join("?" * len(kinds))
        rows = db.execute_sql(f"SELECT {_COLUMNS} FROM journal WHERE kind IN ({marks}) ORDER BY seq", kinds)
        return [_entry(row) for row in rows.fetchall()]

    def last_seq(self) -> int:
        """The highest sequence number, 0 while the journal is empty."""
        return int(self._db.execute_sql("SELECT COALESCE(MAX(seq), 0) FROM journal").fetchone()[0])

    def get(self, entry_id: str) -> Entry | None:
        return self.read(self._db, entry_id)

    entry_of = staticmethod(_entry)

    @staticmethod
    def read(db: peewee.SqliteDatabase, entry_id: str) -> Entry | None:
        """One entry by its id, for a projection that has to look back."""
        row = db.execute_sql(f"SELECT {_COLUMNS} FROM journal WHERE id = ?", (entry_id,)).fetchone()
        return _entry(row) if row else None

    def after(self, seq: int, limit: int = 500) -> list[Entry]:
        """At most `limit` entries that follow `seq`, in order."""
        rows = self._db.execute_sql(
            f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
        ).fetchall()
        return [_entry(row) for row in rows]

    def all(self, after: int = 0) -> Iterator[Entry]:
        """Every entry after `after` in order, read in pages so that memory stays flat."""
        while page := self.after(after):
            yield from page
            after = page[-1].seq

    def newest(self, kind_prefix: str = "", limit: int = 100) -> list[Entry]:
        """The newest entries first, of kinds that begin with `kind_prefix`."""
        rows = self._db.execute_sql(
            f"SELECT {_COLUMNS} FROM journal WHERE kind >= ? AND kind < ? ORDER BY seq DESC LIMIT ?",
            (kind_prefix, kind_prefix + "\U0010ffff", limit),
        ).fetchall()
        return [_entry(row) for row in rows]
