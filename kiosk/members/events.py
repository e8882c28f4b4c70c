"""What happened while somebody showed a code."""

from dataclasses import dataclass

from kiosk.devices.ports import CardTrouble, ScanHint
from kiosk.events import Event
from kiosk.session import Person


@dataclass(frozen=True, slots=True)
class MemberRecognised(Event):
    """`at` is the monotonic second in which the code or card was read, by `source`."""

    person: Person
    source: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class MemberRefused(Event):
    """`code` is that of the error (`kiosk.members.errors`)."""

    code: str


@dataclass(frozen=True, slots=True)
class CardSeen(Event):
    """An ID card was read. `known`: it is a member's. `valid`: it has not expired."""

    known: bool
    valid: bool


@dataclass(frozen=True, slots=True)
class CardTroubled(Event):
    """An ID card lies on a reader and could not be read (`kiosk.devices.ports.CardTrouble`)."""

    trouble: CardTrouble


@dataclass(frozen=True, slots=True)
class SomethingRead(Event):
    """A scanner ("scanner") or an ID card reader ("id_reader.<place>") has read something; what, is not said."""

    by: str


@dataclass(frozen=True, slots=True)
class CodeHinted(Event):
    """A code is in view and cannot be read; the hint says what would help."""

    hint: ScanHint


@dataclass(frozen=True, slots=True)
class CodeFound(Event):
    """The camera has read a code: its corners in picture coordinates 0..1, to be framed in the preview."""

    corners: tuple[tuple[float, float], ...]
