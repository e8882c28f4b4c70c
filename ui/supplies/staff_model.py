"""For the volunteer: what needs looking after, the items, and the loans that are out."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, Property, QObject, Signal, Slot

from kiosk.errors import KioskError
from kiosk.staff import StaffNeeded
from kiosk.supplies import ItemRow, LoanRow, LotRow, LotState, StockChanged, Warnings, Written
from ui.context import UiContext
from ui.hours import day_words
from ui.lists import RowsModel
from ui.ops import Op
from ui.supplies.undo_window import UndoWindow
from ui.supplies.words import ShelfWords, say
from ui.viewmodel import ViewModel

_EXPIRED = QT_TRANSLATE_NOOP("supplies", "{place}：{amount}，{date}已过期，请取下来")
_EXPIRING = QT_TRANSLATE_NOOP("supplies", "{place}：{amount}，{date}到期")
_LOW = QT_TRANSLATE_NOOP("supplies", "只剩 {amount}，请补货")
_GONE = QT_TRANSLATE_NOOP("supplies", "没有能用的了，请补货")
_DIFFERS = QT_TRANSLATE_NOOP("supplies", "账上没有时又有人拿走 {amount}，请盘点")
_UNMATCHED = QT_TRANSLATE_NOOP("supplies", "有 {amount} 还回来时没有号码，请结清借出记录")


@dataclass(frozen=True, slots=True)
class WarningRow:
    """`level`: "bad" or "warn". `item` is the one to look after."""

    item: str
    name: str
    words: str
    symbol: str
    level: str


@dataclass(frozen=True, slots=True)
class StockRow:
    item: str
    name: str
    symbol: str
    stock: str
    standing: str


@dataclass(frozen=True, slots=True)
class OutRow:
    """An open loan."""

    loan: str
    number: int
    name: str
    symbol: str
    since: str


class StaffModel(ViewModel):
    changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self.loans_source = ui.station.stockroom.loans
        self.warnings_source = ui.station.stockroom.warnings
        self._words = ShelfWords(ui)
        self._warnings: RowsModel[WarningRow] = RowsModel(WarningRow, self)
        self._items: RowsModel[StockRow] = RowsModel(StockRow, self)
        self._loans: RowsModel[OutRow] = RowsModel(OutRow, self)
        self._window = UndoWindow(ui.station.clock, self._undo, self)
        self._loaded = False
        self._sure = True
        self.subscribe(StockChanged, lambda _: self.refresh())

    def refresh(self) -> None:
        self.run(self.loans_source).success(self._show_loans)
        self.run(self.ui.station.stockroom.items).success(self._show_items)
        self.run(self.warnings_source).success(self._show_warnings)

    @Slot()
    def tryDevices(self) -> None:
        """The devices of the station, one by one."""
        self.ui.open("station.trials")

    @Slot()
    def carryRecords(self) -> None:
        """What waits for the hub, and a stick that carries it."""
        self.ui.open("station.carry")

    def disposed(self) -> None:
        self._window.close()
        Op(self.ui.station.staff.leave).start()

    def _show_loans(self, loans: tuple[LoanRow, ...]) -> None:
        today, zone = self._words.today(), self.ui.station.zone
        self._loans.set_rows(
            [
                OutRow(
                    row.loan,
                    row.number,
                    self.ui.text(row.name),
                    row.icon,
                    day_words(row.since.astimezone(zone).date(), today) if row.since else "",
                )
                for row in loans
            ]
        )

    def _show_items(self, items: tuple[ItemRow, ...]) -> None:
        say_stock = self._words.stock
        self._items.set_rows([StockRow(i.id, self.ui.text(i.name), i.icon, say_stock(i), i.state.value) for i in items])

    def _show_warnings(self, found: Warnings) -> None:
        rows = [
            self._lot_row(lot, _EXPIRED if lot.state is LotState.EXPIRED else _EXPIRING)
            for lot in (*found.expired, *found.expiring)
        ]
        text, amount = self.ui.text, self._words.amount
        for item in found.low:
            words = say(_LOW if item.quantity else _GONE, amount=amount(item.quantity, item.unit))
            rows.append(WarningRow(item.id, text(item.name), words, "mdi6.package-down", "warn"))
        for off in found.differences:
            words = say(_DIFFERS, amount=amount(off.beyond, off.unit))
            rows.append(WarningRow(off.item, text(off.name), words, "mdi6.not-equal-variant", "warn"))
        for stray in found.unmatched:
            words = say(_UNMATCHED, amount=amount(stray.quantity, stray.unit))
            rows.append(WarningRow(stray.item, text(stray.name), words, "mdi6.numeric-off", "warn"))
        self._warnings.set_rows(rows)
        self._sure, self._loaded = found.clock_sure, True
        self.changed.emit()

    def _lot_row(self, lot: LotRow, source: str) -> WarningRow:
        bad = lot.state is LotState.EXPIRED
        assert lot.expires is not None
        words = say(
            source,
            place=self._words.place(lot),
            amount=self._words.amount(lot.quantity, lot.unit),
            date=day_words(lot.expires, self._words.today()),
        )
        icon = "mdi6.calendar-remove" if bad else "mdi6.calendar-clock"
        return WarningRow(lot.item, self.ui.text(lot.name), words, icon, "bad" if bad else "warn")

    @Slot(str)
    def choose(self, item: str) -> None:
        self.ui.open("supplies.stock", {"item": item})

    @Slot(str)
    def closeLoan(self, loan: str) -> None:
        self.run(self.ui.station.stockroom.close_loan, loan).success(self._closed).failure(self._refused)

    def _refused(self, error: KioskError) -> None:
        if isinstance(error, StaffNeeded):
            self.ui.replace("supplies.pin")
        else:
            self.set_problem(error)

    def _closed(self, written: Written) -> None:
        self._window.begin(written.entry, written.undo_seconds)

    def _undo(self, entry: str) -> None:
        self.run(self.ui.station.supplies.undo, entry).always(self._window.close)

    @Slot()
    def leave(self) -> None:
        self.ui.navigator.home()

    loaded = Property(bool, lambda self: self._loaded, notify=changed)
    clockSure = Property(bool, lambda self: self._sure, notify=changed)
    warnings = Property(QObject, lambda self: self._warnings, constant=True)
    items = Property(QObject, lambda self: self._items, constant=True)
    loans = Property(QObject, lambda self: self._loans, constant=True)
    undo = Property(QObject, lambda self: self._window, constant=True)
