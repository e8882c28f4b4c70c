"""The day, week or month a report is about, in the city's own time, and the hours in which things are counted."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

_HOUR, _HALF = 3600, 1800


class Length(StrEnum):
    DAY = "day"
    WEEK = "week"  # Monday to Sunday, as in ISO 8601
    MONTH = "month"


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both within it."""

    length: Length
    first: date
    last: date
    zone: ZoneInfo

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def start(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The moment after its last one."""
        return midnight(self.last + timedelta(days=1), self.zone)

    def bounds(self, day: date) -> tuple[datetime, datetime]:
        """When a day begins and when it is over."""
        return midnight(day, self.zone), midnight(day + timedelta(days=1), self.zone)

    @cached_property
    def hours(self) -> dict[int, tuple[date, int]]:
        """The local day and hour of each hour that is counted by.

        Where a zone is off by half an hour, an hour belongs where its middle lies: the hub counts by hours of UTC.
        """
        first = math.ceil((self.start.timestamp() - _HALF) / _HOUR)
        end = math.ceil((self.end.timestamp() - _HALF) / _HOUR)
        local = {hour: datetime.fromtimestamp(hour * _HOUR + _HALF, self.zone) for hour in range(first, end)}
        return {hour: (at.date(), at.hour) for hour, at in local.items()}

    def hours_of_day(self) -> Iterator[tuple[int, datetime, datetime]]:
        """Each hour of the first day, when it begins and when it is over."""
        for hour in range(24):
            begins = datetime.combine(self.first, time(hour), self.zone)
            yield hour, begins, begins + timedelta(hours=1)

    def neighbour(self, step: int) -> date | None:
        """A day of the period before (-1) or after (1) this one; None where the calendar ends."""
        try:
            return self.first - timedelta(days=1) if step < 0 else self.last + timedelta(days=1)
        except OverflowError:
            return None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def period_of(length: Length, day: date, zone: ZoneInfo) -> Period:
    """The period in which `day` lies."""
    if length is Length.DAY:
        return Period(length, day, day, zone)
    if length is Length.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(length, monday, monday + timedelta(days=6), zone)
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period(length, first, last, zone)
