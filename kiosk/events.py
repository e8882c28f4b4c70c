"""Events: past-tense frozen facts, published on one bus. A lost event costs a refresh, never a truth."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kiosk.protocol.journal import Entry

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """Base of every fact. Subclasses are frozen dataclasses named in the past tense (`SupplyTaken`)."""


@dataclass(frozen=True, slots=True)
class CatalogueUpdated(Event):
    """The catalogue changed; `kinds` are the document kinds that were touched."""

    revision: int
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class JournalAppended(Event):
    """An entry is durable."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class SyncChanged(Event):
    """How far sync has come. `waiting` entries are recorded here and not yet at the hub; `problem` is an error code."""

    online: bool
    waiting: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FileArrived(Event):
    """A file of the catalogue is complete and verified."""

    sha256: str


@dataclass(frozen=True, slots=True)
class LinkChanged(Event):
    """The live link to the hub came up or went down."""

    online: bool


E = TypeVar("E", bound=Event)


class EventBus:
    """Delivers an event to its subscribers, on the thread that publishes it.

    A subscriber that raises is logged and skipped.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: dict[type[Event], list[Callable[[Event], None]]] = {}

    def subscribe(self, kind: type[E], callback: Callable[[E], None]) -> Callable[[], None]:
        """Call `callback` for every event of `kind` or a subclass. Returns the function that ends the subscription."""
        entry: Callable[[Event], None] = callback  # type: ignore[assignment]
        with self._lock:
            self._subscribers.setdefault(kind, []).append(entry)

        def end() -> None:
            with self._lock:
                if entry in self._subscribers.get(kind, []):
                    self._subscribers[kind].remove(entry)

        return end

    def publish(self, event: Event) -> None:
        with self._lock:
            chosen = [callback for kind in type(event).__mro__ for callback in self._subscribers.get(kind, ())]
        for callback in chosen:
            try:
                callback(event)
            except Exception:
                log.exception("a subscriber failed on %s", type(event).__name__)
