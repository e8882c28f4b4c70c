"""Opening hours in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.hours import Openness, OpenNow, SpecialDay, WeekLine
from kiosk.protocol.services import Span
from ui.hours import hours_words, is_open, open_words, special_words, week_days

AT = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)  # a Tuesday
MORNING, AFTERNOON = Span(start="09:00", end="11:30"), Span(start="13:30", end="24:00")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (OpenNow(Openness.ALWAYS), "全天开放"),
        (OpenNow(Openness.UNKNOWN), ""),
        (OpenNow(Openness.CLOSED), "现在不开放"),
        (OpenNow(Openness.OPEN, until=AT.replace(hour=17)), "开放中，到 17:00"),
        (OpenNow(Openness.OPEN, until=AT + timedelta(hours=15)), "开放中，到明天 1:00"),
        (OpenNow(Openness.CLOSED, opens=AT.replace(hour=13, minute=5)), "现在不开放，今天 13:05 开"),
        (OpenNow(Openness.CLOSED, opens=AT + timedelta(days=1)), "现在不开放，明天 10:00 开"),
        (OpenNow(Openness.CLOSED, opens=AT + timedelta(days=4)), "现在不开放，周六 10:00 开"),
        (OpenNow(Openness.CLOSED, opens=AT + timedelta(days=9)), "现在不开放，12月10日 周四 10:00 开"),
    ],
)
def test_open_now(now: OpenNow, words: str) -> None:
    assert open_words(now, AT) == words
    assert is_open(now) is (now.state in (Openness.ALWAYS, Openness.OPEN))


@pytest.mark.parametrize(
    ("line", "days", "hours"),
    [
        (WeekLine(0, 4, (MORNING, AFTERNOON)), "周一至周五", "9:00–11:30，13:30–24:00"),
        (WeekLine(5, 5, (MORNING,)), "周六", "9:00–11:30"),
        (WeekLine(0, 6, ()), "每天", "休息"),
    ],
)
def test_a_line_of_the_week(line: WeekLine, days: str, hours: str) -> None:
    assert (week_days(line), hours_words(line.spans)) == (days, hours)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("holiday", "1月1日 周五（节假日）"), ("workday", "1月1日 周五（调休上班）"), ("", "1月1日 周五")],
)
def test_a_special_day(kind: str, words: str) -> None:
    assert special_words(SpecialDay(date(2027, 1, 1), kind, ())) == words  # type: ignore[arg-type]
