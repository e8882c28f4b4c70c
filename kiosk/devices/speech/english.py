"""Rules for reading English text. The synthesiser's own are good; these are what it does not know."""

import re
from collections.abc import Callable
from re import Match

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_BEGIN = r"(?<![\d.,:])"
_TO = r"\s*(?:-|–|—|~|～)\s*"
_CLOCK = r"(?P<{0}h>[01]?\d|2[0-4]):(?P<{0}m>[0-5]\d)"
_FROM, _UNTIL = _CLOCK.format("a"), _CLOCK.format("b")
_COUNTED = r"\s*(?:yuan|people|metres|m\b|km\b|minutes|hours|days|grams|g\b|ml\b|%)"


def _clock(match: Match[str], which: str) -> str:
    hour, minute = int(match[which + "h"]), int(match[which + "m"])
    if not minute:
        return f"{hour} o'clock"
    return f"{hour} {'oh ' if minute < 10 else ''}{minute}"


def _digits(match: Match[str]) -> str:
    return " ".join(re.sub(r"\D", "", match[0]))


_TABLE: tuple[tuple[str, Callable[[Match[str]], str]], ...] = (
    (r"(?i)(?a:https?://\S+|www\.[\w./-]+)", lambda m: "the address on the screen"),
    (r"(?a:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", lambda m: "the e-mail address on the screen"),
    (r"(?i)\bWi-?Fi\b", lambda m: "why fye"),
    (rf"{_BEGIN}{_FROM}{_TO}{_UNTIL}(?![\d:])", lambda m: f"{_clock(m, 'a')} to {_clock(m, 'b')}"),
    (rf"{_BEGIN}{_FROM}(?![\d:])", lambda m: _clock(m, "a")),
    (rf"[¥￥]\s*({_N})", lambda m: m[1] + " yuan"),
    (rf"{_BEGIN}(?:110|119|120|122)(?!\d|[.,:]\d|{_COUNTED})", _digits),
    (r"(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<![\d.,])\d{5,}(?!\d|[.,]\d)", _digits),
    (rf"({_N}){_TO}(?={_N})", lambda m: m[1] + " to "),
    (rf"({_N})\s*(?:℃|°C)", lambda m: m[1] + " degrees"),
    (r"(?<=[A-Za-z])[–—](?=[A-Za-z])", lambda m: " to "),
    ("[%％]", lambda m: " percent "),
    ("&", lambda m: " and "),
    ("=", lambda m: " equals "),
    (r"\+", lambda m: " plus "),
)
RULES = tuple((re.compile(pattern), said) for pattern, said in _TABLE)
