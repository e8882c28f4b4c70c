"""Certificates, and whose learning it is: a member, a visit without a name, the next person."""

from datetime import timedelta

import pytest

from kiosk.learning import CertificateIssued, RecordClaimed
from kiosk.learning.errors import NoCertificate
from kiosk.protocol.certificate import holder_of, read_certificate
from kiosk.protocol.cose import Instant, KeyRing, TrustedKey, key_id
from kiosk.storage.learning import LearningRecords
from tests.kiosk.learning.conftest import LONG_AGO, Room
from tests.kiosk.learning.helpers import ALICE, BOB, pass_it, verbs


def test_a_certificate_is_signed_by_the_station_and_has_no_name(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    pass_it(room)
    certificate = room.learning.certificate("safety")
    assert certificate.number == "LOCAL-20261201-0001"
    assert (certificate.score, certificate.person, certificate.title.get("en")) == (100, ALICE.ref, "Safety")
    assert certificate.qr.startswith("https://hub.example/verify/")
    token = certificate.qr.removeprefix("https://hub.example/verify/")
    assert ALICE.ref not in token
    assert len(certificate.qr) < 420  # a code that a phone reads from a screen
    public = room.learning._identity.public_key
    ring = KeyRing([TrustedKey(key_id(public), public, "WX-0001", LONG_AGO, LONG_AGO + timedelta(days=999))])
    claims, signer = read_certificate(token, ring, Instant(room.clock.now()))
    assert (signer, claims.number, claims.course, claims.score) == ("WX-0001", certificate.number, "safety", 100)
    assert claims.holder == holder_of(certificate.number, ALICE.ref)
    (entry,) = room.bodies("learning.certified")
    assert entry["launch"] == room.bodies("learning.passed")[0]["launch"]
    assert CertificateIssued("safety", certificate.number) in room.events
    pass_again = room.learning.open("safety")
    room.learning.close(pass_again.launch)
    assert len(room.bodies("learning.certified")) == 1


def test_no_certificate_without_a_name_or_without_passing(offered: Room) -> None:
    room = offered
    pass_it(room)
    with pytest.raises(NoCertificate) as refused:
        room.learning.certificate("safety")
    assert refused.value.details["recognised"] is False
    room.session.finish()
    room.session.recognise(BOB)
    with pytest.raises(NoCertificate) as refused:
        room.learning.certificate("safety")
    assert refused.value.details["recognised"] is True


def test_whoever_is_recognised_in_the_same_visit_keeps_what_they_did(offered: Room) -> None:
    room = offered
    pass_it(room)
    room.session.recognise(ALICE)
    assert room.learning.certificate("safety").score == 100
    assert RecordClaimed(("safety",)) in room.events
    assert verbs(room)[-3:] == ["terminated", "claimed", "certified"]
    assert room.learning.courses()[0].passed


def test_what_was_begun_without_a_name_joins_what_was_there_before(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    room.watch(room.learning.open("safety").launch, 20_000)
    room.session.finish()
    room.session.wake()
    nameless = room.learning.open("safety")
    room.watch(nameless.launch, 40_000)
    room.session.recognise(ALICE)
    (film,) = room.learning.open("safety").films
    assert (film.position_ms, film.reached_ms) == (40_000, 40_000)
    records = room.store.projection(LearningRecords)
    known = records.of_person(ALICE.ref, "safety", 1)
    assert known is not None
    assert known.id == room.bodies("learning.launched")[0]["registration"]
    assert records.unclaimed(room.session.id) == ()


def test_the_next_person_finds_nothing_of_the_one_before(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    pass_it(room)
    room.session.recognise(BOB)
    (row,) = room.learning.courses()
    assert (row.begun, row.percent, row.passed, row.certified) == (False, 0, False, False)
    with pytest.raises(NoCertificate):
        room.learning.certificate("safety")
