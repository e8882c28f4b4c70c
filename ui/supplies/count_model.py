"""A stocktake: what the book has of each lot, and what lies there."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.errors import KioskError
from kiosk.supplies import Counted, LotRow
from kiosk.supplies.errors import CountOutdated
from ui.context import UiContext
from ui.lists import RowsModel
from ui.pages import Args
from ui.supplies.form_model import FormModel

_MOST = 9999


@dataclass(frozen=True, slots=True)
class CountRow:
    lot: str
    place: str
    expiry: str
    expected: int
    counted: int


class CountModel(FormModel):
    form_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui, args, "counted")
        self._rows: RowsModel[CountRow] = RowsModel(CountRow, self)

    def refresh(self) -> None:
        super().refresh()
        self.run(self.ui.station.stockroom.lots, self.item).success(self._show)

    def _show(self, lots: tuple[LotRow, ...]) -> None:
        """What was counted stays, unless the book says something new about that lot."""
        known = {row.lot: row for row in self._rows.rows}
        rows = []
        for lot in lots:
            old = known.get(lot.lot)
            counted = old.counted if old and old.expected == lot.quantity else lot.quantity
            rows.append(CountRow(lot.lot, self.words.place(lot), self.words.expiry(lot), lot.quantity, counted))
        self._rows.set_rows(rows)
        self.form_changed.emit()

    @Slot(str, int)
    def change(self, lot: str, by: int) -> None:
        self._rows.set_rows(
            [
                replace(row, counted=max(0, min(_MOST, row.counted + by))) if row.lot == lot else row
                for row in self._rows.rows
            ]
        )
        self.form_changed.emit()

    @Slot()
    def save(self) -> None:
        counts = tuple(Counted(row.lot, row.expected, row.counted) for row in self._rows.rows)
        self.write(self.ui.station.stockroom.stocktake, self.item, counts)

    def not_written(self, error: KioskError) -> None:
        super().not_written(error)
        if isinstance(error, CountOutdated):
            self.refresh()

    rows = Property(QObject, lambda self: self._rows, constant=True)
    empty = Property(bool, lambda self: not self._rows.rows, notify=form_changed)
