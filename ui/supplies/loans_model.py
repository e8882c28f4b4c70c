"""Bringing back: one's own loans, the numbers of the others, or no number at all."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.errors import KioskError
from kiosk.session import SessionPersonChanged
from kiosk.supplies import Done, LoanRow, Loans, StockChanged
from ui.context import UiContext
from ui.hours import day_words
from ui.lists import RowsModel
from ui.supplies.words import ShelfWords
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class OpenLoanRow:
    """`since` is a date, "" for loans of others."""

    loan: str
    number: int
    name: str
    symbol: str
    since: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """Something that can be brought back without a number."""

    item: str
    name: str
    symbol: str


class LoansModel(ViewModel):
    loaded_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self.source = ui.station.supplies.loans
        self._words = ShelfWords(ui)
        self._mine: RowsModel[OpenLoanRow] = RowsModel(OpenLoanRow, self)
        self._others: RowsModel[OpenLoanRow] = RowsModel(OpenLoanRow, self)
        self._kinds: RowsModel[KindRow] = RowsModel(KindRow, self)
        self._loaded = False
        self._returning = False
        self.subscribe(StockChanged, lambda _: self.refresh())
        self.subscribe(SessionPersonChanged, lambda _: self.refresh())

    def refresh(self) -> None:
        self.run(self.source).success(self._show)

    def _show(self, loans: Loans) -> None:
        self._mine.set_rows([self._row(loan) for loan in loans.mine])
        self._others.set_rows([self._row(loan) for loan in loans.others])
        self._kinds.set_rows([KindRow(item.id, self.ui.text(item.name), item.icon) for item in loans.items])
        self._loaded = True
        self.loaded_changed.emit()

    def _row(self, loan: LoanRow) -> OpenLoanRow:
        since = ""
        if loan.since is not None:
            since = day_words(loan.since.astimezone(self.ui.station.zone).date(), self._words.today())
        return OpenLoanRow(loan.loan, loan.number, self.ui.text(loan.name), loan.icon, since)

    @Slot(str)
    def giveBack(self, loan: str) -> None:
        if not self._returning:
            self._returning = True
            op = self.run(self.ui.station.supplies.give_back, loan)
            op.success(self._returned).failure(self._not_returned)

    @Slot(str)
    def giveBackUnnumbered(self, item: str) -> None:
        if not self._returning:
            self._returning = True
            op = self.run(self.ui.station.supplies.give_back_unnumbered, item)
            op.success(self._returned).failure(self._not_returned)

    def _returned(self, done: Done) -> None:
        self.ui.replace("supplies.done", {"done": done, "returned": True})

    def _not_returned(self, error: KioskError) -> None:
        self._returning = False
        self.set_problem(error)
        self.refresh()

    loaded = Property(bool, lambda self: self._loaded, notify=loaded_changed)
    mine = Property(QObject, lambda self: self._mine, constant=True)
    others = Property(QObject, lambda self: self._others, constant=True)
    kinds = Property(QObject, lambda self: self._kinds, constant=True)
