"""Journals as terminals send them, for tests that need a hub and no web server."""

import itertools
from datetime import date, timedelta
from typing import Any

from hub import journal
from hub.database import Database
from hub.features import features
from hub.state import Hub
from kiosk.fleet import day_of
from kiosk.protocol.ids import uuid7


def entries(station: str, count: int) -> list[dict[str, Any]]:
    """Realistic days from October 2026 on, numbered from 1. Another call gives other ids."""
    days = (date(2026, 10, 1) + timedelta(days=n) for n in itertools.count())
    happened = itertools.chain.from_iterable(day_of(station, day, 1) for day in days)
    return [
        {
            **{"id": uuid7(at), "seq": seq, "kind": body.kind, "at": at.isoformat(), "clock": "synced"},
            "body": body.model_dump(mode="json"),
        }
        for seq, (at, body) in enumerate(itertools.islice(happened, count), 1)
    ]


def enrolled(hub: Hub, *stations: str) -> None:
    for station in stations:
        values = (station, "00", 1, hub.now().isoformat(), "")
        hub.db.execute("INSERT INTO station (id, public_key, terminal, enrolled, last_seen) VALUES (?,?,?,?,?)", values)


def take(hub: Hub, station: str, sent: list[dict[str, Any]], name: str = "") -> int:
    """As the route does. Returns up to where everything is held."""
    terminal = int(hub.db.value("SELECT terminal FROM station WHERE id = ?", (station,)))
    return journal.take(hub.db, features(), station, terminal, sent, hub.now().isoformat(), name)[0]


def journal_of(db: Database) -> list[dict[str, Any]]:
    """Everything there is, in the order of taking, without when it was received."""
    rows = db.rows("SELECT * FROM journal ORDER BY position IS NULL, position, station, terminal, seq")
    return [{name: value for name, value in row.items() if name != "received"} for row in rows]


def derived(db: Database) -> dict[str, list[str]]:
    """Every table that follows from the journal."""
    tables = [table for feature in features() if feature.projection for table in feature.projection.tables]
    return {table: sorted(map(str, db.rows(f"SELECT * FROM {table}"))) for table in tables}
