"""The tables of the journal, step by step, forward only.

In a file the journal is one table. On a server it is cut by the month in which an entry was received, the first seven
characters of `received` (ISO 8601 in UTC, compared byte by byte), so that an old month goes by dropping its part.

What is unique: a key over all parts would have to contain `received`, and then says nothing. Each part by itself has
the keys (station, terminal, seq) and (position). Over all of them it is the intake that sees to it: it writes under
the lock of the one writer, looks up what is held of a numbering in every part before it adds anything, and counts
positions on from the one row of `journal_position`. What was retired is known by `journal_head` and `journal_mark`.
"""

from hub.dialect import OnPostgreSQL

STEPS = (
    """
    CREATE TABLE journal (
        station TEXT NOT NULL,
        terminal INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        position INTEGER UNIQUE,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        clock TEXT NOT NULL,
        body TEXT NOT NULL,
        poison TEXT NOT NULL DEFAULT '',
        received TEXT NOT NULL,
        PRIMARY KEY (station, terminal, seq)
    );
    CREATE INDEX journal_id ON journal (id);
    CREATE INDEX journal_station ON journal (station, position);
    CREATE TABLE journal_head (
        station TEXT NOT NULL,
        terminal INTEGER NOT NULL,
        acknowledged INTEGER NOT NULL,
        PRIMARY KEY (station, terminal)
    ) WITHOUT ROWID;
    CREATE TABLE projection (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE projection_failure (name TEXT, position INTEGER, reason TEXT, PRIMARY KEY (name, position))
        WITHOUT ROWID;
    """,
    # Counted for each station every few seconds, and nearly always none.
    "CREATE INDEX journal_poison ON journal (station) WHERE poison != ''",
    # The numbering that a terminal uses. `known`: here already, under the number of an earlier journal of this station.
    """
    CREATE TABLE journal_name (
        station TEXT NOT NULL,
        terminal INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (station, terminal)
    ) WITHOUT ROWID;
    ALTER TABLE journal ADD COLUMN known INTEGER NOT NULL DEFAULT 0
    """,
    # The parts. What is here already becomes the part that takes whatever has no month of its own, with nothing copied;
    # `hub/journal_months.py` gives each month in it a part. That one's indexes are the pattern of all others.
    OnPostgreSQL(
        """
        ALTER TABLE journal RENAME TO journal_other;
        ALTER INDEX journal_pkey RENAME TO journal_other_key;
        ALTER INDEX journal_position_key RENAME TO journal_other_position;
        ALTER INDEX journal_id RENAME TO journal_other_id;
        ALTER INDEX journal_station RENAME TO journal_other_station;
        ALTER INDEX journal_poison RENAME TO journal_other_poison;
        ALTER TABLE journal_other ALTER COLUMN received TYPE TEXT COLLATE "C";
        CREATE TABLE journal (LIKE journal_other INCLUDING DEFAULTS) PARTITION BY RANGE (received);
        CREATE INDEX journal_id ON journal (id);
        CREATE INDEX journal_station ON journal (station, position);
        CREATE INDEX journal_poison ON journal (station) WHERE poison != '';
        ALTER TABLE journal ATTACH PARTITION journal_other DEFAULT
        """
    ),
    # The last position given, also when its entry was retired. `journal_month`: retired ones; `gone` once nothing of it
    # is in the table any more. `journal_mark`: eight bytes for each entry retired, numbered without a gap from `first`.
    # `journal_high`: the highest id in the part of a month that is over, on a server.
    """
    CREATE TABLE journal_position (one INTEGER PRIMARY KEY, last INTEGER NOT NULL);
    INSERT INTO journal_position SELECT 1, COALESCE(MAX(position), 0) FROM journal;
    CREATE TABLE journal_month (
        month TEXT PRIMARY KEY,
        entries INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        retired TEXT NOT NULL,
        gone INTEGER NOT NULL
    );
    CREATE TABLE journal_mark (
        station TEXT NOT NULL,
        terminal INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        low TEXT NOT NULL,
        high TEXT NOT NULL,
        marks BLOB NOT NULL,
        PRIMARY KEY (station, terminal, first)
    );
    CREATE TABLE journal_high (month TEXT PRIMARY KEY, id TEXT NOT NULL);
    CREATE TABLE journal_chore (name TEXT PRIMARY KEY, day TEXT NOT NULL)
    """,
)
