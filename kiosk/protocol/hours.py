"""What published hours mean: open now, until when, or when next. Pure, and the same at the station and at the hub."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from kiosk.protocol.services import WEEKDAYS, HolidayCalendar, OpeningHours, Span

HORIZON_DAYS = 14  # farther ahead "when next" is of no use to somebody who stands in a station
DayKind = Literal["holiday", "workday"]


class Openness(StrEnum):
    ALWAYS = "always"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"  # no hours were given, or the terminal does not know what time it is


@dataclass(frozen=True, slots=True)
class OpenNow:
    """`until` while open, `opens` while closed (local, aware; None when not within two weeks)."""

    state: Openness
    until: datetime | None = None
    opens: datetime | None = None


UNKNOWN = OpenNow(Openness.UNKNOWN)


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Days of the week with the same hours, from `first` to `last` (0 = Monday). No spans: closed."""

    first: int
    last: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day within two weeks whose hours are not those of its weekday. `kind` is "" for a date of the service's own."""

    day: date
    kind: Literal["holiday", "workday", ""]
    spans: tuple[Span, ...]


def week(hours: OpeningHours) -> tuple[WeekLine, ...]:
    """An ordinary week from Monday, neighbouring days with the same hours together. Empty without weekly hours."""
    if not hours.weekly:
        return ()
    lines: list[WeekLine] = []
    for number, name in enumerate(WEEKDAYS):
        spans = tuple(sorted(hours.weekly.get(name, ()), key=lambda span: span.start))
        if lines and lines[-1].spans == spans:
            lines[-1] = WeekLine(lines[-1].first, number, spans)
        else:
            lines.append(WeekLine(number, number, spans))
    return tuple(lines)


def special_days(hours: OpeningHours, calendar: Mapping[date, DayKind], today: date) -> tuple[SpecialDay, ...]:
    """Days from `today` to the horizon that are not like their weekday, each once."""
    if hours.always or not (hours.weekly or hours.dates):
        return ()
    found = []
    for offset in range(HORIZON_DAYS):
        day = today + timedelta(days=offset)
        spans = tuple(sorted(spans_of(hours, calendar, day), key=lambda span: span.start))
        usual = tuple(sorted(hours.weekly.get(WEEKDAYS[day.weekday()], ()), key=lambda span: span.start))
        if spans != usual:
            found.append(SpecialDay(day, "" if day in hours.dates else calendar.get(day, ""), spans))
    return tuple(found)


def spans_of(hours: OpeningHours, calendar: Mapping[date, DayKind], day: date) -> Sequence[Span]:
    """The spans that begin on `day`. A worked weekend counts as a Monday."""
    if day in hours.dates:
        return hours.dates[day]
    kind = calendar.get(day)
    if kind == "holiday" and hours.holidays is not None:
        return hours.holidays
    weekday = "mon" if kind == "workday" and day.weekday() >= 5 else WEEKDAYS[day.weekday()]
    return hours.weekly.get(weekday, [])


def open_now(hours: OpeningHours, calendar: Mapping[date, DayKind], at: datetime) -> OpenNow:
    """The state at `at`, which is aware and in the station's time zone. A span holds its start and not its end."""
    if hours.always:
        return OpenNow(Openness.ALWAYS)
    if not hours.weekly and not hours.dates:
        return UNKNOWN
    until: datetime | None = None
    for begins, ends in _runs(hours, calendar, at):
        if begins <= at < ends:
            until = ends
        elif begins > at and until is None:
            return OpenNow(Openness.CLOSED, opens=begins)
    if until is None:
        return OpenNow(Openness.CLOSED)
    limit = at + timedelta(days=HORIZON_DAYS - 1)
    return OpenNow(Openness.ALWAYS) if until > limit else OpenNow(Openness.OPEN, until=until)


def _runs(hours: OpeningHours, calendar: Mapping[date, DayKind], at: datetime) -> list[tuple[datetime, datetime]]:
    """Open intervals from yesterday (whose night may still be going on) to the horizon, joined where they touch."""
    found: list[tuple[datetime, datetime]] = []
    for offset in range(-1, HORIZON_DAYS):
        day = at.date() + timedelta(days=offset)
        for span in spans_of(hours, calendar, day):
            begins = datetime.combine(day, span.begins, at.tzinfo)
            found.append((begins, begins + timedelta(minutes=span.minutes)))
    joined: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(found):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def days_of(calendars: Iterable[HolidayCalendar]) -> dict[date, DayKind]:
    """The days of all published calendars."""
    days: dict[date, DayKind] = {}
    for calendar in calendars:
        days |= calendar.days
    return days
