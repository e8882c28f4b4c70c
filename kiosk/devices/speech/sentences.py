"""A long text in pieces: the first is heard at once, and an interruption waits for none of them."""

import re
from dataclasses import dataclass

from kiosk.devices.speech.lexicon import pronounce
from kiosk.devices.speech.normalise import normalise

LONGEST = 60  # characters of one piece: about ten seconds of speech, 20 ms of work
VOICES = {"zh_CN": "cmn-latn-pinyin", "en": "en"}
RATES = {"zh_CN": 170, "en": 160}  # words a minute, as espeak counts them
_SENTENCE = re.compile(r"[^。？！\n]*?(?:[。？！]+|\n+|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bNo)[.?!]+(?=\s|$)|$)")
_CLAUSE = re.compile(r"[^，、,]*(?:[，、,]+|$)")
_HAN = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff，。、？！\s]*")


@dataclass(frozen=True, slots=True)
class Clip:
    """One piece as the synthesiser gets it. `rate` in words a minute."""

    text: str
    voice: str
    rate: int


def clips(text: str, language: str) -> tuple[Clip, ...]:
    """`text` as pieces to be spoken one after another; nothing when there is nothing to say."""
    language = "en" if language.startswith("en") else "zh_CN"
    found: list[Clip] = []
    for piece in pieces(normalise(text, language)):
        for part, spoken in _runs(piece) if language == "en" else [(piece, "zh_CN")]:
            if has_words(part):
                said = pronounce(part) if spoken == "zh_CN" else part.strip()
                found.append(Clip(said, VOICES[spoken], RATES[spoken]))
    return tuple(found)


def pieces(text: str) -> list[str]:
    """Sentences of at most LONGEST characters; joined they are the text without white space at their ends."""
    found: list[str] = []
    for sentence in _SENTENCE.findall(text):
        found.extend(part for part in _shorten(sentence.strip()) if part)
    return found


def has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _shorten(sentence: str) -> list[str]:
    if len(sentence) <= LONGEST:
        return [sentence]
    parts: list[str] = []
    for clause in _CLAUSE.findall(sentence):
        if parts and len(parts[-1]) + len(clause) <= LONGEST:
            parts[-1] += clause
        else:
            parts.extend(_cut(clause))
    return [part.strip() for part in parts]


def _cut(clause: str) -> list[str]:
    """Somebody wrote no comma: between words where there are spaces, anywhere in Chinese."""
    parts = []
    while len(clause) > LONGEST:
        place = clause.rfind(" ", 1, LONGEST) if " " in clause[1:LONGEST] else LONGEST
        parts.append(clause[:place])
        clause = clause[place:]
    return [*parts, clause]


def _runs(piece: str) -> list[tuple[str, str]]:
    """An English sentence with Chinese names in it, each part with its language."""
    runs: list[tuple[str, str]] = []
    end = 0
    for match in _HAN.finditer(piece):
        runs += [(piece[end : match.start()], "en"), (normalise(match[0], "zh_CN"), "zh_CN")]
        end = match.end()
    return [*runs, (piece[end:], "en")]
