"""The list of services: tabs by category, a card a service, whether each is open now."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, QUrl, Signal, Slot

from kiosk.events import CatalogueUpdated
from kiosk.services import CategoryRow, ServiceRow
from ui.context import UiContext
from ui.hours import is_open, open_words
from ui.lists import RowsModel
from ui.pages import Args
from ui.viewmodel import ViewModel

KINDS = frozenset({"service", "service_category", "holiday_calendar"})
MINUTE_MS = 60_000  # "open now" is looked at again


@dataclass(frozen=True, slots=True)
class TabLine:
    """A category; the first one, with an empty id, is everything."""

    category: str
    title: str
    iconName: str
    selected: bool


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A card. `hours` says whether it is open now, "" when nothing is known."""

    service: str
    title: str
    summary: str
    iconName: str
    picture: str
    hours: str
    isOpen: bool


class ServicesListModel(ViewModel):
    """`loaded` is False until the first answer, so that an empty list is not shown too early."""

    loaded_changed = Signal()
    category_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._category = str(args.get("category", ""))
        self._everything = ""
        self._categories: tuple[CategoryRow, ...] = ()
        self._loaded = False
        self._tabs: RowsModel[TabLine] = RowsModel(TabLine, self)
        self._services: RowsModel[ServiceLine] = RowsModel(ServiceLine, self)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self.subscribe(CatalogueUpdated, self._on_catalogue)

    def shown(self) -> None:
        self._minute.start()

    def hidden(self) -> None:
        self._minute.stop()

    @Slot()
    def refresh(self) -> None:
        services = self.ui.station.services
        self.run(services.categories).success(self._show_tabs)
        self.run(services.list, self._category).success(self._show_services)

    @Slot(str)
    def choose(self, category: str) -> None:
        """Show one category, "" for everything."""
        if category == self._category:
            return
        self._category = category
        self.scroll = 0.0
        self.category_changed.emit()
        self.refresh()

    @Slot(str)
    def openService(self, service: str) -> None:
        self.ui.open("services.detail", {"service": service})

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        if event.kinds & KINDS:
            self.refresh()

    def _show_tabs(self, rows: tuple[CategoryRow, ...]) -> None:
        if self._category and self._category not in {row.id for row in rows}:
            self.choose("")
        name = QCoreApplication.translate("services", "全部")
        everything = TabLine("", name, "mdi6.view-grid-outline", not self._category)
        tabs = [TabLine(row.id, self.ui.text(row.name), row.icon, row.id == self._category) for row in rows]
        self._tabs.set_rows([everything, *tabs] if len(tabs) > 1 else [])

    def _show_services(self, rows: tuple[ServiceRow, ...]) -> None:
        station = self.ui.station
        at = station.local_now()
        self._services.set_rows(
            [
                ServiceLine(
                    row.id,
                    self.ui.text(row.title),
                    self.ui.text(row.summary),
                    row.icon,
                    QUrl.fromLocalFile(str(row.picture)).toString() if row.picture else "",
                    open_words(row.now, at),
                    is_open(row.now),
                )
                for row in rows
            ]
        )
        if not self._loaded:
            self._loaded = True
            self.loaded_changed.emit()

    loaded = Property(bool, lambda self: self._loaded, notify=loaded_changed)
    category = Property(str, lambda self: self._category, notify=category_changed)
    tabs = Property(QObject, lambda self: self._tabs, constant=True)
    services = Property(QObject, lambda self: self._services, constant=True)
