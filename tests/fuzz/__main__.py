"""`python -m tests.fuzz TARGET [libFuzzer's options]`: no crash, no hang, bounded memory."""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kiosk"]):
    from kiosk.devices.id_reader.card import CardKind, CardUnreadable, read_card, write_card
    from kiosk.devices.id_reader.frames import LONGEST, PREAMBLE, Replies, frame
    from kiosk.devices.id_reader.simulator import somebody
    from kiosk.devices.scanner.serial_scanner import LIMIT, Lines
    from kiosk.protocol.cose import Instant, KeyRing, SigningKey, TrustedKey
    from kiosk.protocol.members import CodeRefused, MemberClaims, Trust, issue_code, verify_code

NOW = datetime(2026, 12, 1, tzinfo=UTC)
KEY = SigningKey.from_seed("city", bytes(32))
RING = KeyRing([TrustedKey(KEY.kid, KEY.public, "city", NOW - timedelta(days=1), NOW + timedelta(days=400))])
TRUST = Trust(RING, {})
CODE = issue_code(MemberClaims("city", NOW, NOW + timedelta(days=30), b"m" * 10, token=b"t" * 8), KEY)


def sdt(data: bytes) -> None:
    """A reader's stream in two pieces: memory stays bounded, and whatever is a frame is a card or is not.

    Half of the streams are made whole frames first: a fuzzer does not guess a preamble and a checksum.
    """
    replies = Replies()
    if data[:1] < b"\x80" and len(data) < LONGEST:
        data = frame(data)
    half = len(data) // 2
    for chunk in (data[:half], data[half:]):
        for reply in replies.feed(chunk):
            try:
                read_card(reply.data[4:260])
            except CardUnreadable:
                continue
        assert len(replies._buffer) <= LONGEST + len(PREAMBLE) + 2 + len(data)


def scanner(data: bytes) -> None:
    """A scanner's stream, byte groups at odd times."""
    lines = Lines()
    at = 0.0
    for begin in range(0, len(data), 7):
        at += data[begin] / 1000
        for payload in lines.feed(data[begin : begin + 7], at):
            assert 0 < len(payload) <= LIMIT + 1
    assert len(lines._buffer) <= LIMIT + 1


def codes(data: bytes) -> None:
    """Any text for a member code: taken only if it is ours, bit for bit what we issued."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        claims = verify_code(text, TRUST, Instant(NOW))
    except CodeRefused:
        return
    assert claims.member == b"m" * 10


CARDS = tuple(bytes([0, 0, 0x90, 1, 0, 4, 0]) + write_card(somebody(7, kind)) for kind in CardKind)
TARGETS: dict[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]] = {
    "sdt": (sdt, (*CARDS, b"\xff" + frame(CARDS[0]))),
    "scanner": (scanner, (b"GH1:ABC\r\n", CODE.encode() + b"\r")),
    "codes": (codes, (CODE.encode(),)),
}


def main() -> None:
    run, seeds = TARGETS[sys.argv.pop(1)]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            (Path(corpus) / str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, corpus], run)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
