"""The page on which staff try the devices of the station, one by one."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.session import SessionFinished
from kiosk.station.trials import PATIENCE, Method, Trial, TrialChanged
from ui.context import UiContext
from ui.lists import RowsModel
from ui.ops import Op
from ui.station.trial_words import icon_of, name_words, to_do_words, verdict_words
from ui.viewmodel import ViewModel

_HOLD = "trial"


@dataclass(frozen=True, slots=True)
class PartRow:
    """A device; `verdict` with its `mood` is how its last trial ended, `detail` its own words."""

    key: str
    title: str
    drawing: str
    verdict: str
    mood: str
    detail: str


class TrialsModel(ViewModel):
    """`active` while something is tried: `toDo` says what somebody has to do, `left` how many seconds there are."""

    active_changed = Signal()
    left_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._trials = ui.station.trials
        self._parts: RowsModel[PartRow] = RowsModel(PartRow, self)
        self._active: Trial | None = None
        self._left = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count)
        self.subscribe(TrialChanged, self._on_trial)
        self.subscribe(SessionFinished, lambda _event: self._trials.cancel())

    @property
    def allowed(self) -> bool:
        return self.ui.station.staff.unlocked

    def refresh(self) -> None:
        last = self._trials.results()
        self._parts.set_rows([self._row(key, last.get(key)) for key in self._trials.parts])
        self.active_changed.emit()

    def hidden(self) -> None:
        self.cancel()

    def disposed(self) -> None:
        self._second.stop()
        self.ui.station.session.release(_HOLD)

    def _row(self, key: str, trial: Trial | None) -> PartRow:
        part = self._trials.parts[key]
        passed, fault = (trial.passed, trial.fault) if trial else (None, None)
        words, mood = verdict_words(part, passed, fault, trial is not None)
        return PartRow(key, name_words(part), icon_of(part), words, mood, trial.detail if trial else "")

    def _on_trial(self, event: TrialChanged) -> None:
        trial = event.trial
        session = self.ui.station.session
        if trial.passed is None:
            self._active = trial
            self._set_left(round(PATIENCE))
            self._second.start()
            session.hold(_HOLD)
        elif self._active is not None and trial.part == self._active.part:
            self._active = None
            self._second.stop()
            session.release(_HOLD)
        self.refresh()

    @Slot()
    def _count(self) -> None:
        self._set_left(max(0, self._left - 1))

    def _set_left(self, left: int) -> None:
        self._left = left
        self.left_changed.emit()

    @Slot(str)
    def attempt(self, key: str) -> None:
        """Try a device; staff alone may."""
        if self.allowed:
            Op(self._trials.start, key).start()

    @Slot(bool)
    def answer(self, heard: bool) -> None:
        self._trials.answer(heard)

    @Slot()
    def cancel(self) -> None:
        if self._active is not None:
            Op(self._trials.cancel).start()

    def _part_name(self) -> str:
        return name_words(self._trials.parts[self._active.part]) if self._active else ""

    def _to_do(self) -> str:
        return to_do_words(self._trials.parts[self._active.part]) if self._active else ""

    parts = Property(QObject, lambda self: self._parts, constant=True)
    active = Property(bool, lambda self: self._active is not None, notify=active_changed)
    name = Property(str, _part_name, notify=active_changed)
    toDo = Property(str, _to_do, notify=active_changed)
    asks = Property(bool, lambda self: bool(self._active and self._active.method is Method.HEAR), notify=active_changed)
    left = Property(int, lambda self: self._left, notify=left_changed)
