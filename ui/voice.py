"""The screen's side of speech: says things in the visitor's language; a silent machine shows the words instead."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.devices.ports import Speech, SpeechPriority, Utterance
from kiosk.devices.speech import WordsUnheard
from ui.crossing import Crossing
from ui.relay import Relay
from ui.settings import ScreenSettings

_SHORTEST_MS, _MS_PER_CHARACTER = 4000, 180  # an unhurried reader's pace


class Voice(QObject):
    """`reading` is true while a page is read aloud; `words` is what a silent machine shows ("" = nothing)."""

    reading_changed = Signal()
    words_changed = Signal()

    def __init__(
        self, speech: Callable[[], Speech], relay: Relay, settings: ScreenSettings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._voice = speech
        self._asked = False
        self._settings = settings
        self._turn = 0
        self._reading = False
        self._words = ""
        self._crossing = Crossing(self)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self.hideWords)
        relay.subscribe(WordsUnheard, lambda event: self._show(event.text))

    @property
    def _speech(self) -> Speech:
        self._asked = True
        return self._voice()

    def say(self, text: str, priority: SpeechPriority = SpeechPriority.RESULT) -> None:
        """Say `text`, which is in the language of the screen. Never blocks."""
        if text := text.strip():
            self._speech.say(Utterance(text, self._settings.code, priority))

    def read_page(self, text: str) -> None:
        """Read a page aloud; while one is being read, this silences it."""
        if self._reading:
            self.stop()
            return
        if not text.strip():
            return
        self._turn += 1
        turn = self._turn
        self._set_reading(True)
        cross = self._crossing.post
        self._speech.say(
            Utterance(
                text.strip(),
                self._settings.code,
                SpeechPriority.PAGE,
                on_done=lambda _whole: cross(lambda: self._on_ended(turn)),
            )
        )

    @Slot()
    def stop(self) -> None:
        """Silence, and no words."""
        self._turn += 1
        if self._asked:
            self._speech.stop()
        self._set_reading(False)
        self.hideWords()

    @Slot()
    def hideWords(self) -> None:
        if self._words:
            self._words = ""
            self.words_changed.emit()

    def _show(self, text: str) -> None:
        self._words = text
        self._fade.start(max(_SHORTEST_MS, len(text) * _MS_PER_CHARACTER))
        self.words_changed.emit()

    def _on_ended(self, turn: int) -> None:
        if turn == self._turn:
            self._set_reading(False)

    def _set_reading(self, on: bool) -> None:
        if on != self._reading:
            self._reading = on
            self.reading_changed.emit()

    reading = Property(bool, lambda self: self._reading, notify=reading_changed)
    words = Property(str, lambda self: self._words, notify=words_changed)
