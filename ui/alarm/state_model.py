"""The page of the alarm: raise it, see how far it has come, say that it was a mistake; and for staff, end it."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.alarm import Incident, Reached
from kiosk.protocol.alarm import AlarmSource
from ui.alarm.strip import strip_of
from ui.alarm.words import NOTHING, StepRow, steps_of
from ui.context import UiContext
from ui.lists import RowsModel
from ui.numbers import NumberRow, number_rows
from ui.viewmodel import ViewModel

_PIN, _CALL = "supplies.pin", "intercom.help"


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why an alarm is over: as it is shown, and as the desk, which is in Chinese, reads it."""

    words: str
    said: str


class StateModel(ViewModel):
    """Opened by a tap on the alarm key, or from the strip."""

    state_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._strip = strip_of(ui)
        self._steps = RowsModel(StepRow, self)
        self._numbers = RowsModel(NumberRow, self)
        self._reasons = RowsModel(ReasonRow, self)
        self._ending = False
        self._sample = False
        self._strip.changed.connect(self.show)

    def refresh(self) -> None:
        self._numbers.set_rows(number_rows(self.ui))
        reasons = self.ui.station.alarm.settings.reasons
        self._reasons.set_rows([ReasonRow(self.ui.text(reason), reason.zh_CN) for reason in reasons])
        if self._sample:
            self._strip.show()
        else:
            self._strip.follow()

    def shown(self) -> None:
        if self._ending and not self.ui.station.staff.unlocked:
            self._ending = False
        self.show()

    def disposed(self) -> None:
        if self._sample:
            self._strip.show_sample(None, None)
        self.ui.station.alarm.dismiss()  # an end that was read

    def show_sample(self, incident: Incident | None, reached: Reached | None, ending: bool = False) -> None:
        """For pictures of the page."""
        self._sample, self._ending = True, ending
        self._strip.show_sample(incident, reached)

    @Slot()
    def show(self) -> None:
        incident = self._strip.incident
        zone = self.ui.station.zone
        time = f"{incident.raised.astimezone(zone):%H:%M}" if incident else ""
        self._steps.set_rows(steps_of(incident, time) if incident else [])
        words = self._strip.words or NOTHING
        wanted = [f"{row.number} {row.label}" for row in self._numbers.rows] if words.numbers else []
        steps = [row.words for row in self._steps.rows]
        self.set_spoken("\n".join([words.title, words.detail, *steps, *wanted]))
        self.state_changed.emit()

    # -- what the visitor does ----------------------------------------------------------------------------------------

    @Slot()
    def raiseAlarm(self) -> None:
        """Alarm now: on disk and on its way, and the desk is rung."""
        self.run(self.ui.station.alarm.press, AlarmSource.SCREEN)
        self.call()

    @Slot()
    def call(self) -> None:
        """Talk to the desk about it."""
        if not self.ui.navigator.return_to(_CALL):
            self.ui.open(_CALL, {"topic": "alarm"})

    @Slot()
    def sayMistaken(self) -> None:
        self.run(self.ui.station.alarm.say_mistaken)

    @Slot()
    def leave(self) -> None:
        self.ui.navigator.back()

    # -- what staff do ------------------------------------------------------------------------------------------------

    @Slot()
    def end(self) -> None:
        """Staff choose a reason, behind their PIN."""
        self._ending = True
        if self.ui.station.staff.unlocked:
            self.show()
        else:
            self.ui.open(_PIN, {"back": True})

    @Slot()
    def keep(self) -> None:
        """Staff think better of it."""
        self._ending = False
        self.show()

    @Slot(str)
    def close(self, reason: str) -> None:
        self._ending = False
        self.run(self.ui.station.alarm.close, reason)

    # -- for QML ------------------------------------------------------------------------------------------------------

    title = Property(str, lambda self: self._strip.title, notify=state_changed)
    detail = Property(str, lambda self: self._strip.detail, notify=state_changed)
    icon = Property(str, lambda self: self._strip.icon, notify=state_changed)
    mood = Property(str, lambda self: self._strip.mood, notify=state_changed)
    numbersWanted = Property(bool, lambda self: (self._strip.words or NOTHING).numbers, notify=state_changed)
    raised = Property(bool, lambda self: self._strip.incident is not None, notify=state_changed)
    over = Property(bool, lambda self: self._strip.reached is Reached.CLOSED, notify=state_changed)
    mistaken = Property(
        bool, lambda self: self._strip.incident is not None and self._strip.incident.withdrawn, notify=state_changed
    )
    ending = Property(bool, lambda self: self._ending, notify=state_changed)
    steps = Property(QObject, lambda self: self._steps, constant=True)
    numbers = Property(QObject, lambda self: self._numbers, constant=True)
    reasons = Property(QObject, lambda self: self._reasons, constant=True)
