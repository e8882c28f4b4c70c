"""A hub passes on what the publisher has signed, and what it makes up itself no terminal takes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.__main__ import main
from hub.config import HubConfig
from hub.proofs import NotThePublisher, Taken, named_key, sign_request
from hub.publishing import FOLDER
from hub.state import Hub
from kiosk.clock import ManualClock
from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.cose import Instant, SigningKey
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.proof import GRANT, PUBLISHER, Authority, Claim, ProofRefused, digest, prove
from kiosk.storage import Store
from kiosk.storage.catalogue_guard import CatalogueUnproven, Guard

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
KEY, OTHER, THIRD = (SigningKey.from_seed("publisher", bytes([n]) * 32) for n in (1, 2, 3))
NOTICE = {"text": {"zh_CN": "降温"}, "level": "advice"}


@dataclass
class Line:
    """A hub and the catalogue of a terminal that knows its publisher; `now` is the time of both."""

    hub: Hub
    store: Store
    now: datetime = NOW
    station: str = "WX-0001"

    def guard(self, *pins: SigningKey) -> None:
        names = [pin.public.hex() for pin in pins]
        self.store.catalogue.guard(Guard(names, lambda: self.station, lambda: Instant(self.now)))

    def pull(self, most: int = 500) -> None:
        while True:
            batch = self.hub.catalogue.batch(self.station, self.store.catalogue.revision(), most)
            self.store.catalogue.apply(batch)
            if batch.complete:
                return

    def publish(self, doc_id: str, text: str = "降温", station: str = "", kind: str = "notice") -> None:
        body = {"text": {"zh_CN": text}, "level": "advice"}
        self.hub.catalogue.publish([PlainDocument(kind=kind, id=doc_id, station=station, body=body)], FOLDER)

    def ceremony(self, key: SigningKey = KEY, days: int = 180) -> Taken:
        return self.hub.proofs.take(sign_request(self.hub.proofs.waiting(), key, self.now, days))

    def here(self, kind: str = "notice") -> dict[str, str]:
        return {name: body["text"]["zh_CN"] for name, body in self.store.catalogue.raw(kind).items()}


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    store, lines = Store(tmp_path / "station.db", ManualClock()), list[Line]()
    with Hub(HubConfig(data_dir=tmp_path / "hub"), lambda: lines[0].now if lines else NOW) as hub:
        made = Line(hub, store)
        lines.append(made)
        hub.proofs.trust(KEY.public.hex())
        made.guard(KEY)
        yield made
    store.close()


def test_what_waits_for_the_publisher_goes_nowhere_and_then_everywhere(line: Line) -> None:
    line.publish("a")
    line.pull()
    assert line.here() == {}
    assert line.ceremony() == Taken(2)
    line.pull()
    assert line.here() == {"a": "降温"}
    line.publish("a", "回暖")
    line.pull()
    assert line.here() == {"a": "降温"}, "a change waits too, and what was signed stays"
    line.now += timedelta(minutes=1)
    line.ceremony()
    line.hub.catalogue.publish([], FOLDER, whole=True)
    line.pull()
    assert line.here() == {"a": "降温"}
    line.now += timedelta(minutes=1)
    line.ceremony()
    line.pull()
    assert line.here() == {}, "a deletion was signed"


def test_a_stolen_hub_cannot_say_anything_of_its_own(line: Line) -> None:
    line.publish("a")
    line.ceremony()
    line.pull()
    before = line.store.catalogue.revision()
    lies = (
        "UPDATE catalogue SET body = replace(body, '降温', '开门'), revision = 900 WHERE kind = 'notice'",
        "UPDATE catalogue SET deleted = 1, body = '{}', revision = 901 WHERE kind = 'notice'",
        "UPDATE catalogue SET id = 'b', deleted = 0, revision = 902 WHERE kind = 'notice'",
        "UPDATE catalogue SET kind = 'entry_policy', revision = 903 WHERE kind = 'notice'",
    )
    for lie in lies:
        line.hub.db.execute(lie)
        line.hub.db.execute("UPDATE catalogue_counter SET revision = 950")
        with pytest.raises(CatalogueUnproven):
            line.pull()
        assert line.here() == {"a": "降温"}
        assert line.store.catalogue.revision() == before


def test_what_the_hub_says_day_by_day_it_signs_itself_and_nothing_else(line: Line) -> None:
    standing = PlainDocument(kind="member_standing", id="m", body={"member": "00" * 8, "tier": "member"})
    line.hub.catalogue.publish([standing], "members")
    line.pull()
    assert line.store.catalogue.raw("member_standing") == {}
    line.ceremony()
    line.pull()
    assert set(line.store.catalogue.raw("member_standing")) == {"m"}
    more = PlainDocument(kind="member_standing", id="n", body={"member": "11" * 8})
    line.hub.catalogue.publish([more], "members")
    line.hub.catalogue.delete([("member_standing", "m")], "members")
    line.pull()
    assert set(line.store.catalogue.raw("member_standing")) == {"n"}
    # Its key is good for these kinds only, whatever the grant of a careless publisher says.
    wide = named_key(GRANT, line.hub.proofs.key.public.hex(), KEY, line.now, 100, ["notice", "member_standing"])
    line.hub.proofs.take(type(sign_request(line.hub.proofs.waiting(), KEY, line.now))(documents=[], new=[wide]))
    claim = Claim("notice", "x", "", False, 2**40, digest(NOTICE))
    lie = Document(kind="notice", id="x", revision=999, body=NOTICE, proof=prove(claim, line.hub.proofs.key))
    line.pull()
    with pytest.raises(CatalogueUnproven) as refused:
        line.store.catalogue.apply(CatalogueBatch(revision=999, documents=[lie]))
    assert "may not say notice" in str(refused.value.details["problem"])


def test_a_grant_ends_and_is_given_again(line: Line) -> None:
    line.ceremony(days=10)
    line.pull()
    line.now += timedelta(days=11)
    standing = PlainDocument(kind="member_standing", id="m", body={"member": "00" * 8})
    line.hub.catalogue.publish([standing], "members")
    line.pull()
    assert line.store.catalogue.raw("member_standing") == {}
    line.ceremony(days=10)
    line.pull()
    assert set(line.store.catalogue.raw("member_standing")) == {"m"}


def test_a_new_terminal_hears_whom_to_believe_first(line: Line) -> None:
    for number in range(7):
        name = PlainDocument(kind="member_standing", id=f"m{number}", body={"member": "00" * 8})
        line.hub.catalogue.publish([name], "members")
    line.ceremony()
    line.now += timedelta(days=1)
    line.ceremony()  # the grant is newer now than what was signed under it
    line.pull(most=2)
    assert len(line.store.catalogue.raw("member_standing")) == 7


def test_nothing_older_comes_back(line: Line) -> None:
    line.publish("a", "旧")
    line.ceremony()
    old = line.hub.catalogue.stands("notice", "a")
    assert old is not None
    line.publish("a", "新")
    line.now += timedelta(hours=1)
    line.ceremony()
    line.pull()
    replayed = CatalogueBatch(revision=5000, documents=[old.model_copy(update={"revision": 5000})])
    line.store.catalogue.apply(replayed)
    assert line.here() == {"a": "新"}
    line.hub.catalogue.publish([], FOLDER, whole=True)
    line.now += timedelta(hours=1)
    line.ceremony()
    gone = line.hub.catalogue.stands("notice", "a")
    assert gone is not None
    line.store.catalogue.apply(CatalogueBatch(revision=5001, documents=[gone]))
    line.store.catalogue.apply(replayed)
    assert line.here() == {}, "nor after it was deleted"


def test_a_document_that_goes_to_another_station_leaves_this_one(line: Line) -> None:
    line.publish("a", station="WX-0001")
    line.ceremony()
    line.pull()
    assert line.here() == {"a": "降温"}
    line.publish("a", station="WX-0002")
    line.now += timedelta(hours=1)
    line.ceremony()
    line.pull()
    assert line.here() == {}


def test_a_key_that_is_withdrawn_takes_with_it_what_it_signed(line: Line) -> None:
    named = named_key(PUBLISHER, OTHER.public.hex(), KEY, line.now, 100)
    line.hub.proofs.take(sign_request(line.hub.proofs.waiting(), KEY, line.now))
    line.hub.catalogue.put_signed(named, "publisher", 1)
    line.publish("a")
    line.ceremony(OTHER)
    line.publish("b")
    line.ceremony(KEY)
    line.pull()
    assert set(line.here()) == {"a", "b"}
    line.now += timedelta(hours=1)
    gone = named_key(PUBLISHER, OTHER.public.hex(), KEY, line.now, 100, gone=True)
    answer = sign_request(line.hub.proofs.waiting("nobody"), KEY, line.now)
    line.hub.proofs.take(answer.model_copy(update={"new": [gone]}))
    line.pull()
    assert set(line.here()) == {"b"}
    line.publish("c")
    with pytest.raises(NotThePublisher):
        line.ceremony(OTHER)


def test_a_terminal_that_hears_of_a_publisher_forgets_what_nobody_signed(line: Line) -> None:
    line.store.catalogue.guard(None)
    line.store.catalogue.apply(
        CatalogueBatch(revision=70, documents=[Document(kind="notice", id="x", revision=70, body=NOTICE)])
    )
    line.guard(KEY, THIRD)
    assert line.store.catalogue.revision() == 0
    assert line.here() == {"x": "降温"}, "it shows it until there is better"
    line.publish("a")
    line.ceremony()
    line.pull()
    assert set(line.here()) == {"a"}


def test_what_was_changed_since_it_was_signed_waits(line: Line) -> None:
    line.publish("a")
    request = line.hub.proofs.waiting()
    line.publish("a", "别的")
    assert line.hub.proofs.take(sign_request(request, KEY, line.now)) == Taken(1, ("notice/a",))
    with pytest.raises(NotThePublisher):
        line.hub.proofs.take(sign_request(line.hub.proofs.waiting(), THIRD, line.now))


def test_the_way_to_the_publisher_and_back_by_file(line: Line, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    def run(*words: object) -> int:
        return main(["--data-dir", str(tmp_path / "hub"), *map(str, words)])

    key = tmp_path / "publisher.key"
    key.write_bytes(bytes([1]) * 32)
    line.publish("a")
    line.now = datetime.now(UTC)
    assert run("publisher", "request", tmp_path / "request.json") == 0
    assert run("publisher", "sign", tmp_path / "request.json", "--key", key, "--out", tmp_path / "answer.json") == 0
    assert "notice/a" in capsys.readouterr().out
    assert run("publisher", "take", tmp_path / "answer.json", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"signed": 2, "changed": []}
    line.pull()
    assert line.here() == {"a": "降温"}
    assert run("publisher", "status", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["waiting"] == []
    assert "member_standing" in told["granted"]
    assert "notice" not in told["granted"]


PAST, AHEAD = NOW - timedelta(days=1), NOW + timedelta(days=1)
FIELDS: dict[str, Callable[[Claim], Claim]] = {
    "kind": lambda c: Claim("poster", c.id, c.station, c.deleted, c.serial, c.sha256),
    "id": lambda c: Claim(c.kind, "other", c.station, c.deleted, c.serial, c.sha256),
    "station": lambda c: Claim(c.kind, c.id, "WX-0002", c.deleted, c.serial, c.sha256),
    "deleted": lambda c: Claim(c.kind, c.id, c.station, True, c.serial, c.sha256),
    "content": lambda c: Claim(c.kind, c.id, c.station, c.deleted, c.serial, "0" * 64),
}


@pytest.mark.parametrize("field", FIELDS)
def test_every_part_of_a_claim_counts(field: str) -> None:
    claim = FIELDS[field](Claim("notice", "a", "", False, 7, digest(NOTICE)))
    document = Document(kind="notice", id="a", revision=1, body=NOTICE, proof=prove(claim, KEY))
    with pytest.raises(ProofRefused):
        Authority([KEY.public.hex()], [], []).claim(document, "WX-0001", Instant(NOW))


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_no_byte_of_a_proof_can_be_changed(where: int, by: int) -> None:
    proof = bytearray(prove(Claim("notice", "a", "", False, 7, digest(NOTICE)), KEY).encode())
    proof[where % len(proof)] ^= by
    altered = proof.decode("latin-1")
    document = Document(kind="notice", id="a", revision=1, body=NOTICE, proof=altered)
    with pytest.raises(ProofRefused):
        Authority([KEY.public.hex()], [], []).claim(document, "WX-0001", Instant(NOW))
