"""A report on paper: A4, every page numbered, gaps hatched and named. The Chinese font of the system is embedded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fpdf import FPDF

from hub.members_cards import FontMissing, chinese_font
from hub.problems import Problem
from hub.reports_model import Day, Group, Hour, Place, Report
from hub.reports_text import (
    day_words,
    gap_words,
    line_words,
    made_words,
    note_words,
    number_words,
    of_texts,
    period_words,
    pick,
    state_words,
    title_words,
    whole_words,
)
from hub.reports_words import Pair

Colour = tuple[int, int, int]
_INK, _SOFT, _RED, _RULE, _HATCH = (28, 24, 21), (75, 67, 59), (158, 20, 20), (217, 207, 189), (176, 160, 136)
_FONT, _MARGIN, _ROW = "report", 16.0, 5.6  # mm
_CHART, _TOP = 30.0, 5.0  # how high the bars may be, and what is over them
_PER_LINE = 4  # sums beside each other
_HOURS: Pair = ("按小时的到访（当地时间）", "Visits by hour (local time)")
_DAYS: Pair = ("按日", "By day")
_PLACES: dict[str, Pair] = {"district": ("按区", "By district"), "station": ("按驿站", "By station")}
_DAY, _VISITS, _GIVEN = ("日期", "Day"), ("到访", "Visits"), ("发放物资", "Supplies given")
_WHOLE, _STATE = ("完整的驿站", "Stations complete"), ("状态", "State")
_NAME, _COUNT, _UNIT, _DAYS_WHOLE = ("名称", "Name"), ("数量", "Count"), ("单位", "Unit"), ("完整的站日", "Complete")
_WHY: Pair = ("缺的原因", "Why there are gaps")


class ReportFontMissing(Problem):
    status = 503
    code = "reports.font_missing"
    title = (
        "系统里没有中文字体，不能排印报表；请安装 fonts-noto-cjk，或下载表格（CSV）",
        "There is no Chinese font on this system to print reports with; install fonts-noto-cjk, or take the CSV",
    )


class Paper(FPDF):
    """A page with a foot that says what it is of, and how many there are."""

    foot = ""

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font(_FONT, size=8)
        self.set_text_color(*_SOFT)
        self.cell(self.epw - 30, 5, self.foot)
        self.cell(30, 5, f"{self.page_no()} / {{nb}}", align="R")


@dataclass(frozen=True, slots=True)
class Column:
    """One of a table. `right` for numbers."""

    name: Pair
    width: float  # a part of the page's width
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`bar` is how long the bar behind the first cell is, from 0 to 1; `gap` hatches its numbers."""

    cells: Sequence[str]
    bar: float = 0.0
    gap: bool = False


def paper(report: Report, language: str) -> bytes:
    """The PDF. Raises ReportFontMissing."""
    try:
        font, number = chinese_font()
    except FontMissing as missing:
        raise ReportFontMissing() from missing
    pdf = Paper(unit="mm", format="A4")
    pdf.set_margins(_MARGIN, 14, _MARGIN)
    pdf.c_margin = 0
    pdf.set_auto_page_break(True, 16)
    pdf.add_font(_FONT, fname=font, collection_font_number=number)
    title, period = title_words(report, language), period_words(report, language)
    pdf.set_title(f"{title} {period}")
    pdf.set_lang("en" if language == "en" else "zh-CN")
    pdf.foot = f"{title}  {period}  {made_words(report, language)}"
    pdf.add_page()
    _head(pdf, report, language)
    _sums(pdf, report, language)
    _hours(pdf, report.hours, language)
    if len(report.days) > 1:
        _days(pdf, report.days, language)
    for group in report.groups:
        _group(pdf, group, report, language)
    if report.places:
        _places(pdf, report.places, language)
    return bytes(pdf.output())


def _words(pdf: FPDF, size: float, colour: Colour, words: str, gap: float = 0.0) -> None:
    pdf.set_font(_FONT, size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(pdf.epw, size * 0.52, words, new_x="LMARGIN", new_y="NEXT", align="L")
    pdf.ln(gap)


def _head(pdf: FPDF, report: Report, language: str) -> None:
    pdf.set_fill_color(*_RED)
    pdf.rect(0, 0, pdf.w, 3, "F")
    _words(pdf, 20, _INK, title_words(report, language), 1)
    _words(pdf, 13, _RED, period_words(report, language), 2)
    whole = whole_words(report, language)
    if why := gap_words(report, language):
        whole += pick((f"；缺：{why}", f"; gaps: {why}"), language)
    _words(pdf, 10, _INK, whole, 1)
    _words(pdf, 8.5, _SOFT, note_words(language), 2)


def _heading(pdf: FPDF, words: str, room: float = 3 * _ROW) -> None:
    """A heading that is not left alone at the end of a page."""
    if pdf.will_page_break(9 + room):
        pdf.add_page()
    pdf.ln(3)
    _words(pdf, 12, _INK, words, 1)


def _sums(pdf: FPDF, report: Report, language: str) -> None:
    width, height = pdf.epw / _PER_LINE, 13.0
    top = pdf.get_y() + 1
    for place, line in enumerate(report.totals):
        x, y = _MARGIN + place % _PER_LINE * width, top + place // _PER_LINE * height
        pdf.set_draw_color(*_RULE)
        pdf.set_line_width(0.2)
        pdf.line(x, y, x + width - 3, y)
        _fitted(pdf, x, y + 6.5, width - 3, 14, _INK, line_words(line, report, language))
        _fitted(pdf, x, y + 10.5, width - 3, 8.5, _SOFT, of_texts(line.name, language))
    pdf.set_y(top + -(-len(report.totals) // _PER_LINE) * height)


def _fitted(pdf: FPDF, x: float, y: float, room: float, size: float, colour: Colour, words: str) -> None:
    """Words on a baseline, made smaller where there is no room for them."""
    pdf.set_font(_FONT, size=size)
    if (width := pdf.get_string_width(words)) > room:
        pdf.set_font(_FONT, size=size * room / width)
    pdf.set_text_color(*colour)
    pdf.text(x, y, words)


def _hatch(pdf: FPDF, x: float, y: float, width: float, height: float) -> None:
    pdf.set_draw_color(*_HATCH)
    pdf.set_line_width(0.15)
    with pdf.rect_clip(x, y, width, height):
        step = -height
        while step < width:
            pdf.line(x + step, y + height, x + step + height, y)
            step += 1.6


def _hours(pdf: FPDF, hours: list[Hour], language: str) -> None:
    _heading(pdf, pick(_HOURS, language), _CHART + 12)
    top, width = pdf.get_y() + _TOP, pdf.epw / len(hours)
    most = max((hour.visits or 0 for hour in hours), default=0) or 1
    gaps = 0
    for place, hour in enumerate(hours):
        x, height = _MARGIN + place * width, (hour.visits or 0) / most * _CHART
        if hour.state == "gap":
            gaps += 1
            _hatch(pdf, x + 0.6, top, width - 1.2, _CHART)
        if height:
            pdf.set_fill_color(*_RED)
            pdf.rect(x + 1, top + _CHART - height, width - 2, height, "F")
        said = hour.visits if hour.state != "ahead" else None
        above = pick(("缺", "gap"), language) if said is None and hour.state == "gap" else "" if said is None else said
        _centred(pdf, x, top + _CHART - height - 1, width, 7, _INK, str(above))
        _centred(pdf, x, top + _CHART + 3.4, width, 7, _SOFT, str(hour.hour))
    pdf.set_draw_color(*_SOFT)
    pdf.set_line_width(0.2)
    pdf.line(_MARGIN, top + _CHART, pdf.w - _MARGIN, top + _CHART)
    pdf.set_y(top + _CHART + 6)


def _centred(pdf: FPDF, x: float, y: float, room: float, size: float, colour: Colour, words: str) -> None:
    pdf.set_font(_FONT, size=size)
    width = pdf.get_string_width(words)
    if width > room - 0.4:
        pdf.set_font(_FONT, size=size * (room - 0.4) / width)
    pdf.set_text_color(*colour)
    pdf.text(x + (room - min(width, room - 0.4)) / 2, y, words)


def _table(pdf: FPDF, columns: Sequence[Column], rows: Sequence[Row], say: Callable[[Pair], str]) -> None:
    def head() -> None:
        _line(pdf, columns, Row([say(column.name) for column in columns]), _SOFT)

    head()
    for row in rows:
        if pdf.will_page_break(_ROW):
            pdf.add_page()
            head()
        _line(pdf, columns, row, _INK)


def _line(pdf: FPDF, columns: Sequence[Column], row: Row, colour: Colour) -> None:
    x, y = _MARGIN, pdf.get_y()
    for number, (column, words) in enumerate(zip(columns, row.cells, strict=True)):
        width = column.width * pdf.epw
        if row.gap and column.right:
            _hatch(pdf, x + 1, y + 0.5, width - 2, _ROW - 1)
        if row.bar and number == 0:
            pdf.set_fill_color(240, 221, 214)
            pdf.rect(x, y + 0.6, (width - 2) * row.bar, _ROW - 1.2, "F")
        pdf.set_font(_FONT, size=9)
        room, needed = width - 3, pdf.get_string_width(words)
        at = x + width - 2 - min(needed, room) if column.right else x + 1
        if row.gap and column.right and words:
            pdf.set_fill_color(255)
            pdf.rect(at - 0.6, y + 0.7, min(needed, room) + 1.2, _ROW - 1.4, "F")
        _fitted(pdf, at, y + 4, room, 9, colour, words)
        x += width
    pdf.set_draw_color(*_RULE)
    pdf.set_line_width(0.15)
    pdf.line(_MARGIN, y + _ROW, pdf.w - _MARGIN, y + _ROW)
    pdf.set_y(y + _ROW)


def _days(pdf: FPDF, days: list[Day], language: str) -> None:
    _heading(pdf, pick(_DAYS, language))
    columns = (
        Column(_DAY, 0.24), Column(_VISITS, 0.15, True), Column(_GIVEN, 0.15, True), Column(_WHOLE, 0.16, True),
        Column(_STATE, 0.3),
    )  # fmt: skip
    most = max((day.visits or 0 for day in days), default=0) or 1
    rows = [
        Row(
            [
                day_words(day.day, language, weekday=True),
                number_words(day.visits, day.state, language),
                number_words(day.given, day.state, language),
                f"{day.complete} / {day.of}" if day.of else "—",
                state_words(day, day.state, language),
            ],
            (day.visits or 0) / most,
            day.state == "gap",
        )
        for day in days
    ]
    _table(pdf, columns, rows, lambda pair: pick(pair, language))


def _group(pdf: FPDF, group: Group, report: Report, language: str) -> None:
    _heading(pdf, of_texts(group.name, language))
    unit = _UNIT if any(line.unit for line in group.lines) else ("", "")
    columns = (Column(_NAME, 0.6), Column(_COUNT, 0.22, True), Column(unit, 0.18))
    most = max((line.count or 0 for line in group.lines), default=0) or 1
    rows = [
        Row(
            [of_texts(line.name, language), line_words(line, report, language), of_texts(line.unit, language)],
            (line.count or 0) / most,
        )
        for line in group.lines
    ]
    _table(pdf, columns, rows, lambda pair: pick(pair, language))


def _places(pdf: FPDF, places: list[Place], language: str) -> None:
    _heading(pdf, pick(_PLACES[places[0].kind], language))
    columns = (
        Column(_NAME, 0.3), Column(_VISITS, 0.14, True), Column(_GIVEN, 0.14, True), Column(_DAYS_WHOLE, 0.12, True),
        Column(_WHY, 0.3),
    )  # fmt: skip
    rows = []
    for place in places:
        state = "gap" if not place.complete else "part" if place.gaps else "complete"
        numbers = [number_words(count, state, language) for count in (place.visits, place.given)]
        whole = f"{place.complete} / {place.of}"
        rows.append(
            Row([of_texts(place.name, language), *numbers, whole, gap_words(place, language)], 0, state == "gap")
        )
    _table(pdf, columns, rows, lambda pair: pick(pair, language))
