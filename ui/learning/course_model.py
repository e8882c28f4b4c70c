"""A course: what it is about, how far one has come, and the one thing to do next."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.learning import CertificateIssued, CourseDetail, CoursesChanged, RecordClaimed, StepRow
from kiosk.protocol.course import SLIDE_MS
from kiosk.session import SessionPersonChanged
from ui.context import UiContext
from ui.learning.list_model import state_of
from ui.learning.words import clock
from ui.lists import RowsModel
from ui.pages import Args
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class StepLine:
    """`part` is "video", "slides" or "quiz". `progress` is "done", "open" or "locked".

    A film has a `length`, slides have a number of `pictures`, a quiz has neither.
    """

    step: str
    part: str
    title: str
    length: str
    pictures: int
    progress: str


class CourseModel(ViewModel):
    """`state` is that of the list; `action` is "play", "resume", "quiz", "again" or "" (nothing can be done now)."""

    detail_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._course = str(args.get("course", ""))
        self._detail: CourseDetail | None = None
        self._steps: RowsModel[StepLine] = RowsModel(StepLine, self)
        for kind in (CoursesChanged, RecordClaimed, CertificateIssued, SessionPersonChanged):
            self.subscribe(kind, lambda _: self.refresh())

    def refresh(self) -> None:
        self.run(self.ui.station.learning.course, self._course).success(self.show_detail)

    def show_detail(self, detail: CourseDetail) -> None:
        """What the page shows."""
        self._detail = detail
        self._steps.set_rows(
            [
                StepLine(
                    step.id,
                    step.type,
                    self.ui.text(step.title),
                    clock(step.length_ms) if step.type == "video" else "",
                    step.length_ms // SLIDE_MS if step.type == "slides" else 0,
                    "done" if step.done else "open" if step.open else "locked",
                )
                for step in detail.steps
            ]
        )
        self.detail_changed.emit()

    @Slot()
    def begin(self) -> None:
        """The main button: whatever comes next."""
        detail = self._detail
        if detail is None or not detail.steps:
            return
        step = self._following() or detail.steps[0]
        self.openStep(step.id, step.type)

    @Slot(str, str)
    def openStep(self, step: str, part: str) -> None:
        page = {"quiz": "learning.quiz", "slides": "learning.slides"}.get(part, "learning.play")
        self.ui.open(page, {"course": self._course, "step": step})

    @Slot()
    def showCertificate(self) -> None:
        self.ui.open("learning.result", {"course": self._course})

    def _action(self) -> str:
        if self._detail is None or not self._detail.steps:
            return ""
        following = self._following()
        if following is None:
            return "again"
        if following.type == "quiz":
            return "quiz"
        return "resume" if following.position_ms else "play"

    def _following(self) -> StepRow | None:
        """The step to go on with, None when all are done."""
        steps = self._detail.steps if self._detail else ()
        return next((step for step in steps if self._detail and step.id == self._detail.next_step), None)

    def _resume_at(self) -> str:
        """Where a film goes on; "" for anything else."""
        following = self._following()
        video = following is not None and following.type == "video" and following.position_ms > 0
        return clock(following.position_ms) if following is not None and video else ""

    def _words(self, part: str) -> str:
        return self.ui.text(getattr(self._detail.row, part)) if self._detail else ""

    def _number(self, part: str) -> int:
        return int(getattr(self._detail.row, part)) if self._detail else 0

    def _pass_mark(self) -> int:
        return round(self._detail.pass_mark * 100) if self._detail and self._detail.pass_mark else 0

    title = Property(str, lambda self: self._words("title"), notify=detail_changed)
    summary = Property(str, lambda self: self._words("summary"), notify=detail_changed)
    icon = Property(str, lambda self: self._detail.row.icon if self._detail else "", notify=detail_changed)
    state = Property(str, lambda self: state_of(self._detail.row) if self._detail else "", notify=detail_changed)
    minutes = Property(int, lambda self: self._number("minutes"), notify=detail_changed)
    percent = Property(int, lambda self: self._number("percent"), notify=detail_changed)
    certified = Property(bool, lambda self: bool(self._number("certified")), notify=detail_changed)
    recognised = Property(bool, lambda self: self.ui.station.session.person is not None, notify=detail_changed)
    passMark = Property(int, _pass_mark, notify=detail_changed)
    action = Property(str, _action, notify=detail_changed)
    resumeAt = Property(str, _resume_at, notify=detail_changed)
    steps = Property(QObject, lambda self: self._steps, constant=True)
