"""The quiz: one question a screen, big answers, forth and back, then handing in."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.errors import KioskError
from kiosk.learning import QuizResult, QuizSheet, RecordClaimed
from kiosk.learning.errors import SittingOver
from kiosk.learning.rows import SheetQuestion
from ui.context import UiContext
from ui.lists import RowsModel
from ui.ops import Op
from ui.pages import Args
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class OptionRow:
    """`truth` is "true" or "false" for the two answers the screen has words for, else ""."""

    option: str
    words: str
    truth: str
    chosen: bool


class QuizModel(ViewModel):
    sheet_changed = Signal()
    question_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._course = str(args.get("course", ""))
        self._sheet: QuizSheet | None = None
        self._place = 0
        self._chosen: dict[str, frozenset[str]] = {}
        self._options: RowsModel[OptionRow] = RowsModel(OptionRow, self)
        self._asked = False
        self._handing_in = False
        self.subscribe(RecordClaimed, self._claimed)

    def refresh(self) -> None:
        if not self._asked:
            self._asked = True
            self.run(self.ui.station.learning.ask, self._course).success(self._show).failure(self._refused)
        self._show_question()

    def disposed(self) -> None:
        if self._sheet is not None:
            Op(self.ui.station.learning.close, self._sheet.launch).start()

    def _claimed(self, event: RecordClaimed) -> None:
        """Somebody was recognised in the middle: the sitting has ended, so the questions are asked anew."""
        if self._course in event.courses and not self._handing_in:
            self.ask_again()

    def ask_again(self) -> None:
        self._sheet, self._asked, self._chosen, self._place = None, False, {}, 0
        self.sheet_changed.emit()
        self.refresh()

    def _show(self, sheet: QuizSheet) -> None:
        self._sheet = sheet
        self.sheet_changed.emit()
        self._show_question()

    def _refused(self, error: KioskError) -> None:
        self.set_problem(error)

    def _question(self) -> SheetQuestion | None:
        return self._sheet.questions[self._place] if self._sheet else None

    def _show_question(self) -> None:
        question = self._question()
        if question is None:
            self._options.set_rows([])
        else:
            chosen = self._chosen.get(question.id, frozenset())
            self._options.set_rows(
                [
                    OptionRow(o.id, self.ui.text(o.text), "" if o.text else o.id, o.id in chosen)
                    for o in question.options
                ]
            )
        self.question_changed.emit()

    @Slot()
    def dismissProblem(self) -> None:
        """Without questions there is nothing here: back to where the visitor came from."""
        super().dismissProblem()
        if self._sheet is None:
            self.ui.navigator.back()

    @Slot(str)
    def choose(self, option: str) -> None:
        """Choose an answer; where several may be right, choosing it again takes it back."""
        question = self._question()
        if question is None:
            return
        chosen = self._chosen.get(question.id, frozenset())
        if question.type == "multiple":
            self._chosen[question.id] = chosen ^ {option}
        else:
            self._chosen[question.id] = frozenset({option})
        self._show_question()

    @Slot()
    def previous(self) -> None:
        self._go(self._place - 1)

    @Slot()
    def following(self) -> None:
        """The next question, or handing in after the last."""
        if self._sheet is None or not self._answered():
            return
        if self._place + 1 < len(self._sheet.questions):
            self._go(self._place + 1)
        else:
            self._hand_in()

    def _go(self, place: int) -> None:
        if self._sheet is not None and 0 <= place < len(self._sheet.questions):
            self._place = place
            self._show_question()

    def _hand_in(self) -> None:
        if self._sheet is None or self._handing_in:
            return
        self._handing_in = True
        call = self.ui.station.learning.hand_in
        self.run(call, self._sheet.launch, dict(self._chosen)).success(self._marked).failure(self._not_marked)

    def _marked(self, result: QuizResult) -> None:
        self.ui.replace("learning.result", {"course": self._course, "result": result})

    def _not_marked(self, error: KioskError) -> None:
        self._handing_in = False
        self.set_problem(error, self.ask_again if isinstance(error, SittingOver) else self._hand_in)

    def _answered(self) -> bool:
        question = self._question()
        return question is not None and bool(self._chosen.get(question.id))

    def _text(self) -> str:
        question = self._question()
        return self.ui.text(question.text) if question else ""

    def _several(self) -> bool:
        question = self._question()
        return question is not None and question.type == "multiple"

    def _count(self) -> int:
        return len(self._sheet.questions) if self._sheet else 0

    title = Property(str, lambda self: self.ui.text(self._sheet.title) if self._sheet else "", notify=sheet_changed)
    loaded = Property(bool, lambda self: self._sheet is not None, notify=sheet_changed)
    count = Property(int, _count, notify=sheet_changed)
    triesLeft = Property(int, lambda self: self._sheet.tries_left if self._sheet else 0, notify=sheet_changed)
    number = Property(int, lambda self: self._place + 1, notify=question_changed)
    text = Property(str, _text, notify=question_changed)
    several = Property(bool, _several, notify=question_changed)
    answered = Property(bool, _answered, notify=question_changed)
    last = Property(bool, lambda self: self._place + 1 == self._count(), notify=question_changed)
    options = Property(QObject, lambda self: self._options, constant=True)
