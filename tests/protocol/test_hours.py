"""Open now: tables for ordinary weeks, nights, holidays and worked weekends; properties for everything else."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.protocol.hours import HORIZON_DAYS, Openness, open_now, spans_of, special_days, week
from kiosk.protocol.services import WEEKDAYS, OpeningHours, Span

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = OpeningHours.model_validate(
    {"weekly": {"mon-fri": [{"start": "08:30", "end": "12:00"}, {"start": "13:30", "end": "17:30"}]}}
)
NIGHT = OpeningHours.model_validate({"weekly": {"fri,sat": [{"start": "20:00", "end": "02:00"}]}, "holidays": None})
ROUND = OpeningHours.model_validate({"weekly": {"mon-sun": [{"start": "00:00", "end": "24:00"}]}, "holidays": None})
SUNDAY = OpeningHours.model_validate(
    {
        "weekly": {"sun": [{"start": "09:00", "end": "11:00"}]},
        "holidays": [{"start": "10:00", "end": "12:00"}],
        "dates": {"2026-12-13": [], "2026-12-16": [{"start": "14:00", "end": "15:00"}]},
    }
)
CALENDAR = {date(2027, 1, 1): "holiday", date(2027, 1, 2): "holiday", date(2027, 1, 9): "workday"}


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("hours", "now", "state", "change"),
    [
        # 2026-12-01 is a Tuesday
        (OFFICE, "2026-12-01 08:29", "closed", "2026-12-01 08:30"),
        (OFFICE, "2026-12-01 08:30", "open", "2026-12-01 12:00"),
        (OFFICE, "2026-12-01 11:59", "open", "2026-12-01 12:00"),
        (OFFICE, "2026-12-01 12:00", "closed", "2026-12-01 13:30"),
        (OFFICE, "2026-12-01 17:30", "closed", "2026-12-02 08:30"),
        (OFFICE, "2026-12-04 18:00", "closed", "2026-12-07 08:30"),  # over a weekend
        # a night that began yesterday
        (NIGHT, "2026-12-04 19:59", "closed", "2026-12-04 20:00"),
        (NIGHT, "2026-12-04 23:59", "open", "2026-12-05 02:00"),
        (NIGHT, "2026-12-05 01:59", "open", "2026-12-05 02:00"),
        (NIGHT, "2026-12-05 02:00", "closed", "2026-12-05 20:00"),
        (NIGHT, "2026-12-06 01:00", "open", "2026-12-06 02:00"),
        (NIGHT, "2026-12-07 01:00", "closed", "2026-12-11 20:00"),  # nothing began on Sunday
        # holidays: closed, their own hours, as usual; a Saturday that is worked
        (OFFICE, "2026-12-31 18:00", "closed", "2027-01-04 08:30"),
        (OFFICE, "2027-01-01 09:00", "closed", "2027-01-04 08:30"),
        (OFFICE, "2027-01-09 09:00", "open", "2027-01-09 12:00"),
        (NIGHT, "2027-01-01 21:00", "open", "2027-01-02 02:00"),
        (SUNDAY, "2027-01-01 09:00", "closed", "2027-01-01 10:00"),
        (SUNDAY, "2027-01-01 10:30", "open", "2027-01-01 12:00"),
        # a date of its own beats the week, in both directions
        (SUNDAY, "2026-12-13 09:30", "closed", "2026-12-16 14:00"),
        (SUNDAY, "2026-12-16 14:30", "open", "2026-12-16 15:00"),
        # all day, every day is always
        (ROUND, "2026-12-01 00:00", "always", ""),
        (OpeningHours(always=True), "2026-12-01 03:00", "always", ""),
        # nothing given, nothing said
        (OpeningHours(), "2026-12-01 03:00", "unknown", ""),
        # never again within the horizon
        (OpeningHours(dates={date(2026, 1, 1): []}), "2026-12-01 03:00", "closed", ""),
    ],
)
def test_table(hours: OpeningHours, now: str, state: str, change: str) -> None:
    found = open_now(hours, CALENDAR, at(now))
    assert found.state == state
    assert (found.until or found.opens) == (at(change) if change else None)


def test_a_weekend_that_is_worked_has_monday_s_hours_and_a_weekday_keeps_its_own() -> None:
    hours = OpeningHours.model_validate(
        {"weekly": {"mon": [{"start": "08:00", "end": "09:00"}], "tue": [{"start": "10:00", "end": "11:00"}]}}
    )
    assert spans_of(hours, {date(2026, 12, 5): "workday"}, date(2026, 12, 5))[0].start == "08:00"
    assert spans_of(hours, {date(2026, 12, 1): "workday"}, date(2026, 12, 1))[0].start == "10:00"


@pytest.mark.parametrize(
    "bad",
    [
        {"weekly": {"mon-frei": []}},
        {"weekly": {"monday": []}},
        {"weekly": {"mon": [{"start": "8:00", "end": "09:00"}]}},
        {"weekly": {"mon": [{"start": "24:00", "end": "09:00"}]}},
        {"weekly": {"mon": [{"start": "08:00", "end": "25:00"}]}},
        {"weekly": []},
        {"dates": {"2026-02-30": []}},
    ],
)
def test_hours_of_the_wrong_shape_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OpeningHours.model_validate(bad)


def test_a_range_may_go_over_the_weekend() -> None:
    hours = OpeningHours.model_validate({"weekly": {"sat-mon": [{"start": "08:00", "end": "09:00"}]}})
    assert set(hours.weekly) == {"sat", "sun", "mon"}


CLOCKS = st.builds(lambda h, m: f"{h:02}:{m:02}", st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
SPANS = st.lists(st.builds(Span, start=CLOCKS, end=CLOCKS), max_size=3)
HOURS = st.builds(
    OpeningHours,
    weekly=st.dictionaries(st.sampled_from(WEEKDAYS), SPANS, max_size=7),
    holidays=st.one_of(st.none(), SPANS),
    dates=st.dictionaries(st.dates(date(2026, 12, 1), date(2026, 12, 20)), SPANS, max_size=3),
)
CALENDARS = st.dictionaries(
    st.dates(date(2026, 12, 1), date(2026, 12, 20)), st.sampled_from(["holiday", "workday"]), max_size=4
)
MOMENTS = st.datetimes(datetime(2026, 12, 1), datetime(2026, 12, 20)).map(lambda t: t.replace(tzinfo=ZONE))


def naive_open(hours: OpeningHours, calendar: dict[date, str], moment: datetime) -> bool:
    """The definition, minute by minute: some span of today or yesterday holds this moment."""
    for day in (moment.date(), moment.date() - timedelta(days=1)):
        for span in spans_of(hours, calendar, day):
            begins = datetime.combine(day, span.begins, ZONE)
            if begins <= moment < begins + timedelta(minutes=span.minutes):
                return True
    return False


@given(HOURS, CALENDARS, MOMENTS)
def test_agrees_with_the_definition(hours: OpeningHours, calendar: dict[date, str], moment: datetime) -> None:
    found = open_now(hours, calendar, moment)
    if found.state is Openness.UNKNOWN:
        assert not hours.weekly
        assert not hours.dates
        return
    assert (found.state in (Openness.OPEN, Openness.ALWAYS)) == naive_open(hours, calendar, moment)


@given(HOURS, CALENDARS, MOMENTS)
def test_the_state_holds_until_the_change_it_names_and_turns_there(
    hours: OpeningHours, calendar: dict[date, str], moment: datetime
) -> None:
    found = open_now(hours, calendar, moment)
    change = found.until or found.opens
    if change is None:
        return
    assert moment < change <= moment + timedelta(days=HORIZON_DAYS + 1)
    was_open = found.state is Openness.OPEN
    assert naive_open(hours, calendar, change) != was_open
    step = (change - moment) / 7
    assert all(naive_open(hours, calendar, moment + step * n) == was_open for n in range(7))


# -- the week as it is shown --------------------------------------------------------------------------------------


def test_neighbouring_days_with_the_same_hours_are_one_line() -> None:
    hours = OpeningHours.model_validate(
        {"weekly": {"mon-wed": [{"start": "13:00", "end": "17:00"}, {"start": "09:00", "end": "11:00"}], "sat": []}}
    )
    lines = week(hours)
    assert [(line.first, line.last, [span.start for span in line.spans]) for line in lines] == [
        (0, 2, ["09:00", "13:00"]),
        (3, 6, []),
    ]
    assert week(OpeningHours(always=True)) == ()


def test_special_days_are_those_that_are_not_like_their_weekday() -> None:
    hours = OpeningHours.model_validate(
        {
            "weekly": {"mon-fri": [{"start": "09:00", "end": "17:00"}]},
            "dates": {"2026-12-03": [{"start": "10:00", "end": "12:00"}]},
        }
    )
    calendar = {date(2026, 12, 1): "holiday", date(2026, 12, 5): "workday", date(2026, 12, 6): "holiday"}
    found = special_days(hours, calendar, date(2026, 12, 1))
    assert [(day.day.day, day.kind, [span.start for span in day.spans]) for day in found] == [
        (1, "holiday", []),
        (3, "", ["10:00"]),
        (5, "workday", ["09:00"]),
    ]
    assert special_days(OpeningHours(always=True), calendar, date(2026, 12, 1)) == ()
    assert special_days(OpeningHours(), calendar, date(2026, 12, 1)) == ()


@given(st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(st.integers(0, 22), max_size=3)))
def test_the_lines_of_a_week_cover_every_day_once(starts: dict[str, list[int]]) -> None:
    weekly = {day: [{"start": f"{h:02}:00", "end": f"{h + 1:02}:00"} for h in hours] for day, hours in starts.items()}
    lines = week(OpeningHours.model_validate({"weekly": weekly}))
    assert [day for line in lines for day in range(line.first, line.last + 1)] == (list(range(7)) if weekly else [])
    for line in lines:
        for day in range(line.first, line.last + 1):
            assert sorted(span.start for span in line.spans) == sorted(
                span["start"] for span in weekly.get(WEEKDAYS[day], [])
            )
