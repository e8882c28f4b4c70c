"""What a report says in words, in one of two languages: its title, its dates, how much of it is here."""

from datetime import date
from zoneinfo import ZoneInfo

from hub.reports_model import Day, Line, Report, Texts, Whole
from hub.reports_period import Length
from hub.reports_words import LENGTHS, STATES, Pair

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def pick(pair: Pair, language: str) -> str:
    return pair[1] if language == "en" else pair[0]


def of_texts(words: Texts, language: str) -> str:
    return words.get("en" if language == "en" else "zh_CN") or words.get("zh_CN", "")


def day_words(day: date, language: str, weekday: bool = False) -> str:
    if language == "en":
        return (f"{_DAYS[day.weekday()]} " if weekday else "") + f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日" + (f" {_WEEKDAYS[day.weekday()]}" if weekday else "")


def period_words(report: Report, language: str) -> str:
    """November 2026, or the first day and the last."""
    first, last = report.first, report.last
    if report.length is Length.MONTH:
        return f"{_MONTHS[first.month - 1]} {first.year}" if language == "en" else f"{first.year}年{first.month}月"
    if first == last:
        return day_words(first, language, weekday=True)
    return f"{day_words(first, language)} – {day_words(last, language)}"


def title_words(report: Report, language: str) -> str:
    about, length = of_texts(report.scope.name, language), pick(LENGTHS[report.length], language)
    return f"{about} · {length}"


def whole_words(report: Report, language: str) -> str:
    """How many station-days of how many are here, and what is the matter with the others."""
    counts = {"n": report.stations, "complete": report.complete, "of": report.of, "running": report.running}
    stations: Pair = ("{n} 个驿站", "1 station" if report.stations == 1 else "{n} stations")
    over: Pair = ("{of} 个站日中 {complete} 个完整", "{complete} of {of} station-days complete")
    still: Pair = ("{running} 个站日还在进行", "station-days still running: {running}")
    said = [stations, *([over] if report.of else []), *([still] if report.running else [])]
    return pick(("，", ", "), language).join(pick(pair, language) for pair in said).format(**counts)


def gap_words(whole: Whole, language: str) -> str:
    """Why something is missing, the most frequent first: "not received yet 3"."""
    parts = sorted(whole.gaps.items(), key=lambda item: (-item[1], item[0]))
    single = whole.of == 1
    words = [pick(STATES[why], language) + ("" if single else f" {count}") for why, count in parts]
    return (", " if language == "en" else "、").join(words)


def state_words(day: Day | Whole, state: str, language: str) -> str:
    """A gap is called one, with its reason beside it."""
    said = pick(STATES[state], language)
    why = gap_words(day, language)
    if state not in ("gap", "part") or not why:
        return said
    return f"{said} ({why})" if language == "en" else f"{said}（{why}）"


def number_words(count: int | None, state: str, language: str) -> str:
    """What is known of a gap is the least there was; where nothing is known the word stands in place of a number."""
    if state == "ahead":
        return "—"
    if count is None:
        return pick(STATES["gap"], language) if state == "gap" else "—"
    if state not in ("gap", "part"):
        return f"{count:,}"
    if not count:
        return pick(("0（有缺）", "0 (with gaps)"), language)
    return pick((f"至少 {count:,}", f"at least {count:,}"), language)


def line_words(line: Line, report: Report, language: str) -> str:
    return number_words(line.count, "gap" if not report.complete else "part" if _partial(report) else "", language)


def _partial(report: Report) -> bool:
    return report.complete < report.of


def made_words(report: Report, language: str) -> str:
    at = report.made.astimezone(ZoneInfo(report.time_zone)).strftime("%Y-%m-%d %H:%M")
    return f"made {at} ({report.time_zone})" if language == "en" else f"{at} 生成（{report.time_zone}）"


def note_words(language: str) -> str:
    """What the reader has to know of gaps, wherever the numbers are shown."""
    return pick(
        (
            "标“缺”的，是系统还没有收齐的那一天，不是没有人来。合计只含已收到的记录；有缺时，实际数量不会比它少。",
            "A gap is a day of which not everything has been received; it does not mean that nobody came."
            " Sums are of what has been received: where there are gaps the true number is no smaller.",
        ),
        language,
    )
