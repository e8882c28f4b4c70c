"""A stick that is carried by hand between a station without a line and the hub, both ways."""

import errno
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.__main__ import main
from hub.accounts import Accounts, Role
from hub.members_registration import Registry
from hub.publishing import FOLDER, store_files
from hub.stick import StationAbsent, StickNotOurs, StickUnreadable, bring, send
from kiosk.clock import ManualClock
from kiosk.events import EventBus
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.cose import Instant, SigningKey
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.intercom_talk import MessageLeft
from kiosk.protocol.stick import journal_name, parcel_name
from kiosk.station.carrying import (
    Carried,
    CarryChanged,
    SealKeyUnknown,
    StickAbsent,
    StickForeign,
    StickFull,
    StickUnwritable,
)
from kiosk.storage.catalogue_guard import Guard
from kiosk.storage.intercom import Calls
from kiosk.sync import stick as stick_module
from kiosk.sync.stick import Stick
from tests.hub.conftest import PASSWORD
from tests.hub.test_pair import Pair

KEY = SigningKey.from_seed("publisher", b"1" * 32)
UP, DOWN = journal_name("WX-0001"), parcel_name("WX-0001")


class Carrier:
    """A station that is enrolled and never has a line again, and somebody who walks to and fro."""

    def __init__(self, pair: Pair, media: Path) -> None:
        self.pair, self.hub, self.media = pair, pair.server.hub, media
        self.here = media / "KINGSTON"
        self.here.mkdir(parents=True)
        self.events: list[CarryChanged] = []
        bus = EventBus()
        bus.subscribe(CarryChanged, self.events.append)
        self.stick = Stick(
            media,
            pair.store,
            pair.files,
            pair.identity,
            pair.desk,
            bus,
            pair.applying,
            pair.store.projection(Calls).voices,
            has_room=lambda _size: True,
            mounted=lambda path: path.parent == media,
        )

    def trust(self) -> None:
        pair, at = self.pair, lambda: Instant(self.pair.clock.now())
        guard = Guard(pair.identity.publisher_keys, lambda: pair.identity.station_id, at)
        pair.desk.call(pair.store.catalogue.guard, guard)

    def to_station(self) -> None:
        send(self.hub, "WX-0001", self.here / DOWN)

    def to_hub(self) -> Any:
        with (self.here / UP).open("rb") as handle:
            return bring(self.hub, handle)

    def at_hub(self) -> list[tuple[str, int]]:
        return self.pair.taken()


@pytest.fixture
def carrier(tmp_path: Path, clock: ManualClock) -> Iterator[Carrier]:
    pair = Pair(tmp_path, clock)
    Registry(pair.server.hub)
    pair.server.hub.proofs.publisher_is_here(KEY)
    pair.enrol()
    made = Carrier(pair, tmp_path / "media")
    made.trust()
    yield made
    pair.stop()


def publish(carrier: Carrier, folder: Path, doc_id: str, size: int = 1000) -> None:
    """A poster with its picture."""
    (folder / "files").mkdir(parents=True, exist_ok=True)
    data = os.urandom(size)
    (folder / "files" / doc_id).write_bytes(data)
    picture = {"name": doc_id, "media_type": "image/png", "sha256": hashlib.sha256(data).hexdigest(), "size": size}
    document = PlainDocument(kind="leaflet", id=doc_id, body={"picture": picture})
    store_files(carrier.hub.files, [document], folder)
    carrier.hub.catalogue.publish([document], FOLDER)


def test_there_and_back_and_there_again(carrier: Carrier, tmp_path: Path) -> None:
    pair = carrier.pair
    publish(carrier, tmp_path / "folder", "a.png", 3 << 20)
    pair.record(1100)
    carrier.to_station()
    done = carrier.stick.exchange()
    assert done == Carried(written=1100, revision=carrier.hub.catalogue.revision(), files=1)
    assert set(pair.store.catalogue.raw("leaflet")) == {"a.png"}
    assert b"session" not in (carrier.here / UP).read_bytes(), "who finds the stick reads nothing"
    brought = carrier.to_hub()
    assert (brought.station, brought.entries, brought.fresh, brought.acknowledged) == ("WX-0001", 1100, 1100, 1100)
    assert carrier.at_hub() == pair.recorded()
    assert carrier.to_hub().fresh == 0, "brought twice, taken once"
    pair.record(5)
    carrier.to_station()
    assert carrier.stick.exchange() == Carried(written=5, confirmed=1100)
    assert carrier.to_hub().fresh == 5
    carrier.to_station()
    assert carrier.stick.exchange() == Carried(confirmed=5)
    assert not (carrier.here / UP).exists(), "nothing waits any more"
    assert carrier.at_hub() == pair.recorded()


def test_a_stick_beside_the_line_does_no_harm(carrier: Carrier, tmp_path: Path) -> None:
    pair = carrier.pair
    pair.record(30)
    carrier.to_station()
    carrier.stick.exchange()
    pair.sync.round()
    publish(carrier, tmp_path / "folder", "b.png")
    pair.sync.round()
    assert carrier.to_hub().fresh == 0
    assert carrier.stick.exchange().revision == 0, "what is on it is older than what the line brought"
    assert set(pair.store.catalogue.raw("leaflet")) == {"b.png"}
    assert carrier.at_hub() == pair.recorded()


def test_sounds_go_along_and_leave_the_terminal_when_the_hub_has_them(carrier: Carrier) -> None:
    pair, data = carrier.pair, b"RIFF" + os.urandom(5000)
    voice = FileRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data), name="v.wav", media_type="audio/wav")
    pair.files.add(voice, iter([data]))
    left = MessageLeft(call="018f0000-0000-7000-8000-000000000001", topic="help", voice=voice, seconds=1.0)
    pair.desk.call(pair.store.append, left)
    carrier.to_station()
    assert carrier.stick.exchange().attachments == 1
    brought = carrier.to_hub()
    assert brought.attachments == 1
    assert carrier.hub.files.path(voice.sha256).read_bytes() == data
    carrier.to_station()
    assert carrier.stick.exchange() == Carried(confirmed=1)
    assert pair.files.path(voice.sha256) is None


def test_lies_on_a_stick_are_not_believed_and_the_journal_goes_out_all_the_same(carrier: Carrier) -> None:
    pair = carrier.pair
    pair.record(3)
    carrier.to_station()
    carrier.stick.exchange()
    before = pair.store.catalogue.revision()
    standing = {"member": "00" * 8, "tier": "member"}
    with zipfile.ZipFile(carrier.here / DOWN, "w") as parcel:
        lie = {"kind": "member_standing", "id": "x", "revision": 10**6, "body": standing}
        parcel.writestr("catalogue.json", json.dumps({"revision": 10**6, "documents": [lie], "complete": True}))
        parcel.writestr("ack.json", json.dumps({"kind": "journal_ack", "id": "WX-0001", "revision": 1, "body": {}}))
    done = carrier.stick.exchange()
    assert (done.refused, done.written) == ("catalogue.unproven", 4), "and the refusal is in the journal too"
    assert pair.store.catalogue.revision() == before
    # An acknowledgement that nobody signed would make a terminal keep quiet for ever.
    with zipfile.ZipFile(carrier.here / DOWN, "w") as parcel:
        parcel.writestr("catalogue.json", json.dumps({"revision": 1, "documents": [], "complete": True}))
        ack = {"journal": pair.store.journal_name, "acknowledged": 4, "at": "2026-12-01T08:00:00Z"}
        body = {"kind": "journal_ack", "id": "WX-0001", "station": "WX-0001", "revision": 1, "body": ack}
        parcel.writestr("ack.json", json.dumps(body))
    assert carrier.stick.exchange().refused == "catalogue.unproven"
    assert pair.applying.acknowledged() == 0
    (carrier.here / DOWN).write_bytes(b"PK\x03\x04 this is not a zip")
    assert carrier.stick.exchange().refused == "stick.damaged"
    assert carrier.to_hub().fresh == 4


def test_a_terminal_that_knows_no_publisher_takes_nothing_from_a_stick(carrier: Carrier) -> None:
    carrier.to_station()
    carrier.stick.exchange()
    carrier.pair.desk.call(carrier.pair.store.catalogue.guard, None)
    assert carrier.stick.exchange().refused == "stick.unproven"


def test_which_stick(carrier: Carrier) -> None:
    pair = carrier.pair
    carrier.here.rmdir()
    with pytest.raises(StickAbsent):
        carrier.stick.exchange()
    carrier.here.mkdir()
    pair.record(1)
    with pytest.raises(SealKeyUnknown):
        carrier.stick.exchange()
    (carrier.here / parcel_name("WX-0777")).write_bytes(b"")
    with pytest.raises(StickForeign):
        carrier.stick.exchange()
    second = carrier.media / "OTHER"
    second.mkdir()
    send(carrier.hub, "WX-0001", second / DOWN)
    assert carrier.stick.exchange().written == 1
    assert (second / UP).exists()
    assert not (carrier.here / UP).exists()


@pytest.mark.parametrize(("code", "expected"), [(errno.ENOSPC, StickFull), (errno.EROFS, StickUnwritable)])
def test_a_stick_that_is_full_or_locked(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch, code: int, expected: type[Exception]
) -> None:
    carrier.pair.record(10)
    carrier.to_station()
    carrier.stick.exchange()
    before = (carrier.here / UP).read_bytes()
    carrier.pair.record(10)

    def refuse(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(stick_module.os, "fsync", refuse)
    with pytest.raises(expected):
        carrier.stick.exchange()
    assert (carrier.here / UP).read_bytes() == before, "what was on it is still on it"
    assert [path.name for path in carrier.here.iterdir() if path.suffix == ".part"] == []


def test_a_stick_that_gives_back_something_else(carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier.pair.record(10)
    carrier.to_station()
    real = stick_module._chunks
    monkeypatch.setattr(stick_module, "_chunks", lambda handle: (chunk[:-1] for chunk in real(handle)))
    with pytest.raises(StickUnwritable):
        carrier.stick.exchange()


def test_a_file_that_was_cut_short_or_altered_is_taken_as_far_as_it_is_good(carrier: Carrier) -> None:
    carrier.pair.record(1200)
    carrier.to_station()
    carrier.stick.exchange()
    whole = (carrier.here / UP).read_bytes()
    lines = whole.splitlines(keepends=True)
    with pytest.raises(StickUnreadable):
        bring(carrier.hub, io.BytesIO(lines[0] + lines[1][:-50]))
    assert len(carrier.at_hub()) == 500
    swapped = json.loads(lines[1]) | {"signature": json.loads(lines[0])["signature"]}
    with pytest.raises(StickUnreadable):
        bring(carrier.hub, io.BytesIO(json.dumps(swapped).encode() + b"\n"))
    with pytest.raises(StickUnreadable):
        bring(carrier.hub, io.BytesIO(b"hello\n"))
    # In another order, and twice.
    brought = bring(carrier.hub, io.BytesIO(lines[2] + lines[0] + lines[1] + lines[1]))
    assert brought.acknowledged == 1200
    assert carrier.at_hub() == carrier.pair.recorded()


def test_what_is_sealed_to_another_hub_stays_closed(carrier: Carrier) -> None:
    carrier.pair.record(1)
    carrier.to_station()
    carrier.stick.exchange()
    key = carrier.hub.config.data_dir / "registration.key"
    key.write_bytes(os.urandom(32))
    with pytest.raises(StickNotOurs):
        carrier.to_hub()


def test_the_journal_of_a_terminal_that_was_replaced_meanwhile(carrier: Carrier) -> None:
    pair = carrier.pair
    pair.record(7)
    carrier.to_station()
    carrier.stick.exchange()
    recorded = pair.recorded()
    pair.identity.renew()
    pair.enrol()  # another machine stands there now, and has a journal of its own
    brought = carrier.to_hub()
    assert brought.fresh == 7
    assert carrier.at_hub() == recorded
    assert carrier.to_hub().fresh == 0
    assert carrier.hub.db.value("SELECT terminal FROM station") == 2
    stranger = json.loads((carrier.here / UP).read_bytes().splitlines()[0]) | {"station": "WX-0009"}
    with pytest.raises((StationAbsent, StickUnreadable)):
        bring(carrier.hub, io.BytesIO(json.dumps(stranger).encode() + b"\n"))


def test_what_the_hub_keeps_apart_is_shown(carrier: Carrier) -> None:
    pair = carrier.pair
    pair.record(2)
    pair.desk.call(pair.store.raw.execute_sql, "UPDATE journal SET body = '{\"session\": 7}' WHERE seq = 2")
    carrier.to_station()
    carrier.stick.exchange()
    assert [one.seq for one in carrier.to_hub().poison] == [2]
    carrier.to_station()
    assert carrier.stick.exchange().confirmed == 2
    outbox = pair.desk.call(carrier.stick.outbox)
    assert (outbox.waiting, outbox.since) == (0, None)
    (row,) = outbox.poison
    assert (row.seq, row.kind) == (2, "session.started")
    assert row.reason


def test_it_is_done_on_a_thread_of_its_own(carrier: Carrier) -> None:
    carrier.here.rmdir()
    carrier.stick._exchange()
    assert carrier.events == [CarryChanged(True), CarryChanged(False, None, "stick.absent")]


def test_at_the_desk_and_on_the_server(carrier: Carrier, capsys: pytest.CaptureFixture[str]) -> None:
    pair = carrier.pair
    pair.record(4)
    Accounts(carrier.hub.db).add("m", PASSWORD, [Role.MANAGER], carrier.hub.now())
    with httpx.Client(base_url=pair.server.url, timeout=30, trust_env=False) as http:
        said = http.post("/api/session", json={"name": "m", "password": PASSWORD})
        http.headers["X-CSRF-Token"] = said.json()["csrf"]
        answer = http.get("/api/console/stick/WX-0001.zip")
        assert answer.headers["content-disposition"].endswith(f'filename="{DOWN}"')
        (carrier.here / DOWN).write_bytes(answer.content)
        carrier.stick.exchange()
        content = (carrier.here / UP).read_bytes()
        brought = http.post("/api/console/stick/journal", content=content)
        assert brought.json()["fresh"] == 4
        assert http.get("/api/console/stick/WX-0009.zip").status_code == 404
    assert list(carrier.hub.config.data_dir.glob("*.zip")) == [], "nothing stays behind"
    data = ["--data-dir", str(carrier.hub.config.data_dir)]
    assert main([*data, "stick", "out", str(carrier.here), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["station"] == "WX-0001"
    assert main([*data, "stick", "in", str(carrier.here), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fresh"] == 0
