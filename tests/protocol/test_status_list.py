"""Status lists: what is set is revoked and nothing else; size, forgery and bombs."""

import zlib
from dataclasses import replace
from datetime import timedelta

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.cose import CoseProblem, CoseRefused, Instant, KeyRing, SigningKey, sign1
from kiosk.protocol.status_list import MAX_BITS, StatusList, StatusListInvalid, issue_list, make_bitmap, read_list
from tests.protocol.make_golden import KEY, OTHER, STATUS
from tests.protocol.test_member_codes import AT, NOW, trusted

RING = KeyRing([trusted(KEY)])


@given(st.sets(st.integers(0, 4999)))
def test_exactly_the_revoked_are_revoked(revoked: set[int]) -> None:
    status = replace(STATUS, bitmap=make_bitmap(5000, revoked))
    read = read_list(issue_list(status, KEY), RING, AT)
    assert {index for index in range(read.size) if read.revoked(index)} == revoked


def test_the_draft_s_own_bit_order() -> None:
    # The example of the Token Status List draft, section 4.1: 16 statuses, bytes b9 a3.
    statuses = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
    assert make_bitmap(16, [i for i, bit in enumerate(statuses) if bit]) == bytes.fromhex("b9a3")


def test_a_hundred_thousand_codes_fit_in_two_kilobytes() -> None:
    status = replace(STATUS, bitmap=make_bitmap(100_000, range(0, 100_000, 100)))
    assert len(issue_list(status, KEY)) < 2_000


def test_a_forged_or_foreign_list_is_refused() -> None:
    foreign = issue_list(replace(STATUS, issuer="elsewhere"), OTHER)
    with pytest.raises(CoseRefused) as caught:
        read_list(foreign, RING, AT)
    assert caught.value.problem is CoseProblem.UNKNOWN_KEY
    borrowed = issue_list(replace(STATUS, issuer="elsewhere"), SigningKey("elsewhere", KEY.private))
    with pytest.raises(StatusListInvalid, match="issuer"):
        read_list(borrowed, RING, AT)
    message = bytearray(issue_list(STATUS, KEY))
    message[-1] ^= 1
    with pytest.raises(CoseRefused):
        read_list(bytes(message), RING, AT)


def test_limits() -> None:
    with pytest.raises(ValueError, match="too large"):
        issue_list(replace(STATUS, bitmap=bytes(MAX_BITS // 8 + 1)), KEY)
    with pytest.raises(ValueError, match="another issuer"):
        issue_list(STATUS, OTHER)
    with pytest.raises(IndexError):
        make_bitmap(8, [8])
    with pytest.raises(IndexError):
        make_bitmap(8, [-1])
    with pytest.raises(IndexError):
        STATUS.revoked(-1)
    with pytest.raises(IndexError):
        STATUS.revoked(STATUS.size)


CLAIMS = {1: "wuxi", 4: 1_800_000_000, 6: 1_790_000_000, -70004: 1}


@pytest.mark.parametrize(
    "packed",
    [
        None,
        {"bits": 2, "lst": zlib.compress(b"ab")},
        {"bits": 1, "lst": "text"},
        {"bits": 1, "lst": b"not zlib"},
        {"bits": 1, "lst": zlib.compress(b"ab")[:-1]},
        {"bits": 1, "lst": zlib.compress(b"ab") + b"more"},
        {"bits": 1, "lst": zlib.compress(bytes(MAX_BITS // 8 + 1))},  # unpacks to more than anybody needs
    ],
)
def test_a_signed_list_of_the_wrong_shape_is_refused(packed: object) -> None:
    with pytest.raises(StatusListInvalid):
        read_list(sign1(cbor2.dumps({**CLAIMS, 65533: packed}, canonical=True), KEY), RING, AT)


@pytest.mark.parametrize("change", [{6: "x"}, {4: -5}, {-70004: -1}, {-70004: True}, {-70005: 5}])
def test_signed_claims_of_the_wrong_shape_are_refused(change: dict[int, object]) -> None:
    claims = {**CLAIMS, 65533: {"bits": 1, "lst": zlib.compress(b"ab")}, **change}
    with pytest.raises(StatusListInvalid):
        read_list(sign1(cbor2.dumps(claims, canonical=True), KEY), RING, AT)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_quietly(data: bytes) -> None:
    with pytest.raises((CoseRefused, StatusListInvalid)):
        read_list(data, RING, AT)


def test_a_list_outlives_its_key_s_window_only_by_the_skew() -> None:
    status: StatusList = STATUS
    with pytest.raises(CoseRefused) as caught:
        read_list(issue_list(status, KEY), RING, Instant(NOW + timedelta(days=3000)))
    assert caught.value.problem is CoseProblem.KEY_PAST
