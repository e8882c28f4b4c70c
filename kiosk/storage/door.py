"""Orders for doors, from the journal: which were carried out or refused, so that none is carried out twice."""

from typing import ClassVar

import peewee

from kiosk.protocol.door import DoorOrdered
from kiosk.protocol.journal import Entry


class DoorOrders:
    """One row an order; those that could not be read have no id and are in the journal alone."""

    name: ClassVar[str] = "door"
    version: ClassVar[int] = 1
    tables: ClassVar[tuple[str, ...]] = ("door_order",)
    schema: ClassVar[str] = "CREATE TABLE door_order (id TEXT PRIMARY KEY, code TEXT NOT NULL) WITHOUT ROWID"

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db

    def apply(self, entry: Entry) -> None:
        if entry.kind != DoorOrdered.kind:
            return
        body = entry.parsed()
        if isinstance(body, DoorOrdered) and body.order:
            self._db.execute_sql("INSERT OR IGNORE INTO door_order (id, code) VALUES (?,?)", (body.order, body.code))

    def redact(self, before: Entry, now: Entry) -> None:
        """Nothing here tells of a person."""

    def seen(self, order: str) -> bool:
        """Whether this order was carried out or refused before."""
        return self._db.execute_sql("SELECT 1 FROM door_order WHERE id = ?", (order,)).fetchone() is not None


PROJECTION = DoorOrders
