"""Leaving a message on the screen: said or typed, heard again, with a number or without."""

import pytest

from kiosk.intercom.errors import MicrophoneMissing
from kiosk.protocol.intercom_talk import MessageLeft
from ui.intercom.message import MessageModel
from ui.reading import page_text
from ui.stage import Stage

PAGE = "intercom.message"


@pytest.fixture
def booth(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setenv("YIZHAN_SOURCE_SPEED", "10")
    stage.begin()
    stage.face.navigator.open(PAGE, {"topic": "employment"})
    stage.settle()
    return stage


def model_of(stage: Stage) -> MessageModel:
    model = stage.face.navigator.model
    assert isinstance(model, MessageModel)
    return model


def left(stage: Stage) -> list[MessageLeft]:
    bodies = stage.station.desk.call(lambda: [entry.parsed() for entry in stage.station.store.journal.all()])
    return [body for body in bodies if isinstance(body, MessageLeft)]


def test_a_voice_is_left_with_a_number(booth: Stage) -> None:
    model = model_of(booth)
    assert "现在没有网络" in page_text(booth.face.page)
    booth.tap("说一段话")
    booth.until(lambda: model.level > 0.3 and model.seconds >= 1)
    assert booth.station.session.seconds_left() == float("inf")  # nobody is sent away in mid-sentence
    booth.tap("说完了")
    booth.until(lambda: model.stage == "recorded")
    assert booth.station.session.seconds_left() < 1000
    booth.settle()
    booth.tap("下一步")
    booth.settle()
    for digit in "139":
        booth.tap(digit)
    booth.tap("送出")
    booth.until(lambda: model.stage == "done")
    (message,) = left(booth)
    assert (message.topic, message.contact) == ("employment", "139")
    assert message.voice is not None
    assert booth.station.files.path(message.voice.sha256) is not None
    booth.settle()
    booth.tap("回到首页")
    booth.until(lambda: booth.face.navigator.page_name == "home.main")


def test_a_few_words_without_a_number(booth: Stage) -> None:
    booth.tap("写几个字")
    booth.settle()
    model = model_of(booth)
    model.written("门口的灯坏了")
    model.goOn()
    booth.settle()
    booth.tap("不留电话，送出留言")
    booth.until(lambda: model.stage == "done")
    assert [(message.text, message.contact, message.voice) for message in left(booth)] == [("门口的灯坏了", "", None)]


def test_who_leaves_the_page_leaves_nothing_behind(booth: Stage) -> None:
    booth.tap("说一段话")
    booth.until(lambda: model_of(booth).level > 0.3)
    booth.face.navigator.home()
    booth.settle()
    assert booth.station.messages.draft == 0
    assert left(booth) == []
    assert booth.station.session.seconds_left() < 1000


def test_a_microphone_that_fails_says_so_and_offers_to_write(booth: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def record(*_: object) -> None:
        raise MicrophoneMissing(problem="busy")

    monkeypatch.setattr(booth.station.messages, "record", record)
    booth.tap("说一段话")
    booth.settle()
    assert "没有录到声音" in page_text(booth.face.page)
    booth.tap("写几个字")
    booth.until(lambda: model_of(booth).stage == "writing")


def test_what_was_said_can_be_said_again(booth: Stage) -> None:
    booth.tap("说一段话")
    model = model_of(booth)
    booth.until(lambda: model.seconds >= 1)
    booth.tap("说完了")
    booth.until(lambda: model.stage == "recorded")
    booth.settle()
    booth.tap("重新说")
    booth.until(lambda: model.stage == "recording")
    assert booth.station.messages.draft == 0
