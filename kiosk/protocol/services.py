"""Services of the union (the "8+X" list) as documents: categories, services, and the calendar of public holidays."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from kiosk.protocol.catalogue import CatalogueBody, DocId, FileRef, catalogue_body
from kiosk.protocol.journal import JournalBody, journal_body
from kiosk.protocol.text import LocalText

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
PictureName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,60}\.(png|jpg|svg)$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]{3,300}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Span(_Part):
    """From `start` to `end`, local wall time. An end at or before the start is on the next day; "24:00" is midnight."""

    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _has_length(self) -> "Span":
        if self.start == "24:00":
            raise ValueError("a span does not start at 24:00: write 00:00 of the next day")
        return self

    @property
    def begins(self) -> time:
        return time.fromisoformat(self.start)

    @property
    def minutes(self) -> int:
        """Length in minutes, 1..1440."""
        first, last = _minutes(self.start), _minutes(self.end)
        return last - first if last > first else last - first + 1440


class OpeningHours(_Part):
    """When a service is open. Without any hours it is one that has none (nothing is said about now).

    `dates` come before everything, then the public holidays of the calendar (`holidays`: the spans that apply on
    them, None = as on any weekday), then `weekly`.
    """

    always: bool = False
    weekly: dict[Weekday, list[Span]] = {}
    holidays: list[Span] | None = []
    dates: dict[date, list[Span]] = {}
    note: LocalText | None = None

    @field_validator("weekly", mode="before")
    @classmethod
    def _spread(cls, value: object) -> object:
        """Accept "mon-fri" and "sat,sun" as keys, as a person writes them."""
        if not isinstance(value, dict):
            return value
        spread: dict[str, object] = {}
        for key, spans in value.items():
            for part in str(key).split(","):
                first, _, last = part.strip().partition("-")
                days = [first] if not last else _range(first, last)
                spread.update(dict.fromkeys(days, spans))
        return spread


@catalogue_body("service_category")
class ServiceCategory(CatalogueBody):
    name: LocalText
    icon: Annotated[str, StringConstraints(pattern=r"^mdi6\.[a-z0-9-]+$")]
    order: int = 100


@catalogue_body("service")
class ServiceDocument(CatalogueBody):
    """One service. `core` marks the eight that every station has; the rest are the "X" of the city or the station."""

    category: DocId
    title: LocalText
    summary: LocalText
    text: tuple[LocalText, ...] = ()
    picture: FileRef | PictureName | None = None
    picture_alt: LocalText | None = None
    icon: Annotated[str, StringConstraints(pattern=r"^mdi6\.[a-z0-9-]+$")] = "mdi6.hand-heart-outline"
    order: int = 100
    core: bool = False
    hours: OpeningHours = OpeningHours()
    place: LocalText | None = None
    who: tuple[LocalText, ...] = ()
    bring: tuple[LocalText, ...] = ()
    cost: LocalText | None = None
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9 +-]{0,20}$")] = ""
    link: WebAddress | None = None
    queue: DocId = "help"
    valid_until: date | None = None


@catalogue_body("holiday_calendar")
class HolidayCalendar(CatalogueBody):
    """Public holidays, and the weekends that are worked in exchange (调休), as the State Council announces them.

    `source` says where the days come from, for the person who edits them.
    """

    source: str = ""
    days: dict[date, Literal["holiday", "workday"]] = Field(default={})


@journal_body("service.viewed")
class ServiceViewed(JournalBody):
    """A visitor opened the page of a service, counted once a session."""

    session: str
    service: str
    recognised: bool = Field(default=False)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _range(first: str, last: str) -> list[str]:
    names: list[str] = list(WEEKDAYS)
    if first not in names or last not in names:
        return [f"{first}-{last}"]  # not a range of weekdays: left for the type to refuse
    begin, end = names.index(first), names.index(last)
    return names[begin : end + 1] if begin <= end else names[begin:] + names[: end + 1]
