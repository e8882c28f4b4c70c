"""One item for the volunteer: its lots, and the ways to bring, take out of use and count."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, Property, QObject, Signal, Slot

from kiosk.supplies import ItemRow, LotRow, StockChanged, Written
from ui.context import UiContext
from ui.lists import RowsModel
from ui.pages import Args
from ui.supplies.undo_window import UndoWindow
from ui.supplies.words import ShelfWords, say
from ui.viewmodel import ViewModel

_WRITTEN = {
    "restocked": QT_TRANSLATE_NOOP("supplies", "补货记下了。"),
    "spoiled": QT_TRANSLATE_NOOP("supplies", "报损记下了。"),
    "counted": QT_TRANSLATE_NOOP("supplies", "盘点记下了。"),
}
_UNDONE = QT_TRANSLATE_NOOP("supplies", "已撤销，账和原来一样。")


@dataclass(frozen=True, slots=True)
class LotLine:
    """`standing` is a LotState."""

    lot: str
    words: str
    place: str
    expiry: str
    quantity: int
    standing: str


class StockModel(ViewModel):
    """`{"item": …}`. The pages that write tell this one with `note`."""

    changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._item = str(args.get("item", ""))
        self._words = ShelfWords(ui)
        self._row: ItemRow | None = None
        self._lots: RowsModel[LotLine] = RowsModel(LotLine, self)
        self._outcome = ""
        self._window = UndoWindow(ui.station.clock, self._undo, self)
        self.subscribe(StockChanged, lambda _: self.refresh())

    def refresh(self) -> None:
        room = self.ui.station.stockroom
        self.run(room.item, self._item).success(self._show)
        self.run(room.lots, self._item).success(self._show_lots)

    def disposed(self) -> None:
        self._window.close()

    def note(self, written: Written, what: str) -> None:
        """Something was written: "restocked", "spoiled" or "counted". It can be taken back for a while."""
        self._outcome = _WRITTEN[what]
        self._window.begin(written.entry, written.undo_seconds)
        self.changed.emit()

    def _show(self, row: ItemRow) -> None:
        self._row = row
        self.changed.emit()

    def _show_lots(self, lots: tuple[LotRow, ...]) -> None:
        words = self._words
        self._lots.set_rows(
            [
                LotLine(lot.lot, words.lying(lot), words.place(lot), words.expiry(lot), lot.quantity, lot.state.value)
                for lot in lots
            ]
        )
        self.changed.emit()

    def _undo(self, entry: str) -> None:
        op = self.run(self.ui.station.supplies.undo, entry)
        op.success(lambda _: self._was_undone()).always(self._window.close)

    def _was_undone(self) -> None:
        self._outcome = _UNDONE
        self.changed.emit()

    @Slot()
    def restock(self) -> None:
        self.ui.open("supplies.restock", {"item": self._item, "note": self.note})

    @Slot()
    def count(self) -> None:
        self.ui.open("supplies.count", {"item": self._item, "note": self.note})

    @Slot(str)
    def spoil(self, lot: str) -> None:
        self.ui.open("supplies.spoil", {"item": self._item, "lot": lot, "note": self.note})

    name = Property(str, lambda self: self.ui.text(self._row.name) if self._row else "", notify=changed)
    icon = Property(str, lambda self: self._row.icon if self._row else "", notify=changed)
    stock = Property(str, lambda self: self._words.stock(self._row) if self._row else "", notify=changed)
    loaded = Property(bool, lambda self: self._row is not None, notify=changed)
    outcome = Property(str, lambda self: say(self._outcome) if self._outcome else "", notify=changed)
    lots = Property(QObject, lambda self: self._lots, constant=True)
    undo = Property(QObject, lambda self: self._window, constant=True)
