"""Recognition: who is in the session, what is written, what is said, and what a crowd of bad codes cannot do."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kiosk.clock import ClockQuality, ManualClock
from kiosk.devices.ports import Scan
from kiosk.errors import all_codes
from kiosk.events import CatalogueUpdated, Event, EventBus
from kiosk.members import MemberRecognised, MemberRefused, Members
from kiosk.members import errors as refusals
from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.members import MemberClaims, Refusal, issue_code
from kiosk.protocol.status_list import StatusList, issue_list, make_bitmap
from kiosk.session import Session
from kiosk.storage import Store

KEY = SigningKey.from_seed("wuxi", bytes(32))
ALICE = MemberClaims(
    "wuxi", datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 11, 1, tzinfo=UTC), b"alice-----", "model", 1
)
BOB = replace(ALICE, member=b"bob-------", tier="member", status_index=2)


def key_document(key: SigningKey = KEY) -> Document:
    body: dict[str, Any] = {"issuer": key.issuer, "kid": key.kid.hex(), "public_key": key.public.hex()}
    body |= {"not_before": "2026-01-01T00:00:00Z", "not_after": "2030-01-01T00:00:00Z"}
    return Document(kind="issuer_key", id=key.issuer, revision=1, body=body)


def list_document(seq: int, revoked: tuple[int, ...], issued: datetime) -> Document:
    status = StatusList("wuxi", seq, issued, issued + timedelta(days=60), make_bitmap(1000, revoked))
    token = base64.b64encode(issue_list(status, KEY)).decode()
    return Document(kind="status_list", id="wuxi", revision=1, body={"issuer": "wuxi", "token": token})


class Desk:
    """Everything a recognition touches, with the real store and the real session."""

    def __init__(self, store: Store, clock: ManualClock, bus: EventBus) -> None:
        self.store, self.clock, self.bus = store, clock, bus
        self.session = Session(clock, bus, store.append)
        self.members = Members(store.catalogue, store, clock, bus, self.session, store.append)
        self.seen: list[Event] = []
        self.revision = 0
        bus.subscribe(MemberRecognised, self.seen.append)
        bus.subscribe(MemberRefused, self.seen.append)

    def publish(self, *documents: Document) -> None:
        self.revision += 1
        kinds = self.store.catalogue.apply(CatalogueBatch(revision=self.revision, documents=list(documents)))
        self.bus.publish(CatalogueUpdated(self.revision, kinds))

    def show(self, code: MemberClaims | str, source: str = "serial") -> str:
        text = issue_code(code, KEY) if isinstance(code, MemberClaims) else code
        try:
            return self.members.recognise(Scan(text, "QRCode", source, self.clock.monotonic())).ref
        except refusals.MemberCodeRefused as error:
            return error.code

    def journal(self, prefix: str = "member.") -> list[dict[str, Any]]:
        return [
            entry.body | {"kind": entry.kind} for entry in self.store.journal.all() if entry.kind.startswith(prefix)
        ]


@pytest.fixture
def desk(store: Store, clock: ManualClock, bus: EventBus) -> Desk:
    made = Desk(store, clock, bus)
    made.publish(key_document(), list_document(1, (9,), clock.now() - timedelta(hours=5)))
    return made


def test_a_good_code_begins_a_session_and_is_written_without_a_name(desk: Desk) -> None:
    assert desk.show(ALICE) == b"alice-----".hex()
    person = desk.session.person
    assert person is not None
    assert (person.ref, person.tier, person.way) == (b"alice-----".hex(), "model", "code")
    assert desk.journal() == [
        {
            "kind": "member.recognised",
            "session": desk.session.id,
            "member": b"alice-----".hex(),
            "tier": "model",
            "way": "code",
            "source": "serial",
            "list_age_hours": 5.0,
        }
    ]
    assert [entry["kind"] for entry in desk.journal("")] == ["session.started", "member.recognised"]
    assert desk.seen == [MemberRecognised(person, "serial")]


def test_another_member_ends_the_first_one_s_session(desk: Desk) -> None:
    desk.show(ALICE)
    first = desk.session.id
    desk.clock.advance(5)
    desk.show(BOB)
    assert desk.session.id != first
    assert desk.session.person is not None
    assert desk.session.person.ref == b"bob-------".hex()
    ended = desk.journal("session.ended")
    assert [(entry["session"], entry["reason"]) for entry in ended] == [(first, "next_person")]


def test_the_same_member_again_extends_and_writes_nothing(desk: Desk) -> None:
    desk.show(ALICE)
    session = desk.session.id
    desk.clock.advance(50)
    desk.show(ALICE)
    assert (desk.session.id, desk.session.seconds_left()) == (session, 90)
    assert len(desk.journal()) == 1
    assert len(desk.seen) == 2  # the screen still says hello


def test_a_refusal_changes_no_session(desk: Desk) -> None:
    desk.show(ALICE)
    session, person = desk.session.id, desk.session.person
    assert desk.show("https://example.org") == "member.not_a_code"
    assert (desk.session.id, desk.session.person) == (session, person)
    assert desk.journal()[-1] == {
        "kind": "member.refused",
        "session": session,
        "reason": "member.not_a_code",
        "source": "serial",
        "more": 0,
    }
    assert desk.seen[-1] == MemberRefused("member.not_a_code")
    assert "example" not in str(desk.journal(""))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (lambda: replace(ALICE, status_index=9), "member.revoked"),
        (
            lambda: replace(ALICE, issued=datetime(2024, 1, 1, tzinfo=UTC), expires=datetime(2025, 1, 1, tzinfo=UTC)),
            "member.expired",
        ),
        (lambda: replace(ALICE, issued=datetime(2027, 1, 1, tzinfo=UTC)), "member.not_yet_valid"),
        (lambda: issue_code(ALICE, KEY)[:-3], "member.damaged"),
        (
            lambda: issue_code(replace(ALICE, issuer="else"), SigningKey.from_seed("else", b"1" * 32)),
            "member.unknown_issuer",
        ),
        (lambda: "6901234567892", "member.not_a_code"),
        (lambda: "\0\ud800" * 5000, "member.not_a_code"),
    ],
)
def test_every_refusal_has_its_own_code(desk: Desk, code: Callable[[], Any], expected: str) -> None:
    assert desk.show(code()) == expected
    assert desk.seen == [MemberRefused(expected)]


def test_every_reason_of_the_codec_has_an_error() -> None:
    assert set(refusals.REFUSED_AS) == set(Refusal)
    assert {error.code for error in refusals.REFUSED_AS.values()} <= all_codes()


# -- repeated scans and floods ------------------------------------------------------------------------------------


def test_a_bad_code_held_before_the_camera_is_refused_once(desk: Desk) -> None:
    for _ in range(100):
        assert desk.show("GH1:ABC") == "member.damaged"
        desk.clock.advance(0.5)
    assert len(desk.journal()) == len(desk.seen) == 1
    desk.clock.advance(2.1)
    desk.show("GH1:ABC")
    assert len(desk.journal()) == len(desk.seen) == 2


def test_two_scanners_that_read_the_same_code_recognise_once(desk: Desk) -> None:
    desk.show(ALICE, "camera")
    desk.clock.advance(0.3)
    desk.show(ALICE, "serial")
    assert len(desk.seen) == 1


def test_a_code_still_in_view_after_finish_does_not_come_back(desk: Desk) -> None:
    desk.show(ALICE)
    desk.clock.advance(1)
    desk.session.finish()
    desk.show(ALICE)
    assert desk.session.person is None


def test_a_flood_of_different_bad_codes_cannot_fill_the_journal(desk: Desk) -> None:
    for number in range(1000):
        desk.show(f"http://{number}")
        desk.clock.advance(0.01)
    written = desk.journal("member.refused")
    assert 10 <= len(written) <= 12
    assert len(desk.seen) == 1000  # each of them was answered on the screen
    desk.clock.advance(600)
    desk.show("http://last")
    assert sum(entry["more"] + 1 for entry in desk.journal("member.refused")) == 1001


# -- short codes --------------------------------------------------------------------------------------------------


def short(clock: ManualClock, member: bytes = b"alice-----") -> MemberClaims:
    return MemberClaims("wuxi", clock.now(), clock.now() + timedelta(seconds=120), member, token=b"12345678")


def test_a_short_code_serves_one_visit(desk: Desk) -> None:
    code = short(desk.clock)
    assert desk.show(code) == b"alice-----".hex()
    desk.clock.advance(5)
    assert desk.show(code) == b"alice-----".hex()  # the same visitor, the same session
    desk.session.finish()
    desk.clock.advance(5)
    assert desk.show(code) == "member.already_used"
    assert desk.session.person is None


def test_a_photographed_short_code_does_not_open_a_second_session(desk: Desk) -> None:
    code = short(desk.clock)
    desk.show(code)
    desk.clock.advance(5)
    desk.show(BOB)
    desk.clock.advance(5)
    assert desk.show(code) == "member.already_used"
    assert desk.session.person is not None
    assert desk.session.person.ref == b"bob-------".hex()


def test_a_short_code_is_refused_by_a_clock_nobody_trusts(desk: Desk) -> None:
    code = short(desk.clock)
    desk.clock.set(desk.clock.now(), ClockQuality.DOUBTFUL)
    assert desk.show(code) == "member.clock_not_trusted"
    assert desk.show(ALICE) == b"alice-----".hex()


# -- news of revocations ------------------------------------------------------------------------------------------


def test_a_new_list_counts_at_once(desk: Desk) -> None:
    assert desk.show(ALICE) == b"alice-----".hex()
    desk.publish(list_document(2, (1, 9), desk.clock.now()))
    assert desk.show(ALICE) == "member.revoked"


def test_an_older_list_does_not_bring_a_code_back_even_after_a_restart(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.publish(list_document(2, (1,), desk.clock.now()))
    assert desk.show(ALICE) == "member.revoked"
    desk.publish(list_document(1, (), desk.clock.now()))
    desk.clock.advance(3)
    assert desk.show(ALICE) == "member.revoked"
    assert "number 2 stays" in caplog.text
    assert Desk(desk.store, desk.clock, EventBus()).show(ALICE) == "member.revoked"


def test_a_forged_list_is_left_out_and_the_last_good_one_stays(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    assert desk.show(replace(ALICE, status_index=9)) == "member.revoked"
    token = base64.b64encode(b"not a list").decode()
    desk.publish(Document(kind="status_list", id="wuxi", revision=2, body={"issuer": "wuxi", "token": token}))
    assert desk.show(replace(ALICE, status_index=9)) == "member.revoked"
    assert "cannot be read" in caplog.text
    assert Desk(desk.store, desk.clock, EventBus()).show(replace(ALICE, status_index=9)) == "member.revoked"


def test_a_station_long_without_news_asks_for_a_person(desk: Desk) -> None:
    desk.clock.advance(31 * 86_400)
    assert desk.show(ALICE) == "member.list_too_old"
    desk.publish(Document(kind="member_settings", id="x", revision=2, body={"max_list_age_days": 90}))
    assert desk.show(ALICE) == b"alice-----".hex()


def test_a_lost_clock_does_not_make_a_list_old_but_never_unlearns_its_date(desk: Desk) -> None:
    desk.members.verify(issue_code(ALICE, KEY))
    desk.clock.set(datetime(1970, 1, 1, tzinfo=UTC), ClockQuality.DOUBTFUL)
    assert desk.show(ALICE) == b"alice-----".hex()
    assert desk.journal()[-1]["list_age_hours"] is None
    old = replace(BOB, issued=datetime(2026, 11, 2, tzinfo=UTC), expires=datetime(2026, 11, 20, tzinfo=UTC))
    assert desk.show(old) == "member.expired"  # the list was signed on 1 December: it cannot be earlier than that


def test_a_key_that_leaves_the_catalogue_is_no_longer_believed(desk: Desk) -> None:
    assert desk.show(ALICE) == b"alice-----".hex()
    desk.publish(Document(kind="issuer_key", id="wuxi", revision=2, deleted=True))
    assert desk.show(ALICE) == "member.unknown_issuer"


def test_verify_alone_changes_nothing(desk: Desk) -> None:
    assert desk.members.verify(issue_code(ALICE, KEY)).tier == "model"
    assert (desk.journal(""), desk.seen, desk.session.id) == ([], [], "")


def test_the_name_of_a_tier_is_data(desk: Desk) -> None:
    assert desk.members.tier_name("model") is None
    body = {"name": {"zh_CN": "劳动模范", "en": "Model worker"}}
    desk.publish(Document(kind="member_tier", id="model", revision=2, body=body))
    name = desk.members.tier_name("model")
    assert name is not None
    assert name.get("en") == "Model worker"
