"""A face with the finger: agree, be seen, come back, be known; and gone on the spot. With stand-in models."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app import demo_station
from kiosk.clock import ManualClock
from kiosk.devices.camera import SharedCamera
from kiosk.session import Person
from tests.kiosk.devices.face.people import PeopleCamera, stand_in
from ui.stage import Stage

ALICE = Person("aa" * 10, "member")


@pytest.fixture
def camera() -> PeopleCamera:
    return PeopleCamera()


@pytest.fixture
def stage(
    app: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, camera: PeopleCamera
) -> Iterator[Stage]:
    models = stand_in(monkeypatch)
    devices = {"speech": "silent", "microphone": ""}
    station = demo_station(tmp_path / "kiosk", ManualClock(), devices=devices, faces={**models, "use": "alone"})
    station.camera = SharedCamera(camera)
    station.start()
    complaints: list[str] = []
    made = Stage(station, app, complaints)
    yield made
    made.close()
    station.stop()
    assert complaints == []


def known(stage: Stage) -> Any:
    """A member whom a code has made known, on their page."""
    stage.begin()
    model = cast(Any, stage.face.navigator.open("members.show"))
    stage.station.desk.call(stage.station.session.recognise, ALICE)
    stage.until(lambda: model.state == "recognised", "the member")
    stage.settle()
    return model


def page(stage: Stage) -> Any:
    stage.until(lambda: stage.face.navigator.page_name == "members.face" and stage.face.page is not None, "the page")
    stage.settle()
    return stage.face.navigator.model


def test_a_face_is_agreed_to_taken_known_and_deleted(stage: Stage, camera: PeopleCamera) -> None:
    known(stage)
    stage.tap("人脸")
    face = page(stage)
    assert face.stage == "ask"
    assert len(face.terms) == 5
    stage.tap("同意，用人脸")
    stage.until(lambda: "没有看到脸" in face.hint, "advice")
    camera.people = ((1, 4, 3),)
    stage.until(lambda: face.stage == "kept", "the face")
    stage.tap("好了")
    stage.station.session.finish()
    stage.settle()

    stage.begin()  # another day, with empty hands
    show = cast(Any, stage.face.navigator.open("members.show"))
    stage.until(lambda: show.state == "recognised", "who that is")
    person = stage.station.session.person
    assert person is not None
    assert (person.ref, person.way) == (ALICE.ref, "face")
    stage.tap("人脸")
    face = page(stage)
    stage.until(lambda: face.stage == "kept", "what is here")
    stage.tap("删掉我的人脸")
    stage.until(lambda: face.stage == "gone", "the end of it")
    assert not stage.station.desk.call(stage.station.faces.has, ALICE)
    kinds = [entry.kind for entry in stage.station.desk.call(stage.station.store.journal.newest, "member.face", 9)]
    assert kinds == ["member.face_deleted", "member.face_enrolled"]


def test_no_is_no(stage: Stage, camera: PeopleCamera) -> None:
    camera.people = ((1, 4, 3),)
    known(stage)
    stage.tap("人脸")
    page(stage)
    stage.tap("不用人脸")
    stage.settle()
    assert stage.face.navigator.page_name == "members.show"
    assert not stage.station.desk.call(stage.station.faces.has, ALICE)


def test_whoever_leaves_meanwhile_is_not_enrolled(stage: Stage, camera: PeopleCamera) -> None:
    known(stage)
    stage.tap("人脸")
    page(stage)
    stage.tap("同意，用人脸")
    stage.station.session.finish()
    stage.settle()
    camera.people = ((1, 4, 3),)
    stage.spin(1.5)
    assert not stage.station.desk.call(stage.station.faces.has, ALICE)
