"""What happened to courses and to those who take them."""

from dataclasses import dataclass

from kiosk.events import Event
from kiosk.learning.rows import StickResult


@dataclass(frozen=True, slots=True)
class CoursesChanged(Event):
    """A course came, went or is whole now."""


@dataclass(frozen=True, slots=True)
class StickRead(Event):
    """A stick was looked through, and there was at least one pack on it."""

    results: tuple[StickResult, ...]


@dataclass(frozen=True, slots=True)
class RecordClaimed(Event):
    """What this visit had done without a name belongs to a member now. A sitting that was open has ended."""

    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateIssued(Event):
    course: str
    number: str
