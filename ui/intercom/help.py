"""The page for calling the desk: choose, ring, talk, and what came of it."""

import logging
from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.devices.ports import SpeechPriority
from kiosk.intercom import Call, CallChanged, Phase
from kiosk.protocol.intercom import ALARM, HELP, CallTopic
from ui.context import UiContext
from ui.intercom import engine
from ui.intercom.words import NO_ENGINE, STAFF, Words, say, words_for
from ui.lists import RowsModel
from ui.pages import Args
from ui.viewmodel import ViewModel

log = logging.getLogger(__name__)
_CLOCK_MS = 500
_QUIET = frozenset({Phase.CONNECTING, Phase.IN_CALL})  # nothing is spoken into somebody's conversation


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A queue that is offered."""

    topic: str
    name: str
    hint: str
    icon: str


class HelpModel(ViewModel):
    """`{}` rings at once, `{"topic": …}` rings that queue, `{"choose": True}` asks first. Leaving the page hangs up."""

    call_changed = Signal()
    time_changed = Signal()
    media_changed = Signal()
    facts_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._intercom = ui.station.intercom
        self._topic = str(args.get("topic") or HELP)
        self._ring_now = not args.get("choose", False)
        self._call = Call()
        self._words = words_for(self._call, "")
        self._time = ""
        self._media: QObject | None = None
        self._engine = engine.ready()
        self._topics = RowsModel(TopicRow, self)
        self._topic_name = ""
        self._said = ""
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self._on_clock)
        self.subscribe(CallChanged, lambda _event: self.show_call(self._intercom.call))

    # -- the page -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.run(self._intercom.topics).success(self._show_topics)
        self._show_words()
        self.facts_changed.emit()

    def shown(self) -> None:
        if not self._ring_now:
            if self._engine:
                self._open_media()
            return
        self._ring_now = False
        self.ring(self._topic)

    def hidden(self) -> None:
        self._intercom.hang_up()
        self._close_media()

    def disposed(self) -> None:
        self._intercom.hang_up()
        self._intercom.dismiss()
        self._close_media()
        self._clock.stop()

    def show_call(self, call: Call) -> None:
        """The call is now like this."""
        back = call.link and not self._call.link and call.phase in _QUIET
        self._call = call
        if call.active and not self._clock.isActive():
            self._clock.start()
        elif not call.active:
            self._clock.stop()
        if call.phase is Phase.ENDED:
            self._close_media()
        elif back and self._media is not None:
            self._media.line_back()  # type: ignore[attr-defined]
        self._on_clock()
        self._show_words()
        self.call_changed.emit()

    # -- what the visitor does ----------------------------------------------------------------------------------------

    @Slot(str)
    def ring(self, topic: str) -> None:
        """Call the desk now."""
        if not self._engine:
            self._show(NO_ENGINE)
            return
        self._topic = topic
        self._open_media()
        self._intercom.dismiss()
        self._intercom.ring(topic)
        self.show_call(self._intercom.call)

    @Slot()
    def again(self) -> None:
        self.ring(self._topic)

    @Slot()
    def hangUp(self) -> None:
        self._intercom.hang_up()

    @Slot()
    def leave(self) -> None:
        self.ui.navigator.back()

    # -- inside -------------------------------------------------------------------------------------------------------

    def _open_media(self) -> None:
        if self._media is not None:
            return
        from ui.intercom.media import MediaEnd

        end = MediaEnd(self._intercom, self.ui.station.call_picture, self.ui.relay, self)
        end.devices_changed.connect(self.facts_changed)
        end.picture_changed.connect(self.facts_changed)
        self._media = end
        self.media_changed.emit()
        self.facts_changed.emit()

    def _close_media(self) -> None:
        end, self._media = self._media, None
        if end is None:
            return
        self.media_changed.emit()  # the view goes first
        end.close()  # type: ignore[attr-defined]
        end.deleteLater()
        self.facts_changed.emit()

    def _show_topics(self, topics: dict[str, CallTopic]) -> None:
        rows = [
            TopicRow(key, self.ui.text(topic.name), self.ui.text(topic.hint), topic.icon)
            for key, topic in topics.items()
            if topic.shown
        ]
        self._topics.set_rows(rows)
        chosen = topics.get(self._topic)
        self._topic_name = self.ui.text(chosen.name) if chosen else ""
        self.facts_changed.emit()

    def _show_words(self) -> None:
        if self._call.phase is Phase.IDLE and self._words.mood == NO_ENGINE.mood and not self._engine:
            self._show(NO_ENGINE)
            return
        words = words_for(self._call, self._call.by or say(STAFF))
        if words != self._words:
            self._words = words
            self.call_changed.emit()
        self.set_spoken("\n".join(filter(None, (words.title, words.detail, *self._numbers_said(words)))))
        if words.title != self._said and self._call.phase not in (*_QUIET, Phase.IDLE):
            self._said = words.title
            urgent = SpeechPriority.CAUTION if words.numbers else SpeechPriority.RESULT
            self.ui.say(f"{words.title}\n{words.detail}", urgent)

    def _show(self, words: Words) -> None:
        self._words = replace(words, title=say(words.title), detail=say(words.detail))
        self.set_spoken("\n".join((self._words.title, self._words.detail, *self._numbers_said(words))))
        self.call_changed.emit()

    def _numbers_said(self, words: Words) -> list[str]:
        return list(self._numbers()) if words.numbers else []

    def _numbers(self) -> list[str]:
        settings = self.ui.station.settings
        desk = [settings.desk_number] if settings.desk_number else []
        return [*settings.emergency_numbers, *desk]

    def _on_clock(self) -> None:
        seconds = int(self._intercom.seconds()) if self._call.active or self._call.reason else 0
        text = f"{seconds // 60}:{seconds % 60:02d}"
        if text != self._time:
            self._time = text
            self.time_changed.emit()

    def _fact(self, name: str, otherwise: bool) -> bool:
        return bool(getattr(self._media, f"_{name}")) if self._media is not None else otherwise

    # -- for QML ------------------------------------------------------------------------------------------------------

    phase = Property(str, lambda self: self._call.phase.value, notify=call_changed)
    title = Property(str, lambda self: self._words.title, notify=call_changed)
    detail = Property(str, lambda self: self._words.detail, notify=call_changed)
    icon = Property(str, lambda self: self._words.icon, notify=call_changed)
    mood = Property(str, lambda self: self._words.mood, notify=call_changed)
    numbers = Property(list, lambda self: self._numbers() if self._words.numbers else [], notify=call_changed)
    alarm = Property(bool, lambda self: ALARM in (self._call.topic, self._topic), notify=call_changed)
    active = Property(bool, lambda self: self._call.active, notify=call_changed)
    by = Property(str, lambda self: self._call.by, notify=call_changed)
    text = Property(str, lambda self: self._call.text, notify=call_changed)
    time = Property(str, lambda self: self._time, notify=time_changed)
    media = Property(QObject, lambda self: self._media, notify=media_changed)
    topics = Property(QObject, lambda self: self._topics, constant=True)
    topicName = Property(str, lambda self: self._topic_name, notify=facts_changed)
    pictured = Property(bool, lambda self: self._fact("pictured", False), notify=facts_changed)
    noCamera = Property(bool, lambda self: self._lacks("camera"), notify=facts_changed)
    noMicrophone = Property(bool, lambda self: self._lacks("microphone"), notify=facts_changed)

    def _lacks(self, device: str) -> bool:
        """Whether we know that there is none; while it is being looked for nothing is said."""
        return self._media is not None and not self._fact("searching", True) and not self._fact(device, True)
