"""The terminal and the hub together, over real HTTP: what happened offline arrives once and in order."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.config import HubConfig
from hub.messages import VOICE_BYTES
from hub.publishing import FOLDER, store_files
from hub.stations import new_enrolment
from kiosk.clock import ManualClock
from kiosk.config import HubConfig as LineConfig
from kiosk.desk import Desk
from kiosk.errors import HubRefused, HubUnreachable
from kiosk.events import EventBus
from kiosk.identity import Identity
from kiosk.network import Network
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.folder import read_folder
from kiosk.protocol.intercom_talk import MessageLeft
from kiosk.protocol.station import NoticeDocument, SessionStarted
from kiosk.storage import Store
from kiosk.storage.files import FileStore
from kiosk.storage.intercom import Calls
from kiosk.sync.applying import Applying
from kiosk.sync.client import HubClient
from kiosk.sync.runner import Sync
from tests.hub.conftest import Server, Time
from tests.ports import steady_port

ROOT = Path(__file__).resolve().parents[2]


class Pair:
    """A terminal with its journal, and a hub that can be restarted on the same data."""

    def __init__(self, folder: Path, clock: ManualClock) -> None:
        self.folder, self.clock, self.time = folder, clock, Time()
        self.time.at = clock.now()
        self.config = HubConfig(data_dir=folder / "hub", page_documents=2)
        self.server = Server(self.config, self.time)
        self.desk = Desk()
        self.store = self.desk.call(Store, folder / "station.db", clock)
        self.identity = Identity(folder)
        self.files = FileStore(folder / "files")
        self.network = Network()
        self.network.start()
        self.sync = self._sync()

    def _sync(self) -> Sync:
        client = HubClient(LineConfig(url=self.server.url, timeout_seconds=20), self.identity, self.clock)
        self.applying = Applying(self.store, lambda _revision, _kinds: None)
        voices = self.store.projection(Calls).voices
        return Sync(
            client,
            self.store,
            self.files,
            self.desk,
            self.network,
            EventBus(),
            lambda: self.identity.station_id,
            self.applying,
            voices,
        )

    def enrol(self) -> None:
        code, _ = new_enrolment(self.server.hub, "WX-0001")
        client = HubClient(LineConfig(url=self.server.url), self.identity, self.clock)
        assert client.enrol(code.lower()).station == "WX-0001"
        client.close()

    def record(self, count: int) -> None:
        for _ in range(count):
            number = self.desk.call(self.store.journal.last_seq)
            self.desk.call(self.store.append, SessionStarted(session=str(number)))

    def restart(self) -> None:
        self.server.stop()
        self.server = Server(self.config, self.time)
        self.sync.stop()
        self.sync = self._sync()

    def taken(self) -> list[tuple[str, int]]:
        rows = self.server.hub.db.rows("SELECT id, seq FROM journal WHERE position IS NOT NULL ORDER BY position")
        return [(row["id"], row["seq"]) for row in rows]

    def recorded(self) -> list[tuple[str, int]]:
        return [(e.id, e.seq) for e in self.desk.call(lambda: list(self.store.journal.all()))]

    def stop(self) -> None:
        self.sync.stop()
        self.network.stop()
        self.desk.call(self.store.close)
        self.desk.close()
        self.server.stop()


@pytest.fixture
def pair(tmp_path: Path, clock: ManualClock) -> Iterator[Pair]:
    made = Pair(tmp_path, clock)
    yield made
    made.stop()


def test_what_was_recorded_offline_arrives_once_in_order_with_the_hub_restarted_between(pair: Pair) -> None:
    pair.enrol()
    pair.record(620)
    pair.sync.round()
    assert pair.taken() == pair.recorded()
    pair.server.stop()
    pair.record(40)
    assert pair.desk.call(pair.sync.waiting) == 40  # known before any round has been tried
    with pytest.raises(HubUnreachable):
        pair.sync.round()
    pair.server = Server(pair.config, pair.time)
    pair.restart()
    pair.sync.round()
    assert pair.taken() == pair.recorded()
    assert [seq for _, seq in pair.taken()] == list(range(1, 661))
    assert pair.desk.call(pair.sync.waiting) == 0


def test_an_answer_that_was_lost_does_no_harm(pair: Pair) -> None:
    pair.enrol()
    pair.record(5)
    pair.sync.round()
    pair.desk.call(pair.store.set_meta, "sync.acknowledged", "2")
    pair.record(1)
    pair.sync.round()
    assert pair.taken() == pair.recorded()


def test_a_hub_restored_from_an_older_copy_gets_what_it_lost(pair: Pair) -> None:
    pair.enrol()
    pair.record(10)
    pair.sync.round()
    pair.server.hub.db.execute("DELETE FROM journal WHERE seq > 4")
    pair.server.hub.db.execute("UPDATE journal_head SET acknowledged = 4")
    pair.record(2)
    pair.sync.round()
    assert pair.taken() == pair.recorded()


def test_the_catalogue_and_its_files_come_down_and_deletions_too(pair: Pair) -> None:
    pair.enrol()
    folder = pair.folder / "catalogue"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "film.bin").write_bytes(b"film" * 100_000)
    for number in range(5):
        body: dict[str, object] = {"text": {"zh_CN": f"通知{number}"}}
        if number == 0:
            body["film"] = {"name": "film.bin", "media_type": "video/mp4"}
        text = json.dumps({"kind": "notice", "id": f"n{number}", "body": body})
        (folder / f"n{number}.json").write_text(text)

    def publish() -> None:
        documents = read_folder(folder)
        store_files(pair.server.hub.files, documents, folder)
        pair.server.hub.catalogue.publish(documents, FOLDER, whole=True)
        pair.sync.round()

    def have() -> dict[str, NoticeDocument]:
        return pair.desk.call(pair.store.catalogue.all, NoticeDocument)

    publish()
    assert sorted(have()) == ["n0", "n1", "n2", "n3", "n4"]
    ref = have()["n0"].model_dump()["film"]
    path = pair.files.path(ref["sha256"])
    assert path is not None
    assert path.read_bytes() == b"film" * 100_000
    (folder / "n1.json").unlink()
    publish()
    assert sorted(have()) == ["n0", "n2", "n3", "n4"]


def test_a_file_that_is_whole_and_not_yet_published_is_not_asked_for_beyond_its_end(pair: Pair) -> None:
    pair.enrol()
    ref = pair.server.hub.files.add([b"whole"], "x")
    document = {"text": {"zh_CN": "x"}, "file": ref.model_dump()}
    (pair.folder / "c").mkdir()
    text = json.dumps({"kind": "notice", "id": "n", "body": document})
    (pair.folder / "c" / "n.json").write_text(text)
    pair.server.hub.catalogue.publish(read_folder(pair.folder / "c"), FOLDER)
    partial = pair.folder / "files" / "partial" / ref.sha256
    partial.parent.mkdir(parents=True)
    partial.write_bytes(b"whole")
    pair.sync.round()
    assert pair.files.path(ref.sha256) is not None


def _left(pair: Pair, sound: bytes) -> FileRef:
    """A voice is left, as kiosk.intercom.messages does it."""
    ref = FileRef(sha256=hashlib.sha256(sound).hexdigest(), size=len(sound), media_type="audio/ogg")
    pair.files.add(ref, iter([sound]))
    body = MessageLeft(call="01a2108b-1c11-7757-a23c-a2a668e46f55", topic="legal", voice=ref, seconds=2)
    pair.desk.call(pair.store.append, body)
    return ref


def test_the_voice_of_a_message_follows_its_entry_once_and_stays_no_longer_here(pair: Pair) -> None:
    pair.enrol()
    ref = _left(pair, b"OggS" + bytes(3000))
    assert pair.files.path(ref.sha256) is not None
    pair.restart()
    pair.sync.round()
    assert pair.server.hub.files.has(ref.sha256)
    assert pair.files.path(ref.sha256) is None
    pair.sync.round()  # nothing is sent twice, nor missed
    assert pair.server.hub.db.value("SELECT voice FROM message_left") == ref.sha256


def test_a_voice_that_is_lost_or_will_never_be_taken_stops_nothing(pair: Pair) -> None:
    pair.enrol()
    lost = _left(pair, b"lost")
    pair.files.remove(lost.sha256)
    large = _left(pair, bytes(VOICE_BYTES + 1))
    pair.sync.round()
    assert len(pair.taken()) == 2
    assert not pair.server.hub.files.has(large.sha256)
    pair.record(1)
    pair.sync.round()
    assert len(pair.taken()) == 3


def test_a_terminal_nobody_enrolled_is_told_so(pair: Pair) -> None:
    pair.record(1)
    pair.identity.enrolled("WX-0404", "")
    with pytest.raises(HubRefused) as refused:
        pair.sync.round()
    assert refused.value.details["problem"] == "station.unknown"


def test_with_the_commands_of_an_installer(tmp_path: Path) -> None:
    """`python -m hub serve --demo`, `enrol`, the terminal's own `enrol`: processes, as `make run` starts them."""
    port = steady_port()
    url = f"http://127.0.0.1:{port}"
    hub = [sys.executable, "-m", "hub", "--data-dir", str(tmp_path / "hub")]
    log = (tmp_path / "hub.log").open("wb")
    process = subprocess.Popen([*hub, "serve", "--demo", "--port", str(port)], cwd=ROOT, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{url}/readyz", timeout=5) as ready:
                    assert json.load(ready)["ready"] is True
                break
            except OSError:
                assert time.monotonic() < deadline, (tmp_path / "hub.log").read_text()
                assert process.poll() is None, (tmp_path / "hub.log").read_text()
                os.sched_yield()
        made = subprocess.run(
            [*hub, "enrol", "WX-0001", "--json"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        code = json.loads(made.stdout)["code"]
        kiosk = [sys.executable, "-m", "kiosk", "--data-dir", str(tmp_path / "kiosk")]
        enrolled = subprocess.run(
            [*kiosk, "enrol", code, "--hub", url, "--json"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert json.loads(enrolled.stdout) == {"station": "WX-0001"}
        again = subprocess.run(
            [*kiosk[:-1], str(tmp_path / "other"), "enrol", code, "--hub", url],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert again.returncode == 2
        assert json.loads(again.stderr.splitlines()[-1])["problem"] == "enrol.refused"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()
    assert "Traceback" not in (tmp_path / "hub.log").read_text()
