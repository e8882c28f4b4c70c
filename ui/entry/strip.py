"""What happens at the doors: said aloud there, and shown for a while on whatever page is on the screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.devices.ports import SpeechPriority

if TYPE_CHECKING:
    from kiosk.entry import DoorNoticed, EntryDecided
    from ui.context import UiContext
    from ui.entry.words import DoorWords

PAGE = "entry.door"
_SHOWN_MS = 8000


class DoorStrip(QObject):
    """Lives as long as the face. Nothing is loaded before `begin`."""

    changed = Signal()

    def __init__(self, ui: "UiContext") -> None:
        super().__init__(ui.navigator)
        self._ui = ui
        self.words: DoorWords | None = None
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_SHOWN_MS)
        self._fade.timeout.connect(self.hide)
        ui.navigator.current_changed.connect(self.changed)

    @Slot()
    def begin(self) -> None:
        from kiosk.entry import DoorNoticed, EntryDecided

        self._ui.relay.subscribe(EntryDecided, self._on_decided)
        self._ui.relay.subscribe(DoorNoticed, self._on_noticed)

    def _on_decided(self, event: "EntryDecided") -> None:
        from ui.entry.words import words_of

        station = self._ui.station
        words = words_of(event, station.local_now(), online(self._ui), numbers(self._ui))
        self._show(words)

    def _on_noticed(self, event: "DoorNoticed") -> None:
        from ui.entry.words import DoorWords, noticed

        if sentence := noticed(event.what):
            self._show(DoorWords(sentence, "", "warn", "mdi6.door-open"))

    def _show(self, words: "DoorWords") -> None:
        self.words = words
        self._fade.start()
        self.changed.emit()
        if self._ui.station.speech.available():  # a silent machine has the strip
            self._ui.say(f"{words.title}\n{words.detail}".strip(), SpeechPriority.RESULT)

    @Slot()
    def hide(self) -> None:
        """It has been read, or nobody was there to read it."""
        self.words = None
        self.changed.emit()

    def _wanted(self) -> bool:
        return self.words is not None and self._ui.navigator.page_name != PAGE

    alive = Property(bool, lambda self: False, notify=changed)  # it keeps no screen open
    wanted = Property(bool, _wanted, notify=changed)
    title = Property(str, lambda self: self.words.title if self.words else "", notify=changed)
    detail = Property(str, lambda self: self.words.detail if self.words else "", notify=changed)
    mood = Property(str, lambda self: self.words.mood if self.words else "", notify=changed)
    icon = Property(str, lambda self: self.words.icon if self.words else "", notify=changed)


def online(ui: "UiContext") -> bool:
    """Whether somebody at the desk can be rung now, as far as the line goes."""
    link = ui.station.link
    return link is not None and link.online


def numbers(ui: "UiContext") -> str:
    """The numbers to dial in danger."""
    return " / ".join(ui.station.settings.emergency_numbers)
