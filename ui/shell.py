"""The frame round every page: heading line, the bar that never moves, idle screen, the warning at the end."""

import logging

from PySide6.QtCore import QT_TRANSLATE_NOOP, Property, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtQuick import QQuickItem

from kiosk.clock import ClockQuality
from kiosk.events import CatalogueUpdated, LinkChanged, SyncChanged
from kiosk.protocol.station import PosterDocument
from kiosk.session import (
    SessionBegan,
    SessionExtended,
    SessionFinished,
    SessionPersonChanged,
    SessionState,
    SessionWarned,
)
from ui.context import UiContext
from ui.icons import Icons
from ui.lists import RowsModel
from ui.ops import Op
from ui.reading import page_text
from ui.shell_rows import PosterRow, poster_rows

log = logging.getLogger(__name__)
HELP, ALARM = "intercom.help", "alarm.state"
_TICK_MS = 500
_WEEKDAYS = (
    QT_TRANSLATE_NOOP("shell", "星期一"),
    QT_TRANSLATE_NOOP("shell", "星期二"),
    QT_TRANSLATE_NOOP("shell", "星期三"),
    QT_TRANSLATE_NOOP("shell", "星期四"),
    QT_TRANSLATE_NOOP("shell", "星期五"),
    QT_TRANSLATE_NOOP("shell", "星期六"),
    QT_TRANSLATE_NOOP("shell", "星期日"),
)


class Shell(QObject):
    """What Main.qml is given. Lives as long as the program."""

    texts_changed = Signal()
    clock_changed = Signal()
    line_changed = Signal()
    session_changed = Signal()
    warning_changed = Signal()

    def __init__(self, ui: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self.ui = ui
        self._icons = Icons(self)
        self._posters = RowsModel(PosterRow, self)
        self._documents: tuple[PosterDocument, ...] = ()
        self._online = False
        self._waiting = 0
        self._clock_text = self._date_text = ""
        self._seconds_left = 0
        self._page: QQuickItem | None = None
        self._kept_open = False
        for kind, slot in (
            (SessionBegan, self._on_session),
            (SessionPersonChanged, self._on_session),
            (SessionWarned, self._on_warned),
            (SessionExtended, self._on_session),
            (SessionFinished, self._on_finished),
            (CatalogueUpdated, self._on_catalogue),
            (SyncChanged, self._on_sync),
            (LinkChanged, self._on_link),
        ):
            ui.relay.subscribe(kind, slot)
        ui.settings.language_changed.connect(self._translate)
        ui.settings.set_default_language(ui.station.settings.default_language)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        self._on_tick()
        self._read_documents()

    # -- the bar ------------------------------------------------------------------------------------------------------

    @Slot()
    def goHome(self) -> None:
        self.ui.navigator.home()

    @Slot()
    def goBack(self) -> None:
        self.ui.navigator.back()

    @Slot(QQuickItem)
    def readAloud(self, page: QQuickItem) -> None:
        """Read the page on the screen; again to stop."""
        model = self.ui.navigator.model
        own = model.spoken if model is not None else ""
        self.ui.voice.read_page(str(own) or (page_text(page) if page else ""))

    @Slot()
    def cycleView(self) -> None:
        """Larger text, then larger with high contrast, then as it was."""
        settings = self.ui.settings
        if not settings.large:
            settings.large = True
        elif not settings.highContrast:
            settings.highContrast = True
        else:
            settings.large = settings.highContrast = False

    @Slot()
    def callHelp(self) -> None:
        """Ring at once; on the help page itself too, where somebody was still choosing or a call is over."""
        if self._calling():
            self.ui.navigator.model.ring_unless_calling()  # type: ignore[union-attr]
        else:
            self.ui.open(HELP)

    @Slot()
    def openAlarm(self) -> None:
        """The alarm key was touched, not held: a page with one red key, or how the alarm stands."""
        if self.ui.navigator.page_name != ALARM:
            self.ui.open(ALARM)

    @Slot()
    def raiseAlarm(self) -> None:
        """An alarm, now: on disk and on its way; and the desk is rung, before all others."""
        from kiosk.protocol.alarm import AlarmSource

        Op(self.ui.station.alarm.press, AlarmSource.SCREEN).start()
        if self._calling():
            self.ui.navigator.model.raise_alarm()  # type: ignore[union-attr]  # whoever talks to a person keeps them
        else:
            self.ui.open(HELP, {"topic": "alarm"})

    @Slot()
    def finish(self) -> None:
        """The visitor is done."""
        self.ui.station.session.finish("finished")

    @Slot()
    def extend(self) -> None:
        self.ui.station.session.touch()

    @Slot()
    def loaded(self) -> None:
        """The page on the screen is another one."""
        self.ui.voice.stop()

    @Slot(bool)
    def keepOpen(self, on: bool) -> None:
        """Whoever comes in has to see the pages at once, not the posters."""
        if on != self._kept_open:
            self._kept_open = on
            self.session_changed.emit()

    def _calling(self) -> bool:
        return self.ui.navigator.page_name == HELP

    # -- what happened ------------------------------------------------------------------------------------------------

    @Slot()
    def _on_tick(self) -> None:
        self.ui.station.session.tick()
        station = self.ui.station
        now = station.local_now()
        weekday = QCoreApplication.translate("shell", _WEEKDAYS[now.weekday()])
        if station.clock.quality() is ClockQuality.DOUBTFUL:
            clock, date = "--:--", QCoreApplication.translate("shell", "时间未校准")
        else:
            clock = f"{now:%H:%M}"
            date = QCoreApplication.translate("shell", "{month}月{day}日 {weekday}").format(
                month=now.month, day=now.day, weekday=weekday
            )
        if (clock, date) != (self._clock_text, self._date_text):
            self._clock_text, self._date_text = clock, date
            self.clock_changed.emit()
        left = station.session.seconds_left()
        seconds = int(left) + 1 if station.session.state is SessionState.WARNING and left < 1000 else 0
        if seconds != self._seconds_left:
            self._seconds_left = seconds
            self.warning_changed.emit()

    def _on_session(self, _event: object) -> None:
        self.session_changed.emit()
        self._on_tick()

    def _on_warned(self, event: SessionWarned) -> None:
        first = self._seconds_left == 0
        self._on_tick()
        if first and self._seconds_left:
            self.ui.say(QCoreApplication.translate("shell", "还在吗？没有动作的话，屏幕马上会回到开始。"))

    def _on_finished(self, _event: SessionFinished) -> None:
        self.ui.voice.stop()
        self.ui.settings.reset()
        self.ui.navigator.reset()
        self._on_session(_event)

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        if event.kinds & {"station_settings", "poster"}:
            self._read_documents()
        if "station_settings" in event.kinds and self.ui.station.session.state is SessionState.IDLE:
            self.ui.settings.set_default_language(self.ui.station.settings.default_language)

    def _on_sync(self, event: SyncChanged) -> None:
        self._online, self._waiting = event.online, event.waiting
        self.line_changed.emit()

    def _on_link(self, event: LinkChanged) -> None:
        self._online = event.online or self._online
        self.line_changed.emit()

    def _read_documents(self) -> None:
        Op(self.ui.station.posters).success(self._show_documents).start()

    def _show_documents(self, documents: tuple[PosterDocument, ...]) -> None:
        self._documents = documents
        self._translate()

    @Slot()
    def _translate(self) -> None:
        self._posters.set_rows(poster_rows(self._documents, self.ui))
        self._clock_text = ""
        self._on_tick()
        self.texts_changed.emit()
        self.line_changed.emit()

    # -- for QML ------------------------------------------------------------------------------------------------------

    def _line_words(self) -> str:
        if self._online:
            return QCoreApplication.translate("shell", "网络正常")
        if not self.ui.station.config.hub.url:
            return QCoreApplication.translate("shell", "本机独立运行")
        if self._waiting:
            return QCoreApplication.translate("shell", "没有网络，照常使用；{count} 条等待上传").format(
                count=self._waiting
            )
        return QCoreApplication.translate("shell", "没有网络，照常使用")

    icons = Property(QObject, lambda self: self._icons, constant=True)
    posters = Property(QObject, lambda self: self._posters, constant=True)
    stationName = Property(str, lambda self: self.ui.text(self.ui.station.settings.name), notify=texts_changed)
    clockText = Property(str, lambda self: self._clock_text, notify=clock_changed)
    dateText = Property(str, lambda self: self._date_text, notify=clock_changed)
    online = Property(bool, lambda self: self._online, notify=line_changed)
    lineText = Property(str, _line_words, notify=line_changed)
    idle = Property(bool, lambda self: not self.ui.station.session.id and not self._kept_open, notify=session_changed)
    recognised = Property(bool, lambda self: self.ui.station.session.person is not None, notify=session_changed)
    secondsLeft = Property(int, lambda self: self._seconds_left, notify=warning_changed)
