"""The one door from the core's events, on whatever thread, to the Qt thread. Always queued, so order is kept."""

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from kiosk.events import Event, EventBus
from ui.crossing import Crossing

log = logging.getLogger(__name__)
E = TypeVar("E", bound=Event)
Handler = Callable[[Event], object]


class Relay(QObject):
    """Listens to the bus once for each kind of event that somebody here wants."""

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._slots: dict[type[Event], list[Handler]] = {}
        self._ends: list[Callable[[], None]] = []
        self._open = True
        self._crossing = Crossing(self)

    def subscribe(self, kind: type[E], slot: Callable[[E], object]) -> Callable[[], None]:
        """Call `slot` on the Qt thread for every event of `kind`. Returns what ends it."""
        if kind not in self._slots:
            self._slots[kind] = []
            self._ends.append(self._bus.subscribe(kind, lambda event: self._send(kind, event)))
        entry: Handler = slot  # type: ignore[assignment]
        self._slots[kind].append(entry)

        def end() -> None:
            if entry in self._slots[kind]:
                self._slots[kind].remove(entry)

        return end

    def close(self) -> None:
        """Stop listening; what is still queued is dropped."""
        self._open = False
        for end in self._ends:
            end()
        self._ends.clear()
        for slots in self._slots.values():
            slots.clear()

    def _send(self, kind: type[Event], event: Event) -> None:
        if self._open:
            self._crossing.post(lambda: self._deliver(kind, event))

    def _deliver(self, kind: type[Event], event: Event) -> None:
        for slot in list(self._slots.get(kind, ())):
            if slot not in self._slots[kind]:  # a slot before it ended this one
                continue
            try:
                slot(event)
            except Exception:
                log.exception("a screen failed on %s", type(event).__name__)
