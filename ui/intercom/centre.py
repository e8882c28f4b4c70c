"""The call as the face has it, on whatever page: its media, its words, the strip it leaves on other pages.

There is one for each face (ui/intercom/strip.py). The pages of calls are views of it.
"""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQuick import QQuickItem

from kiosk.devices.ports import SpeechPriority
from kiosk.intercom import Call, CallChanged, Phase, PushedPage
from kiosk.protocol.intercom import ALARM
from ui.context import UiContext
from ui.intercom import engine
from ui.intercom.words import ALARM_TEXT, NO_ENGINE, STAFF, say, translated, words_for
from ui.pages import all_pages

if TYPE_CHECKING:
    from ui.intercom.media import MediaEnd

log = logging.getLogger(__name__)
PAGE = "intercom.help"
_CLOCK_MS = 500


class CallCentre(QObject):
    """Follows the one call. On the Qt thread."""

    call_changed = Signal()
    time_changed = Signal()
    media_changed = Signal()
    facts_changed = Signal()
    strip_changed = Signal()
    place_changed = Signal()

    def __init__(self, ui: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self.ui = ui
        self.intercom = ui.station.intercom
        self.call = Call()
        self.words = words_for(self.call, "")
        self.impossible = False  # there is no engine: said instead of ringing into nothing
        self.alarm = False
        self.clock_text = ""
        self._media: MediaEnd | None = None
        self._engine = engine.ready()
        self._place: QQuickItem | None = None
        self._said = ""
        self._page = ""  # id of the page the desk has pushed, while it is on the screen
        self._page_name = ""
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._on_clock)
        ui.relay.subscribe(CallChanged, lambda _event: self.follow(self.intercom.call))
        ui.navigator.current_changed.connect(self._on_page)
        ui.settings.language_changed.connect(self.show_words)

    # -- what is done -------------------------------------------------------------------------------------------------

    def ring(self, topic: str) -> None:
        """Call the desk now, or say that this machine cannot."""
        if not self._engine:
            self.show_impossible()
            return
        if self.intercom.call.active:
            return
        self.alarm = topic == ALARM
        self.open_media()
        self.intercom.dismiss()
        self.intercom.ring(topic)
        self.follow(self.intercom.call)

    def raise_alarm(self) -> None:
        """The alarm was pressed. Somebody who is talking to a person keeps that person."""
        if self.call.talking:
            self.alarm = True
            self.intercom.say(say(ALARM_TEXT))
            self.show_words()
        elif self.call.topic != ALARM or not self.call.active:
            self.intercom.hang_up()
            self.follow(self.intercom.call)
            self.ring(ALARM)

    def show_impossible(self) -> None:
        """There is no engine for picture and sound on this machine."""
        self.impossible = True
        self.show_words()

    @Slot()
    def hangUp(self) -> None:
        self.intercom.hang_up()

    @Slot()
    def returnToCall(self) -> None:
        """From another page."""
        if not self.ui.navigator.return_to(PAGE):
            self.ui.open(PAGE, {"choose": True})

    def forget(self) -> None:
        """The outcome was read."""
        self.impossible = self.alarm = False
        self.intercom.hang_up()  # a redial that waits
        self.intercom.dismiss()

    def open_media(self) -> None:
        """Prepare picture and sound: before somebody rings, the first picture is half a second nearer."""
        if self._media is not None or not self._engine:
            return
        from ui.intercom.media import MediaEnd

        end = MediaEnd(
            self.intercom,
            self.ui.station.call_picture,
            self.ui.relay,
            self,
            relay_only=self.ui.station.config.hub.relay_only,
        )
        end.devices_changed.connect(self.facts_changed)
        end.picture_changed.connect(self.facts_changed)
        self._media = end
        self.media_changed.emit()
        self.facts_changed.emit()

    def close_media(self) -> None:
        end, self._media = self._media, None
        if end is None:
            return
        self.media_changed.emit()  # the view goes first
        end.close()
        end.deleteLater()
        self.facts_changed.emit()

    @Slot(QQuickItem)
    def dock(self, place: QQuickItem) -> None:
        """The picture belongs into `place` while that exists."""
        if place is not self._place:
            self._place = place
            self.place_changed.emit()

    @Slot(QQuickItem)
    def undock(self, place: QQuickItem) -> None:
        if place is self._place:
            self._place = None
            self.place_changed.emit()

    # -- what happens -------------------------------------------------------------------------------------------------

    def follow(self, call: Call) -> None:
        """The call is now like this."""
        before, self.call = self.call, call
        if call.active and not self._clock.isActive():
            self._clock.start()
        elif not call.active:
            self._clock.stop()
        if self.intercom.call.active:
            self.open_media()  # whoever has begun it
        elif before.active:
            self.close_media()
        if self._media is not None:
            self._media.follow(call)
            if call.talking and call.link and not before.link and before.id == call.id:
                self._media.line_back()
        if call.talking != before.talking:
            self.ui.station.speech.duck(call.talking)  # nothing is spoken into somebody's conversation
        if call.phase is Phase.IDLE:
            self.alarm = False
        if call.page != before.page:
            self._show_page(call.page)
        self._on_clock()
        self.show_words()

    def _show_page(self, page: PushedPage | None) -> None:
        if page is None:
            return
        spec = all_pages().get(page.page)
        if spec is None or not spec.for_desk:
            log.warning("the desk wants a page that is not for it: %s", page.page)
            self.intercom.page_turned(page.id, "unknown")
            return
        self._page = ""  # the one before is only covered, and the desk knows
        self.ui.open(page.page, dict(page.args))
        self._page, self._page_name = page.id, page.page
        self.intercom.page_turned(page.id, "shown")

    @Slot()
    def _on_page(self) -> None:
        if self._page and self.ui.navigator.page_name != self._page_name:
            gone, self._page = self._page, ""
            self.intercom.page_turned(gone, "closed")
        self.strip_changed.emit()

    @Slot()
    def show_words(self) -> None:
        if self.impossible:
            self.words = translated(NO_ENGINE)
        else:
            self.words = words_for(self.call, say(STAFF))
        if self.words.title != self._said:
            self._said = self.words.title
            quiet = self.call.talking or (self.call.phase is Phase.IDLE and not self.impossible)
            # On a silent machine the page itself is enough, where it is that page.
            if not quiet and (self.ui.navigator.page_name != PAGE or self.ui.station.speech.available()):
                priority = SpeechPriority.CAUTION if self.words.numbers else SpeechPriority.RESULT
                self.ui.say(f"{self.words.title}\n{self.words.detail}", priority)
        self.call_changed.emit()
        self.strip_changed.emit()

    @property
    def on_strip(self) -> bool:
        """There is a call, and the visitor looks at something else."""
        return (self.call.active or self.call.redialling) and self.ui.navigator.page_name != PAGE

    @property
    def alive(self) -> bool:
        return self._media is not None or self.on_strip

    @property
    def numbers_wanted(self) -> bool:
        """Whether the emergency numbers belong on the screen."""
        return self.words.numbers or self.alarm or (self.call.talking and self.call.own.quality == "bad")

    @Slot()
    def _on_clock(self) -> None:
        seconds = int(self.intercom.seconds()) if self.call.active or self.call.reason else 0
        text = f"{seconds // 60}:{seconds % 60:02d}"
        if text != self.clock_text:
            self.clock_text = text
            self.time_changed.emit()

    def lacks(self, device: str) -> bool:
        """Whether we know that there is none; while it is being looked for nothing is said."""
        return self._media is not None and not self.fact("searching", True) and not self.fact(device, True)

    def fact(self, name: str, otherwise: bool) -> bool:
        return bool(getattr(self._media, f"_{name}")) if self._media is not None else otherwise

    # -- for QML ------------------------------------------------------------------------------------------------------

    media = Property(QObject, lambda self: self._media, notify=media_changed)
    place = Property(QQuickItem, lambda self: self._place, notify=place_changed)
    time = Property(str, lambda self: self.clock_text, notify=time_changed)
    wanted = Property(bool, lambda self: self.on_strip, notify=strip_changed)
    title = Property(str, lambda self: self.words.title, notify=strip_changed)
    mood = Property(str, lambda self: self.words.mood, notify=strip_changed)
    icon = Property(str, lambda self: self.words.icon, notify=strip_changed)
    talking = Property(bool, lambda self: self.call.talking, notify=strip_changed)
    pictured = Property(bool, lambda self: self.fact("pictured", False), notify=facts_changed)
