"""The page for calling the desk: choose, ring, talk, and what came of it."""

import logging
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.devices.ports import SpeechPriority
from kiosk.intercom import Call, CallChanged, Phase
from kiosk.protocol.intercom import ALARM, HELP, CallTopic
from ui.context import UiContext
from ui.intercom import engine
from ui.intercom.words import ALARM_TEXT, NO_ENGINE, STAFF, number_label, say, translated, words_for
from ui.lists import RowsModel
from ui.pages import Args
from ui.viewmodel import ViewModel

log = logging.getLogger(__name__)
_CLOCK_MS = 500
_QUIET = frozenset({Phase.CONNECTING, Phase.IN_CALL})  # nothing is spoken into somebody's conversation


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A telephone number to be dialled by hand."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A queue that is offered."""

    topic: str
    name: str
    about: str
    glyph: str


class HelpModel(ViewModel):
    """`{}` rings at once, `{"topic": …}` rings that queue, `{"choose": True}` asks first. Leaving the page hangs up.

    `{"media": False}` prepares no camera before somebody rings.
    """

    call_changed = Signal()
    time_changed = Signal()
    media_changed = Signal()
    facts_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._intercom = ui.station.intercom
        self._topic = str(args.get("topic") or HELP)
        self._ring_now = not args.get("choose", False)
        self._warm = bool(args.get("media", True))
        self._call = Call()
        self._words = words_for(self._call, "")
        self._time = ""
        self._media: QObject | None = None
        self._engine = engine.ready()
        self._topics = RowsModel(TopicRow, self)
        self._numbers = RowsModel(NumberRow, self)
        self._alarm = False
        self._topic_names: dict[str, str] = {}
        self._said = ""
        self._impossible = False  # there is no engine: said instead of ringing into nothing
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self._on_clock)
        self.subscribe(CallChanged, lambda _event: self.show_call(self._intercom.call))

    # -- the page -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.run(self._intercom.topics).success(self._show_topics)
        settings = self.ui.station.settings
        desk = [settings.desk_number] if settings.desk_number else []
        self._numbers.set_rows([NumberRow(n, number_label(n)) for n in (*settings.emergency_numbers, *desk)])
        self._show_words()
        self.call_changed.emit()
        self.facts_changed.emit()

    def shown(self) -> None:
        if not self._ring_now:
            if self._engine and self._warm and self._call.phase is Phase.IDLE:
                self._open_media()  # the first picture is half a second nearer
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
            self.show_impossible()
            return
        self._topic = topic
        self._alarm = topic == ALARM
        self._open_media()
        self._intercom.dismiss()
        self._intercom.ring(topic)
        self.refresh()
        self.show_call(self._intercom.call)

    def show_impossible(self) -> None:
        """There is no engine for picture and sound on this machine."""
        self._impossible = True
        self._show_words()
        self._speak(SpeechPriority.CAUTION)
        self.call_changed.emit()

    def raise_alarm(self) -> None:
        """The alarm was pressed on this page. Somebody who is talking to a person keeps that person."""
        if self._call.phase in _QUIET:
            self._alarm = True
            self._intercom.say(say(ALARM_TEXT))
            self._show_words()
            self.call_changed.emit()
        elif self._topic != ALARM or not self._call.active:
            self._intercom.hang_up()
            self.ring(ALARM)

    def ring_unless_calling(self) -> None:
        """The help button of the bar was pressed on this page."""
        if not self._call.active:
            self.ring(self._topic if self._call.reason is not None else HELP)

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
        self._topic_names = {key: self.ui.text(topic.name) for key, topic in topics.items()}
        self.call_changed.emit()

    def _show_words(self) -> None:
        if self._impossible:
            self._words = translated(NO_ENGINE)
        else:
            self._words = words_for(self._call, self._call.by or say(STAFF))
        words = self._words
        wanted = [f"{row.number} {row.label}" for row in self._numbers.rows] if self._wants_numbers() else []
        self.set_spoken("\n".join(filter(None, (words.title, words.detail, *wanted))))
        if words.title != self._said and self._call.phase not in (*_QUIET, Phase.IDLE):
            self._said = words.title
            self._speak(SpeechPriority.CAUTION if words.numbers else SpeechPriority.RESULT)

    def _speak(self, priority: SpeechPriority) -> None:
        """Say what the page says; on a silent machine the page itself is enough."""
        if self.ui.station.speech.available():
            self.ui.say(f"{self._words.title}\n{self._words.detail}", priority)

    def _wants_numbers(self) -> bool:
        return self._words.numbers or self._alarm

    @Slot()
    def _on_clock(self) -> None:
        seconds = int(self._intercom.seconds()) if self._call.active or self._call.reason else 0
        text = f"{seconds // 60}:{seconds % 60:02d}"
        if text != self._time:
            self._time = text
            self.time_changed.emit()

    def _lacks(self, device: str) -> bool:
        """Whether we know that there is none; while it is being looked for nothing is said."""
        return self._media is not None and not self._fact("searching", True) and not self._fact(device, True)

    def _fact(self, name: str, otherwise: bool) -> bool:
        return bool(getattr(self._media, f"_{name}")) if self._media is not None else otherwise

    # -- for QML ------------------------------------------------------------------------------------------------------

    phase = Property(str, lambda self: self._call.phase.value, notify=call_changed)
    title = Property(str, lambda self: self._words.title, notify=call_changed)
    detail = Property(str, lambda self: self._words.detail, notify=call_changed)
    icon = Property(str, lambda self: self._words.icon, notify=call_changed)
    mood = Property(str, lambda self: self._words.mood, notify=call_changed)
    impossible = Property(bool, lambda self: self._impossible, notify=call_changed)
    active = Property(bool, lambda self: self._call.active, notify=call_changed)
    talking = Property(bool, lambda self: self._call.phase in _QUIET, notify=call_changed)
    by = Property(str, lambda self: self._call.by, notify=call_changed)
    text = Property(str, lambda self: self._call.text, notify=call_changed)
    numbersWanted = Property(bool, _wants_numbers, notify=call_changed)
    numbers = Property(QObject, lambda self: self._numbers, constant=True)
    time = Property(str, lambda self: self._time, notify=time_changed)
    media = Property(QObject, lambda self: self._media, notify=media_changed)
    topics = Property(QObject, lambda self: self._topics, constant=True)
    topicName = Property(str, lambda self: self._topic_names.get(self._call.topic, ""), notify=call_changed)
    pictured = Property(bool, lambda self: self._fact("pictured", False), notify=facts_changed)
    noCamera = Property(bool, lambda self: self._lacks("camera"), notify=facts_changed)
    noMicrophone = Property(bool, lambda self: self._lacks("microphone"), notify=facts_changed)
