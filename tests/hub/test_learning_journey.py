"""A course on its whole way: published at the hub, fetched, unpacked, taken, passed, certified, and looked up."""

import threading
from pathlib import Path
from typing import Any

import httpx

from hub.stations import new_enrolment
from kiosk.app import Station
from kiosk.config import HubConfig as Line
from kiosk.config import load_config
from kiosk.learning import CoursesChanged, CourseState
from kiosk.protocol.folder import PlainDocument
from kiosk.session import Person
from tests.kiosk.learning.conftest import RIGHT, PackMaker, course_document, publisher_document


def test_from_the_hub_and_back(server: Any, http: httpx.Client, tmp_path: Path) -> None:
    maker = PackMaker(tmp_path / "packs")
    maker.folder.mkdir()
    pack = maker()
    server.hub.files.add_path(pack)
    documents = [publisher_document(), course_document(pack)]
    server.hub.catalogue.publish([PlainDocument(kind=d.kind, id=d.id, body=d.body) for d in documents], owner="folder")
    (tmp_path / "usb").mkdir()
    config = load_config(
        None,
        data_dir=tmp_path / "kiosk",
        usb_dir=tmp_path / "usb",
        hub=Line(url=server.url),
        devices={"camera": "", "speech": "silent"},
    )
    station = Station(config)
    # The hub's clock stands still in these tests; the terminal's has to agree with it.
    server.hub.now = station.clock.now
    code, _ = new_enrolment(server.hub, "WX-0001")
    station.hub.enrol(code)
    arrived = threading.Event()

    def look(_: CoursesChanged) -> None:
        if station.desk.call(station.learning.courses)[0].state is CourseState.READY:
            arrived.set()

    station.bus.subscribe(CoursesChanged, look)
    station.start()
    try:
        assert arrived.wait(60)
        station.session.recognise(Person("aa" * 10))
        learning, call = station.learning, station.desk.call
        sitting = call(learning.open, "safety")
        for position in range(0, 60_001, 2000):
            call(learning.report, sitting.launch, "film", position)
        sheet = call(learning.ask, "safety")
        assert call(learning.hand_in, sheet.launch, {q: frozenset(chosen) for q, chosen in RIGHT.items()}).passed
        certificate = call(learning.certificate, "safety")
        assert certificate.address == f"{server.url}/verify/"
        assert station.sync is not None
        station.sync.round()  # what was recorded goes up now
        page = http.get(certificate.qr, headers={"Accept-Language": "en"})
        assert "This certificate is valid" in page.text
        assert certificate.number in page.text
    finally:
        station.stop()
