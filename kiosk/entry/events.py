"""What happened at a door."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.events import Event
from kiosk.protocol.entry import Reason, Result, Way


@dataclass(frozen=True, slots=True)
class EntryDecided(Event):
    """Somebody asked to be let in, and this became of it. `opens` is when the station opens, where that helps.

    `detail` is the code of the error that refused a code or a card, or what a lock said.
    """

    door: str
    way: Way
    result: Result
    reason: Reason
    opens: datetime | None = None
    detail: str = ""
    seconds: float = 0.0  # how long the lock stays open


@dataclass(frozen=True, slots=True)
class DoorNoticed(Event):
    """A door was forced, is held open, is shut again; its contact was lost or is heard again."""

    door: str
    what: str
