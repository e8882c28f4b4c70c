"""What a screen is given about services. Frozen, so that it can cross threads."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.hours import OpenNow, SpecialDay, WeekLine
from kiosk.protocol.services import ServiceDocument
from kiosk.protocol.text import LocalText


@dataclass(frozen=True, slots=True)
class CategoryRow:
    id: str
    name: LocalText
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in a list: `picture` is a file that exists, or None."""

    id: str
    category: str
    title: LocalText
    summary: LocalText
    icon: str
    core: bool
    now: OpenNow
    picture: Path | None


@dataclass(frozen=True, slots=True)
class ServiceDetail:
    """A service and its page: `picture` is a file that exists, or None."""

    id: str
    category: LocalText | None
    document: ServiceDocument
    now: OpenNow
    week: tuple[WeekLine, ...]
    special: tuple[SpecialDay, ...]
    picture: Path | None
