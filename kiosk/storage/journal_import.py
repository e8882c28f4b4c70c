"""Writing entries that were made before: those saved from a damaged database, and those that come back from the hub.

Both number all entries anew, under a new name (`Store.journal_name`), so that the hub never takes one for another.
"""

import json
import secrets
from collections.abc import Iterable, Sequence

import peewee

from kiosk.protocol.journal import Entry
from kiosk.storage.journal import INSERT, sealed

ACKNOWLEDGED = "sync.acknowledged"
_NAME = "journal.name"
_KEEP = "INSERT OR IGNORE INTO incoming (id, kind, at, clock, body, crc) VALUES (?,?,?,?,?,?)"
_PUT_BACK = """
    INSERT INTO journal (id, kind, at, clock, body, crc)
    SELECT id, kind, at, clock, body, crc FROM incoming ORDER BY place
"""
_LOCAL = """
    CREATE TEMP TABLE local_entries AS
    SELECT seq, id, kind, at, clock, body, crc FROM journal WHERE id NOT IN (SELECT id FROM incoming)
"""
_APPEND_LOCAL = """
    INSERT INTO journal (id, kind, at, clock, body, crc)
    SELECT id, kind, at, clock, body, crc FROM temp.local_entries ORDER BY seq
"""


def write_all(db: peewee.SqliteDatabase, entries: Iterable[Entry]) -> int:
    """Write entries into an empty journal in their order, numbered from 1. Inside a transaction. Returns how many."""
    count = 0
    for entry in entries:
        db.execute_sql(INSERT, sealed(_row(entry)))
        count += 1
    name_anew(db)
    return count


def keep_incoming(db: peewee.SqliteDatabase, entries: Sequence[Entry], after: int) -> None:
    """Keep a page of what the hub holds; `after` is where the next one begins. Inside a transaction."""
    for entry in entries:  # the hub's order: a page is taken whole or not at all, and the next one begins after it
        db.execute_sql(_KEEP, sealed(_row(entry)))
    db.execute_sql("INSERT OR REPLACE INTO meta VALUES ('restore.after', ?)", (str(after),))


def incoming_after(db: peewee.SqliteDatabase) -> int:
    """Up to which position of the hub's everything that it holds was fetched."""
    row = db.execute_sql("SELECT value FROM meta WHERE name = 'restore.after'").fetchone()
    return int(row[0]) if row else 0


def missing_here(db: peewee.SqliteDatabase) -> int:
    """How many of the entries that were fetched are not in the journal."""
    sql = "SELECT COUNT(*) FROM incoming WHERE id NOT IN (SELECT id FROM journal)"
    return int(db.execute_sql(sql).fetchone()[0])


def merge_incoming(db: peewee.SqliteDatabase) -> None:
    """The journal is what the hub holds, and after it what only this terminal had. Inside a transaction."""
    db.execute_sql(_LOCAL)
    db.execute_sql("DELETE FROM journal")
    db.execute_sql(_PUT_BACK)
    db.execute_sql(_APPEND_LOCAL)
    db.execute_sql("DROP TABLE temp.local_entries")
    name_anew(db)


def forget_incoming(db: peewee.SqliteDatabase) -> None:
    """Nothing that was fetched is needed any more."""
    db.execute_sql("DELETE FROM incoming")
    db.execute_sql("DELETE FROM meta WHERE name = 'restore.after'")


def name_anew(db: peewee.SqliteDatabase) -> None:
    """Entries have other numbers now: a new name, and nothing of it has been acknowledged."""
    db.execute_sql("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, secrets.token_hex(16)))
    db.execute_sql("DELETE FROM meta WHERE name = ? OR name LIKE 'sync.poison.%'", (ACKNOWLEDGED,))


def _row(entry: Entry) -> tuple[str, str, str, str, str]:
    body = json.dumps(entry.body, ensure_ascii=False, separators=(",", ":"))
    return entry.id, entry.kind, entry.at.isoformat(), entry.clock, body
