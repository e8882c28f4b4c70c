"""A whole station with faces: a code, then the face of its member, then the door. With stand-in models."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app import ASSETS, Station, demo_station
from kiosk.devices.camera import SharedCamera
from kiosk.devices.ports import Scan
from kiosk.members import FaceTaken, MemberRefused
from tests.kiosk.devices.face.people import DETECTOR, RECOGNISER, PeopleCamera, stand_in
from tests.kiosk.devices.helpers import until
from tests.kiosk.test_station_room import bodies

RIDER = (ASSETS / "demo" / "codes" / "rider.txt").read_text("ascii").strip()
DEVICES = {"speech": "silent", "microphone": ""}


def made(folder: Path, camera: PeopleCamera, **faces: str) -> Station:
    station = demo_station(folder, devices=DEVICES, faces=faces)
    station.camera = SharedCamera(camera)
    station.start()
    return station


@pytest.fixture
def camera() -> PeopleCamera:
    return PeopleCamera()


@pytest.fixture
def station(tmp_path: Path, camera: PeopleCamera, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    running = made(tmp_path / "kiosk", camera, **stand_in(monkeypatch), use="confirm")
    yield running
    running.stop()


def show(station: Station) -> None:
    """The card of a rider before the scanner, by whoever holds it."""
    station.session.finish()
    station.desk.call(station.members._recent.clear)
    station.desk.call(station.members.handle, Scan(RIDER, "QRCode", "serial", 0.0))


def test_a_code_and_then_the_face_of_its_member(station: Station, camera: PeopleCamera) -> None:
    refused: list[str] = []
    taken: list[bool] = []
    station.bus.subscribe(MemberRefused, lambda event: refused.append(event.code))
    station.bus.subscribe(FaceTaken, lambda event: taken.append(event.ok))
    show(station)
    person = station.session.person
    assert person is not None
    camera.people = ((1, 4, 3),)
    station.desk.call(station.faces.enrol, person, "words")
    until(lambda: taken)
    assert taken == [True]

    show(station)
    assert station.session.person is None  # not before the face was seen
    assert refused == ["member.face_wanted"]
    until(lambda: station.session.person)
    assert station.session.person == person
    assert bodies(station, "member.refused") == []

    camera.people = ((7, 4, 3),)  # somebody else with that card
    show(station)
    until(lambda: refused[-1] == "member.face_differs", 15)
    assert station.session.person is None


def test_without_the_real_models_faces_are_not_offered(tmp_path: Path, camera: PeopleCamera) -> None:
    running = made(tmp_path / "kiosk", camera, detector=str(DETECTOR), recogniser=str(RECOGNISER))
    try:
        assert not running.faces.usable
        show(running)
        assert running.session.person is not None  # a code is a code
    finally:
        running.stop()
