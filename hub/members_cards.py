"""Member codes on paper and as pictures: a sheet of cards as PDF (A4, ISO/IEC 7810 ID-1 cards), a QR code as SVG.

The QR code on a card is 38 mm with its quiet zone: 0.65 mm a module at version 8, where specs ask for 0.5 (29 mm).
"""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import qrcode
from fpdf import FPDF

from hub.problems import Problem

CARD_W, CARD_H = 85.6, 54.0  # mm, ISO/IEC 7810 ID-1
QR_MM, QUIET = 38.0, 4
_COLUMNS, _ROWS = 2, 5
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
_INK, _RED, _GREY = (27, 26, 23), (158, 27, 32), (74, 71, 63)


class FontMissing(Problem):
    status = 503
    code = "members.font_missing"
    title = (
        "系统里没有中文字体，不能排印卡片；请安装 fonts-noto-cjk",
        "There is no Chinese font on this system to print cards with; install fonts-noto-cjk",
    )


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed: the code, its tier in both languages, a number to tell cards apart, until when it is good."""

    text: str
    tier: tuple[str, str]
    number: str
    until: str  # a date, as it is printed


def matrix_of(text: str) -> list[list[bool]]:
    """The modules of a QR code of correction level M, without a quiet zone."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return [[bool(cell) for cell in row] for row in code.get_matrix()]


def svg_of(text: str) -> str:
    """The code as an SVG picture with its quiet zone. Black on white, and crisp at any size."""
    rows = matrix_of(text)
    side = len(rows) + 2 * QUIET
    path = "".join(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z" for x, y, length in _runs(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def sheet(cards: Sequence[Card]) -> bytes:
    """The PDF: ten cards a page, with lines to cut along. Raises FontMissing."""
    font, number = chinese_font()
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title("会员码")
    pdf.add_font("cards", fname=font, collection_font_number=number)
    left = (pdf.w - _COLUMNS * CARD_W) / 2
    top = (pdf.h - _ROWS * CARD_H) / 2
    for place, card in enumerate(cards):
        spot = place % (_COLUMNS * _ROWS)
        if spot == 0:
            pdf.add_page()
        _draw(pdf, card, left + spot % _COLUMNS * CARD_W, top + spot // _COLUMNS * CARD_H)
    return bytes(pdf.output())


def _draw(pdf: FPDF, card: Card, x: float, y: float) -> None:
    pdf.set_draw_color(180)
    pdf.set_line_width(0.1)
    pdf.rect(x, y, CARD_W, CARD_H)
    pdf.set_fill_color(*_RED)
    pdf.rect(x, y, 3, CARD_H, "F")
    _words(pdf, x + 7, y + 10, 15, _INK, "工会会员码")
    _words(pdf, x + 7, y + 15, 7.5, _GREY, "Union member code")
    _words(pdf, x + 7, y + 25, 12, _RED, card.tier[0])
    _words(pdf, x + 7, y + 29.5, 7.5, _GREY, card.tier[1])
    _words(pdf, x + 7, y + 38, 7.5, _INK, f"编号 No. {card.number}")
    _words(pdf, x + 7, y + 42.5, 7.5, _INK, f"有效至 until {card.until}")
    _words(pdf, x + 7, y + 48, 6.5, _GREY, "把码对着驿站屏幕上方的镜头")
    _words(pdf, x + 7, y + 51, 5.5, _GREY, "Hold the code up to the camera")
    _draw_code(pdf, card.text, x + CARD_W - QR_MM - 3, y + (CARD_H - QR_MM) / 2)


def _words(pdf: FPDF, x: float, y: float, size: float, colour: tuple[int, int, int], words: str) -> None:
    """The words on a baseline, made smaller where they would reach into the code."""
    room = CARD_W - QR_MM - 7 - 4
    pdf.set_text_color(*colour)
    pdf.set_font("cards", size=size)
    width = pdf.get_string_width(words)
    if width > room:
        pdf.set_font("cards", size=size * room / width)
    pdf.text(x, y, words)


def _draw_code(pdf: FPDF, text: str, x: float, y: float) -> None:
    rows = matrix_of(text)
    module = QR_MM / (len(rows) + 2 * QUIET)
    pdf.set_fill_color(255)
    pdf.rect(x, y, QR_MM, QR_MM, "F")
    pdf.set_fill_color(0)
    for column, row, length in _runs(rows):
        # A hair taller than a module: printers leave white lines between rectangles that only touch.
        pdf.rect(x + (column + QUIET) * module, y + (row + QUIET) * module, length * module, module * 1.02, "F")


def _runs(rows: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    """Dark runs as (column, row, length)."""
    for y, row in enumerate(rows):
        start = -1
        for x, dark in enumerate([*row, False]):
            if dark and start < 0:
                start = x
            elif not dark and start >= 0:
                yield start, y, x - start
                start = -1


@cache
def chinese_font() -> tuple[Path, int]:
    """A Chinese font file of this system, and which font of the collection. Raises FontMissing."""
    if shutil.which("fc-match"):
        answer = subprocess.run(
            ["fc-match", "-f", "%{file}\n%{index}\n%{lang}", "Noto Sans CJK SC:lang=zh-cn"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        ).stdout.splitlines()
        if len(answer) == 3 and "zh-cn" in answer[2].split("|") and Path(answer[0]).is_file():
            return Path(answer[0]), int(answer[1] or 0) & 0xFFFF
    for path in map(Path, _FONTS):
        if path.is_file():
            return path, 0
    raise FontMissing()
