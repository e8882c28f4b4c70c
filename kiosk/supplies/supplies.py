"""Taking, borrowing and bringing back, with or without being recognised. Nothing here needs a network or a name."""

from kiosk.events import EventBus
from kiosk.protocol.supplies import (
    ItemDocument,
    LotShare,
    SupplyBorrowedBody,
    SupplyCautionedBody,
    SupplyReturnedBody,
    SupplyTakenBody,
)
from kiosk.session import Session
from kiosk.storage import Store
from kiosk.storage.supplies import Loan
from kiosk.supplies.errors import (
    CautionFirst,
    ItemGone,
    LoanNotOpen,
    OnlyExpiredLeft,
    QuantityOutOfRange,
    RestExpired,
)
from kiosk.supplies.events import SupplyReturned, SupplyTaken
from kiosk.supplies.plan import Plan, Today, make_plan
from kiosk.supplies.rows import CategoryRow, Done, LoanRow, Loans, Offer
from kiosk.supplies.shelf import Shelf
from kiosk.supplies.undo import Undo

_STRAY = "returned"  # the lot of what comes back for an item the book never had


class Supplies:
    """What a visitor does at the shelf. All calls on the desk thread."""

    def __init__(self, shelf: Shelf, undo: Undo, store: Store, bus: EventBus, session: Session) -> None:
        self._shelf = shelf
        self._undo = undo
        self._store = store
        self._tables = shelf.tables
        self._bus = bus
        self._session = session

    def categories(self) -> tuple[CategoryRow, ...]:
        """The whole shelf, in order."""
        return self._shelf.categories()

    def offer(self, item: str) -> Offer:
        """What has to be known before taking. Raises ItemGone."""
        document, row, now = self._shelf.document(item), self._shelf.row(item), self._shelf.today()
        lots = self._shelf.split(item, now)
        most = 1 if row.loan else document.max_quantity
        if lots.expired:
            most = min(most, lots.quantity)
        plans = (make_plan(lots, n, now) if document.counted else Plan((), 0, False) for n in range(1, most + 1))
        return Offer(
            item=row,
            plans=tuple(plans),
            lots=len(lots.good),
            expired=lots.expired,
            daily_limit=document.daily_limit,
            taken_today=self._taken_today(item, now),
            caution=document.caution,
            clock_sure=now.sure,
        )

    def take(self, item: str, quantity: int = 1, caution: str = "", spoken: bool = False) -> Done:
        """Take `quantity` of an item: durable when this returns.

        `caution` is the version of the caution card that was acknowledged, `spoken` whether it was heard. Raises
        ItemGone, QuantityOutOfRange, CautionFirst, OnlyExpiredLeft, RestExpired, DiskFull, StorageError. A daily limit
        and an empty book raise nothing: both are noted.
        """
        document = self._document(item, "consumable")
        if not 1 <= quantity <= document.max_quantity:
            raise QuantityOutOfRange(least=1, most=document.max_quantity)
        return self._hand_out(item, document, quantity, caution, spoken)

    def borrow(self, item: str, caution: str = "", spoken: bool = False) -> Done:
        """Borrow one: `number` of the result is brought back with it. Raises as `take` does."""
        return self._hand_out(item, self._document(item, "loan"), 1, caution, spoken)

    def loans(self) -> Loans:
        """What is out. Other people's loans are bare numbers."""
        person = self._session.person
        mine: list[LoanRow] = []
        others: list[LoanRow] = []
        for loan in self._tables.loans():
            own = person is not None and loan.person == person.ref
            (mine if own else others).append(self._shelf.loan_row(loan, told=own))
        return Loans(tuple(mine), tuple(others), tuple(row for row in self._shelf.items() if row.loan))

    def give_back(self, loan: str) -> Done:
        """The umbrella of this loan is back. Anybody may bring it. Raises LoanNotOpen, DiskFull, StorageError."""
        found = self._tables.loan(loan)
        if found is None:
            raise LoanNotOpen()
        return self._write_return(found.item, self._home(found.item, found.lot), found)

    def give_back_unnumbered(self, item: str) -> Done:
        """One is back and nobody knows its number. The loan stays open until staff close it. Raises ItemGone."""
        self._document(item, "loan")
        return self._write_return(item, self._home(item, ""), None)

    def undo(self, entry: str) -> None:
        """Take back what this session did less than ten seconds ago. Raises the errors of `Undo.undo`."""
        self._undo.undo(entry)

    def _document(self, item: str, use: str) -> ItemDocument:
        document = self._shelf.document(item)
        if document.use != use:
            raise ItemGone(item=item)
        return document

    def _hand_out(self, item: str, document: ItemDocument, quantity: int, caution: str, spoken: bool) -> Done:
        if document.caution is not None and document.caution.version != caution:
            raise CautionFirst(item=item)
        now = self._shelf.today()
        plan = self._plan(item, quantity, now) if document.counted else Plan((), 0, False)
        session, person = self._session.wake(), self._session.person
        taken = self._taken_today(item, now)
        over = document.daily_limit is not None and taken is not None and taken + quantity > document.daily_limit
        lots = [LotShare(lot=share.lot, quantity=share.quantity) for share in plan.shares]
        ref = person.ref if person else ""
        number = self._free_number() if document.use == "loan" else 0
        body: SupplyTakenBody | SupplyBorrowedBody
        if number:
            body = SupplyBorrowedBody(
                item=item,
                session=session,
                day=now.day,
                number=number,
                lots=lots,
                beyond=plan.beyond,
                person=ref,
                over_limit=over,
            )
        else:
            body = SupplyTakenBody(
                item=item,
                session=session,
                day=now.day,
                quantity=quantity,
                lots=lots,
                beyond=plan.beyond,
                person=ref,
                over_limit=over,
            )
        if document.caution is None:
            entry = self._store.append(body)
        else:
            heard = SupplyCautionedBody(item=item, session=session, day=now.day, version=caution, spoken=spoken)
            with self._store.transaction():
                self._store.append(heard)
                entry = self._store.append(body)
        seconds = self._undo.offer(entry.id, session)
        self._bus.publish(SupplyTaken(item, entry.id, quantity))
        row = self._shelf.row_or_bare(item, now)
        return Done(entry.id, row, quantity, plan.shares, plan.beyond, over, number, seconds)

    def _plan(self, item: str, quantity: int, now: Today) -> Plan:
        lots = self._shelf.split(item, now)
        if lots.expired and lots.quantity < quantity:
            if lots.quantity == 0:
                raise OnlyExpiredLeft(item=item)
            raise RestExpired(item=item, good=lots.quantity)
        return make_plan(lots, quantity, now)

    def _taken_today(self, item: str, now: Today) -> int | None:
        person = self._session.person
        return self._tables.taken_on(person.ref, now.day, item) if person and now.sure else None

    def _free_number(self) -> int:
        used = {loan.number for loan in self._tables.loans()}
        return next(number for number in range(1, len(used) + 2) if number not in used)

    def _home(self, item: str, lot: str) -> str:
        """The lot something comes back into: its own, else the newest of the item."""
        if lot and self._tables.lot(item, lot):
            return lot
        lots = self._tables.lots(item, empty=True)
        return lots[-1].lot if lots else _STRAY

    def _write_return(self, item: str, lot: str, loan: Loan | None) -> Done:
        session, now = self._session.wake(), self._shelf.today()
        entry = self._store.append(
            SupplyReturnedBody(
                item=item,
                lot=lot,
                session=session,
                day=now.day,
                loan=loan.loan if loan else "",
                number=loan.number if loan else None,
            )
        )
        self._bus.publish(SupplyReturned(item, entry.id))
        seconds = self._undo.offer(entry.id, session)
        number = loan.number if loan else 0
        return Done(entry.id, self._shelf.row_or_bare(item, now), 1, (), 0, False, number, seconds)
