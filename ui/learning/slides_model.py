"""The page on which pictures are looked through. In the record each of them stands for a second."""

from PySide6.QtCore import Property, QUrl, Signal, Slot

from kiosk.learning import Film
from kiosk.protocol.course import SLIDE_MS
from ui.context import UiContext
from ui.learning.sitting_model import SittingModel
from ui.pages import Args


class SlidesModel(SittingModel):
    """`number` of `count` pictures, from 1; `words` belong to the picture."""

    slide_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui, args)
        self._place = 0

    def refresh(self) -> None:
        super().refresh()
        self.slide_changed.emit()

    def began(self, part: Film) -> None:
        if not part.slides:
            self.hand_on("learning.play", step=part.step)
            return
        self._place = min(part.position_ms // SLIDE_MS, len(part.slides) - 1)
        self.slide_changed.emit()

    def went_to(self, position_ms: int) -> None:
        self._go(position_ms // SLIDE_MS)

    def _go(self, place: int) -> None:
        if self.part is not None:
            self._place = max(0, min(place, len(self.part.slides) - 1))
            self.slide_changed.emit()

    @Slot()
    def following(self) -> None:
        """The next picture, or the end after the last."""
        if self.part is None or self.stage != "watching":
            return
        self.report((self._place + 1) * SLIDE_MS, False, True)
        if self._place + 1 < len(self.part.slides):
            self._go(self._place + 1)
        else:
            self.set_stage("finished")

    @Slot()
    def previous(self) -> None:
        if self.stage == "finished":
            self.set_stage("watching")
        elif self._place > 0:
            self.ask_for((self._place - 1) * SLIDE_MS)

    @Slot()
    def pictureFailed(self) -> None:
        self.broke(f"picture {self._place + 1} cannot be read")

    def _picture(self) -> QUrl:
        return QUrl.fromLocalFile(str(self.part.slides[self._place].path)) if self.part and self.part.slides else QUrl()

    def _words(self) -> str:
        return self.ui.text(self.part.slides[self._place].text) if self.part and self.part.slides else ""

    number = Property(int, lambda self: self._place + 1, notify=slide_changed)
    count = Property(int, lambda self: len(self.part.slides) if self.part else 0, notify=slide_changed)
    picture = Property(QUrl, _picture, notify=slide_changed)
    words = Property(str, _words, notify=slide_changed)
