"""A report as one long table for a spreadsheet: a line for each number, with how much of it is here beside it."""

from collections.abc import Iterator

from hub.reports_model import Report, Whole
from hub.reports_text import gap_words, made_words, note_words, of_texts, period_words, pick, title_words
from hub.reports_words import STATES, Pair
from hub.spreadsheets import spreadsheet

Cells = list[object]
_HEAD: tuple[Pair, ...] = (
    ("部分", "part"), ("编号", "key"), ("名称", "name"), ("数量", "count"), ("单位", "unit"), ("完整", "complete"),
    ("应有", "of"), ("状态", "state"), ("缺的原因", "why"),
)  # fmt: skip
_NOTE: Pair = ("说明", "Note")
_TOTAL: Pair = ("合计", "Total")
_VISITS, _GIVEN = ("到访", "Visits"), ("发放物资", "Supplies given")
_BY_DAY, _BY_HOUR, _BY_PLACE = ("按日", "By day"), ("按时", "By hour"), ("按地点", "By place")


def table(report: Report, language: str) -> str:
    """Text in UTF-8 with a mark. An empty count is a gap, a written nought is a nought."""
    return spreadsheet(_rows(report, language))


def _rows(report: Report, language: str) -> Iterator[Cells]:
    def say(pair: Pair) -> str:
        return pick(pair, language)

    def row(part: Pair, key: str, name: str, count: int | None, whole: Whole, state: str, unit: str = "") -> Cells:
        said = say(STATES[state]) if state else ""
        return [say(part), key, name, count, unit, whole.complete, whole.of, said, gap_words(whole, language)]

    state = _state(report)
    yield [say(pair) for pair in _HEAD]
    about = f"{period_words(report, language)}，{made_words(report, language)}"
    title, stations = title_words(report, language), say(("驿站", "stations"))
    yield row((title, title), report.scope.id, about, report.stations, report, state, stations)
    yield [say(_NOTE), "", note_words(language), "", "", "", "", "", ""]
    for line in report.totals:
        yield row(_TOTAL, line.key, of_texts(line.name, language), line.count, report, state)
    for day in report.days:
        for what, count in ((_VISITS, day.visits), (_GIVEN, day.given)):
            shown = None if day.state == "ahead" else count
            yield row(_BY_DAY, day.day.isoformat(), say(what), shown, day, day.state)
    for hour in report.hours:
        shown = None if hour.state == "ahead" else hour.visits
        yield row(_BY_HOUR, f"{hour.hour:02}:00", say(_VISITS), shown, hour, hour.state)
    for group in report.groups:
        for line in group.lines:
            name, unit = of_texts(line.name, language), of_texts(line.unit, language)
            part = (group.name["zh_CN"], group.name["en"])
            yield row(part, line.key, name, line.count, report, state, unit)
    for place in report.places:
        for what, count in ((_VISITS, place.visits), (_GIVEN, place.given)):
            name = f"{of_texts(place.name, language)} {say(what)}"
            yield row(_BY_PLACE, place.id, name, count, place, _state(place))


def _state(whole: Whole) -> str:
    return "running" if not whole.of else "gap" if not whole.complete else "complete" if not whole.gaps else "part"
