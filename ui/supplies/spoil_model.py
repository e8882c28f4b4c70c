"""Some of a lot is taken out of use: how many, and why."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, Property, QObject, Signal, Slot

from kiosk.supplies import LotRow, LotState
from ui.context import UiContext
from ui.lists import RowsModel
from ui.pages import Args
from ui.supplies.form_model import FormModel
from ui.supplies.words import say

_REASONS = {
    "expired": QT_TRANSLATE_NOOP("supplies", "过期"),
    "damaged": QT_TRANSLATE_NOOP("supplies", "破损"),
    "lost": QT_TRANSLATE_NOOP("supplies", "找不到了"),
}


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    reason: str
    name: str
    isChosen: bool


class SpoilModel(FormModel):
    """`{"item": …, "lot": …, "note": StockModel.note}`."""

    form_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui, args, "spoiled")
        self._lot_id = str(args.get("lot", ""))
        self._lot: LotRow | None = None
        self._quantity = 0
        self._reason = ""
        self._reasons: RowsModel[ReasonChoice] = RowsModel(ReasonChoice, self)

    def refresh(self) -> None:
        super().refresh()
        self.run(self.ui.station.stockroom.lots, self.item).success(self._show)

    def _show(self, lots: tuple[LotRow, ...]) -> None:
        first = self._lot is None
        self._lot = next((lot for lot in lots if lot.lot == self._lot_id), None)
        if first and self._lot is not None:
            past = self._lot.state is LotState.EXPIRED
            self._quantity = self._lot.quantity if past else 1
            self._reason = "expired" if past else "damaged"
        self._show_form()

    def _show_form(self) -> None:
        self._reasons.set_rows([ReasonChoice(key, say(words), key == self._reason) for key, words in _REASONS.items()])
        self.form_changed.emit()

    @Slot(int)
    def change(self, by: int) -> None:
        most = self._lot.quantity if self._lot else 0
        self._quantity = max(min(1, most), min(most, self._quantity + by))
        self.form_changed.emit()

    @Slot(str)
    def chooseReason(self, reason: str) -> None:
        if reason in _REASONS:
            self._reason = reason
            self._show_form()

    @Slot()
    def save(self) -> None:
        self.write(self.ui.station.stockroom.spoil, self.item, self._lot_id, self._quantity, self._reason)

    quantity = Property(int, lambda self: self._quantity, notify=form_changed)
    amountWords = Property(str, lambda self: self.amount(self._quantity), notify=form_changed)
    most = Property(int, lambda self: self._lot.quantity if self._lot else 0, notify=form_changed)
    place = Property(str, lambda self: self.words.place(self._lot) if self._lot else "", notify=form_changed)
    expiry = Property(str, lambda self: self.words.expiry(self._lot) if self._lot else "", notify=form_changed)
    reasons = Property(QObject, lambda self: self._reasons, constant=True)
