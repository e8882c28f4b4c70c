"""What staff see of the way to the hub: what waits here, what the hub did not take, and what a stick has carried."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.errors import KioskError
from kiosk.events import Event


class StickAbsent(KioskError):
    """There is no stick where sticks appear."""

    code = "stick.absent"


class StickFull(KioskError):
    """The stick has no room for what waits here. What is on it is as before."""

    code = "stick.full"


class StickUnwritable(KioskError):
    """The stick cannot be written, or gave back something else than was written."""

    code = "stick.unwritable"


class StickForeign(KioskError):
    """What is on the stick is for other stations."""

    code = "stick.foreign"


class StickDamaged(KioskError):
    """What is on the stick cannot be read. Nothing of it was used."""

    code = "stick.damaged"


class StickUnproven(KioskError):
    """This terminal was never told whose signature to ask for: what comes by hand is not believed."""

    code = "stick.unproven"


class SealKeyUnknown(KioskError):
    """The hub's key is not here, so what is written could be read by whoever finds the stick."""

    code = "stick.no_key"


@dataclass(frozen=True, slots=True)
class Carried:
    """What was done with a stick. `revision` is the catalogue's that came, 0 for none newer; `refused` an error code.

    `written` entries and `attachments` lie on the stick now; `files` came; `confirmed` of the entries that were carried
    before are at the hub now.
    """

    written: int = 0
    attachments: int = 0
    revision: int = 0
    files: int = 0
    confirmed: int = 0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class CarryChanged(Event):
    """`busy` while the stick is being read and written; else what came of it, or the code of what was wrong."""

    busy: bool
    carried: Carried | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PoisonRow:
    """An entry that the hub keeps apart: it is there, and counted nowhere. `reason` is for whoever mends it."""

    seq: int
    kind: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """`waiting` entries are not at the hub yet, the oldest of `since`; `poison` the newest that it keeps apart."""

    waiting: int
    since: datetime | None
    poison: tuple[PoisonRow, ...]
