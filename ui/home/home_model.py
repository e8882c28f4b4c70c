"""The home page: what one can do here."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot

from kiosk.events import CatalogueUpdated
from kiosk.session import SessionPersonChanged
from ui.context import UiContext
from ui.lists import RowsModel
from ui.pages import all_tiles
from ui.shell_rows import NoticeRow, notice_rows
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class TileRow:
    """One tile, in words of the screen's language. `number` is its place in `all_tiles()`."""

    number: int
    title: str
    under: str
    iconName: str
    main: bool
    wide: bool


class HomeModel(ViewModel):
    """Tiles and notices; a tile opens its page."""

    facts_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._tiles = RowsModel(TileRow, self)
        self._notices = RowsModel(NoticeRow, self)
        self.subscribe(SessionPersonChanged, lambda _event: self.refresh())
        self.subscribe(CatalogueUpdated, lambda _event: self.refresh())

    def refresh(self) -> None:
        say = QCoreApplication.translate
        self._tiles.set_rows(
            [
                TileRow(number, say("tiles", tile.title), say("tiles", tile.hint), tile.icon, tile.main, tile.wide)
                for number, tile in enumerate(all_tiles())
                if tile.when(self.ui.station)
            ]
        )
        self.run(self.ui.station.notices).success(lambda notices: self._notices.set_rows(notice_rows(notices, self.ui)))
        self.facts_changed.emit()

    @Slot(int)
    def openTile(self, number: int) -> None:
        tile = all_tiles()[number]
        self.ui.open(tile.page, tile.args)

    tiles = Property(QObject, lambda self: self._tiles, constant=True)
    notices = Property(QObject, lambda self: self._notices, constant=True)
    address = Property(str, lambda self: self.ui.text(self.ui.station.settings.address), notify=facts_changed)
    known = Property(bool, lambda self: self.ui.station.session.person is not None, notify=facts_changed)
