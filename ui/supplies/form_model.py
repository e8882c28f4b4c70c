"""What the three forms of the volunteer have in common: they write once, say it to the page below, and go back."""

from collections.abc import Callable

from PySide6.QtCore import Property, Signal

from kiosk.errors import KioskError
from kiosk.staff import StaffNeeded
from kiosk.supplies import ItemRow, Written
from ui.context import UiContext
from ui.pages import Args
from ui.supplies.words import ShelfWords
from ui.viewmodel import ViewModel


class FormModel(ViewModel):
    """`{"item": …, "note": StockModel.note}`."""

    loaded_changed = Signal()

    def __init__(self, ui: UiContext, args: Args, what: str) -> None:
        super().__init__(ui)
        self.item = str(args.get("item", ""))
        self._note = args.get("note")
        self._what = what
        self.words = ShelfWords(ui)
        self._row: ItemRow | None = None
        self._writing = False

    def refresh(self) -> None:
        self.run(self.ui.station.stockroom.item, self.item).success(self._show_item)

    def write(self, call: Callable[..., Written], *args: object) -> None:
        """Write once, however often the button is touched."""
        if not self._writing:
            self._writing = True
            self.run(call, *args).success(self._written).failure(self.not_written)

    def not_written(self, error: KioskError) -> None:
        self._writing = False
        if isinstance(error, StaffNeeded):
            self.ui.replace("supplies.pin")
        else:
            self.set_problem(error)

    def _written(self, written: Written) -> None:
        if callable(self._note):
            self._note(written, self._what)
        self.ui.navigator.back()

    def _show_item(self, row: ItemRow) -> None:
        self._row = row
        self.loaded_changed.emit()

    def amount(self, quantity: int) -> str:
        """So many of the item, in words."""
        return self.words.amount(quantity, self._row.unit) if self._row else str(quantity)

    def _unit(self) -> str:
        return self.words.counter(self._row.unit) if self._row else ""

    name = Property(str, lambda self: self.ui.text(self._row.name) if self._row else "", notify=loaded_changed)
    unit = Property(str, _unit, notify=loaded_changed)
    icon = Property(str, lambda self: self._row.icon if self._row else "", notify=loaded_changed)
    loaded = Property(bool, lambda self: self._row is not None, notify=loaded_changed)
