"""Who asked to be forgotten, as the intake has to know it: what still comes of them is not kept as theirs."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime

from hub.database import Database
from hub.publishing import Catalogue
from kiosk.protocol.journal import Entry
from kiosk.protocol.redaction import Redaction, RetentionSettings, cutoffs, person_of

_MOST = 500
MIGRATIONS = (
    """
    CREATE TABLE erased (
        name TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        by_name TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE redaction_pass (secret TEXT NOT NULL)
    """,
)


def limits(catalogue: Catalogue, now: datetime) -> dict[str, datetime]:
    """Before when entries of a kind do not tell of a person any more, as published."""
    found = catalogue.documents(kind=RetentionSettings.kind)
    return cutoffs(now, RetentionSettings.model_validate(found[0].body) if found else None)


def who_asked(db: Database) -> list[str]:
    """Everybody who asked, and every entry that was asked for."""
    return [row["name"] for row in db.rows("SELECT name FROM erased ORDER BY name")]


def forgetting(db: Database, entries: Iterable[Entry]) -> Callable[[Entry], Entry]:
    """What each of these entries is to be kept as: itself, or without whom it told of."""
    if not db.value("SELECT COUNT(*) FROM erased"):
        return lambda entry: entry
    known = _known(db, {name for entry in entries for name in (entry.id, person_of(entry)) if name})
    redaction = Redaction(secrets.token_bytes(32), known)
    return lambda entry: redaction.of(entry) or entry


def _known(db: Database, asked: set[str]) -> set[str]:
    found: set[str] = set()
    rest = sorted(asked)
    while rest:
        some, rest = rest[:_MOST], rest[_MOST:]
        marks = ",".join("?" * len(some))
        found |= {row["name"] for row in db.rows(f"SELECT name FROM erased WHERE name IN ({marks})", some)}  # noqa: S608
    return found
