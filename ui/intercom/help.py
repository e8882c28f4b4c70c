"""The page for calling the desk: choose, ring, talk, and what came of it."""

import logging
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, Property, QObject, Signal, Slot

from kiosk.intercom import Call, Phase, Queue
from kiosk.protocol.intercom import ALARM, HELP, EndReason
from kiosk.protocol.text import LocalText
from ui.context import UiContext
from ui.hours import closed_words
from ui.intercom.signs import Sign, signs_of
from ui.intercom.strip import centre_of
from ui.intercom.words import say
from ui.lists import RowsModel
from ui.numbers import NumberRow, number_rows
from ui.pages import Args
from ui.viewmodel import ViewModel

log = logging.getLogger(__name__)
MESSAGE = "intercom.message"
_YOU = QT_TRANSLATE_NOOP("intercom", "您")
_VOLUME_STEP = 20
_LINES = 4  # of text that are shown; what went before scrolled away while it was read
_MISSED = frozenset({EndReason.NO_STAFF, EndReason.NO_ANSWER, EndReason.BUSY, EndReason.LOST_NETWORK})


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A queue that is offered. `remark` says when it is served, "" = always or unknown."""

    topic: str
    name: str
    about: str
    glyph: str
    remark: str
    served: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of text; `mine` the visitor's own."""

    who: str
    words: str
    mine: bool


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """Something to be said by a touch: as it is shown, and as the desk, which is in Chinese, is told it."""

    phrase: str
    said: str


class HelpModel(ViewModel):
    """`{}` rings at once, `{"topic": …}` rings that queue, `{"choose": True}` asks first, or shows the call there is.

    Leaving the page stops the ringing; somebody who is talking, or has raised the alarm, takes the call along.
    `{"media": False}` prepares no camera before somebody rings.
    """

    call_changed = Signal()
    panel_changed = Signal()
    time_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self.centre = centre_of(ui)
        self._intercom = ui.station.intercom
        self._topic = str(args.get("topic") or HELP)
        self._ring_now = not args.get("choose", False)
        self._warm = bool(args.get("media", True))
        self._sample: Call | None = None
        self._queues: dict[str, Queue] = {}
        self._topics = RowsModel(TopicRow, self)
        self._numbers = RowsModel(NumberRow, self)
        self._lines = RowsModel(LineRow, self)
        self._phrases = RowsModel(PhraseRow, self)
        self._signs = RowsModel(Sign, self)
        self._writing = False
        self.centre.call_changed.connect(self.show)
        self.centre.facts_changed.connect(self.show)
        self.centre.time_changed.connect(self.time_changed)

    # -- the page -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.run(self._intercom.queues).success(self._show_queues)
        self._numbers.set_rows(number_rows(self.ui))
        self._phrases.set_rows([self._phrase(phrase) for phrase in self._intercom.phrases])
        self.centre.show_words()
        self.show()

    def shown(self) -> None:
        ring, self._ring_now = self._ring_now, False
        if not ring:
            if self._warm and self._intercom.call.phase is Phase.IDLE:
                self.centre.open_media()
        elif self._topic == ALARM:
            self.centre.raise_alarm()
        else:
            self.centre.ring(self._topic)

    def disposed(self) -> None:
        if self._sample is not None:
            self.centre.follow(self._intercom.call)
        call = self._intercom.call
        if call.phase is Phase.RINGING and call.topic != ALARM:
            self.centre.hangUp()
        if not self._intercom.call.active:
            self.centre.forget()
            self.centre.close_media()

    @property
    def call(self) -> Call:
        return self._sample or self.centre.call

    def show_sample(self, call: Call) -> None:
        """For pictures of the page: the call is like this."""
        self._sample = call
        self.centre.follow(call)

    @Slot()
    def show(self) -> None:
        """The call, or what this machine has for it, is otherwise than before."""
        call = self.call
        self._signs.set_rows(list(signs_of(call, self.noCamera, self.noMicrophone)))
        mine = say(_YOU)
        self._lines.set_rows([LineRow(line.by or mine, line.text, not line.by) for line in call.lines[-_LINES:]])
        if not call.talking and self._writing:
            self._writing = False
            self.panel_changed.emit()
        wanted = [f"{row.number} {row.label}" for row in self._numbers.rows] if self.numbersWanted else []
        words = self.centre.words
        self.set_spoken("\n".join(filter(None, (words.title, words.detail, self.hours, *wanted))))
        self.call_changed.emit()

    # -- what the visitor does ----------------------------------------------------------------------------------------

    @Slot(str)
    def ring(self, topic: str) -> None:
        """Call the desk now."""
        self._topic = topic
        self.centre.ring(topic)

    def raise_alarm(self) -> None:
        """The alarm was pressed on this page."""
        self.centre.raise_alarm()

    def ring_unless_calling(self) -> None:
        """The help button of the bar was pressed on this page."""
        if not self.call.active:
            self.ring(self._topic if self.call.reason is not None else HELP)

    @Slot()
    def again(self) -> None:
        self.ring(self.call.topic or self._topic)

    @Slot()
    def hangUp(self) -> None:
        self.centre.hangUp()

    @Slot()
    def leave(self) -> None:
        self.ui.navigator.back()

    @Slot()
    def leaveMessage(self) -> None:
        """Nobody can be reached: a voice or a text for later."""
        call = self._intercom.call
        self.centre.hangUp()
        self.ui.open(MESSAGE, {"topic": call.topic or self._topic, "call": call.id})

    @Slot()
    def toggleMute(self) -> None:
        self._intercom.mute(not self.call.own.muted)

    @Slot()
    def louder(self) -> None:
        self._intercom.set_volume(self.call.own.volume + _VOLUME_STEP)

    @Slot()
    def quieter(self) -> None:
        self._intercom.set_volume(self.call.own.volume - _VOLUME_STEP)

    @Slot()
    def toggleWriting(self) -> None:
        self._writing = not self._writing
        self.panel_changed.emit()

    @Slot(str)
    def write(self, text: str) -> None:
        """A line to the desk."""
        self._intercom.say(text)

    @Slot(bool)
    def judge(self, helpful: bool) -> None:
        self._intercom.judge(helpful)

    def _phrase(self, phrase: LocalText) -> PhraseRow:
        shown = self.ui.text(phrase)
        return PhraseRow(shown, shown if shown == phrase.zh_CN else f"{phrase.zh_CN} ({shown})")

    # -- inside -------------------------------------------------------------------------------------------------------

    def _show_queues(self, queues: tuple[Queue, ...]) -> None:
        self._queues = {queue.id: queue for queue in queues}
        rows, now = [], self.ui.station.local_now()
        for queue in queues:
            if queue.topic.shown:
                name, about = self.ui.text(queue.topic.name), self.ui.text(queue.topic.hint)
                shut = closed_words(queue.now, now)
                rows.append(TopicRow(queue.id, name, about, queue.topic.icon, shut, not shut))
        self._topics.set_rows(rows)
        self.show()

    def _hours_now(self) -> str:
        """The hours of the queue that is, or was, rung: where nobody was there, and it is shut."""
        queue = self._queues.get(self.call.topic)
        if queue is None or self.call.talking:
            return ""
        nobody = self.call.reason in _MISSED or (self.call.rung and self.call.staff == 0)
        return closed_words(queue.now, self.ui.station.local_now()) if nobody else ""

    def _may_leave_message(self) -> bool:
        queue = self._queues.get(self.call.topic)
        if queue is None or not queue.topic.message or self.call.topic == ALARM:
            return False
        ringing = self.call.phase is Phase.RINGING
        nobody = ringing and (not self.call.link or (self.call.rung and self.call.free == 0))
        return nobody or (self.call.phase is Phase.ENDED and self.call.reason in _MISSED)

    def _topic_name(self) -> str:
        queue = self._queues.get(self.call.topic)
        return self.ui.text(queue.topic.name) if queue else ""

    # -- for QML ------------------------------------------------------------------------------------------------------

    callCentre = Property(QObject, lambda self: self.centre, constant=True)
    time = Property(str, lambda self: self.centre.clock_text, notify=time_changed)
    phase = Property(str, lambda self: self.call.phase.value, notify=call_changed)
    title = Property(str, lambda self: self.centre.words.title, notify=call_changed)
    detail = Property(str, lambda self: self.centre.words.detail, notify=call_changed)
    icon = Property(str, lambda self: self.centre.words.icon, notify=call_changed)
    mood = Property(str, lambda self: self.centre.words.mood, notify=call_changed)
    impossible = Property(bool, lambda self: self.centre.impossible, notify=call_changed)
    active = Property(bool, lambda self: self.call.active, notify=call_changed)
    talking = Property(bool, lambda self: self.call.talking, notify=call_changed)
    held = Property(bool, lambda self: self.call.held, notify=call_changed)
    muted = Property(bool, lambda self: self.call.own.muted, notify=call_changed)
    volume = Property(int, lambda self: self.call.own.volume, notify=call_changed)
    redialling = Property(bool, lambda self: self.call.redialling, notify=call_changed)
    hours = Property(str, _hours_now, notify=call_changed)
    messageOffered = Property(bool, _may_leave_message, notify=call_changed)
    asked = Property(
        bool,
        lambda self: self.call.phase is Phase.ENDED and self.call.answered is not None and self.call.media_ever,
        notify=call_changed,
    )
    judged = Property(bool, lambda self: self.call.helpful is not None, notify=call_changed)
    numbersWanted = Property(bool, lambda self: self.centre.numbers_wanted, notify=call_changed)
    numbers = Property(QObject, lambda self: self._numbers, constant=True)
    topics = Property(QObject, lambda self: self._topics, constant=True)
    topicName = Property(str, _topic_name, notify=call_changed)
    lines = Property(QObject, lambda self: self._lines, constant=True)
    phrases = Property(QObject, lambda self: self._phrases, constant=True)
    signs = Property(QObject, lambda self: self._signs, constant=True)
    writing = Property(bool, lambda self: self._writing, notify=panel_changed)
    pictured = Property(bool, lambda self: self.centre.fact("pictured", False), notify=call_changed)
    noCamera = Property(bool, lambda self: self.centre.lacks("camera"), notify=call_changed)
    noMicrophone = Property(bool, lambda self: self.centre.lacks("microphone"), notify=call_changed)
