"""Written text → what is said. A synthesiser would read "%" in English and 18:30 as two numbers. Pure functions.

The rules of a language run in order: each takes what it knows out of the text, and leaves the rest for those below it.
"""

import re
import unicodedata
from fractions import Fraction

from kiosk.devices.speech import chinese, english
from kiosk.devices.speech.numbers import cardinal

_PAUSES = str.maketrans(dict.fromkeys("（）()；;：:—–•|【】[]", "，") | dict.fromkeys("·~～\t", " "))
_WESTERN = str.maketrans({"，": ", ", "。": ". ", "、": ", ", "？": "? ", "！": "! "})
_KEPT = frozenset("，。、？！,.?!'-\n ")
_NOTHING = frozenset({"Cc", "Cs", "Co", "Cn"})


def normalise(text: str, language: str) -> str:
    """`text` as it is said in `language` ("zh_CN", "en"): words and pauses only, line breaks kept.

    In Chinese no digit is left.
    """
    is_english = language.startswith("en")
    text = "".join(_plain(character) for character in text)
    for pattern, said in english.RULES if is_english else chinese.RULES:
        text = pattern.sub(said, text)
    if is_english:
        return re.sub(r" +", " ", _clean(text).translate(_WESTERN)).strip()
    return _clean("".join(_value(character) for character in text))


def _plain(character: str) -> str:
    """Full-width letters, and the digits of other scripts, are the same to the rules as ours."""
    if "！" <= character <= "～" and character.isalnum():
        return chr(ord(character) - 0xFEE0)
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.digit(character))
    return " " if kind in _NOTHING and character not in "\n\t" else character


def _clean(text: str) -> str:
    """Only words and pauses: quotes, bullets, arrows, pictures are not said, brackets are a pause."""
    out: list[str] = []
    for character in text.translate(_PAUSES):
        kind = unicodedata.category(character)
        if kind[0] in "LN" or kind in ("Mn", "Mc") or character in _KEPT:
            out.append(character)
        elif kind != "Cf":  # a zero-width joiner is nothing at all
            out.append(" ")
    said = re.sub(r" +", " ", "".join(out))
    said = re.sub(r" ?([，。、？！]) ?", r"\1", said)
    said = re.sub(r"[，、]+(?=[，。、？！\n]|$)|(?<=[，。、？！\n])[，、]+|^[，、]+", "", said)
    return re.sub(r" *\n[ \n]*", "\n", said).strip()


def _value(character: str) -> str:
    """What is left of signs that mean a number (①, ½, ²): their value, said in Chinese."""
    if unicodedata.category(character)[0] != "N" or character == "〇":
        return character
    value = Fraction(unicodedata.numeric(character, -1)).limit_denominator(1000)
    if not 0 <= value < 10**8:
        return " "
    if value.denominator == 1:
        return cardinal(value.numerator)
    return f"{cardinal(value.denominator)}分之{cardinal(value.numerator)}"
