"""Certificates: what a station signed is read back, anything else is not."""

import base64
from datetime import UTC, datetime

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.certificate import (
    CertificateClaims,
    CertificateInvalid,
    holder_of,
    issue_certificate,
    read_certificate,
)
from kiosk.protocol.cose import Instant, KeyRing, SigningKey, TrustedKey, sign1

KEY = SigningKey.from_seed("WX-0001", b"s" * 32)
WINDOW = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC))
RING = KeyRing([TrustedKey(KEY.kid, KEY.public, "WX-0001", *WINDOW)])
NOW = Instant(datetime(2026, 12, 1, tzinfo=UTC))
CLAIMS = CertificateClaims(
    station="WX-0001",
    number="WX-0001-20261201-0007",
    course="ev-charging",
    version=2,
    title="电动车充电安全",
    issued=datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
    holder=holder_of("WX-0001-20261201-0007", "aa" * 10),
    score=90,
)
TOKEN = issue_certificate(CLAIMS, KEY)


@given(
    st.text(min_size=1, max_size=60),
    st.integers(1, 10**6),
    st.none() | st.integers(0, 100),
    st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)),
)
def test_what_was_signed_is_read_back(title: str, version: int, score: int | None, issued: datetime) -> None:
    claims = CertificateClaims(
        "WX-0001", CLAIMS.number, "heat", version, title, issued.replace(microsecond=0), b"12345678", score
    )
    assert read_certificate(issue_certificate(claims, KEY), RING, NOW) == (claims, "WX-0001")


def test_a_token_is_the_same_whenever_it_is_made() -> None:
    assert TOKEN == (
        "hFgcowEnBET7GZ75EHFraW9zay9jZXJ0aWZpY2F0ZaBYcqgBZ1dYLTAwMDEGGmsOhYg6AAEVWHVXWC0wMDAxLTIwMjYxMjAxLTAw"
        "MDc6AAEVWWtldi1jaGFyZ2luZzoAARVaAjoAARVbdeeUteWKqOi9puWFheeUteWuieWFqDoAARVcGFo6AAEVXUgqoOLMgV5Mu1hA"
        "EKJ4QE9ce8x_cUzyiNye2I1UpwHDTDo6gVM8WsHXizTegV3PaHGkVVNto-ryKTG6C4aBo1GTVVlI49N0aYoFCQ"
    )
    assert len(TOKEN) < 330


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("ABCxyz019-_"))
def test_a_changed_letter_is_no_certificate(place: int, letter: str) -> None:
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    if changed != TOKEN:
        with pytest.raises(CertificateInvalid):
            read_certificate(changed, RING, NOW)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: base64.urlsafe_b64encode(b).decode().rstrip("=")))
def test_anything_else_is_no_certificate(text: str) -> None:
    with pytest.raises(CertificateInvalid):
        read_certificate(text, RING, NOW)


def test_another_spelling_of_the_same_bytes_is_none(  # base64 has spare bits at its end
) -> None:
    message = base64.urlsafe_b64decode(TOKEN + "=" * (-len(TOKEN) % 4))
    others = [TOKEN[:-1] + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
    same = [t for t in others if t != TOKEN and base64.urlsafe_b64decode(t + "=" * (-len(t) % 4)) == message]
    for spelling in (*same, TOKEN + "=", TOKEN + "\n", " " + TOKEN):
        with pytest.raises(CertificateInvalid):
            read_certificate(spelling, RING, NOW)


def test_a_station_nobody_knows() -> None:
    with pytest.raises(CertificateInvalid, match="unknown_key"):
        read_certificate(TOKEN, KeyRing(), NOW)


@pytest.mark.parametrize(
    "payload",
    [
        [],
        {},
        {1: "WX-0001"},
        {1: "WX-0001", 6: -1, -71001: "N", -71002: "c", -71003: 1, -71004: "t", -71006: b"12345678"},
        {1: "WX-0001", 6: 1, -71001: "N", -71002: "c", -71003: 1, -71004: "t", -71006: b"123"},
        {1: "WX-0001", 6: 1, -71001: "N", -71002: "c", -71003: True, -71004: "t", -71006: b"12345678"},
        {1: "WX-0001", 6: 1, -71001: "N", -71002: "c", -71003: 1, -71004: "t" * 200, -71006: b"12345678"},
        {1: "WX-0001", 6: 1, -71001: "N", -71002: "c", -71003: 1, -71004: "t", -71005: 101, -71006: b"12345678"},
    ],
)
def test_signed_nonsense_is_no_certificate(payload: object) -> None:
    message = sign1(cbor2.dumps(payload, canonical=True), KEY)
    with pytest.raises(CertificateInvalid):
        read_certificate(base64.urlsafe_b64encode(message).decode().rstrip("="), RING, NOW)


def test_the_holder_can_be_told_and_not_found_out() -> None:
    assert holder_of("N-1", "aa") == holder_of("N-1", "aa")
    assert len({holder_of("N-1", "aa"), holder_of("N-2", "aa"), holder_of("N-1", "bb")}) == 3
