"""The strict reader agrees with cbor2 on what it takes, and takes nothing in a second form."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.strict_cbor import CborError, loads

VALUES = st.recursive(
    st.one_of(
        st.integers(-(2**64), 2**64 - 1), st.binary(max_size=300), st.text(max_size=300), st.booleans(), st.none()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=6),
        st.dictionaries(st.one_of(st.integers(-99, 99), st.text(max_size=5)), inner, max_size=4),
    ),
    max_leaves=15,
)


@given(VALUES)
def test_agrees_with_cbor2(value: object) -> None:
    assert loads(cbor2.dumps(value, canonical=True), max_depth=50, max_items=10_000) == value


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_that_is_written_the_same_or_an_error(data: bytes) -> None:
    try:
        value = loads(data)
    except CborError:
        return
    assert len(cbor2.dumps(value, canonical=True)) == len(data)


@pytest.mark.parametrize(
    "hexes",
    [
        "1800",  # 0 in two bytes
        "190017",
        "1a00000017",
        "5f4101ff",  # indefinite
        "9fff",
        "bfff",
        "c11a514b67b0",  # a date
        "fb3ff0000000000000",
        "f90000",
        "f814",  # false in two bytes
        "f7",  # undefined
        "a201010102",  # the same key twice
        "a1810101",
        "a1f501",
        "61ff",
        "0000",
        "1c",
        "",
        "9bffffffffffffffff",
        "5bffffffffffffffff",
        "818181818101",
    ],
)
def test_second_forms_and_bombs_are_refused(hexes: str) -> None:
    with pytest.raises(CborError):
        loads(bytes.fromhex(hexes))
