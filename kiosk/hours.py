"""Opening hours by this terminal's calendar and clock: of services, and of the queues of the duty desk."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from kiosk.clock import Clock, ClockQuality
from kiosk.protocol.hours import (
    UNKNOWN,
    DayKind,
    Openness,
    OpenNow,
    SpecialDay,
    WeekLine,
    days_of,
    open_now,
    special_days,
    week,
)
from kiosk.protocol.services import HolidayCalendar, OpeningHours

__all__ = ["UNKNOWN", "OpenHours", "OpenNow", "Openness", "SpecialDay", "WeekLine", "week"]


class Calendars(Protocol):
    """The part of the catalogue that is needed here."""

    def all(self, body: type[HolidayCalendar]) -> dict[str, HolidayCalendar]: ...


class OpenHours:
    """Opening hours as this terminal can tell them: with the published holidays, and never by a clock that is doubtful.

    On the desk thread.
    """

    def __init__(self, documents: Calendars, clock: Clock, zone: ZoneInfo) -> None:
        self._documents = documents
        self._clock = clock
        self._zone = zone

    @property
    def sure(self) -> bool:
        """Whether this terminal knows what time it is."""
        return self._clock.quality() is not ClockQuality.DOUBTFUL

    def local(self) -> datetime:
        """Now, aware, where the station is."""
        return self._clock.now().astimezone(self._zone)

    def now(self, hours: OpeningHours) -> OpenNow:
        """Whether it is open."""
        if not hours.always and not self.sure:
            return UNKNOWN
        return open_now(hours, self._holidays(), self.local())

    def special_days(self, hours: OpeningHours) -> tuple[SpecialDay, ...]:
        """Days of the next two weeks that are not like their weekday."""
        return special_days(hours, self._holidays(), self.local().date()) if self.sure else ()

    def _holidays(self) -> dict[date, DayKind]:
        return days_of(self._documents.all(HolidayCalendar).values())
