"""What was written, from where to take it, and ten seconds to take it back."""

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.devices.speech import WordsUnheard
from kiosk.errors import KioskError
from kiosk.supplies import Done
from ui.context import UiContext
from ui.pages import Args
from ui.supplies.undo_window import UndoWindow
from ui.supplies.words import ShelfWords
from ui.viewmodel import ViewModel


class DoneModel(ViewModel):
    """`{"done": Done, "returned": bool}`."""

    changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        done = args.get("done")
        assert isinstance(done, Done)
        self._done = done
        self._returned = bool(args.get("returned", False))
        self._words = ShelfWords(ui)
        self._undone = False
        self._said = False
        self._window = UndoWindow(ui.station.clock, self._undo, self)
        self.subscribe(WordsUnheard, self._unheard)
        self._window.begin(done.entry, done.undo_seconds)

    def refresh(self) -> None:
        self.changed.emit()

    def _unheard(self, event: WordsUnheard) -> None:
        """This machine is silent, and the page shows the same words."""
        if event.text == self._spoken_words():
            self.ui.voice.hideWords()

    def shown(self) -> None:
        if not self._said:
            self._said = True
            self.ui.say(self._spoken_words())

    def disposed(self) -> None:
        self._window.close()

    def _undo(self, entry: str) -> None:
        self.run(self.ui.station.supplies.undo, entry).success(lambda _: self.was_undone()).failure(self._not_undone)

    def was_undone(self) -> None:
        """It has been taken back."""
        self._undone = True
        self._window.close()
        self.changed.emit()

    def _not_undone(self, error: KioskError) -> None:
        self._window.again()
        self.set_problem(error)

    @Slot()
    def more(self) -> None:
        """Take something else."""
        self.ui.navigator.back()

    @Slot()
    def finish(self) -> None:
        self.ui.navigator.home()

    def _spoken_words(self) -> str:
        return "\n".join(filter(None, (self._sentence(), self._where())))

    def _sentence(self) -> str:
        return self._words.done(self._done, self._returned)

    def _where(self) -> str:
        return self._words.where(self._done)

    sentence = Property(str, lambda self: self._sentence(), notify=changed)
    where = Property(str, lambda self: "" if self._undone else self._where(), notify=changed)
    name = Property(str, lambda self: self.ui.text(self._done.item.name), notify=changed)
    icon = Property(str, lambda self: self._done.item.icon, constant=True)
    number = Property(int, lambda self: 0 if self._returned else self._done.number, constant=True)
    returned = Property(bool, lambda self: self._returned, constant=True)
    beyond = Property(bool, lambda self: self._done.beyond > 0, constant=True)
    undone = Property(bool, lambda self: self._undone, notify=changed)
    undo = Property(QObject, lambda self: self._window, constant=True)
