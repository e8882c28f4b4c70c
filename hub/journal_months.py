"""The journal cut by month, on a server; in a file a month is a condition. Blocking.

A part is made before its month begins, at the start of the hub and daily. An entry for whose month there is none is
never refused: it goes into `journal_other`, and from there into its part once that is made.
"""

import re
from datetime import date, datetime, timedelta

from hub.database import Database

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
LATE = timedelta(days=1)  # a month is over when it has been for so long: clocks differ, a batch may be on its way
_ANY = "SELECT 1 FROM journal WHERE received >= ? AND received < ? LIMIT 1"
_SINCE = "SELECT MIN(CASE WHEN id >= ? THEN month END) AS first, MAX(month) AS last FROM journal_high"
# A process of the version before, still running during an upgrade, counts positions by what is in the table.
_COUNT_ON = """
    UPDATE journal_position SET last = (SELECT MAX(position) FROM journal)
    WHERE last < (SELECT MAX(position) FROM journal)
"""
_PARTS = """
    SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'journal'::regclass AND c.relname != 'journal_other' ORDER BY c.relname
"""


def is_month(text: str) -> bool:
    """Whether this is YYYY-MM."""
    return _MONTH.fullmatch(text) is not None


def month_of(at: date) -> str:
    return f"{at:%Y-%m}"


def after(month: str, months: int = 1) -> str:
    """The month so many months later, or earlier."""
    count = int(month[:4]) * 12 + int(month[5:]) - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"


def within(month: str) -> tuple[str, str]:
    """From and before, of `received`."""
    return month, after(month)


def prepare(db: Database, now: datetime) -> list[str]:
    """Make the parts of this month, of the next, and of what has none yet. Returns the months. Harmless when repeated.

    Each month by itself, so that a large database that had no parts yet gets them one after the other.
    """
    if not db.is_server:
        return []
    there = set(parts(db))
    this = month_of(now)
    found = db.rows("SELECT DISTINCT substr(received, 1, 7) AS month FROM journal_other")
    wanted = {this, after(this), *(row["month"] for row in found if is_month(row["month"]))}
    missing = sorted(wanted - there)
    for month in missing:
        with db.transaction():
            if month not in parts(db):  # another process may have been at it
                _make(db, month)
    _note_highest(db, month_of(now - LATE))
    with db.transaction():
        db.execute(_COUNT_ON)
    return missing


def since(db: Database, lowest: str) -> str:
    """Where in `received` those parts begin that may have an id from `lowest` on; "" = anywhere.

    Ids begin with the time they were made at, so one that is new is looked for in the newest parts alone, and one that
    is old, or was made by a clock that ran ahead, in all parts that have such ids.
    """
    found = db.rows(_SINCE, (lowest,))[0]
    return str(found["first"] or (after(found["last"]) if found["last"] else ""))


def _note_highest(db: Database, before: str) -> None:
    """Of the parts of months that are over: nothing comes into them any more."""
    known = {row["month"] for row in db.rows("SELECT month FROM journal_high")}
    for month in parts(db):
        if month < before and month not in known:
            highest = db.value(f"SELECT MAX(id) FROM {_name(month)}") or ""  # noqa: S608 - one of our own names
            db.execute("INSERT INTO journal_high VALUES (?,?) ON CONFLICT (month) DO NOTHING", (month, highest))


def parts(db: Database) -> list[str]:
    """The months that have a part of their own."""
    return [row["name"].removeprefix("journal_").replace("_", "-") for row in db.rows(_PARTS)]


def months_before(db: Database, before: str) -> list[str]:
    """Months of which something is in the table, oldest first."""
    if db.is_server:
        found = [month for month in parts(db) if month < before]
    else:
        # Positions follow the order of taking, so the oldest month is found without reading the whole table.
        oldest = str(db.value("SELECT received FROM journal WHERE position > 0 ORDER BY position LIMIT 1") or "")[:7]
        found = []
        while is_month(oldest) and oldest < before:
            found.append(oldest)
            oldest = after(oldest)
    return [month for month in found if db.value(_ANY, within(month))]


def drop(db: Database, month: str) -> None:
    """Let go of the part of a month, within a transaction. Whoever reads meanwhile is waited for, but not for long."""
    name = _name(month)
    db.execute("SET LOCAL lock_timeout = '10s'")  # everybody who comes later would stand behind us
    db.execute(f"ALTER TABLE journal DETACH PARTITION {name}")
    db.execute(f"DROP TABLE {name}")
    db.execute("DELETE FROM journal_high WHERE month = ?", (month,))


def _make(db: Database, month: str) -> None:
    """With what is in `journal_other` of it: a part may only be added when nothing of its month is there."""
    name, (first, last) = _name(month), within(month)
    db.execute(f"CREATE TABLE {name} (LIKE journal_other INCLUDING ALL)")
    db.execute(f"INSERT INTO {name} SELECT * FROM journal_other WHERE received >= ? AND received < ?", (first, last))  # noqa: S608
    db.execute("DELETE FROM journal_other WHERE received >= ? AND received < ?", (first, last))
    db.execute(f"ALTER TABLE journal ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{last}')")


def _name(month: str) -> str:
    assert is_month(month), month  # it becomes part of a statement
    return f"journal_{month.replace('-', '_')}"
