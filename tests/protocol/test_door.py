"""Orders to open a door: what the hub signed is read once, in time, here; anything else opens nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.cose import KeyRing, SigningKey
from kiosk.protocol.door import (
    MAX_TOKEN,
    CommandKey,
    DoorOrder,
    Order,
    OrderRefused,
    read_order,
    trusted_key,
    write_order,
)
from kiosk.protocol.link import read_message, write_message

GOLDEN: dict[str, Any] = json.loads((Path(__file__).with_name("golden") / "door_orders.json").read_text("utf-8"))
KEY = SigningKey.from_seed("hub", bytes(range(32)))
ISSUED = datetime.fromisoformat(GOLDEN["issued"])
PUBLISHED = CommandKey(
    public_key=GOLDEN["public_key"],
    not_before=datetime(2026, 1, 1, tzinfo=UTC),
    not_after=datetime(2036, 1, 1, tzinfo=UTC),
)
RING = KeyRing([trusted_key(GOLDEN["kid"], PUBLISHED)])
ORDER = Order(
    id="00112233445566778899aabbccddeeff",
    station=GOLDEN["station"],
    door="front",
    call=GOLDEN["call"],
    account="wang",
    by="王师傅",
    reason="轮椅，推不开门",
    issued=ISSUED,
    expires=ISSUED + timedelta(seconds=15),
)


def outcome(token: str, now: datetime, seen: bool = False, call: str = GOLDEN["call"]) -> str:
    try:
        read_order(token, RING, now, GOLDEN["station"], call, lambda _: seen)
    except OrderRefused as refused:
        return refused.code if (refused.order is None) == (refused.code == "forged") else "untold"
    return "good"


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_golden(case: dict[str, Any]) -> None:
    assert outcome(case["token"], ISSUED + timedelta(seconds=case["seconds"]), case["seen"]) == case["expect"]


def test_the_token_is_the_same_whenever_it_is_made_and_says_what_was_ordered() -> None:
    token = GOLDEN["cases"][0]["token"]
    assert write_order(ORDER, KEY) == token
    assert read_order(token, RING, ISSUED, ORDER.station, ORDER.call) == ORDER


def test_without_a_call_nothing_is_opened() -> None:
    assert outcome(write_order(replace(ORDER, call=""), KEY), ISSUED, call="") == "foreign"


def test_a_key_out_of_use_orders_nothing() -> None:
    assert outcome(GOLDEN["cases"][0]["token"], datetime(2037, 1, 1, tzinfo=UTC)) == "forged"


@pytest.mark.parametrize(
    "wrong",
    [{"expires": ISSUED + timedelta(seconds=16)}, {"expires": ISSUED}, {"reason": "x" * 201}, {"id": "00"}],
)
def test_an_order_nobody_would_read_is_not_written(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="order"):
        write_order(replace(ORDER, **wrong), KEY)


def test_the_longest_order_fits_the_link() -> None:
    order = replace(ORDER, by="汉" * 80, reason="汉" * 200, account="a" * 32)
    token = write_order(order, KEY)
    assert len(token) <= MAX_TOKEN
    assert read_message(write_message(DoorOrder(token=token))) == DoorOrder(token=token)
    assert read_order(token, RING, ISSUED, order.station, order.call) == order


@given(st.text(max_size=300))
def test_anything_else_is_forged(text: str) -> None:
    assert outcome(text, ISSUED) == "forged"
    assert outcome("GD1:" + text, ISSUED) == "forged"


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_no_changed_letter_is_taken(where: int, letter: int) -> None:
    token = GOLDEN["cases"][0]["token"]
    where %= len(token)
    changed = token[:where] + chr(letter) + token[where + 1 :]
    assert outcome(changed, ISSUED) in ("good" if changed.upper() == token else "forged", "forged")
