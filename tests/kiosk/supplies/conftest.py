"""A shelf with everything real below it: store, session, staff."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.clock import ManualClock
from kiosk.events import Event, EventBus
from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.journal import Entry
from kiosk.protocol.text import LocalText
from kiosk.session import Person, Session
from kiosk.staff import Staff, hash_pin
from kiosk.storage import Store
from kiosk.storage.supplies import SupplyTables
from kiosk.supplies import Shelf, StockChanged, Stockroom, Supplies, Undo

PIN = hash_pin("2468", b"salt", n=16)  # as cheap as scrypt goes: what is tested is not its cost
ZONE = ZoneInfo("Asia/Shanghai")
ANNA, BO = Person("aa" * 10), Person("bb" * 10)
CAUTION = {
    "version": "v1",
    "title": {"zh_CN": "请听"},
    "points": [{"zh_CN": "含酒精"}],
    "source": {"zh_CN": "说明书"},
}


def item(doc_id: str, **body: Any) -> Document:
    words = {"name": {"zh_CN": doc_id}, "unit": {"zh_CN": "个"}, "category": "all"}
    return Document(kind="item", id=doc_id, revision=1, body=words | body)


ITEMS = (
    item("water", daily_limit=3, max_quantity=5, low_stock=4),
    item("tap", counted=False),
    item("drops", caution=CAUTION, daily_limit=1, max_quantity=2),
    item("umbrella", use="loan", daily_limit=1, low_stock=1),
    item("cable", use="loan"),
)


@dataclass
class World:
    """Everything a test of the shelf touches."""

    store: Store
    clock: ManualClock
    bus: EventBus = field(default_factory=EventBus)
    pin: str = PIN

    def __post_init__(self) -> None:
        self.tables = self.store.projection(SupplyTables)
        self.session = Session(self.clock, self.bus, self.store.append)
        self.staff = Staff(lambda: self.pin, self.store, self.clock, self.bus, self.session, self.store.append)
        self.shelf = Shelf(self.store.catalogue, self.tables, self.clock, ZONE, lambda _: None, Path("/nowhere"))
        self.undo = Undo(self.store, self.shelf, self.clock, self.bus, self.session)
        self.supplies = Supplies(self.shelf, self.undo, self.store, self.bus, self.session)
        self.stockroom = Stockroom(self.shelf, self.undo, self.staff, self.store, self.bus, self.session)
        self.events: list[Event] = []
        self.bus.subscribe(StockChanged, self.events.append)

    def publish(self, *documents: Document) -> None:
        revision = self.store.catalogue.revision() + 1
        self.store.catalogue.apply(CatalogueBatch(revision=revision, documents=list(documents)))

    def stock(self, item_id: str, quantity: int, days: int | None = None, place: str = "架子", lot: str = "") -> str:
        """Put a lot on the shelf that is good for `days` more days (0 = today is the last one); any age will do."""
        from kiosk.protocol.supplies import SupplyRestockedBody

        number = len(self.tables.lots(empty=True)) + 1
        body = SupplyRestockedBody(
            item=item_id,
            session="",
            day=self.today(),
            lot=lot or f"lot-{number}",
            quantity=quantity,
            expires=None if days is None else self.today() + timedelta(days=days),
            place=LocalText(zh_CN=place),
        )
        self.store.append(body)
        return body.lot

    def today(self) -> date:
        return self.clock.now().astimezone(ZONE).date()

    def book(self, item_id: str) -> dict[str, int]:
        return {lot.lot: lot.quantity for lot in self.tables.lots(item_id)}

    def as_staff(self) -> Stockroom:
        self.staff.unlock("2468")
        return self.stockroom

    def journal(self, kind: str) -> list[Entry]:
        return [entry for entry in self.store.journal.all() if entry.kind == kind]

    def state(self) -> dict[str, str]:
        """Digests of everything an undo has to restore (not: that it happened, and which day it surely is)."""
        apart = ("supply_undone", "supply_facts")
        return {table: digest for table, digest in self.store.derived().items() if table not in apart}


@pytest.fixture
def world(store: Store, clock: ManualClock) -> World:
    made = World(store, clock)
    made.publish(*ITEMS)
    made.session.wake()
    return made
