"""A scan for names, phone and ID numbers: in every file of terminal and hub, every request, every line of a log.

People register, are recognised and take something; all of it goes to the hub over a real line and on a stick. What is
looked for is looked for as it is, in hex, in base64 and as JSON would escape it.
"""

import base64
import gzip
import json
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.config import HubConfig
from hub.members_registration import Registry
from hub.publishing import FOLDER
from hub.stations import new_enrolment
from kiosk.clock import ManualClock
from kiosk.config import HubConfig as LineConfig
from kiosk.desk import Desk
from kiosk.devices.id_reader.simulator import somebody
from kiosk.events import EventBus
from kiosk.network import Network
from kiosk.protocol.folder import read_folder
from kiosk.protocol.registration import Occupation
from kiosk.protocol.supplies import SupplyTakenBody
from kiosk.storage.files import FileStore
from kiosk.sync.applying import Applying
from kiosk.sync.client import HubClient
from kiosk.sync.runner import Sync
from kiosk.sync.stick import Stick
from tests.hub.bad_line import BadLine
from tests.hub.conftest import Server, Time
from tests.hub.test_registration import CATALOGUE
from tests.kiosk.booths import Booth

PEOPLE = (("王小明", "13800138000"), ("欧阳娜娜", "13912345678"))
SEEDS = (1, 2, 3)


def secrets() -> dict[str, bytes]:
    """What must be nowhere, in each way in which it could be written."""
    plain = [text for person in PEOPLE for text in person]
    cards = [somebody(seed) for seed in SEEDS]
    plain += [text for card in cards for text in (card.name, card.number) if text]
    found: dict[str, bytes] = {}
    for text in plain:
        raw = text.encode()
        found |= {text: raw, f"{text} in UTF-16": text.encode("utf-16-le"), f"{text} in hex": raw.hex().encode()}
        found[f"{text} in JSON"] = json.dumps(text).strip('"').encode()
        for shift in range(3):  # wherever it stands in what was encoded
            encoded = base64.b64encode(b"\0" * shift + raw).rstrip(b"=")
            found[f"{text} in base64 +{shift}"] = encoded[(0, 2, 3)[shift] : -1]
    return found


def unpacked(request: bytes) -> bytes:
    """A request with its body as it was before compression."""
    head, _, body = request.partition(b"\r\n\r\n")
    try:
        return head + gzip.decompress(body)
    except (OSError, EOFError, zlib.error):
        return request


@pytest.fixture
def hub(tmp_path: Path, clock: ManualClock) -> Iterator[Server]:
    time = Time()
    time.at = clock.now()
    server = Server(HubConfig(data_dir=tmp_path / "hub"), time)
    server.hub.catalogue.publish(read_folder(CATALOGUE), FOLDER)
    yield server
    server.stop()


def test_nobody_is_named_anywhere(
    tmp_path: Path, clock: ManualClock, hub: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    registry, line = Registry(hub.hub), BadLine(hub.port, 1)
    line.calm = True
    booth, desk, network = Booth(tmp_path / "kiosk", clock), Desk(), Network()
    desk.call = lambda fn, *args: fn(*args)  # type: ignore[method-assign]
    code, _ = new_enrolment(hub.hub, "WX-0001")
    client = HubClient(LineConfig(url=line.url), booth.identity, clock)
    client.enrol(code)
    applying = Applying(booth.store, lambda _revision, _kinds: None)
    files = FileStore(booth.folder / "files")
    sync = Sync(client, booth.store, files, desk, network, EventBus(), lambda: booth.identity.station_id, applying)
    media = tmp_path / "media"
    (media / "STICK").mkdir(parents=True)
    stick = Stick(
        media, booth.store, files, booth.identity, desk, EventBus(), applying, list, lambda _: True, lambda _: True
    )
    try:
        sync.round()
        for name, phone in PEOPLE:
            made = booth.registrar.by_phone(name, phone, Occupation.RIDER)
            booth.show(made.code)
        for seed in SEEDS:
            booth.session.finish()
            booth.register_card(seed)
            booth.session.finish()
            person = booth.lay(seed)
            day = clock.now().date()
            booth.store.append(SupplyTakenBody(item="water", session="s", day=day, quantity=1, person=person))
        stick.exchange()
        sync.round()
        while registry.look():
            pass
        sync.round()
    finally:
        sync.stop()
        network.stop()
        desk.close()
        line.close()
        booth.store.close()
    assert hub.hub.db.value("SELECT COUNT(*) FROM members_registration") == len(PEOPLE) + len(SEEDS)
    traffic = b"\n".join(unpacked(request) for request in line.requests)
    assert b"member.registered" in traffic, "it was looked into"
    places = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    places |= {"traffic": traffic, "log": caplog.text.encode()}
    found = [(place, name) for place, kept in places.items() for name, bits in secrets().items() if bits in kept]
    assert found == []


def test_the_scan_would_find_them() -> None:
    name = PEOPLE[1][0]
    for shift in range(3):
        kept = base64.b64encode(b"x" * shift + json.dumps([name], ensure_ascii=False).encode())
        assert any(bits in kept for bits in secrets().values()), shift
    assert unpacked(b"POST / HTTP/1.1\r\n\r\n" + gzip.compress(name.encode())).endswith(name.encode())
