"""The page on which staff see what waits for the hub, and carry it there on a stick."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.events import SyncChanged
from kiosk.session import SessionFinished
from kiosk.station.carrying import CarryChanged, Outbox
from ui.context import UiContext
from ui.hours import day_words
from ui.lists import RowsModel
from ui.problems import words_for_code
from ui.station.carry_words import kind_words, line_words, outcome_words, waiting_words
from ui.viewmodel import ViewModel

_HOLD = "stick"


@dataclass(frozen=True, slots=True)
class ApartRow:
    """An entry that the hub keeps apart; `reason` in the program's own words, for whoever mends it."""

    title: str
    when: str
    reason: str


class CarryModel(ViewModel):
    """`working` while the stick must not be pulled out. `outcome` and `refusal` are sentences, "" for none."""

    changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._stick = ui.station.stick
        self._poison: RowsModel[ApartRow] = RowsModel(ApartRow, self)
        self._outbox = Outbox(0, None, ())
        self._last = CarryChanged(False)
        self.subscribe(CarryChanged, self.show_sample)
        self.subscribe(SyncChanged, lambda _event: self.refresh())
        self.subscribe(SessionFinished, lambda _event: self._forget())

    @property
    def allowed(self) -> bool:
        return self.ui.station.staff.unlocked

    def refresh(self) -> None:
        self.run(self._stick.outbox).success(self.show_outbox)

    def disposed(self) -> None:
        self.ui.station.session.release(_HOLD)

    def show_outbox(self, outbox: Outbox) -> None:
        """What waits here now."""
        self._outbox = outbox
        self._poison.set_rows(
            [ApartRow(kind_words(row.kind), self._day(row.at), f"{row.seq}: {row.reason}") for row in outbox.poison]
        )
        self.changed.emit()

    def _day(self, at: datetime) -> str:
        return day_words(at.astimezone(self.ui.station.zone).date(), self.ui.station.local_now().date())

    def show_sample(self, event: CarryChanged) -> None:
        """What is being done with the stick, or was."""
        self._last = event
        if event.busy:
            self.ui.station.session.hold(_HOLD)
        else:
            self.ui.station.session.release(_HOLD)
        self.changed.emit()
        self.refresh()

    def _forget(self) -> None:
        self._last = CarryChanged(self._last.busy)

    @Slot()
    def begin(self) -> None:
        """Read and write the stick; staff alone may."""
        if self.allowed and not self._last.busy:
            self._stick.begin()

    def _outcome(self) -> str:
        return outcome_words(self._last.carried) if self._last.carried else ""

    def _refusal(self) -> str:
        carried = self._last.carried
        code = self._last.problem or (carried.refused if carried else "")
        if not code:
            return ""
        words = words_for_code(code)
        return f"{words.sentence} {words.next_step}"

    def _line(self) -> str:
        sync = self.ui.station.sync
        return line_words(None if sync is None else sync.status.online)

    def _waiting(self) -> str:
        since = self._outbox.since
        when = self._day(since) if since else ""
        return waiting_words(self._outbox.waiting, when)

    poison = Property(QObject, lambda self: self._poison, constant=True)
    working = Property(bool, lambda self: self._last.busy, notify=changed)
    outcome = Property(str, _outcome, notify=changed)
    refusal = Property(str, _refusal, notify=changed)
    waiting = Property(int, lambda self: self._outbox.waiting, notify=changed)
    waitingWords = Property(str, _waiting, notify=changed)
    lineWords = Property(str, _line, notify=changed)
