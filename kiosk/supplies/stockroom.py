"""What the volunteer does behind the staff PIN: restock, take out of use, count, close loans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.events import EventBus
from kiosk.protocol.supplies import (
    MOST_STOCKED,
    LoanClosedBody,
    LotCount,
    SupplyBody,
    SupplyCountedBody,
    SupplyRestockedBody,
    SupplySpoiledBody,
)
from kiosk.protocol.text import LocalText
from kiosk.session import Session
from kiosk.staff import Staff
from kiosk.storage import Store
from kiosk.storage.supplies import Lot
from kiosk.supplies.errors import (
    CountOutdated,
    ItemGone,
    LoanNotOpen,
    LotAlreadyExpired,
    LotShort,
    LotUnknown,
    QuantityOutOfRange,
)
from kiosk.supplies.events import StockChanged
from kiosk.supplies.rows import ItemRow, LoanRow, LotRow, PlaceRow, Warnings
from kiosk.supplies.shelf import Shelf
from kiosk.supplies.undo import Undo

Reason = Literal["expired", "damaged", "lost"]


@dataclass(frozen=True, slots=True)
class Counted:
    """A lot as it was counted: what the screen said the book had, and what lay there."""

    lot: str
    expected: int
    counted: int


@dataclass(frozen=True, slots=True)
class Written:
    """A stock entry that was written; it can be undone for `undo_seconds`."""

    entry: str
    item: ItemRow
    lot: str
    undo_seconds: float


class Stockroom:
    """All calls on the desk thread. Whatever writes raises StaffNeeded before a PIN was typed in this session."""

    def __init__(self, shelf: Shelf, undo: Undo, staff: Staff, store: Store, bus: EventBus, session: Session) -> None:
        self._shelf = shelf
        self._undo = undo
        self._staff = staff
        self._store = store
        self._tables = shelf.tables
        self._bus = bus
        self._session = session

    def warnings(self) -> Warnings:
        """Low, expired, about to expire, and where book and shelf differ."""
        return self._shelf.warnings()

    def items(self) -> tuple[ItemRow, ...]:
        """Every item that has a stock."""
        return tuple(row for row in self._shelf.items() if self._shelf.document(row.id).counted)

    def item(self, item: str) -> ItemRow:
        """Raises ItemGone."""
        return self._shelf.row(item)

    def lots(self, item: str) -> tuple[LotRow, ...]:
        """The lots of an item, past ones first. Raises ItemGone."""
        return self._shelf.lots(item)

    def places(self) -> tuple[PlaceRow, ...]:
        return self._shelf.places()

    def loans(self) -> tuple[LoanRow, ...]:
        """Every open loan and since when; not whose."""
        return tuple(self._shelf.loan_row(loan, told=True) for loan in self._tables.loans())

    def restock(
        self, item: str, quantity: int, place: LocalText | None = None, expires: date | None = None, lot: str = ""
    ) -> Written:
        """Put `quantity` on the shelf: as a new lot that lies at `place` and is good until `expires`, or into `lot`.

        Raises StaffNeeded, ItemGone, QuantityOutOfRange, LotUnknown, LotAlreadyExpired, DiskFull, StorageError.
        """
        self._staff.require()
        if not self._shelf.document(item).counted:
            raise ItemGone(item=item)
        held = self._lot(item, lot) if lot else None
        most = MOST_STOCKED - (held.quantity if held else 0)
        if not 1 <= quantity <= most:
            raise QuantityOutOfRange(least=1, most=most)
        place, expires = (held.place, held.expires) if held else (place, expires)
        now = self._shelf.today()
        if now.is_past(expires):
            raise LotAlreadyExpired(item=item)
        body = SupplyRestockedBody(
            item=item,
            session=self._session.wake(),
            day=now.day,
            lot=lot or self._new_lot(item, now.day),
            quantity=quantity,
            expires=expires,
            place=place or LocalText(zh_CN="架子上", en="on the shelf"),
        )
        return self._write(body, body.lot)

    def spoil(self, item: str, lot: str, quantity: int, reason: Reason) -> Written:
        """Take `quantity` of a lot out of use. Raises StaffNeeded, LotUnknown, LotShort(left), QuantityOutOfRange."""
        self._staff.require()
        held = self._lot(item, lot)
        if quantity < 1:
            raise QuantityOutOfRange(least=1, most=held.quantity)
        if quantity > held.quantity:
            raise LotShort(item=item, left=held.quantity)
        body = SupplySpoiledBody(
            item=item,
            session=self._session.wake(),
            day=self._shelf.today().day,
            lot=lot,
            quantity=quantity,
            reason=reason,
        )
        return self._write(body, lot)

    def stocktake(self, item: str, counts: Sequence[Counted]) -> Written:
        """Write what was counted. Raises StaffNeeded, LotUnknown, QuantityOutOfRange, and CountOutdated when somebody
        took something in the meantime: the count has to be looked at again.
        """
        self._staff.require()
        if not counts:
            raise LotUnknown(item=item)
        for line in counts:
            if self._lot(item, line.lot).quantity != line.expected:
                raise CountOutdated(item=item)
            if not 0 <= line.counted <= MOST_STOCKED:
                raise QuantityOutOfRange(least=0, most=MOST_STOCKED)
        beyond, _ = self._tables.beyond().get(item, (0, 0))
        body = SupplyCountedBody(
            item=item,
            session=self._session.wake(),
            day=self._shelf.today().day,
            lots=[LotCount(lot=line.lot, expected=line.expected, counted=line.counted) for line in counts],
            beyond=beyond,
        )
        return self._write(body, "")

    def close_loan(self, loan: str) -> Written:
        """End a loan that nobody will end: matched with one that came back without its number if there is such a one,
        else given up. Raises StaffNeeded, LoanNotOpen.
        """
        self._staff.require()
        found = self._tables.loan(loan)
        if found is None:
            raise LoanNotOpen()
        _, unmatched = self._tables.beyond().get(found.item, (0, 0))
        body = LoanClosedBody(
            item=found.item,
            session=self._session.wake(),
            day=self._shelf.today().day,
            loan=loan,
            number=found.number,
            found=unmatched > 0,
        )
        return self._write(body, "")

    def _lot(self, item: str, lot: str) -> Lot:
        found = self._tables.lot(item, lot)
        if found is None:
            raise LotUnknown(item=item)
        return found

    def _new_lot(self, item: str, day: date) -> str:
        stem, number = f"{day:%y%m%d}", 1
        while self._tables.lot(item, f"{stem}-{number}"):
            number += 1
        return f"{stem}-{number}"

    def _write(self, body: SupplyBody, lot: str) -> Written:
        entry = self._store.append(body)
        self._bus.publish(StockChanged(body.item))
        return Written(entry.id, self._shelf.row_or_bare(body.item), lot, self._undo.offer(entry.id, body.session))
