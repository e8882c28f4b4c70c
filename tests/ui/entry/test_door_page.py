"""The page at the door, and what is shown and said on every other page."""

import pytest

from kiosk.devices.io.demo import DemoBoard
from kiosk.entry import EntryDecided
from kiosk.protocol.entry import Reason, Result, Way
from ui.entry.strip import DoorStrip
from ui.pages import Sample, all_pages
from ui.stage import Stage


def strip(stage: Stage) -> DoorStrip:
    found = stage.face.navigator.findChild(DoorStrip)
    assert isinstance(found, DoorStrip)
    return found


def decided(stage: Stage, result: Result, reason: Reason = Reason.ALLOWED, detail: str = "") -> None:
    stage.station.bus.publish(EntryDecided("front", Way.BELL, result, reason, None, detail))
    stage.settle()


def test_the_key_opens_where_everybody_may_come_in(stage: Stage) -> None:
    model = stage.show(all_pages()["entry.door"], Sample("normal", ready=lambda m: m.outlook != ""))
    stage.tap("开门")  # no line, so the policy decides
    stage.until(lambda: model.property("told"), "the outcome")
    assert model.property("happened") == "值班员暂时联系不上，门为您开了，请进。"
    board = stage.station.boards["room"]
    assert isinstance(board, DemoBoard)
    assert board.hand is not None
    assert [relay for relay, _ in board.hand.pulses] == [0]
    assert stage.face.page is not None
    stage.tap("知道了")
    stage.until(lambda: not model.property("told"), "the page as before")


@pytest.mark.parametrize(
    ("result", "reason", "words"),
    [
        (Result.OPENED, Reason.ALLOWED, "门开了，请进。"),
        (Result.FAILED, Reason.ALLOWED, "门没有打开。"),
        (Result.REFUSED, Reason.FULL, "里面人满了，请稍等一会儿再来。"),
        (Result.REFUSED, Reason.NOT_VALID, "这个码或证件现在不能用。"),
        (Result.ASKED, Reason.IDENTIFY, "正在呼叫值班员，请稍等。"),
    ],
)
def test_every_outcome_is_on_the_screen_whatever_page_is_there(
    stage: Stage, result: Result, reason: Reason, words: str
) -> None:
    stage.begin()
    decided(stage, result, reason)
    assert strip(stage).property("wanted")
    assert strip(stage).property("title") == words
    strip(stage).hide()
    assert not strip(stage).property("wanted")


def test_an_expired_card_is_called_that_and_the_numbers_are_there_without_a_line(stage: Stage) -> None:
    stage.begin()
    decided(stage, Result.REFUSED, Reason.NOT_VALID, "entry.card_expired")
    assert strip(stage).property("title") == "这张身份证过期了。"
    assert "110" in strip(stage).property("detail")
    stage.face.settings.set_language("en")
    decided(stage, Result.REFUSED, Reason.NOT_VALID, "entry.card_expired")
    assert strip(stage).property("title") == "This ID card has expired."


def test_a_tile_leads_to_the_door_only_where_the_terminal_stands_at_one(stage: Stage) -> None:
    from ui.home.home_model import HomeModel

    stage.begin()
    model = stage.face.navigator.model
    assert isinstance(model, HomeModel)
    titles = [row.title for row in model._tiles.rows]
    assert titles[0] == "开门进站"
    doors = {name: door.model_copy(update={"at_terminal": False}) for name, door in stage.station.config.doors.items()}
    stage.station.config = stage.station.config.model_copy(update={"doors": doors})
    model.refresh()
    stage.settle()
    assert "开门进站" not in [row.title for row in model._tiles.rows]
