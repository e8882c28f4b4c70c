"""The page with real pixels: a code before the simulated camera, the frame round it, greetings, refusals, no camera."""

from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from kiosk.app import ASSETS
from kiosk.devices.camera import SyntheticCamera
from kiosk.devices.ports import DeviceState, ScanHint
from kiosk.members import CodeHinted, MemberRefused
from kiosk.members.errors import MemberCodeRefused
from ui.members.pictures import CameraPictures
from ui.members.show_model import ShowCodeModel
from ui.problems import all_problems
from ui.stage import Stage

REFUSALS = sorted(kind.code for kind in MemberCodeRefused.__subclasses__())


def code(name: str) -> str:
    return (ASSETS / "demo" / "codes" / f"{name}.txt").read_text("ascii").strip()


def opened(stage: Stage) -> ShowCodeModel:
    stage.begin()
    model = cast(ShowCodeModel, stage.face.navigator.open("members.show"))
    stage.settle()
    return model


def camera(stage: Stage) -> SyntheticCamera:
    driver = stage.station.camera.driver
    assert isinstance(driver, SyntheticCamera)
    return driver


def test_a_code_held_before_the_camera_is_framed_and_greeted(stage: Stage) -> None:
    model = opened(stage)
    stage.until(lambda: model.property("picture") != "", "a picture")
    assert model.property("state") == "looking"
    framed: list[Any] = []
    model.picture_changed.connect(lambda: framed.append(str(model.property("corners")).split()))
    stage.tap("环卫工")
    stage.until(lambda: model.property("state") == "recognised", "recognition")
    stage.until(lambda: model.property("greeting") == "您好，劳动模范！", "the greeting")
    stage.until(lambda: any(len(corners) == 5 for corners in framed), "a frame round the code")
    corners = next(corners for corners in framed if len(corners) == 5)
    assert all(0.0 <= float(part) <= 1.0 for corner in corners for part in corner.split(","))
    person = stage.station.session.person
    assert person is not None
    assert person.tier == "model"
    stage.tap("选服务")
    assert stage.face.navigator.page_name == "home.main"
    assert stage.station.session.person == person  # still here


def test_the_camera_is_looked_at_only_while_somebody_is_here(stage: Stage) -> None:
    model = opened(stage)
    stage.until(lambda: camera(stage).health().state is DeviceState.WELL, "the camera")
    stage.until(lambda: model.property("picture") != "", "a picture")
    stage.station.session.finish()
    stage.settle()
    assert CameraPictures.shown.isNull()  # nothing of the last visitor stays
    stage.until(lambda: camera(stage).health().state is DeviceState.OFF, "the camera's rest")


def test_a_refusal_that_is_dismissed_is_gone(stage: Stage) -> None:
    model = opened(stage)
    stage.station.bus.publish(MemberRefused("member.expired"))
    stage.until(lambda: model.property("state") == "refused", "the refusal")
    stage.settle()
    stage.tap("知道了")
    assert model.property("state") == "looking"
    assert model.property("problem") is None
    assert stage.face.voice.property("words") == ""  # a silent machine does not show them twice


@pytest.mark.parametrize("refusal", REFUSALS)
def test_every_refusal_has_its_own_sentence_and_a_next_step(stage: Stage, refusal: str) -> None:
    model = opened(stage)
    stage.station.bus.publish(MemberRefused(refusal))
    stage.until(lambda: model.property("state") == "refused", "the refusal")
    problem = model.property("problem")
    others = [text.sentence for name, text in all_problems().items() if name != refusal]
    assert problem.property("code") == refusal
    assert problem.property("sentence") not in others
    assert problem.property("nextStep")
    stage.settle()
    stage.tap("再试一次")
    assert model.property("state") == "looking"


def test_a_hint_is_shown_and_gone_when_the_code_is_read(stage: Stage) -> None:
    model = opened(stage)
    plain = model.property("hint")
    stage.station.bus.publish(CodeHinted(ScanHint.CLOSER))
    stage.until(lambda: model.property("hinted"), "the hint")
    assert model.property("hint") != plain
    camera(stage).show(_picture("rider"))
    stage.until(lambda: model.property("state") == "recognised", "recognition")


def test_without_a_camera_the_page_says_so_and_leads_on(stage: Stage) -> None:
    model = opened(stage)
    camera(stage).unplug()
    stage.until(lambda: model.property("state") == "blind", "the loss of the camera")
    assert "扫码口" not in model.property("hint")  # this station has no scanner either
    camera(stage).plug()
    stage.until(lambda: model.property("state") == "looking", "its return")
    camera(stage).unplug()
    stage.until(lambda: model.property("state") == "blind", "the second loss")
    stage.tap("不亮码，直接用")
    assert stage.face.navigator.page_name == "home.main"


def test_on_the_home_page_a_code_opens_the_member_s_page(stage: Stage) -> None:
    stage.begin()
    for char in code("driver") + "\r":
        stage.station.wedge.key(char)
    stage.until(lambda: stage.face.navigator.page_name == "members.show", "the member's page")
    stage.until(lambda: stage.face.navigator.model.property("state") == "recognised", "who it is")  # type: ignore[union-attr]


def test_in_the_middle_of_something_a_member_is_greeted_and_not_moved(stage: Stage) -> None:
    stage.begin()
    stage.face.navigator.open("services.list")
    for char in code("driver") + "\r":
        stage.station.wedge.key(char)
    stage.until(lambda: "工匠会员" in stage.face.voice.property("words"), "the greeting in words")
    assert stage.face.navigator.page_name == "services.list"
    for char in code("expired") + "\r":
        stage.station.wedge.key(char)
    stage.until(lambda: "过期" in stage.face.voice.property("words"), "the refusal in words")
    assert stage.face.navigator.page_name == "services.list"


def test_the_next_person_s_code_ends_the_first_one_s_pages(stage: Stage) -> None:
    stage.begin()
    for char in code("driver") + "\r":
        stage.station.wedge.key(char)
    stage.until(lambda: stage.station.session.person is not None, "the first person")
    stage.settle()
    first, person = stage.station.session.id, stage.station.session.person
    stage.face.navigator.open("services.list")
    for char in code("rider") + "\r":
        stage.station.wedge.key(char)
    stage.until(lambda: stage.station.session.person not in (None, person), "the second person")
    stage.until(lambda: stage.face.navigator.page_name == "members.show", "the second person's page")
    assert stage.station.session.id != first
    assert stage.face.navigator.depth == 2


def test_a_wedge_that_types_into_the_window_is_a_scan(stage: Stage) -> None:
    stage.begin()
    stage.face.window.requestActivate()
    for char in code("cleaner") + "\r":
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
            QCoreApplication.sendEvent(stage.face.window, event)
    stage.until(lambda: stage.station.session.person is not None, "recognition")


def _picture(name: str) -> Any:
    import cv2
    import numpy as np

    picture = cv2.imdecode(np.fromfile(ASSETS / "demo" / "codes" / f"{name}.png", np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture
