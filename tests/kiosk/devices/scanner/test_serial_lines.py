"""A stream of bytes cut into payloads: by line ends, by silence, bounded."""

import hypothesis.strategies as st
from hypothesis import given

from kiosk.devices.scanner.serial_scanner import IDLE, LIMIT, Lines


def test_line_ends_of_every_kind() -> None:
    assert Lines().feed(b"one\rtwo\r\nthree\nfour\0\r\n\r\n", 1.0) == [b"one", b"two", b"three", b"four"]


def test_silence_ends_a_payload_of_a_scanner_without_a_suffix() -> None:
    lines = Lines()
    assert lines.feed(b"GH1:", 1.0) == []
    assert lines.feed(b"ABC", 1.0 + IDLE / 2) == []
    assert lines.feed(b"", 1.0 + IDLE * 1.4) == []
    assert lines.feed(b"", 1.0 + IDLE * 1.6) == [b"GH1:ABC"]
    assert lines.feed(b"", 9.0) == []


def test_what_comes_after_silence_is_another_payload() -> None:
    lines = Lines()
    lines.feed(b"one", 1.0)
    assert lines.feed(b"two\r", 2.0) == [b"one", b"two"]


@given(st.lists(st.binary(max_size=3000), max_size=20))
def test_cut_anywhere_the_payloads_are_the_same_and_bounded(chunks: list[bytes]) -> None:
    whole, pieces = Lines(), Lines()
    expected = whole.feed(b"".join(chunks) + b"\r", 1.0)
    got = [payload for chunk in [*chunks, b"\r"] for payload in pieces.feed(chunk, 1.0)]
    assert got == expected
    assert all(0 < len(payload) <= LIMIT + 1 for payload in got)
