"""What a screen is given about services. Frozen, so that it can cross threads."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.protocol.services import OpeningHours, ServiceDocument
from kiosk.protocol.text import LocalText
from kiosk.services.hours import OpenNow


@dataclass(frozen=True, slots=True)
class CategoryRow:
    id: str
    name: LocalText
    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class ServiceRow:
    id: str
    category: str
    title: LocalText
    summary: LocalText
    icon: str
    core: bool
    now: OpenNow


@dataclass(frozen=True, slots=True)
class ServiceDetail:
    """A service and its page: `picture` is a file that exists, or None."""

    id: str
    category: LocalText | None
    document: ServiceDocument
    now: OpenNow
    picture: Path | None

    @property
    def hours(self) -> OpeningHours:
        return self.document.hours
