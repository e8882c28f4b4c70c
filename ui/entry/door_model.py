"""The page at the door: how one gets in now, the key that rings, and what became of it."""

from PySide6.QtCore import Property, QTimer, Signal, Slot

from kiosk.entry import Decision, EntryDecided, Verdict
from kiosk.events import CatalogueUpdated, LinkChanged
from kiosk.hours import Openness, OpenNow
from kiosk.protocol.entry import EntryPolicy
from ui.context import UiContext
from ui.entry.strip import numbers, online
from ui.entry.words import DoorWords, outlook_words, ring_words, words_of
from ui.hours import open_words
from ui.viewmodel import ViewModel

_SHOWN_MS = 15_000
_LOOK_MS = 30_000
_SHOW_CODE = "members.show"


class DoorModel(ViewModel):
    """`title` and `detail` are of what just happened while `told`, else `outlook` says how one gets in."""

    state_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._event: EntryDecided | None = None
        self._words: DoorWords | None = None
        self._outlook = self._hours = self._ring = ""
        self._opens = False
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_SHOWN_MS)
        self._fade.timeout.connect(self.again)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)  # hours begin and end while the page is open
        self._look.timeout.connect(self.lookAgain)
        self.subscribe(EntryDecided, self._on_decided)
        self.subscribe(LinkChanged, lambda _event: self.refresh())
        self.subscribe(CatalogueUpdated, lambda _event: self.refresh())

    def refresh(self) -> None:
        self.run(self._ask).success(self._answer)

    def shown(self) -> None:
        self._look.start()

    def hidden(self) -> None:
        self._look.stop()

    def _ask(self) -> tuple[EntryPolicy, Decision, OpenNow]:
        """On the desk thread."""
        entry = self.ui.station.entry
        policy = entry.policy()
        return policy, entry.outlook(), self.ui.station.hours.now(policy.hours)

    def _answer(self, found: tuple[EntryPolicy, Decision, OpenNow]) -> None:
        policy, bell, hours = found
        closed = hours.state is Openness.CLOSED
        self._outlook = outlook_words(policy, bell, not closed)
        self._hours = open_words(hours, self.ui.station.local_now())
        self._ring = ring_words(bell)
        self._opens = bell.verdict is Verdict.OPEN
        if self._event is not None:
            self._words = self._words_of(self._event)
        self.state_changed.emit()

    def _on_decided(self, event: EntryDecided) -> None:
        if event.door == self.ui.station.terminal_door:
            self._event, self._words = event, self._words_of(event)
            self._fade.start()
            self.state_changed.emit()

    def _words_of(self, event: EntryDecided) -> DoorWords:
        return words_of(event, self.ui.station.local_now(), online(self.ui), numbers(self.ui))

    @Slot()
    def ring(self) -> None:
        """Open if anybody may come in, else ring the desk."""
        self.run(self.ui.station.entry.ring, self.ui.station.terminal_door)

    @Slot()
    def showCode(self) -> None:
        self.ui.open(_SHOW_CODE)

    @Slot()
    def lookAgain(self) -> None:
        self.refresh()

    @Slot()
    def again(self) -> None:
        """What happened has been read."""
        self._event = self._words = None
        self.refresh()

    told = Property(bool, lambda self: self._words is not None, notify=state_changed)
    happened = Property(str, lambda self: self._words.title if self._words else "", notify=state_changed)
    advice = Property(str, lambda self: self._words.detail if self._words else "", notify=state_changed)
    mood = Property(str, lambda self: self._words.mood if self._words else "", notify=state_changed)
    icon = Property(str, lambda self: self._words.icon if self._words else "", notify=state_changed)
    outlook = Property(str, lambda self: self._outlook, notify=state_changed)
    hours = Property(str, lambda self: self._hours, notify=state_changed)
    ringText = Property(str, lambda self: self._ring, notify=state_changed)
    opens = Property(bool, lambda self: self._opens, notify=state_changed)
    reads = Property(bool, lambda self: bool(self.ui.station.card_readers), constant=True)
