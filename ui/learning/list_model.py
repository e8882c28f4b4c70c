"""The list of courses, and the stick that may bring more."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.events import CatalogueUpdated
from kiosk.learning import (
    CertificateIssued,
    CourseRow,
    CoursesChanged,
    CourseState,
    RecordClaimed,
    StickRead,
    StickResult,
)
from kiosk.session import SessionPersonChanged
from ui.context import UiContext
from ui.lists import RowsModel
from ui.problems import all_problems, words_for
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class CourseCardRow:
    """`progress` is "waiting", "new", "begun", "watched" or "passed"."""

    course: str
    title: str
    summary: str
    iconName: str
    minutes: int
    progress: str
    percent: int


@dataclass(frozen=True, slots=True)
class StickLine:
    """`outcome` is "installed", "already" or "refused"; `words` say why a pack was refused."""

    name: str
    outcome: str
    words: str


def state_of(row: CourseRow) -> str:
    """How far somebody is, in one word; a course without a quiz is passed when it was watched."""
    if row.state is CourseState.WAITING:
        return "waiting"
    if row.passed or (row.completed and not row.has_quiz):
        return "passed"
    if row.completed:
        return "watched"
    return "begun" if row.percent else "new"


class ListModel(ViewModel):
    loaded_changed = Signal()
    stick_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._rows: RowsModel[CourseCardRow] = RowsModel(CourseCardRow, self)
        self._stick: RowsModel[StickLine] = RowsModel(StickLine, self)
        self._results: tuple[StickResult, ...] | None = None
        self._looking = False
        self._loaded = False
        for kind in (CoursesChanged, RecordClaimed, CertificateIssued, SessionPersonChanged, CatalogueUpdated):
            self.subscribe(kind, lambda _: self.refresh())
        self.subscribe(StickRead, self._read)

    def refresh(self) -> None:
        self.run(self.ui.station.learning.courses).success(self.show_courses)
        self._show_stick()

    def show_courses(self, rows: tuple[CourseRow, ...]) -> None:
        """What the list shows."""
        say = self.ui.text
        self._rows.set_rows(
            [
                CourseCardRow(
                    row.id, say(row.title), say(row.summary), row.icon, row.minutes, state_of(row), row.percent
                )
                for row in rows
            ]
        )
        self._loaded = True
        self.loaded_changed.emit()

    @Slot(str)
    def choose(self, course: str) -> None:
        self.ui.open("learning.course", {"course": course})

    @Slot()
    def readStick(self) -> None:
        """Look for packs on a stick; the answer comes as an event."""
        self._looking, self._results = True, None
        self._show_stick()
        self.ui.station.courses.look()

    @Slot()
    def dismissStick(self) -> None:
        self._results = None
        self._show_stick()

    def show_stick(self, results: tuple[StickResult, ...]) -> None:
        """What was found on a stick."""
        self._read(StickRead(results))

    def _read(self, event: StickRead) -> None:
        if event.results or self._looking:
            self._looking, self._results = False, event.results
            self._show_stick()

    def _show_stick(self) -> None:
        lines = []
        for result in self._results or ():
            outcome = "refused" if result.code else "already" if result.already else "installed"
            lines.append(StickLine(self.ui.text(result.title) or result.name, outcome, self._why(result)))
        self._stick.set_rows(lines)
        self.stick_changed.emit()

    def _why(self, result: StickResult) -> str:
        error = next((kind for kind in _errors() if kind.code == result.code), None)
        return words_for(error()).sentence if error is not None and result.code in all_problems() else ""

    courses = Property(QObject, lambda self: self._rows, constant=True)
    stick = Property(QObject, lambda self: self._stick, constant=True)
    loaded = Property(bool, lambda self: self._loaded, notify=loaded_changed)
    looking = Property(bool, lambda self: self._looking, notify=stick_changed)
    stickShown = Property(bool, lambda self: self._results is not None, notify=stick_changed)


def _errors() -> tuple[type, ...]:
    from kiosk.errors import DiskFull, KioskError, StorageError
    from kiosk.learning import errors

    packs = tuple(kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KioskError))
    return (*packs, DiskFull, StorageError)
