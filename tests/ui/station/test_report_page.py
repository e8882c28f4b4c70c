"""Reporting what is broken with the finger: two touches, a picture for who wants one, and news of the repair."""

from typing import Any, cast

from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.station_faults import FaultReported
from kiosk.session import Person
from ui.stage import Stage
from ui.station.report_model import ReportModel


def opened(stage: Stage) -> Any:
    stage.begin()
    model = cast(Any, stage.face.navigator.open("station.report"))
    stage.until(lambda: model.things.count > 0, "the things")
    stage.settle()
    return model


def written(stage: Stage) -> list[FaultReported]:
    entries = stage.station.desk.call(stage.station.store.journal.newest, "station.fault_reported", 9)
    return [cast(FaultReported, entry.parsed()) for entry in entries]


def test_two_touches(stage: Stage) -> None:
    model = opened(stage)
    stage.tap("饮水机")
    stage.tap("报修")
    stage.until(lambda: model.stage == "done", "the report")
    (body,) = written(stage)
    assert (body.thing, body.photo, body.member) == ("water", None, "")
    assert "网络一通就送到值班台" in model.thanks
    stage.tap("还有别的坏了")
    stage.until(lambda: any(row.note for row in model.things.rows), "what is known")


def test_a_picture_is_taken_seen_and_sent(stage: Stage) -> None:
    model = opened(stage)
    stage.tap("桌椅")
    stage.tap("加一张照片")
    stage.until(lambda: model.picture != "", "what the camera sees")
    assert stage.station.session.seconds_left() == float("inf")  # nobody is sent away while aiming
    stage.tap("拍下来")
    assert model.stage == "confirm"
    assert model.picture.startswith("data:image/jpeg;base64,")
    assert stage.station.session.seconds_left() < 100
    stage.tap("报修")
    stage.until(lambda: model.stage == "done", "the report")
    photo = written(stage)[0].photo
    assert photo is not None
    path = stage.station.files.path(photo.sha256)
    assert path is not None
    assert path.read_bytes()[:3] == b"\xff\xd8\xff"
    assert model.picture == ""  # nothing of it is left on the screen


def test_no_picture_after_all_and_the_camera_is_given_back(stage: Stage) -> None:
    model = opened(stage)
    stage.tap("灯")
    stage.tap("加一张照片")
    stage.until(lambda: model.picture != "", "what the camera sees")
    stage.tap("不拍了")
    assert (model.stage, model.picture) == ("confirm", "")
    stage.tap("不是这个")
    assert model.stage == "choose"
    stage.tap("门")
    stage.tap("加一张照片")
    stage.face.navigator.back()
    stage.settle()
    assert stage.station.session.seconds_left() < 100


def test_who_reported_it_hears_of_the_repair(stage: Stage) -> None:
    said: list[str] = []
    stage.begin()
    stage.station.desk.call(stage.station.session.recognise, Person("aa" * 10))
    model = opened(stage)
    stage.tap("冰箱")
    stage.tap("报修")
    stage.until(lambda: model.stage == "done", "the report")
    assert "下次来时告诉您" in model.thanks
    stage.station.session.finish()
    stage.settle()
    fault = written(stage)[0].fault
    body = {"thing": "fridge", "state": "repaired", "changed": stage.station.clock.now().isoformat()}
    document = Document(kind="station_fault", id=fault, revision=1, body=body)
    stage.station.desk.call(stage.station.store.catalogue.apply, CatalogueBatch(revision=1, documents=[document]))
    stage.face.voice.words_changed.connect(lambda: said.append(stage.face.voice.property("words")))
    stage.begin()
    stage.station.desk.call(stage.station.session.recognise, Person("aa" * 10))
    stage.until(lambda: any("冰箱修好了" in words for words in said), "the news")
    assert isinstance(model, ReportModel)
