"""Stock by station, as the journals of the stations add up: the same sum of effects as on the terminals."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from hub.auth import require
from hub.database import Database
from hub.districts import ReachDep
from hub.features import Projection
from hub.journal import entry_of
from hub.state import Hub, HubDep
from kiosk.protocol.journal import Entry
from kiosk.protocol.supplies import (
    Effect,
    ItemDocument,
    SupplyBorrowedBody,
    SupplyRestockedBody,
    SupplyUndoneBody,
    supply_body,
)
from kiosk.protocol.text import LocalText

_TABLES = ("supplies_lot", "supplies_item", "supplies_loan", "supplies_undone")
PROJECTION = Projection(
    version=1,
    tables=_TABLES,
    schema="""
    CREATE TABLE supplies_lot (
        station TEXT NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL, quantity INTEGER NOT NULL, expires TEXT,
        opened TEXT NOT NULL, PRIMARY KEY (station, item, lot)
    ) WITHOUT ROWID;
    CREATE TABLE supplies_item (
        station TEXT NOT NULL, item TEXT NOT NULL, beyond INTEGER NOT NULL, unmatched INTEGER NOT NULL,
        PRIMARY KEY (station, item)
    ) WITHOUT ROWID;
    CREATE TABLE supplies_loan (
        station TEXT NOT NULL, loan TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (station, loan)
    ) WITHOUT ROWID;
    CREATE TABLE supplies_undone (station TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (station, entry))
        WITHOUT ROWID
    """,
)
router = APIRouter(tags=["supplies"])


class Stock(BaseModel):
    """One item at one station.

    `quantity` may be taken, `expired` lie there and may not. `expires` is the last good day of the lot that goes
    first. `beyond` were taken that the book did not have, `unmatched` came back without their number, `out` are lent.
    """

    station: str
    item: str
    name: LocalText
    unit: LocalText
    quantity: int
    low: bool
    expires: date | None
    expired: int
    beyond: int
    unmatched: int
    out: int


def on_entry(db: Database, station: str, entry: Entry) -> None:
    if entry.seq == 1:  # a new terminal stands here and begins a new book
        for table in _TABLES:
            db.execute(f"DELETE FROM {table} WHERE station = ?", (station,))  # noqa: S608 - our own constants
    body = supply_body(entry)
    if body is None:
        return
    if isinstance(body, SupplyUndoneBody):
        _undo(db, station, body)
        return
    if isinstance(body, SupplyRestockedBody):
        expires = body.expires and body.expires.isoformat()
        db.execute(
            "INSERT INTO supplies_lot VALUES (?,?,?,0,?,?) ON CONFLICT DO NOTHING",
            (station, body.item, body.lot, expires, entry.id),
        )
    _change(db, station, body.item, body.effect(entry.id), entry)


def _undo(db: Database, station: str, body: SupplyUndoneBody) -> None:
    original = _entry(db, station, body.of)
    undone = supply_body(original) if original else None
    if original is None or undone is None or isinstance(undone, SupplyUndoneBody):
        return
    if not db.execute("INSERT INTO supplies_undone VALUES (?,?) ON CONFLICT DO NOTHING", (station, body.of)):
        return
    effect = undone.effect(original.id).reversed()
    _change(db, station, undone.item, effect, original)
    for lot, _ in effect.lots:
        db.execute(
            "DELETE FROM supplies_lot WHERE station = ? AND item = ? AND lot = ? AND quantity = 0 AND opened = ?",
            (station, undone.item, lot, original.id),
        )


def _change(db: Database, station: str, item: str, effect: Effect, entry: Entry) -> None:
    for lot, change in effect.lots:
        done = db.execute(
            "UPDATE supplies_lot SET quantity = quantity + ? WHERE station = ? AND item = ? AND lot = ?",
            (change, station, item, lot),
        )
        if not done and change > 0:
            db.execute("INSERT INTO supplies_lot VALUES (?,?,?,?,NULL,?)", (station, item, lot, change, entry.id))
    if effect.beyond or effect.unmatched:
        db.execute(
            "INSERT INTO supplies_item VALUES (?,?,?,?) ON CONFLICT (station, item) DO UPDATE SET"
            " beyond = supplies_item.beyond + excluded.beyond,"
            " unmatched = supplies_item.unmatched + excluded.unmatched",
            (station, item, effect.beyond, effect.unmatched),
        )
        db.execute(
            "DELETE FROM supplies_item WHERE station = ? AND item = ? AND beyond = 0 AND unmatched = 0", (station, item)
        )
    if effect.closes:
        db.execute("DELETE FROM supplies_loan WHERE station = ? AND loan = ?", (station, effect.closes))
    if effect.opens:
        began = _entry(db, station, effect.opens)
        if began is not None and isinstance(supply_body(began), SupplyBorrowedBody):
            db.execute(
                "INSERT INTO supplies_loan VALUES (?,?,?) "
                "ON CONFLICT (station, loan) DO UPDATE SET item = excluded.item",
                (station, effect.opens, item),
            )


def _entry(db: Database, station: str, entry_id: str) -> Entry | None:
    row = db.row("SELECT * FROM journal WHERE id = ? AND station = ? AND poison = ''", (entry_id, station))
    return entry_of(row) if row else None


def stock_of(hub: Hub, station: str = "") -> list[Stock]:
    """Stock of every item that was ever on a shelf, of one station or of all (""). Blocking."""
    today = hub.now().astimezone(ZoneInfo(hub.config.time_zone)).date().isoformat()
    rows = hub.db.rows(
        """
        WITH shelf AS (
            SELECT station, item FROM supplies_lot UNION SELECT station, item FROM supplies_item
            UNION SELECT station, item FROM supplies_loan
        )
        SELECT s.station, s.item,
            (SELECT COALESCE(SUM(quantity), 0) FROM supplies_lot l WHERE l.station = s.station AND l.item = s.item
                AND (l.expires IS NULL OR l.expires >= :today)) AS quantity,
            (SELECT MIN(expires) FROM supplies_lot l WHERE l.station = s.station AND l.item = s.item
                AND l.quantity > 0 AND l.expires >= :today) AS expires,
            (SELECT COALESCE(SUM(quantity), 0) FROM supplies_lot l WHERE l.station = s.station AND l.item = s.item
                AND l.expires < :today) AS expired,
            COALESCE(i.beyond, 0) AS beyond, COALESCE(i.unmatched, 0) AS unmatched,
            (SELECT COUNT(*) FROM supplies_loan o WHERE o.station = s.station AND o.item = s.item) AS out
        FROM shelf s LEFT JOIN supplies_item i ON i.station = s.station AND i.item = s.item
        WHERE :station IN ('', s.station) ORDER BY s.station, s.item
        """,
        {"today": today, "station": station},
    )
    published = hub.catalogue.documents(kind="item")
    items = {document.id: ItemDocument.model_validate(document.body) for document in published}
    found = [_stock(row, items.get(row["item"])) for row in rows]
    order = {item: (document.order, item) for item, document in items.items()}
    return sorted(found, key=lambda row: (row.station, order.get(row.item, (10_000, row.item))))


def _stock(row: dict[str, object], document: ItemDocument | None) -> Stock:
    bare = LocalText(zh_CN=str(row["item"]))
    quantity = int(str(row["quantity"]))
    low = document is not None and document.low_stock > 0 and quantity <= document.low_stock
    name, unit = (document.name, document.unit) if document else (bare, bare)
    return Stock.model_validate(row | {"name": name, "unit": unit, "low": low})


@router.get(
    "/api/console/stock",
    summary="Stock by station and item",
    dependencies=[Depends(require("duty", "manager"))],
)
def stock(hub: HubDep, reach: ReachDep, station: Annotated[str, Query(max_length=40)] = "") -> list[Stock]:
    return [row for row in stock_of(hub, station) if reach.covers(row.station)]
