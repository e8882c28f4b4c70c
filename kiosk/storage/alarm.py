"""Alarms, from the journal: how each of them stands, so that one lasts over a power cut, and how the tests ended."""

from datetime import datetime
from typing import Any, ClassVar

import peewee

from kiosk.protocol.alarm import (
    AlarmAcknowledged,
    AlarmClosed,
    AlarmDelivered,
    AlarmMistaken,
    AlarmPressed,
    AlarmRaised,
    AlarmSelfTested,
)
from kiosk.protocol.journal import Entry


class Alarms:
    """One row an incident. `raised` and `at` are ISO 8601."""

    name: ClassVar[str] = "alarm"
    version: ClassVar[int] = 1
    tables: ClassVar[tuple[str, ...]] = ("alarm", "alarm_test")
    schema: ClassVar[str] = """
    CREATE TABLE alarm (
        id TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        raised TEXT NOT NULL,
        drill INTEGER NOT NULL,
        presses INTEGER NOT NULL DEFAULT 1,
        mistaken INTEGER NOT NULL DEFAULT 0,
        delivered INTEGER NOT NULL DEFAULT 0,
        by_name TEXT NOT NULL DEFAULT '',
        closed INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX alarm_open ON alarm (closed) WHERE closed = 0;
    CREATE TABLE alarm_test (id INTEGER PRIMARY KEY CHECK (id = 1), at TEXT NOT NULL, code TEXT NOT NULL)
    """

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db

    def apply(self, entry: Entry) -> None:
        if not entry.kind.startswith("alarm."):
            return
        match entry.parsed():
            case AlarmRaised(incident=incident, source=source, drill=drill):
                self._run(
                    "INSERT OR IGNORE INTO alarm (id, source, raised, drill) VALUES (?,?,?,?)",
                    (incident, str(source), entry.at.isoformat(), int(drill)),
                )
            case AlarmPressed(incident=incident, presses=presses, source=source):
                self._run("UPDATE alarm SET presses = ? WHERE id = ?", (presses, incident))
                if source is not None:
                    self._run("UPDATE alarm SET source = ? WHERE id = ?", (str(source), incident))
            case AlarmMistaken(incident=incident, presses=presses):
                self._run("UPDATE alarm SET mistaken = ? WHERE id = ?", (presses, incident))
            case AlarmDelivered(incident=incident):
                self._run("UPDATE alarm SET delivered = 1 WHERE id = ?", (incident,))
            case AlarmAcknowledged(incident=incident, by=by):
                self._run("UPDATE alarm SET by_name = ? WHERE id = ?", (by, incident))
            case AlarmClosed(incident=incident):
                self._run("UPDATE alarm SET closed = 1 WHERE id = ?", (incident,))
            case AlarmSelfTested(code=code):
                self._run(
                    "INSERT OR REPLACE INTO alarm_test (id, at, code) VALUES (1,?,?)", (entry.at.isoformat(), str(code))
                )

    def redact(self, before: Entry, now: Entry) -> None:
        """Nothing here tells of a person."""

    def _run(self, sql: str, values: tuple[str | int, ...]) -> None:
        self._db.execute_sql(sql, values)

    def unfinished(self) -> dict[str, Any] | None:
        """The incident that was raised last and never ended, by column; None when all are over."""
        cursor = self._db.execute_sql("SELECT * FROM alarm WHERE closed = 0 ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
        return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None

    def last_test(self) -> tuple[datetime | None, str]:
        """When the station's own test ended last, and how; (None, "") when there was none."""
        row = self._db.execute_sql("SELECT at, code FROM alarm_test").fetchone()
        return (datetime.fromisoformat(row[0]), row[1]) if row else (None, "")


PROJECTION = Alarms
