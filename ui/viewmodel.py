"""The base of every screen's view-model: one QObject a screen, disposed when the screen goes."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.errors import KioskError
from kiosk.events import Event
from ui.context import UiContext
from ui.ops import Op
from ui.problems import Problem

E = TypeVar("E", bound=Event)
R = TypeVar("R")


class ViewModel(QObject):
    """What a page shows and what it can do. Subclasses override `refresh`, `shown`, `hidden`, `disposed`."""

    busy_changed = Signal()
    problem_changed = Signal()
    spoken_changed = Signal()
    offline_changed = Signal()

    def __init__(self, ui: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent or ui.navigator)
        self.ui = ui
        self.scroll = 0.0  # where the visitor was, kept while another page lies on top
        self._running = 0
        self._problem: Problem | None = None
        self._retry: Callable[[], object] | None = None
        self._spoken = ""
        self._ends: list[Callable[[], None]] = []
        self._ops: set[Op[object]] = set()
        self._gone = False

    # -- for subclasses -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read again what the page shows. Called when the language changes and when a visitor comes back to it."""

    def shown(self) -> None:
        """The page is on the screen now."""

    def hidden(self) -> None:
        """Another page lies on top, or this one is about to go."""

    def disposed(self) -> None:
        """The page is gone for good: give back what was taken. Called once."""

    def run(self, fn: Callable[..., R], *args: object, **kwargs: object) -> Op[R]:
        """Start work on the desk at once. The page is busy meanwhile; a failure nobody handles becomes its problem."""
        op = Op(fn, *args, **kwargs)
        self._ops.add(op)  # type: ignore[arg-type]
        self._set_running(self._running + 1)

        def ended() -> None:
            self._ops.discard(op)  # type: ignore[arg-type]
            self._set_running(self._running - 1)

        def failed(error: KioskError) -> None:
            if op.failure_handlers == 1:
                self.set_problem(error)

        return op.failure(failed).always(ended).start()

    def subscribe(self, kind: type[E], slot: Callable[[E], object]) -> None:
        """Call `slot` on the Qt thread for every event of `kind`, until this model is disposed."""
        self._ends.append(self.ui.relay.subscribe(kind, slot))

    def set_problem(self, error: KioskError | None, retry: Callable[[], object] | None = None) -> None:
        """Show the sentence for `error` on the page (None: nothing is wrong). `retry` gives it a "try again" button."""
        old, self._retry = self._problem, retry
        if old is None and error is None:
            return
        self._problem = Problem(error, self) if error is not None else None
        self.problem_changed.emit()
        if old is not None:
            old.deleteLater()

    def set_spoken(self, text: str) -> None:
        """What read-aloud says instead of the words of the page; "" = the words of the page."""
        if text != self._spoken:
            self._spoken = text
            self.spoken_changed.emit()

    # -- for the shell --------------------------------------------------------------------------------------------

    def translate_again(self) -> None:
        """The language changed."""
        if self._problem is not None:
            self.set_problem(self._problem.error, self._retry)
        self.refresh()

    def dispose(self) -> None:
        """End subscriptions and drop what is running. Doing it twice is harmless."""
        if self._gone:
            return
        self._gone = True
        for end in self._ends:
            end()
        self._ends.clear()
        for op in self._ops:
            op.drop()
        self._ops.clear()
        self.disposed()

    # -- for QML --------------------------------------------------------------------------------------------------

    @Slot()
    def retry(self) -> None:
        """The visitor wants to try again."""
        again = self._retry
        self.set_problem(None)
        (again or self.refresh)()

    @Slot()
    def dismissProblem(self) -> None:
        self.set_problem(None)

    @Slot(float)
    def rememberScroll(self, position: float) -> None:
        self.scroll = position

    @Slot(result=float)
    def recalledScroll(self) -> float:
        return self.scroll

    def _set_running(self, number: int) -> None:
        was, self._running = self._running > 0, number
        if was != (number > 0):
            self.busy_changed.emit()

    busy = Property(bool, lambda self: self._running > 0, notify=busy_changed)
    problem = Property(QObject, lambda self: self._problem, notify=problem_changed)
    canRetry = Property(bool, lambda self: self._retry is not None, notify=problem_changed)
    spoken = Property(str, lambda self: self._spoken, notify=spoken_changed)
