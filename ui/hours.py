"""Opening hours in words. Chinese sources of the context "hours", translated when asked for."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kiosk.hours import Openness, OpenNow, SpecialDay, WeekLine
from kiosk.protocol.services import Span

_DAYS = (
    QT_TRANSLATE_NOOP("hours", "周一"),
    QT_TRANSLATE_NOOP("hours", "周二"),
    QT_TRANSLATE_NOOP("hours", "周三"),
    QT_TRANSLATE_NOOP("hours", "周四"),
    QT_TRANSLATE_NOOP("hours", "周五"),
    QT_TRANSLATE_NOOP("hours", "周六"),
    QT_TRANSLATE_NOOP("hours", "周日"),
)
_TODAY = QT_TRANSLATE_NOOP("hours", "今天")
_TOMORROW = QT_TRANSLATE_NOOP("hours", "明天")
_ALWAYS = QT_TRANSLATE_NOOP("hours", "全天开放")
_OPEN = QT_TRANSLATE_NOOP("hours", "开放中，到 {time}")
_OPEN_TO_DAY = QT_TRANSLATE_NOOP("hours", "开放中，到{day} {time}")
_OPENS = QT_TRANSLATE_NOOP("hours", "现在不开放，{day} {time} 开")
_CLOSED = QT_TRANSLATE_NOOP("hours", "现在不开放")
_EVERY_DAY = QT_TRANSLATE_NOOP("hours", "每天")
_FROM_TO = QT_TRANSLATE_NOOP("hours", "{first}至{last}")
_SHUT = QT_TRANSLATE_NOOP("hours", "休息")
_BETWEEN = QT_TRANSLATE_NOOP("hours", "，")
_DATE = QT_TRANSLATE_NOOP("hours", "{month}月{day}日 {weekday}")
_HOLIDAY_DATE = QT_TRANSLATE_NOOP("hours", "{month}月{day}日 {weekday}（节假日）")
_WORKDAY_DATE = QT_TRANSLATE_NOOP("hours", "{month}月{day}日 {weekday}（调休上班）")
_DAY = QT_TRANSLATE_NOOP("hours", "{month}月{day}日")
_LONG_DAY = QT_TRANSLATE_NOOP("hours", "{year}年{month}月{day}日")
_MONTHS = (
    QT_TRANSLATE_NOOP("months", "1"),
    QT_TRANSLATE_NOOP("months", "2"),
    QT_TRANSLATE_NOOP("months", "3"),
    QT_TRANSLATE_NOOP("months", "4"),
    QT_TRANSLATE_NOOP("months", "5"),
    QT_TRANSLATE_NOOP("months", "6"),
    QT_TRANSLATE_NOOP("months", "7"),
    QT_TRANSLATE_NOOP("months", "8"),
    QT_TRANSLATE_NOOP("months", "9"),
    QT_TRANSLATE_NOOP("months", "10"),
    QT_TRANSLATE_NOOP("months", "11"),
    QT_TRANSLATE_NOOP("months", "12"),
)


def _say(source: str, **fill: str) -> str:
    return QCoreApplication.translate("hours", source).format(**fill)


def day_words(when: date, today: date) -> str:
    """A date, with its year if that is not this one."""
    source = _DAY if when.year == today.year else _LONG_DAY
    return _say(source, year=str(when.year), month=month_name(when.month), day=str(when.day))


def _clock(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02}"


def _span(span: Span) -> str:
    return f"{span.start.removeprefix('0')}–{span.end.removeprefix('0')}"


def open_words(now: OpenNow, at: datetime) -> str:
    """Whether it is open, as seen at `at` (local); "" when nothing can be said."""
    if now.state is Openness.ALWAYS:
        return _say(_ALWAYS)
    if now.state is Openness.OPEN and now.until:
        if now.until.date() == at.date():
            return _say(_OPEN, time=_clock(now.until))
        return _say(_OPEN_TO_DAY, day=_near_day(now.until.date(), at.date()), time=_clock(now.until))
    if now.state is Openness.CLOSED:
        if now.opens is None:
            return _say(_CLOSED)
        return _say(_OPENS, day=_near_day(now.opens.date(), at.date()), time=_clock(now.opens))
    return ""


def closed_words(now: OpenNow, at: datetime) -> str:
    """When it opens, while it is shut; "" while it is open, and where nothing is known."""
    return "" if is_open(now) else open_words(now, at)


def is_open(now: OpenNow) -> bool:
    return now.state in (Openness.ALWAYS, Openness.OPEN)


def week_days(line: WeekLine) -> str:
    if (line.first, line.last) == (0, 6):
        return _say(_EVERY_DAY)
    if line.first == line.last:
        return _say(_DAYS[line.first])
    return _say(_FROM_TO, first=_say(_DAYS[line.first]), last=_say(_DAYS[line.last]))


def hours_words(spans: Sequence[Span]) -> str:
    """ "9:00–11:30，13:30–17:00", or that it is closed."""
    return _say(_BETWEEN).join(_span(span) for span in spans) or _say(_SHUT)


def special_words(special: SpecialDay) -> str:
    source = {"holiday": _HOLIDAY_DATE, "workday": _WORKDAY_DATE}.get(special.kind, _DATE)
    return _date(source, special.day)


def month_name(number: int) -> str:
    """A month, 1..12, in the language of the screen: a number in Chinese."""
    return QCoreApplication.translate("months", _MONTHS[number - 1])


def _near_day(day: date, today: date) -> str:
    distance = (day - today).days
    if distance in (0, 1):
        return _say((_TODAY, _TOMORROW)[distance])
    return _say(_DAYS[day.weekday()]) if 0 < distance < 7 else _date(_DATE, day)


def _date(source: str, day: date) -> str:
    return _say(source, month=month_name(day.month), day=str(day.day), weekday=_say(_DAYS[day.weekday()]))
