"""The shelf: big tiles by category, and how each item stands."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.events import CatalogueUpdated
from kiosk.supplies import CategoryRow, ItemRow, StockChanged
from ui.context import UiContext
from ui.lists import RowsModel
from ui.supplies.words import ShelfWords, say
from ui.viewmodel import ViewModel

_OTHER = "其他"


@dataclass(frozen=True, slots=True)
class TileRow:
    """`standing` is a StockState; `image` a file address, "" = draw the icon."""

    item: str
    name: str
    symbol: str
    image: str
    stock: str
    standing: str
    loan: bool


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One category and the model of its tiles."""

    name: str
    icon: str
    tiles: QObject


class ListModel(ViewModel):
    loaded_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self.source = ui.station.supplies.categories
        self._words = ShelfWords(ui)
        self._sections: RowsModel[SectionRow] = RowsModel(SectionRow, self)
        self._tiles: dict[str, RowsModel[TileRow]] = {}
        self._lends = False
        self._loaded = False
        self.subscribe(StockChanged, lambda _: self.refresh())
        self.subscribe(CatalogueUpdated, lambda _: self.refresh())

    def refresh(self) -> None:
        self.run(self.source).success(self._show)

    def _show(self, categories: tuple[CategoryRow, ...]) -> None:
        rows = []
        for category in categories:
            tiles = self._tiles.setdefault(category.id, RowsModel(TileRow, self))
            tiles.set_rows([self._tile(item) for item in category.items])
            rows.append(SectionRow(self.ui.text(category.name) or say(_OTHER), category.icon, tiles))
        self._sections.set_rows(rows)
        self._lends = any(item.loan for category in categories for item in category.items)
        self._loaded = True
        self.loaded_changed.emit()

    def _tile(self, item: ItemRow) -> TileRow:
        picture = item.picture.as_uri() if item.picture else ""
        stock = self._words.stock(item)
        return TileRow(item.id, self.ui.text(item.name), item.icon, picture, stock, item.state.value, item.loan)

    @Slot(str)
    def choose(self, item: str) -> None:
        self.ui.open("supplies.take", {"item": item})

    @Slot()
    def bringBack(self) -> None:
        self.ui.open("supplies.loans")

    @Slot()
    def staff(self) -> None:
        self.ui.open("supplies.pin")

    sections = Property(QObject, lambda self: self._sections, constant=True)
    loaded = Property(bool, lambda self: self._loaded, notify=loaded_changed)
    lends = Property(bool, lambda self: self._lends, notify=loaded_changed)
