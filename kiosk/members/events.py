"""What happened while somebody showed a code."""

from dataclasses import dataclass

from kiosk.devices.ports import ScanHint
from kiosk.events import Event
from kiosk.session import Person


@dataclass(frozen=True, slots=True)
class MemberRecognised(Event):
    person: Person


@dataclass(frozen=True, slots=True)
class MemberRefused(Event):
    """`code` is that of the error (`kiosk.members.errors`)."""

    code: str


@dataclass(frozen=True, slots=True)
class CodeHinted(Event):
    """A code is in view and cannot be read; the hint says what would help."""

    hint: ScanHint


@dataclass(frozen=True, slots=True)
class CodeFound(Event):
    """The camera has read a code: its corners in picture coordinates 0..1, to be framed in the preview."""

    corners: tuple[tuple[float, float], ...]
