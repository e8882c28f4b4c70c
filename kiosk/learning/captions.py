"""A reader of WebVTT (W3C, section 4): words and their times; positions, styles and voices are left to the screen."""

import bisect
import html
import re
from collections.abc import Sequence

from kiosk.learning.rows import Cue

MAX_BYTES = 1 << 20
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^\s*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?$")
_TAG = re.compile(r"<[^>]*>")


class NotWebVtt(ValueError):
    """The file is not WebVTT. Single bad cues are left out instead."""


def parse(data: bytes) -> tuple[Cue, ...]:
    """The cues in order of time. Raises NotWebVtt."""
    if len(data) > MAX_BYTES:
        raise NotWebVtt("too large")
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", "\ufffd")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]):
        raise NotWebVtt("no WEBVTT in the first line")
    cues = [cue for block in _blocks(lines[1:]) if (cue := _cue(block)) is not None]
    return tuple(sorted(cues, key=lambda cue: (cue.begin_ms, cue.end_ms)))


def at(cues: Sequence[Cue], position_ms: int) -> str:
    """The words that belong to a moment, "" when nothing is said. Of overlapping cues all are shown, oldest first."""
    end = bisect.bisect_right(cues, position_ms, key=lambda cue: cue.begin_ms)
    return "\n".join(cue.text for cue in cues[:end] if position_ms < cue.end_ms)


def _blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return blocks


def _cue(block: list[str]) -> Cue | None:
    # A cue's timing is its first line, or its second after an identifier; NOTE, STYLE and REGION have none.
    for number, line in enumerate(block[:2]):
        if found := _TIMING.match(line):
            begin, end = _millis(found.groups()[:4]), _millis(found.groups()[4:])
            words = html.unescape(_TAG.sub("", "\n".join(block[number + 1 :]))).strip()
            return Cue(begin, end, words) if words and begin < end else None
    return None


def _millis(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, millis = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis
