"""A lot arrives: how many, where it lies, until when it is good."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.supplies import LotRow, PlaceRow
from ui.context import UiContext
from ui.hours import day_words
from ui.lists import RowsModel
from ui.pages import Args
from ui.supplies.form_model import FormModel

_MOST = 999
_USUAL = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    place: str
    name: str
    isChosen: bool


class RestockModel(FormModel):
    form_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui, args, "restocked")
        self._quantity = 10
        self._expires: date | None = None
        self._places: tuple[PlaceRow, ...] = ()
        self._place = ""
        self._choices: RowsModel[PlaceChoice] = RowsModel(PlaceChoice, self)
        self._begun = False

    def refresh(self) -> None:
        super().refresh()
        room = self.ui.station.stockroom
        self.run(room.places).success(self._show_places)
        if not self._begun:
            self.run(room.lots, self.item).success(self._begin)
        self.form_changed.emit()

    def _begin(self, lots: tuple[LotRow, ...]) -> None:
        """The form begins as the last lots were: dated or not, in the same place."""
        self._begun = True
        if any(lot.expires for lot in lots):
            self._expires = self.words.today() + _USUAL
        last = lots[-1].place if lots else None
        self._place = next((place.id for place in self._places if place.name == last), self._place)
        self._show_form()

    def _show_places(self, places: tuple[PlaceRow, ...]) -> None:
        self._places = places
        if self._place not in {place.id for place in places}:
            self._place = places[0].id if places else ""
        self._show_form()

    def _show_form(self) -> None:
        self._choices.set_rows(
            [PlaceChoice(place.id, self.ui.text(place.name), place.id == self._place) for place in self._places]
        )
        self.form_changed.emit()

    @Slot(int)
    def change(self, by: int) -> None:
        self._quantity = max(1, min(_MOST, self._quantity + by))
        self.form_changed.emit()

    @Slot(str)
    def choosePlace(self, place: str) -> None:
        self._place = place
        self._show_form()

    @Slot(bool)
    def setDated(self, dated: bool) -> None:
        """Whether it has a last good day."""
        self._expires = (self._expires or self.words.today() + _USUAL) if dated else None
        self.form_changed.emit()

    @Slot(int, int)
    def moveDate(self, months: int, days: int) -> None:
        """Later or earlier; never before today."""
        if self._expires is not None:
            moved = _add_months(self._expires, months) + timedelta(days=days)
            self._expires = max(self.words.today(), min(moved, date(2099, 12, 31)))
            self.form_changed.emit()

    @Slot()
    def save(self) -> None:
        place = next((row.name for row in self._places if row.id == self._place), None)
        self.write(self.ui.station.stockroom.restock, self.item, self._quantity, place, self._expires)

    def _date_words(self) -> str:
        return day_words(self._expires, self.words.today()) if self._expires else ""

    quantity = Property(int, lambda self: self._quantity, notify=form_changed)
    amountWords = Property(str, lambda self: self.amount(self._quantity), notify=form_changed)
    dated = Property(bool, lambda self: self._expires is not None, notify=form_changed)
    dateWords = Property(str, _date_words, notify=form_changed)
    places = Property(QObject, lambda self: self._choices, constant=True)


def _add_months(start: date, months: int) -> date:
    place = start.year * 12 + start.month - 1 + months
    year, month = divmod(place, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(start.day, last))
        except ValueError:
            continue
    return start
