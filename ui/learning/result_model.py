"""After the quiz: passed or not, each question with its explanation, and the certificate with its code."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.errors import KioskError
from kiosk.learning import Certificate, CertificateIssued, CourseDetail, QuizResult, RecordClaimed
from kiosk.learning.errors import NoCertificate
from kiosk.learning.rows import Marked
from kiosk.session import SessionPersonChanged
from ui.context import UiContext
from ui.lists import RowsModel
from ui.pages import Args
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """`chosen` and `answer` are the words of the options, or "true" and "false"; "" for nothing chosen."""

    number: int
    text: str
    good: bool
    truth: bool
    chosen: str
    answer: str
    explanation: str


class ResultModel(ViewModel):
    """With a result, or without one for somebody who comes back to look at the certificate."""

    shown_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._course = str(args.get("course", ""))
        given = args.get("result")
        self._result = given if isinstance(given, QuizResult) else None
        self._certificate: Certificate | None = None
        self._detail: CourseDetail | None = None
        self._marked: RowsModel[MarkedRow] = RowsModel(MarkedRow, self)
        for kind in (RecordClaimed, CertificateIssued, SessionPersonChanged):
            self.subscribe(kind, lambda _: self.refresh())

    def refresh(self) -> None:
        if self._result is not None:
            self._marked.set_rows([self._row(n, one) for n, one in enumerate(self._result.marked, start=1)])
        self.run(self.ui.station.learning.course, self._course).success(self._show_course)
        self.run(self.ui.station.learning.certificate, self._course).success(self._show).failure(self._without)

    def show_result(self, result: QuizResult) -> None:
        """A quiz has been marked."""
        self._result = result
        self.refresh()

    def _show_course(self, detail: CourseDetail) -> None:
        self._detail = detail
        self.shown_changed.emit()

    def _show(self, certificate: Certificate) -> None:
        self._certificate = certificate
        self.shown_changed.emit()

    def _without(self, error: KioskError) -> None:
        self._certificate = None
        if not isinstance(error, NoCertificate) or self._result is None:
            self.set_problem(error)
        self.shown_changed.emit()

    def _row(self, number: int, one: Marked) -> MarkedRow:
        truth = one.question.type == "true_false"
        texts = {o.id: o.id if o.text is None else self.ui.text(o.text) for o in one.question.options}

        def words(ids: frozenset[str]) -> str:
            comma = ", " if self.ui.language == "en" else "、"
            return comma.join(text for option, text in texts.items() if option in ids)

        return MarkedRow(
            number,
            self.ui.text(one.question.text),
            one.good,
            truth,
            words(one.chosen),
            words(one.right),
            self.ui.text(one.explanation),
        )

    @Slot()
    def again(self) -> None:
        self.ui.replace("learning.quiz", {"course": self._course})

    @Slot()
    def watchAgain(self) -> None:
        self.ui.replace("learning.play", {"course": self._course})

    @Slot()
    def recognise(self) -> None:
        """Show a member code, and come back to the certificate."""
        self.ui.open("members.show")

    @Slot()
    def toCourses(self) -> None:
        self.ui.navigator.back()

    def _title(self) -> str:
        if self._result is not None:
            return self.ui.text(self._result.title)
        return self.ui.text(self._detail.row.title) if self._detail else ""

    def _of_certificate(self, part: str) -> str:
        return str(getattr(self._certificate, part)) if self._certificate else ""

    def _issued(self) -> str:
        if self._certificate is None:
            return ""
        return self._certificate.issued.astimezone(self.ui.station.zone).date().isoformat()

    def _score(self) -> int:
        if self._result is not None:
            return round(self._result.score * 100)
        return self._certificate.score if self._certificate and self._certificate.score is not None else -1

    def _can_again(self) -> bool:
        return self._result is not None and not self._result.passed and self._result.tries_left > 0

    def _of(self, part: str) -> int:
        return int(getattr(self._result, part)) if self._result else 0

    hasResult = Property(bool, lambda self: self._result is not None, notify=shown_changed)
    title = Property(str, _title, notify=shown_changed)
    passed = Property(bool, lambda self: self._result is None or self._result.passed, notify=shown_changed)
    recorded = Property(bool, lambda self: self._result is None or self._result.recorded, notify=shown_changed)
    score = Property(int, _score, notify=shown_changed)
    right = Property(int, lambda self: self._of("right"), notify=shown_changed)
    total = Property(int, lambda self: self._of("total"), notify=shown_changed)
    passMark = Property(
        int, lambda self: round(self._result.pass_mark * 100) if self._result else 0, notify=shown_changed
    )
    triesLeft = Property(int, lambda self: self._of("tries_left"), notify=shown_changed)
    canTryAgain = Property(bool, _can_again, notify=shown_changed)
    certified = Property(bool, lambda self: self._certificate is not None, notify=shown_changed)
    recognised = Property(bool, lambda self: self.ui.station.session.person is not None, notify=shown_changed)
    number = Property(str, lambda self: self._of_certificate("number"), notify=shown_changed)
    qr = Property(str, lambda self: self._of_certificate("qr"), notify=shown_changed)
    online = Property(bool, lambda self: bool(self._of_certificate("address")), notify=shown_changed)
    issued = Property(str, _issued, notify=shown_changed)
    marked = Property(QObject, lambda self: self._marked, constant=True)
