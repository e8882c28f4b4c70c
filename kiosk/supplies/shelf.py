"""Reads the shelf: published items beside what the book has of them."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from kiosk.clock import Clock, ClockQuality
from kiosk.protocol.catalogue import CatalogueBody, FileRef
from kiosk.protocol.supplies import ItemCategory, ItemDocument, SupplyPlace
from kiosk.protocol.text import LocalText
from kiosk.storage.supplies import Loan, Lot, SupplyTables
from kiosk.supplies.errors import ItemGone
from kiosk.supplies.plan import Split, Today, split, today
from kiosk.supplies.rows import (
    CategoryRow,
    Difference,
    ItemRow,
    LoanRow,
    LotRow,
    LotState,
    PlaceRow,
    StockState,
    Unmatched,
    Warnings,
)

T = TypeVar("T", bound=CatalogueBody)
_ICON = "mdi6.package-variant-closed"


class Documents(Protocol):
    """The part of the catalogue that is needed here."""

    def all(self, body: type[T]) -> dict[str, T]: ...
    def get(self, body: type[T], doc_id: str) -> T | None: ...


class Shelf:
    """Everything that can be read. On the desk thread. `pictures` is a folder, `find_file` finds one by SHA-256."""

    def __init__(
        self,
        documents: Documents,
        tables: SupplyTables,
        clock: Clock,
        zone: ZoneInfo,
        find_file: Callable[[str], Path | None],
        pictures: Path,
    ) -> None:
        self._documents = documents
        self.tables = tables
        self._clock = clock
        self._zone = zone
        self._find_file = find_file
        self._pictures = pictures

    def today(self) -> Today:
        """What is known about the date."""
        day = self._clock.now().astimezone(self._zone).date()
        return today(day, self._clock.quality() is not ClockQuality.DOUBTFUL, self.tables.sure_day())

    def document(self, item: str) -> ItemDocument:
        """Raises ItemGone."""
        found = self._documents.get(ItemDocument, item)
        if found is None:
            raise ItemGone(item=item)
        return found

    def split(self, item: str, now: Today) -> Split:
        return split(self.tables.lots(item), now)

    def row(self, item: str, now: Today | None = None) -> ItemRow:
        """Raises ItemGone."""
        return self._row(item, self.document(item), self.split(item, now or self.today()))

    def row_or_bare(self, item: str, now: Today | None = None) -> ItemRow:
        """The row of an item that may no longer be published: then its id is all the name it has."""
        now = now or self.today()
        try:
            return self.row(item, now)
        except ItemGone:
            bare = LocalText(zh_CN=item)
            left = self.split(item, now).quantity
            return ItemRow(item, "", bare, bare, None, _ICON, None, True, left, StockState.UNCOUNTED)

    def loan_row(self, loan: Loan, told: bool) -> LoanRow:
        """An open loan; when it began is `told` or not."""
        row = self.row_or_bare(loan.item)
        return LoanRow(loan.loan, loan.number, loan.item, row.name, row.icon, loan.at if told else None)

    def categories(self) -> tuple[CategoryRow, ...]:
        """Categories that have something in them, in order; items of an unknown one come last, and it has no name."""
        rows = self.items()
        known = self._documents.all(ItemCategory)
        order = sorted({row.category for row in rows}, key=lambda c: (known[c].order if c in known else 10_000, c))
        return tuple(
            CategoryRow(
                category,
                known[category].name if category in known else None,
                known[category].icon if category in known else _ICON,
                tuple(row for row in rows if row.category == category),
            )
            for category in order
        )

    def items(self) -> tuple[ItemRow, ...]:
        """Every item in its order."""
        now, lots = self.today(), _by_item(self.tables.lots())
        found = self._documents.all(ItemDocument)
        return tuple(
            self._row(item, document, split(lots.get(item, ()), now))
            for item, document in sorted(found.items(), key=lambda pair: (pair[1].order, pair[0]))
        )

    def places(self) -> tuple[PlaceRow, ...]:
        """Where a lot can be put, in order."""
        found = self._documents.all(SupplyPlace)
        ordered = sorted(found.items(), key=lambda pair: (pair[1].order, pair[0]))
        return tuple(PlaceRow(place, document.name) for place, document in ordered)

    def lots(self, item: str) -> tuple[LotRow, ...]:
        """The lots of an item in the order they should go, and the newest one even if it is empty. Raises ItemGone."""
        document, now = self.document(item), self.today()
        every = self.tables.lots(item, empty=True)
        shown = [lot for lot in every if lot.quantity > 0 or lot is every[-1]]
        parted = split(shown, now)
        empty = tuple(lot for lot in shown if lot.quantity <= 0)
        return tuple(_lot_row(lot, document, now) for lot in (*parted.past, *parted.good, *empty))

    def warnings(self) -> Warnings:
        """What is low, what expires, and where the book and the shelf differ."""
        now = self.today()
        documents = self._documents.all(ItemDocument)
        lots = [
            _lot_row(lot, documents[lot.item], now)
            for lot in sorted(self.tables.lots(), key=lambda lot: (str(lot.expires), lot.item, lot.lot))
            if lot.item in documents
        ]
        books = {item: book for item, book in self.tables.beyond().items() if item in documents}
        return Warnings(
            low=tuple(
                row
                for row in self.items()
                if row.state is StockState.LOW
                or (row.state in (StockState.NONE, StockState.EXPIRED) and documents[row.id].low_stock > 0)
            ),
            expired=tuple(row for row in lots if row.state is LotState.EXPIRED),
            expiring=tuple(row for row in lots if row.state is LotState.EXPIRING),
            differences=tuple(
                Difference(item, documents[item].name, documents[item].unit, beyond)
                for item, (beyond, _) in sorted(books.items())
                if beyond
            ),
            unmatched=tuple(
                Unmatched(item, documents[item].name, documents[item].unit, unmatched)
                for item, (_, unmatched) in sorted(books.items())
                if unmatched
            ),
            clock_sure=now.sure,
        )

    def _row(self, item: str, document: ItemDocument, lots: Split) -> ItemRow:
        return ItemRow(
            id=item,
            category=document.category,
            name=document.name,
            unit=document.unit,
            note=document.note,
            icon=document.icon,
            picture=self._picture(document.picture),
            loan=document.use == "loan",
            quantity=lots.quantity,
            state=_state(document, lots),
        )

    def _picture(self, picture: FileRef | str | None) -> Path | None:
        if isinstance(picture, FileRef):
            return self._find_file(picture.sha256)
        path = self._pictures / picture if picture else None
        return path if path and path.is_file() else None


def _state(document: ItemDocument, lots: Split) -> StockState:
    if not document.counted:
        return StockState.UNCOUNTED
    if lots.quantity == 0:
        return StockState.EXPIRED if lots.expired else StockState.NONE
    return StockState.LOW if lots.quantity <= document.low_stock else StockState.PLENTY


def _lot_row(lot: Lot, document: ItemDocument, now: Today) -> LotRow:
    state = LotState.GOOD
    if now.is_past(lot.expires):
        state = LotState.EXPIRED
    elif lot.expires is not None:
        if not now.sure:
            state = LotState.UNKNOWN
        elif lot.expires <= now.day + timedelta(days=document.expiry_warning_days):
            state = LotState.EXPIRING
    return LotRow(lot.item, lot.lot, document.name, document.unit, lot.quantity, lot.expires, lot.place, state)


def _by_item(lots: Iterable[Lot]) -> dict[str, list[Lot]]:
    found: dict[str, list[Lot]] = {}
    for lot in lots:
        found.setdefault(lot.item, []).append(lot)
    return found
