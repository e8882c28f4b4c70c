"""Member codes against golden vectors, against python-cwt both ways, and against anything at all."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import base45
import cbor2
import pytest
import segno
from cwt import COSE, COSEKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.cose import Instant, KeyRing, SigningKey, TrustedKey, sign1, to_text
from kiosk.protocol.members import PREFIX, CodeRefused, MemberClaims, Refusal, Trust, issue_code, verify_code
from kiosk.protocol.status_list import StatusList, read_list
from tests.protocol.make_golden import CLAIMS, KEY, OTHER, STATUS, TOKEN, vectors

GOLDEN = json.loads((Path(__file__).parent / "golden" / "member_codes.json").read_text("utf-8"))
NOW = datetime.fromisoformat(GOLDEN["now"])
AT = Instant(NOW)
WINDOW = (datetime(2023, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


def trusted(key: SigningKey, window: tuple[datetime, datetime] = WINDOW) -> TrustedKey:
    return TrustedKey(key.kid, key.public, key.issuer, *window)


def trust(status: StatusList | None = STATUS, *keys: TrustedKey) -> Trust:
    return Trust(KeyRing(keys or (trusted(KEY),)), {status.issuer: status} if status else {})


TRUST = trust()


def refusal(text: str, known: Trust = TRUST, at: Instant = AT) -> Refusal:
    with pytest.raises(CodeRefused) as caught:
        verify_code(text, known, at)
    return caught.value.refusal


def test_the_golden_file_is_what_the_code_writes() -> None:
    assert vectors() == GOLDEN


@pytest.mark.parametrize("vector", GOLDEN["codes"], ids=lambda vector: vector["name"])
def test_golden_vector(vector: dict[str, str]) -> None:
    if vector["expect"] == "good":
        claims = verify_code(vector["text"], TRUST, AT)
        assert (claims.issuer, claims.member, claims.tier) == ("wuxi", CLAIMS.member, "member")
    else:
        assert refusal(vector["text"]) == vector["expect"]


def test_what_is_issued_is_what_is_verified_and_fits_a_printed_card() -> None:
    text = issue_code(CLAIMS, KEY)
    assert verify_code(text, TRUST, AT) == CLAIMS
    code = segno.make(text, error="m", boost_error=False)
    assert (code.mode, code.version) == ("alphanumeric", 8)


def cwt_key(*, private: bool) -> COSEKey:
    values: dict[int, object] = {1: 1, 2: KEY.kid, 3: -8, -1: 6, -2: KEY.public}
    return COSEKey.new({**values, -4: bytes.fromhex(GOLDEN["seed"])} if private else values)


def test_python_cwt_reads_our_code() -> None:
    message = base45.b45decode(issue_code(CLAIMS, KEY)[len(PREFIX) :])
    protected, unprotected, payload = COSE.new().decode_with_headers(b"\xd2" + message, cwt_key(private=False))
    assert (protected, unprotected) == ({1: -8, 4: KEY.kid}, {})
    claims = cbor2.loads(payload)
    assert claims == {
        1: "wuxi",
        4: int(CLAIMS.expires.timestamp()),
        6: int(CLAIMS.issued.timestamp()),
        -70001: CLAIMS.member,
        -70002: "member",
        -70003: CLAIMS.status_index,
    }


def test_we_read_the_code_of_python_cwt() -> None:
    claims = {1: "wuxi", 4: 1_800_000_000, 6: 1_790_000_000, 7: TOKEN, -70001: CLAIMS.member}
    tagged = COSE.new(deterministic_header=True).encode(
        cbor2.dumps(claims, canonical=True), cwt_key(private=True), protected={1: -8, 4: KEY.kid}, unprotected={}
    )
    text = to_text(PREFIX, tagged[1:])  # ours are untagged: the prefix says what they are
    read = verify_code(text, TRUST, AT)
    assert (read.token, read.member, read.status_index) == (TOKEN, CLAIMS.member, None)
    assert refusal(to_text(PREFIX, tagged)) is Refusal.DAMAGED


def test_python_cwt_reads_our_status_list() -> None:
    protected, _, payload = COSE.new().decode_with_headers(
        b"\xd2" + bytes.fromhex(GOLDEN["status_list"]["token"]), cwt_key(private=False)
    )
    assert protected[16] == "application/statuslist+cwt"
    assert cbor2.loads(payload)[65533]["bits"] == 1
    assert read_list(bytes.fromhex(GOLDEN["status_list"]["token"]), KeyRing([trusted(KEY)]), AT) == STATUS


# -- the order and the windows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (timedelta(minutes=4, seconds=59), None),
        (timedelta(minutes=5), None),
        (timedelta(minutes=5, seconds=1), Refusal.EXPIRED),
    ],
)
def test_five_minutes_of_grace_after_the_end(late: timedelta, expected: Refusal | None) -> None:
    at = Instant(CLAIMS.expires + late)
    text = issue_code(CLAIMS, KEY)
    if expected is None:
        assert verify_code(text, TRUST, at) == CLAIMS
    else:
        assert refusal(text, TRUST, at) is expected


@pytest.mark.parametrize(("early", "good"), [(timedelta(minutes=5), True), (timedelta(minutes=5, seconds=1), False)])
def test_five_minutes_of_grace_before_the_beginning(early: timedelta, good: bool) -> None:
    at = Instant(CLAIMS.issued - early)
    if good:
        assert verify_code(issue_code(CLAIMS, KEY), TRUST, at) == CLAIMS
    else:
        assert refusal(issue_code(CLAIMS, KEY), TRUST, at) is Refusal.NOT_YET_VALID


def test_a_key_is_believed_in_its_window_only() -> None:
    text = issue_code(CLAIMS, KEY)
    past = trusted(KEY, (WINDOW[0], NOW - timedelta(days=1)))
    future = trusted(KEY, (NOW + timedelta(days=1), WINDOW[1]))
    assert refusal(text, trust(None, past)) is Refusal.EXPIRED
    assert refusal(text, trust(None, future)) is Refusal.NOT_YET_VALID


def test_two_keys_of_one_kid_are_both_distrusted() -> None:
    impostor = TrustedKey(KEY.kid, OTHER.public, "wuxi", *WINDOW)
    assert refusal(issue_code(CLAIMS, KEY), trust(None, trusted(KEY), impostor)) is Refusal.UNKNOWN_ISSUER


def test_an_issuer_cannot_sign_for_another() -> None:
    foreign = SigningKey("elsewhere", KEY.private)
    text = issue_code(replace(CLAIMS, issuer="elsewhere"), foreign)
    assert refusal(text) is Refusal.UNKNOWN_ISSUER


def test_a_denied_key_refuses_everything_it_signed() -> None:
    denied = replace(STATUS, denied_keys=frozenset({KEY.kid}))
    assert refusal(issue_code(CLAIMS, KEY), trust(denied)) is Refusal.REVOKED


def test_an_index_beyond_the_list_is_believed_only_when_newer_than_the_list() -> None:
    beyond = replace(CLAIMS, status_index=STATUS.size + 5)
    newer = replace(beyond, issued=STATUS.issued + timedelta(hours=1))
    assert refusal(issue_code(beyond, KEY)) is Refusal.DAMAGED
    assert verify_code(issue_code(newer, KEY), TRUST, AT) == newer


def test_without_a_list_nothing_is_revoked() -> None:
    assert verify_code(issue_code(replace(CLAIMS, status_index=70_002), KEY), trust(None), AT).status_index == 70_002


# -- a terminal that does not know the time -----------------------------------------------------------------------

SHORT = replace(CLAIMS, issued=NOW, expires=NOW + timedelta(seconds=120), token=TOKEN)


def test_a_short_code_needs_a_clock() -> None:
    text = issue_code(SHORT, KEY)
    assert verify_code(text, TRUST, AT) == SHORT
    assert refusal(text, TRUST, Instant(NOW, doubtful=True)) is Refusal.CLOCK


def test_a_card_is_taken_on_a_doubtful_clock_unless_surely_expired() -> None:
    text = issue_code(CLAIMS, KEY)
    year_1970 = datetime(1970, 1, 2, tzinfo=UTC)
    assert verify_code(text, TRUST, Instant(year_1970, doubtful=True)) == CLAIMS
    assert verify_code(text, TRUST, Instant(CLAIMS.expires + timedelta(days=9), doubtful=True)) == CLAIMS
    surely = Instant(year_1970, doubtful=True, floor=CLAIMS.expires + timedelta(days=1))
    assert refusal(text, TRUST, surely) is Refusal.EXPIRED


# -- codes that should not exist ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"expires": CLAIMS.issued},
        {"member": b"short"},
        {"member": bytes(17)},
        {"token": b"abc"},
        {"tier": "x" * 17},
        {"status_index": None},
        {"status_index": -1},
        {"issuer": "elsewhere"},
        {"expires": CLAIMS.issued + timedelta(minutes=1)},  # short, and nothing to tell it from a copy
    ],
)
def test_impossible_claims_are_not_issued(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"make no code|another issuer"):
        issue_code(replace(CLAIMS, **change), KEY)


GOOD_PAYLOAD = {1: "wuxi", 4: 1_800_000_000, 6: 1_790_000_000, 7: TOKEN, -70001: CLAIMS.member, -70002: "member"}


@pytest.mark.parametrize(
    "change",
    [
        {4: 1.8e9},
        {4: True},
        {4: -1},
        {4: 1 << 62},
        {6: "1790000000"},
        {1: True},
        {1: ""},
        {7: "text"},
        {-70001: "text"},
        {-70002: 5},
        {-70003: 1 << 40},
        {-70003: True},
        {99: cbor2.CBORTag(35, "(a+)+")},
    ],
)
def test_signed_nonsense_is_damaged(change: dict[int, object]) -> None:
    text = to_text(PREFIX, sign1(cbor2.dumps({**GOOD_PAYLOAD, **change}, canonical=True), KEY))
    assert refusal(text) is Refusal.DAMAGED


def test_an_unknown_claim_is_ignored() -> None:
    text = to_text(PREFIX, sign1(cbor2.dumps({**GOOD_PAYLOAD, 99: [1, {"a": b"b"}]}, canonical=True), KEY))
    assert verify_code(text, TRUST, AT).tier == "member"


@pytest.mark.parametrize(
    "protected",
    [
        {1: -7, 4: KEY.kid},
        {4: KEY.kid},
        {1: -8},
        {1: -8, 4: b""},
        {1: -8, 4: b"12345"},
        {1: -8, 2: [99], 4: KEY.kid},
        {1: "EdDSA", 4: KEY.kid},
    ],
)
def test_another_header_is_refused_before_the_signature_is_looked_at(protected: dict[int, object]) -> None:
    message = [cbor2.dumps(protected), {}, cbor2.dumps(GOOD_PAYLOAD), bytes(64)]
    assert refusal(to_text(PREFIX, cbor2.dumps(message))) is Refusal.DAMAGED


def test_nothing_may_be_added_outside_the_signature() -> None:
    parts = cbor2.loads(base45.b45decode(issue_code(CLAIMS, KEY)[len(PREFIX) :]))
    parts[1] = {33: b"certificate"}
    assert refusal(to_text(PREFIX, cbor2.dumps(parts))) is Refusal.DAMAGED
    parts[1] = {}
    longer = b"\x9f" + b"".join(cbor2.dumps(part) for part in parts) + b"\xff"
    assert refusal(to_text(PREFIX, longer)) is Refusal.DAMAGED
    assert refusal(to_text(PREFIX, cbor2.dumps(parts) + b"\0")) is Refusal.DAMAGED


# -- anything at all ----------------------------------------------------------------------------------------------


@given(st.one_of(st.text(), st.text().map(PREFIX.__add__), st.binary(max_size=600).map(lambda b: to_text(PREFIX, b))))
def test_any_text_is_refused_quietly(text: str) -> None:
    with pytest.raises(CodeRefused):
        verify_code(text, TRUST, AT)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_one_changed_byte_is_always_refused(position: int, value: int) -> None:
    message = bytearray(base45.b45decode(issue_code(CLAIMS, KEY)[len(PREFIX) :]))
    position %= len(message)
    if message[position] == value:
        value ^= 1
    message[position] = value
    with pytest.raises(CodeRefused):
        verify_code(to_text(PREFIX, bytes(message)), TRUST, AT)


NESTED = st.recursive(
    st.one_of(st.integers(-(2**63), 2**64 - 1), st.binary(max_size=40), st.text(max_size=20), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.integers(-99, 99), inner, max_size=5)),
    max_leaves=20,
)


@given(NESTED)
def test_any_structure_is_refused_quietly(value: object) -> None:
    with pytest.raises(CodeRefused):
        verify_code(to_text(PREFIX, cbor2.dumps(value, canonical=True)), TRUST, AT)


@given(NESTED)
def test_any_signed_structure_is_refused_quietly(value: object) -> None:
    with pytest.raises(CodeRefused):
        verify_code(to_text(PREFIX, sign1(cbor2.dumps(value, canonical=True), KEY)), TRUST, AT)


@given(
    st.builds(
        MemberClaims,
        issuer=st.just("wuxi"),
        issued=st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 29)).map(
            lambda t: t.replace(microsecond=0, tzinfo=UTC)
        ),
        expires=st.datetimes(datetime(2026, 12, 2), datetime(2100, 1, 1)).map(
            lambda t: t.replace(microsecond=0, tzinfo=UTC)
        ),
        member=st.binary(min_size=8, max_size=16),
        token=st.binary(min_size=4, max_size=16),
        tier=st.text(max_size=16),
        status_index=st.one_of(st.none(), st.integers(4, 70_000)),
    )
)
def test_every_possible_code_survives_the_trip(claims: MemberClaims) -> None:
    assert verify_code(issue_code(claims, KEY), TRUST, AT) == claims


@pytest.mark.parametrize(
    "text",
    [
        "G" * 10_000,
        PREFIX + "0" * 10_000,
        PREFIX + " " * 1020,
        PREFIX + "\0" * 1020,
        "\n" * 10_000,
        "\ud800",
        PREFIX + "ß",
    ],
    ids=["long", "long code", "spaces", "nulls", "lines", "surrogate", "not ascii"],
)
def test_floods_are_refused_in_no_time(text: str) -> None:
    began = time.perf_counter()
    refusal(text)
    assert time.perf_counter() - began < 0.05


def test_deep_nesting_is_refused_without_recursion() -> None:
    assert refusal(to_text(PREFIX, b"\x81" * 600 + b"\x01")) is Refusal.DAMAGED
    assert refusal(to_text(PREFIX, b"\x9b" + b"\xff" * 8)) is Refusal.DAMAGED
