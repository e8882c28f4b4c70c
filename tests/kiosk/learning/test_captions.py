"""WebVTT as it is found in the wild."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.learning.captions import NotWebVtt, at, parse
from kiosk.learning.rows import Cue


def test_a_file_of_every_sort_of_block() -> None:
    text = (
        "\ufeffWEBVTT - a title\r\nKind: captions\r\n\r\n"
        "STYLE\r\n::cue { color: red }\r\n\r\n"
        "NOTE this is\r\na note\r\n\r\n"
        "first\r\n00:01.000 --> 00:02.500 align:start position:10%\r\n"
        "<v 老师>第一，<b>不进楼</b>。\r\nfish &amp; chips &lt;3\r\n\r\n"
        "00:00:03.000\t-->\t01:00:04.000\r\nlong\r\n\r\n\r\n"
        "00:05.000 --> 00:04.000\r\nbackwards\r\n\r\n"
        "00:06.000 --> 00:07.000\r\n\r\n"
        "00:99.000 --> 00:07.000\r\nnot a time\r\n"
    )
    assert parse(text.encode()) == (
        Cue(1000, 2500, "第一，不进楼。\nfish & chips <3"),
        Cue(3000, 3_604_000, "long"),
    )


@pytest.mark.parametrize(
    "data", [b"", b"WEBVTTX\n", b"1\n00:00:01,000 --> 00:00:02,000\nsrt\n", b"\0" * 50, b" WEBVTT"]
)
def test_what_is_not_webvtt_is_refused(data: bytes) -> None:
    with pytest.raises(NotWebVtt):
        parse(data)


def test_a_file_too_large_is_refused() -> None:
    with pytest.raises(NotWebVtt):
        parse(b"WEBVTT\n\n" + b"x" * (1 << 20))


@given(st.binary(max_size=300))
def test_anything_after_the_first_line_is_read_without_a_crash(data: bytes) -> None:
    for cue in parse(b"WEBVTT\n\n" + data):
        assert cue.begin_ms < cue.end_ms


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**5)), max_size=12), st.integers(0, 10**7))
def test_the_words_of_a_moment_are_those_of_the_cues_around_it(spans: list[tuple[int, int]], moment: int) -> None:
    def stamp(ms: int) -> str:
        return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"

    blocks = [f"{stamp(begin)} --> {stamp(begin + length)}\nw{n}" for n, (begin, length) in enumerate(spans)]
    cues = parse("\n\n".join(["WEBVTT", *blocks]).encode())
    assert len(cues) == len(spans)
    said = set(at(cues, moment).split("\n")) - {""}
    assert said == {f"w{n}" for n, (begin, length) in enumerate(spans) if begin <= moment < begin + length}
