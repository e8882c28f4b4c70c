"""The page of the room: what its sensors say, and what is free in its cabinets."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.events import CatalogueUpdated
from kiosk.station import FaultRow, FaultsChanged, RoomChanged, RoomState
from ui.context import UiContext
from ui.lists import RowsModel
from ui.station.words import THINGS, cabinet_icon, climate, fault_words, free, people, thing_words
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class FactRow:
    """One thing about the room; `mood` as in StatusMark."""

    iconName: str
    label: str
    value: str
    mood: str


class RoomModel(ViewModel):
    """Follows the room while it is on the screen."""

    state_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._facts = RowsModel(FactRow, self)
        self._cabinets = RowsModel(FactRow, self)
        self._faults = RowsModel(FactRow, self)
        self._sample: RoomState | None = None
        for kind in (RoomChanged, FaultsChanged, CatalogueUpdated):
            self.subscribe(kind, lambda _event: self.refresh())

    def refresh(self) -> None:
        state = self._sample or self.ui.station.room.state
        self._facts.set_rows([FactRow(*row) for row in (*climate(state), people(state))])
        rows = []
        for cabinet in state.cabinets:
            words, mood = free(cabinet)
            rows.append(FactRow(cabinet_icon(cabinet.kind), self.ui.text(cabinet.name), words, mood))
        self._cabinets.set_rows(rows)
        self.run(self.ui.station.fault_reports.rows).success(self._show_faults)
        self.state_changed.emit()

    def _show_faults(self, rows: tuple[FaultRow, ...]) -> None:
        shown = []
        for row in rows:
            words, mood = fault_words(row.state)
            shown.append(FactRow(THINGS[row.thing][1], thing_words(row.thing), words, mood))
        self._faults.set_rows(shown)

    @Slot()
    def report(self) -> None:
        """Something is broken."""
        self.ui.open("station.report")

    def show_sample(self, state: RoomState) -> None:
        """For pictures of the page."""
        self._sample = state
        self.refresh()

    facts = Property(QObject, lambda self: self._facts, constant=True)
    faults = Property(QObject, lambda self: self._faults, constant=True)
    cabinets = Property(QObject, lambda self: self._cabinets, constant=True)
