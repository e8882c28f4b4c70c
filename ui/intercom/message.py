"""The page for leaving a message: say it or write it, hear it again, a number to be called back at, done."""

import threading
from enum import StrEnum

from PySide6.QtCore import Property, Signal, Slot

from kiosk.devices.speech.player import Playing
from kiosk.errors import KioskError
from kiosk.intercom import Messages, Queue
from kiosk.intercom.errors import MicrophoneMissing
from kiosk.protocol.intercom import HELP
from ui.context import UiContext
from ui.crossing import Crossing
from ui.hours import closed_words
from ui.pages import Args
from ui.viewmodel import ViewModel

_HOLD = "message"
_LEVEL_SECONDS = 0.1  # kiosk.devices.ports.Microphone
_LONGEST_NUMBER = 20


class Stage(StrEnum):
    CHOOSE = "choose"
    RECORDING = "recording"
    RECORDED = "recorded"
    WRITING = "writing"
    CONTACT = "contact"
    DONE = "done"


class MessageModel(ViewModel):
    """`{"topic": …, "call": …}`: for which queue, and the call that reached nobody ("" none)."""

    stage_changed = Signal()
    level_changed = Signal()
    contact_changed = Signal()
    playing_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._messages: Messages = ui.station.messages
        self._topic = str(args.get("topic") or HELP)
        self._call = str(args.get("call") or "")
        self._stage = Stage.CHOOSE
        self._queue: Queue | None = None
        self._text = self._contact = ""
        self._level = 0.0
        self._seconds = 0.0
        self._playing: Playing | None = None
        self._crossing = Crossing(self)

    def refresh(self) -> None:
        if self._stage is Stage.CHOOSE and not self._messages.can_record:
            self._go(Stage.WRITING)
        self.run(self.ui.station.intercom.queues).success(self._show_queue)

    def hidden(self) -> None:
        if self._stage is Stage.RECORDING:
            self.finish()
        self._stop_playing()

    def disposed(self) -> None:
        self._stop_playing()
        self.ui.station.session.release(_HOLD)
        self._messages.discard()

    # -- what the visitor does ----------------------------------------------------------------------------------------

    @Slot()
    def record(self) -> None:
        """Begin to speak; what was recorded before is gone."""
        self._stop_playing()
        self.ui.voice.stop()  # the machine does not talk into it
        post = self._crossing.post
        try:
            self._messages.record(lambda level: post(lambda: self._on_level(level)), lambda: post(self.finish))
        except MicrophoneMissing as error:
            self.set_problem(error, self.record)
            return
        self.set_problem(None)
        self.ui.station.session.hold(_HOLD)
        self._seconds = 0.0
        self._go(Stage.RECORDING)

    @Slot()
    def finish(self) -> None:
        """That was all."""
        if self._stage is not Stage.RECORDING:
            return
        self.ui.station.session.release(_HOLD)
        try:
            self._seconds = self._messages.stop()
        except MicrophoneMissing as error:
            self._go(Stage.CHOOSE)
            self.set_problem(error, self.record)
            return
        self._go(Stage.RECORDED)

    @Slot()
    def listen(self) -> None:
        """Hear what was said; again to stop."""
        if self._playing is not None:
            self._stop_playing()
            return
        try:
            playing = self._messages.play()
        except OSError:
            return
        if playing is None:
            return
        self._playing = playing
        self.playing_changed.emit()
        post = self._crossing.post
        threading.Thread(target=lambda: (playing.wait(), post(lambda: self._played(playing))), daemon=True).start()

    @Slot()
    def write(self) -> None:
        self._go(Stage.WRITING)

    @Slot(str)
    def written(self, text: str) -> None:
        self._text = text

    @Slot()
    def goOn(self) -> None:
        """The message is as it should be: a number to be called back at."""
        self._stop_playing()
        self._go(Stage.CONTACT)

    @Slot(str)
    def press(self, digit: str) -> None:
        if len(self._contact) < _LONGEST_NUMBER:
            self._contact += digit
            self.contact_changed.emit()

    @Slot()
    def erase(self) -> None:
        self._contact = self._contact[:-1]
        self.contact_changed.emit()

    @Slot()
    def leave(self) -> None:
        """Leave it with the desk."""
        work = self.run(self._messages.leave, self._topic, self._text, self._contact, self._call)
        work.success(lambda _done: self._left()).failure(self._failed)

    @Slot()
    def again(self) -> None:
        """Another way, from the beginning."""
        self._stop_playing()
        self._messages.discard()
        self._text = ""
        self._go(Stage.CHOOSE)

    @Slot()
    def home(self) -> None:
        self.ui.navigator.home()

    def show_stage(self, stage: Stage, seconds: float = 0.0) -> None:
        """For pictures of the page."""
        self._seconds = seconds
        self._go(stage)
        self._on_level(0.6)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _show_queue(self, queues: tuple[Queue, ...]) -> None:
        self._queue = next((queue for queue in queues if queue.id == self._topic), None)
        self.stage_changed.emit()

    def _go(self, stage: Stage) -> None:
        self._stage = stage
        self.stage_changed.emit()

    def _left(self) -> None:
        self._text = self._contact = ""
        self._go(Stage.DONE)

    def _failed(self, error: KioskError) -> None:
        self.set_problem(error, self.leave)

    def _on_level(self, level: float) -> None:
        if self._stage is Stage.RECORDING:  # what was said, not how long the machine took to listen
            self._level = level
            self._seconds += _LEVEL_SECONDS
            self.level_changed.emit()

    def _played(self, playing: Playing) -> None:
        if playing is self._playing:
            self._playing = None
            self.playing_changed.emit()

    def _stop_playing(self) -> None:
        playing, self._playing = self._playing, None
        if playing is not None:
            playing.stop()
            self.playing_changed.emit()

    def _hours(self) -> str:
        return closed_words(self._queue.now, self.ui.station.local_now()) if self._queue else ""

    def _online(self) -> bool:
        link = self.ui.station.link
        return link is not None and link.online

    stage = Property(str, lambda self: self._stage.value, notify=stage_changed)
    canRecord = Property(bool, lambda self: self._messages.can_record, notify=stage_changed)
    topicName = Property(
        str, lambda self: self.ui.text(self._queue.topic.name) if self._queue else "", notify=stage_changed
    )
    hours = Property(str, _hours, notify=stage_changed)
    online = Property(bool, _online, notify=stage_changed)
    seconds = Property(int, lambda self: int(self._seconds + 0.5), notify=level_changed)
    recordedSeconds = Property(int, lambda self: max(1, int(self._seconds + 0.5)), notify=stage_changed)
    level = Property(float, lambda self: self._level, notify=level_changed)
    contact = Property(str, lambda self: self._contact, notify=contact_changed)
    playing = Property(bool, lambda self: self._playing is not None, notify=playing_changed)
