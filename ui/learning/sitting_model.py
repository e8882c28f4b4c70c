"""What the pages of a film and of slides have in common: a sitting, one of its parts, and where to go afterwards."""

from PySide6.QtCore import Property, Signal, Slot

from kiosk.errors import KioskError
from kiosk.learning import Film, RecordClaimed, Sitting, Watching
from kiosk.learning.errors import SittingOver
from ui.context import UiContext
from ui.ops import Op
from ui.pages import Args
from ui.viewmodel import ViewModel


class SittingModel(ViewModel):
    """`stage` is "opening", "watching", "finished" or "failed". Subclasses override `began` and `went_to`."""

    stage_changed = Signal()
    film_changed = Signal()
    extent_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self.course = str(args.get("course", ""))
        self._step = str(args.get("step", ""))
        self._sitting: Sitting | None = None
        self.part: Film | None = None
        self._stage = "opening"
        self._reached = 0
        self._free = False
        self._completed = False
        self._handed_on = False
        self._opened_once = False
        self.subscribe(RecordClaimed, lambda _: self.open_again())

    # -- for subclasses -------------------------------------------------------------------------------------------

    def began(self, part: Film) -> None:
        """The part is open for the first time."""

    def went_to(self, position_ms: int) -> None:
        """The core says where the part is to be shown now."""

    def failed(self, error: KioskError) -> None:
        """It cannot go on; the page says why."""
        self.set_stage("failed")
        self.set_problem(error)

    def report(self, at: int, playing: bool, at_once: bool) -> None:
        """Tell the core where the visitor is."""
        if self._sitting is not None and self.part is not None:
            call = self.ui.station.learning.report
            op = Op(call, self._sitting.launch, self.part.step, at, playing, at_once)
            op.success(self._watched).failure(self._lost).start()

    def ask_for(self, target_ms: int) -> None:
        """Ask the core to go to another place of the part; `went_to` is told where that is."""
        if self._sitting is not None and self.part is not None and self._stage == "watching":
            call = self.ui.station.learning.seek
            op = Op(call, self._sitting.launch, self.part.step, max(0, target_ms))
            op.success(self._sought).failure(self._lost).start()

    def broke(self, reason: str) -> None:
        """The part cannot be shown on this machine: it is written down, and the page says so."""
        if self._sitting is not None and self.part is not None:
            call = self.ui.station.learning.media_failed
            Op(call, self._sitting.launch, self.part.step, reason).failure(self._broken).start()

    def set_stage(self, stage: str) -> None:
        if stage != self._stage:
            self._stage = stage
            self.stage_changed.emit()

    # -- life -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if not self._opened_once:
            self._opened_once = True
            self.open_again()
        self.film_changed.emit()

    def disposed(self) -> None:
        if self._sitting is not None and not self._handed_on:
            Op(self.ui.station.learning.close, self._sitting.launch).start()

    def open_again(self) -> None:
        """Begin a sitting, or go on in a new one when the old one has ended under us."""
        self.run(self.ui.station.learning.open, self.course).success(self._opened).failure(self.failed)

    def _opened(self, sitting: Sitting) -> None:
        goes_on = self.part is not None
        part = next((one for one in sitting.films if one.step == self._step), None)
        if part is None:
            part = next((one for one in sitting.films if not one.free), sitting.films[0] if sitting.films else None)
        self._sitting = sitting
        if part is None:
            self._to_quiz()
            return
        self.part, self._completed = part, sitting.completed or sitting.review
        self._reached, self._free = max(part.reached_ms, self._reached if goes_on else 0), part.free
        if not goes_on:
            self.began(part)
            self.set_stage("watching")
        self.film_changed.emit()
        self.extent_changed.emit()

    def _watched(self, said: Watching) -> None:
        if self._gone:
            return
        self._reached, self._free, self._completed = said.reached_ms, said.free, said.course_completed
        if said.go_to is not None:
            self.went_to(said.go_to)
        self.extent_changed.emit()

    def _sought(self, said: Watching) -> None:
        if not self._gone:
            self.went_to(said.position_ms)
            self._watched(said)

    def _broken(self, error: KioskError) -> None:
        if not self._gone:
            self.failed(error)

    def _lost(self, error: KioskError) -> None:
        if self._gone or isinstance(error, SittingOver):
            return  # the visit is over, or somebody was recognised and a new sitting is on its way
        self.failed(error)

    # -- for QML --------------------------------------------------------------------------------------------------

    @Slot()
    def goOn(self) -> None:
        """To the quiz when there is one and everything was watched, else back to the course."""
        if self._leads_to_quiz():
            self._to_quiz()
        else:
            self.ui.navigator.back()

    def hand_on(self, page: str, **args: str) -> None:
        """To another page that goes on in this sitting, and ends it."""
        self._handed_on = True
        self.ui.replace(page, {"course": self.course, **args})

    def _to_quiz(self) -> None:
        self.hand_on("learning.quiz")

    def _leads_to_quiz(self) -> bool:
        return self._sitting is not None and self._sitting.has_quiz and self._completed

    def _title(self) -> str:
        return self.ui.text(self.part.title) if self.part else ""

    def _length(self) -> int:
        return self.part.length_ms if self.part else 0

    stage = Property(str, lambda self: self._stage, notify=stage_changed)
    title = Property(str, _title, notify=film_changed)
    length = Property(int, _length, notify=film_changed)
    reached = Property(int, lambda self: self._reached, notify=extent_changed)
    free = Property(bool, lambda self: self._free, notify=extent_changed)
    leadsToQuiz = Property(bool, _leads_to_quiz, notify=extent_changed)
