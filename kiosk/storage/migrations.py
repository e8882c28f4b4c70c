"""The tables that are not derived: forward only, one script a version, never edited once released."""

import peewee

from kiosk.errors import StorageError

SCRIPTS: tuple[str, ...] = (
    """
    CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        clock TEXT NOT NULL,
        body TEXT NOT NULL
    );
    CREATE TABLE catalogue (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        station TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (kind, id)
    ) WITHOUT ROWID;
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    # What comes back from the hub, until all of it is here and can be put in its place.
    """
    CREATE TABLE incoming (
        place INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        clock TEXT NOT NULL,
        body TEXT NOT NULL,
        crc INTEGER NOT NULL
    );
    INSERT OR IGNORE INTO meta VALUES ('journal.name', lower(hex(randomblob(16))));
    ALTER TABLE journal ADD COLUMN crc INTEGER;
    """,
    # Who published a document, and the newest of each that was ever here: an older one never comes back.
    """
    CREATE TABLE catalogue_serial (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        serial INTEGER NOT NULL,
        signer TEXT NOT NULL,
        PRIMARY KEY (kind, id)
    ) WITHOUT ROWID;
    """,
)


class DatabaseTooNew(StorageError):
    """The database was written by a later version of the program; this one must not touch it."""

    code = "storage.too_new"


def statements(script: str) -> list[str]:
    """The single statements of a script of plain CREATE/ALTER statements."""
    return [part.strip() for part in script.split(";") if part.strip()]


def migrate(db: peewee.SqliteDatabase) -> int:
    """Bring `db` to the newest version and return it. Each step commits whole. Raises DatabaseTooNew."""
    version = int(db.execute_sql("PRAGMA user_version").fetchone()[0])
    if version > len(SCRIPTS):
        raise DatabaseTooNew(found=version, known=len(SCRIPTS))
    for number in range(version, len(SCRIPTS)):
        with db.atomic("IMMEDIATE"):
            for statement in statements(SCRIPTS[number]):
                db.execute_sql(statement)
            db.execute_sql(f"PRAGMA user_version = {number + 1}")
    return len(SCRIPTS)
