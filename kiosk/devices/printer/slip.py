"""A slip as a picture: what a receipt printer prints, and a PDF for every other. 576 dots wide: 72 mm at 203 dpi."""

from dataclasses import dataclass
from functools import cache

import qrcode
from PIL import Image, ImageDraw, ImageFont

WIDTH, DPI = 576, 203
_FONTS = (("NotoSansCJK-Regular.ttc", 2), ("NotoSansCJK-Bold.ttc", 2), ("wqy-zenhei.ttc", 0), ("DejaVuSans.ttf", 0))
_TITLE, _TEXT, _GAP, _MARGIN, _QUIET = 40, 26, 16, 24, 4


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on it, from the top: a title, a code, lines."""

    title: str
    code: str
    lines: tuple[str, ...]


def render(slip: Slip) -> Image.Image:
    """The slip in black and white (mode "1"). The code has whole dots a module and its quiet zone."""
    code = _code(slip.code)
    title = _wrapped(slip.title, _TITLE)
    lines = [line for text in slip.lines for line in _wrapped(text, _TEXT)]
    height = 2 * _MARGIN + len(title) * (_TITLE + _GAP) + code.height + len(lines) * (_TEXT + _GAP)
    page = Image.new("1", (WIDTH, height), 1)
    pen, y = ImageDraw.Draw(page), _MARGIN
    for line in title:
        pen.text((WIDTH // 2, y), line, fill=0, font=_font(_TITLE), anchor="ma")
        y += _TITLE + _GAP
    page.paste(code, ((WIDTH - code.width) // 2, y))
    y += code.height
    for line in lines:
        pen.text((WIDTH // 2, y), line, fill=0, font=_font(_TEXT), anchor="ma")
        y += _TEXT + _GAP
    return page


def _code(text: str) -> Image.Image:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    rows = code.get_matrix()
    module = max(1, (WIDTH - 2 * _MARGIN) // len(rows))
    picture = Image.new("1", (len(rows), len(rows)))
    picture.putdata([0 if dark else 1 for row in rows for dark in row])
    return picture.resize((len(rows) * module, len(rows) * module), Image.Resampling.NEAREST)


def _wrapped(text: str, size: int) -> list[str]:
    """The lines of a text that fit; broken at spaces where there are any, else between any two letters."""
    font, found, line = _font(size), [], ""
    for word in _pieces(text):
        if line and font.getlength((line + word).rstrip()) > WIDTH - 2 * _MARGIN:
            found.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*found, line.rstrip()] if line.strip() else found


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        if pieces and letter.isascii() and pieces[-1].isascii() and not pieces[-1].endswith(" "):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name, index in _FONTS:
        try:
            return ImageFont.truetype(name, size, index=index)
        except OSError:
            continue
    return ImageFont.load_default(size)
