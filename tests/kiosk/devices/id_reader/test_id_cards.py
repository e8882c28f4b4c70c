"""Frames and texts of ID cards: the published vectors, any bytes whatever, and the rule of the number."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.id_reader.card import (
    CardKind,
    CardUnreadable,
    IdCard,
    check_digit,
    number_is_sound,
    read_card,
    write_card,
)
from kiosk.devices.id_reader.frames import LONGEST, PREAMBLE, Command, Replies, frame, request
from kiosk.devices.id_reader.simulator import somebody

# What public drivers send and readers answer (specs/devices.md, 1.1).
ASKED = {
    Command.STATUS: "000311ffed",
    Command.RESET: "000310ffec",
    Command.SAM_ID: "000312ffee",
    Command.FIND: "0003200122",
    Command.SELECT: "0003200221",
    Command.READ: "0003300132",
}
ANSWERED = {
    "000400009094": (0x90, 0),
    "000800009f0000000097": (0x9F, 4),
    "000400008084": (0x80, 0),
    "000c00009000000000000000009c": (0x90, 8),
    "000400008185": (0x81, 0),
    "000400004145": (0x41, 0),
}


@pytest.mark.parametrize(("command", "message"), ASKED.items())
def test_the_published_requests(command: Command, message: str) -> None:
    assert request(command).hex() == PREAMBLE.hex() + message


@pytest.mark.parametrize(("message", "expected"), ANSWERED.items())
def test_the_published_answers(message: str, expected: tuple[int, int]) -> None:
    (reply,) = Replies().feed(PREAMBLE + bytes.fromhex(message))
    assert (reply.status, len(reply.data)) == expected


@given(st.lists(st.binary(max_size=60), max_size=20), st.binary(min_size=1, max_size=60))
def test_any_bytes_leave_memory_bounded_and_the_next_frame_found(noise: list[bytes], data: bytes) -> None:
    replies = Replies()
    for chunk in noise:
        replies.feed(chunk)
        assert len(replies._buffer) <= LONGEST + len(PREAMBLE) + 2 + 60
    replies.clear()
    (reply,) = replies.feed(b"\xaa\xaa" + frame(bytes([0, 0, 0x90]) + data))
    assert (reply.status, bytes(reply.data)) == (0x90, data)


@given(st.binary(max_size=200), st.integers(0, 100), st.integers(0, 7))
def test_a_turned_bit_is_no_answer(data: bytes, where: int, bit: int) -> None:
    whole = bytearray(frame(bytes([0, 0, 0x90]) + data))
    at = len(PREAMBLE) + 2 + where % (len(whole) - len(PREAMBLE) - 2)
    whole[at] ^= 1 << bit
    replies = Replies()
    assert [r for r in replies.feed(bytes(whole)) if bytes(r.data) == data and r.status == 0x90] == []


@given(st.binary(min_size=1, max_size=700), st.integers(1, 50))
def test_pieces_of_any_size_give_the_same(data: bytes, size: int) -> None:
    whole = frame(bytes([0, 0, 0x90]) + data) * 2
    replies, found = Replies(), []
    for begin in range(0, len(whole), size):
        found += replies.feed(whole[begin : begin + size])
    assert [bytes(r.data) for r in found] == [data, data]


def test_a_reply_is_wiped() -> None:
    (reply,) = Replies().feed(frame(bytes([0, 0, 0x90]) + b"secret"))
    reply.wipe()
    assert bytes(reply.data) == bytes(6)
    assert "secret" not in repr(reply)


# -- the text ---------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10_000), st.sampled_from(CardKind))
def test_a_card_reads_back(seed: int, kind: CardKind) -> None:
    card = somebody(seed, kind)
    text = write_card(card)
    assert len(text) == 256
    assert read_card(text) == card


def test_a_card_for_life() -> None:
    card = somebody(1)
    for_life = IdCard(card.kind, card.number, card.name, card.sex, card.birth, card.begins, None)
    assert read_card(write_card(for_life)) == for_life
    assert for_life.valid_on(date(2099, 1, 1))
    assert not card.valid_on(date(2041, 1, 1))
    assert not card.valid_on(date(2019, 1, 1))


@given(st.binary(min_size=256, max_size=256) | st.binary(max_size=300))
def test_any_bytes_are_a_card_or_not(text: bytes) -> None:
    try:
        card = read_card(text)
    except CardUnreadable:
        return
    assert card.kind in CardKind


@given(st.integers(0, 1000), st.integers(0, 255), st.binary(min_size=1, max_size=8))
def test_a_spoilt_card_is_another_or_none(seed: int, at: int, bytes_: bytes) -> None:
    text = bytearray(write_card(somebody(seed)))
    text[at : at + len(bytes_)] = bytes_
    try:
        read_card(bytes(text[:256]))
    except CardUnreadable:
        return


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_numbers_of_the_standard(number: str) -> None:
    assert check_digit(number[:17]) == number[17]
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    sex = 2 - int(number[16]) % 2
    assert number_is_sound(number, birth, sex)
    assert not number_is_sound(number, birth, 3 - sex)
    assert not number_is_sound(number, date(2000, 1, 1), sex)


@given(st.text(string.digits, min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_and_two_swapped_are_noticed(first: str, at: int, by: int) -> None:
    good = first + check_digit(first)
    wrong = list(good)
    wrong[at] = str((int(wrong[at]) + by) % 10)
    assert check_digit("".join(wrong[:17])) != wrong[17]
    if at < 16 and good[at] != good[at + 1]:
        swapped = list(good)
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
        assert check_digit("".join(swapped[:17])) != swapped[17]
