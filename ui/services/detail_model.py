"""One service: what it is, when, for whom, what to bring, and two ways to go on: a phone, or the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot

from kiosk.errors import KioskError
from kiosk.events import CatalogueUpdated
from kiosk.protocol.services import ServiceDocument
from kiosk.protocol.text import LocalText
from kiosk.services import ServiceDetail, ServiceGone
from ui.context import UiContext
from ui.hours import hours_words, is_open, open_words, special_words, week_days
from ui.lists import RowsModel
from ui.pages import Args
from ui.services.list_model import KINDS, MINUTE_MS
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Days and their hours; `isToday` for the line that counts now."""

    days: str
    hours: str
    isToday: bool


def _words(of: Callable[[ServiceDocument], LocalText | None]) -> "Callable[[ServiceDetailModel], str]":
    return lambda self: self.ui.text(of(self.document)) if self.document else ""


def _lines(of: Callable[[ServiceDocument], tuple[LocalText, ...]]) -> "Callable[[ServiceDetailModel], str]":
    # A line each: QML reads a string list through a reference to its property, where we saw the engine crash.
    return lambda self: "\n".join(self.ui.text(line) for line in of(self.document)) if self.document else ""


class ServiceDetailModel(ViewModel):
    """Empty until the first answer; a service that is gone is the page's problem."""

    detail_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._service = str(args.get("service", ""))
        self._detail: ServiceDetail | None = None
        self._missing = False
        self._week: RowsModel[HoursLine] = RowsModel(HoursLine, self)
        self._special: RowsModel[HoursLine] = RowsModel(HoursLine, self)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self.subscribe(CatalogueUpdated, self._on_catalogue)

    @property
    def document(self) -> ServiceDocument | None:
        return self._detail.document if self._detail else None

    def shown(self) -> None:
        self._minute.start()

    def hidden(self) -> None:
        self._minute.stop()

    @Slot()
    def refresh(self) -> None:
        self.run(self.ui.station.services.view, self._service).success(self._show).failure(self._on_failure)

    @Slot()
    def openList(self) -> None:
        """This one is gone: look at the others."""
        self.ui.replace("services.list")

    @Slot()
    def callDesk(self) -> None:
        """Ring the queue of the duty desk that serves this."""
        self.ui.open("intercom.help", {"topic": self.document.queue if self.document else "help"})

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        if event.kinds & KINDS:
            self.refresh()

    def _on_failure(self, error: KioskError) -> None:
        self._missing = isinstance(error, ServiceGone)
        self._detail = None if self._missing else self._detail
        self.set_problem(error)
        self.detail_changed.emit()

    def _show(self, detail: ServiceDetail) -> None:
        self._detail = detail
        self._missing = False
        today = self._now().weekday()
        special_today = any(day.day == self._now().date() for day in detail.special)
        self._week.set_rows(
            [
                HoursLine(
                    week_days(line), hours_words(line.spans), line.first <= today <= line.last and not special_today
                )
                for line in detail.week
            ]
        )
        self._special.set_rows(
            [
                HoursLine(special_words(day), hours_words(day.spans), day.day == self._now().date())
                for day in detail.special
            ]
        )
        self.detail_changed.emit()

    def _now(self) -> datetime:
        return self.ui.station.local_now()

    def _picture(self) -> str:
        return QUrl.fromLocalFile(str(self._detail.picture)).toString() if self._detail and self._detail.picture else ""

    def _category(self) -> str:
        return self.ui.text(self._detail.category) if self._detail else ""

    def _open_words(self) -> str:
        return open_words(self._detail.now, self._now()) if self._detail else ""

    loaded = Property(bool, lambda self: self._detail is not None, notify=detail_changed)
    missing = Property(bool, lambda self: self._missing, notify=detail_changed)
    title = Property(str, _words(lambda d: d.title), notify=detail_changed)
    summary = Property(str, _words(lambda d: d.summary), notify=detail_changed)
    categoryName = Property(str, _category, notify=detail_changed)
    icon = Property(str, lambda self: self.document.icon if self.document else "", notify=detail_changed)
    paragraphs = Property(str, _lines(lambda d: d.text), notify=detail_changed)
    picture = Property(str, _picture, notify=detail_changed)
    pictureWords = Property(str, _words(lambda d: d.picture_alt), notify=detail_changed)
    openWords = Property(str, _open_words, notify=detail_changed)
    isOpen = Property(bool, lambda self: bool(self._detail and is_open(self._detail.now)), notify=detail_changed)
    week = Property(QObject, lambda self: self._week, constant=True)
    special = Property(QObject, lambda self: self._special, constant=True)
    hoursNote = Property(str, _words(lambda d: d.hours.note), notify=detail_changed)
    place = Property(str, _words(lambda d: d.place), notify=detail_changed)
    who = Property(str, _lines(lambda d: d.who), notify=detail_changed)
    bring = Property(str, _lines(lambda d: d.bring), notify=detail_changed)
    cost = Property(str, _words(lambda d: d.cost), notify=detail_changed)
    phone = Property(str, lambda self: self.document.phone if self.document else "", notify=detail_changed)
    link = Property(str, lambda self: (self.document.link or "") if self.document else "", notify=detail_changed)
