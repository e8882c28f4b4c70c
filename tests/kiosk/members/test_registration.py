"""Registration at a terminal: with a card, with a name and a number, and what of it can be read afterwards."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import ClockQuality, ManualClock
from kiosk.members.errors import CodeRevoked
from kiosk.members.registration import (
    AT_ONCE,
    CardGone,
    NameInvalid,
    NotOffered,
    PhoneInvalid,
    RegistrationRefused,
    TooMany,
    clean_name,
    clean_phone,
)
from kiosk.protocol.catalogue import Document
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.members import MemberClaims, issue_code, terminal_issuer
from kiosk.protocol.registration import (
    PROVISIONAL,
    PROVISIONAL_LIFE,
    Contact,
    MemberRegistered,
    Occupation,
    seal,
    unseal,
)
from kiosk.protocol.sealing import SealBroken, seal_key
from kiosk.session import Person
from tests.kiosk.booths import HUB_KEY, Booth, settings

RIDER = Occupation.RIDER


@pytest.fixture
def booth(tmp_path: Path, clock: ManualClock) -> Iterator[Booth]:
    made = Booth(tmp_path / "booth", clock)
    made.publish(settings())
    yield made
    made.store.close()


def written(booth: Booth) -> MemberRegistered:
    entry = booth.store.journal.newest("member.registered", 1)[0]
    body = entry.parsed()
    assert isinstance(body, MemberRegistered)
    return body


def test_a_card_gives_a_code_that_is_good_at_once(booth: Booth) -> None:
    made = booth.register_card(1)
    assert made.person == Person(made.person.ref, PROVISIONAL)
    assert booth.session.person == made.person
    assert booth.show(made.code) == f"{made.person.ref} {PROVISIONAL}"
    assert booth.lay(1) == made.person.ref  # the card is known here too
    body = written(booth)
    assert (body.way, body.occupation, body.sealed, body.phone) == ("id_card", Occupation.COURIER, b"", "")
    assert body.expires - body.issued == PROVISIONAL_LIFE


def test_the_same_card_gives_the_same_code_and_a_new_one_near_its_end(booth: Booth) -> None:
    first = booth.register_card(1)
    booth.session.finish()
    booth.registrar.laid(booth.key(1), True)
    again = booth.registrar.by_card(RIDER)
    assert (again.code, again.again, first.again) == (first.code, True, False)
    assert len(booth.store.journal.newest("member.registered", 9)) == 1
    booth.clock.advance((PROVISIONAL_LIFE - timedelta(days=3)).total_seconds())
    booth.registrar.laid(booth.key(1), True)
    later = booth.registrar.by_card(RIDER)
    assert later.person == first.person
    assert later.expires > first.expires


def test_a_card_is_forgotten_when_the_visit_ends(booth: Booth) -> None:
    booth.session.wake()
    booth.lay(1)
    assert booth.registrar.has_card
    booth.session.finish()
    assert not booth.registrar.has_card
    with pytest.raises(CardGone):
        booth.registrar.by_card(RIDER)


def test_a_card_that_expired_registers_nobody(booth: Booth) -> None:
    booth.registrar.laid(bytes(16), False)
    with pytest.raises(CardGone):
        booth.registrar.by_card(RIDER)


def test_a_name_and_a_number_can_be_read_by_the_hub_alone(booth: Booth) -> None:
    made = booth.registrar.by_phone(" 王 小明 ", "+86 138-0013-8000", RIDER)
    body = written(booth)
    assert unseal(body.sealed, HUB_KEY, made.person.ref) == Contact("王 小明", "13800138000")
    booth.store.close()
    for file in booth.folder.rglob("*"):
        if file.is_file():
            kept = file.read_bytes()
            assert "小明".encode() not in kept, file
            assert b"13800138000" not in kept, file


def test_who_types_the_number_of_somebody_else_is_not_taken_for_them(booth: Booth) -> None:
    first = booth.registrar.by_phone("王小明", "13800138000", RIDER)
    second = booth.registrar.by_phone("李四", "13800138000", RIDER)
    assert first.person.ref != second.person.ref
    assert first.code != second.code
    assert not second.again


def test_without_news_of_a_hub_only_cards_are_offered(tmp_path: Path, clock: ManualClock) -> None:
    booth = Booth(tmp_path / "alone", clock)
    assert booth.registrar.ways() == ("id_card",)
    with pytest.raises(NotOffered):
        booth.registrar.by_phone("王小明", "13800138000", RIDER)
    made = booth.register_card(1)
    assert booth.show(made.code) == f"{made.person.ref} {PROVISIONAL}"
    assert not written(booth).shared_key
    booth.publish(settings(offered=False))
    assert booth.registrar.ways() == ()
    booth.store.close()


def test_more_than_anybody_needs_is_refused(booth: Booth) -> None:
    for _ in range(AT_ONCE):
        booth.registrar.by_phone("王小明", "13800138000", RIDER)
    with pytest.raises(TooMany):
        booth.registrar.by_phone("王小明", "13800138000", RIDER)


def test_what_the_hub_says_of_a_registration_is_believed(booth: Booth) -> None:
    made = booth.register_card(1)
    mine = made.person.ref
    other = "ab" * 10

    def say(revision: int, **body: object) -> None:
        booth.publish(Document(kind="member_standing", id=mine, revision=revision, body=dict(body)))

    say(2, member=mine, tier="member")
    assert booth.show(made.code) == f"{mine} member"
    say(3, member=other, tier="model")
    assert booth.show(made.code) == f"{other} model"
    assert booth.lay(1) == other
    say(4, member=other, ended=True)
    assert booth.show(made.code) == "member.revoked"
    booth.registrar.laid(booth.key(1), True)
    with pytest.raises(CodeRevoked):
        booth.registrar.by_card(RIDER)


def test_a_doubtful_clock_registers_too(tmp_path: Path) -> None:
    clock = ManualClock(datetime(1970, 1, 1, tzinfo=UTC), ClockQuality.DOUBTFUL)
    booth = Booth(tmp_path / "lost", clock)
    made = booth.register_card(1)
    assert made.expires.year >= 2026
    assert booth.show(made.code).startswith(made.person.ref)
    booth.store.close()


@pytest.mark.parametrize(
    ("tier", "days", "good"),
    [(PROVISIONAL, 90, True), (PROVISIONAL, 91, False), ("member", 30, False), ("", 30, False)],
)
def test_a_terminal_may_issue_nothing_more(booth: Booth, tier: str, days: int, good: bool) -> None:
    key = SigningKey(terminal_issuer(booth.identity.public_key), booth.identity.key)
    now = booth.clock.now().replace(microsecond=0)
    claims = MemberClaims(key.issuer, now, now + timedelta(days=days), bytes(10), tier, token=bytes(8))
    said = booth.show(issue_code(claims, key))
    assert said == (f"{bytes(10).hex()} {PROVISIONAL}" if good else "member.damaged")


@pytest.mark.parametrize("name", ["", "王", "12", "a1", "x" * 41, "王@小", "<b>王</b>"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(NameInvalid):
        clean_name(name)


@pytest.mark.parametrize("name", ["王小明", "阿依古丽·买买提", "Li Lei", "O'Brien", "欧阳 修"])
def test_what_is_a_name(name: str) -> None:
    assert clean_name(f"  {name} ") == name


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_not(text: str) -> None:
    try:
        phone = clean_phone(text)
    except PhoneInvalid:
        return
    assert phone.isascii()
    assert len(phone) == 11
    assert clean_phone(phone) == phone


@given(st.text(max_size=40), st.text(max_size=20), st.binary(min_size=32, max_size=32), st.integers(0, 60))
def test_a_seal_opens_with_its_key_for_its_member_and_whole(name: str, phone: str, key: bytes, place: int) -> None:
    sealed = seal(Contact(name, phone), bytes.fromhex(seal_key(key)), "ab" * 10)
    assert unseal(sealed, key, "ab" * 10) == Contact(name, phone)
    spoilt = bytearray(sealed)
    spoilt[place % len(spoilt)] ^= 1
    for wrong in (bytes(spoilt), sealed[: place % len(sealed)]):
        with pytest.raises(SealBroken):
            unseal(wrong, key, "ab" * 10)
    with pytest.raises(SealBroken):
        unseal(sealed, key, "ac" * 10)


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in RegistrationRefused.__subclasses__()]
    assert len(codes) == len(set(codes)) == 5
