"""Staff try the devices with the finger: what to do, "heard", what is wrong, and nobody else may."""

from typing import Any, cast

from kiosk.devices.io.demo import DemoBoard
from kiosk.devices.io.simulator import SimulatedBoard
from ui.stage import Stage

BELL = 1


def hand(stage: Stage) -> SimulatedBoard:
    board = cast(DemoBoard, stage.station.boards["room"])
    stage.until(lambda: board.hand is not None and stage.station.room.state.smoke is not None, "the board")
    assert board.hand is not None
    return board.hand


def opened(stage: Stage, pin: str = "2468") -> Any:
    stage.begin()
    if pin:
        stage.station.desk.call(stage.station.staff.unlock, pin)
    model = cast(Any, stage.face.navigator.open("station.trials"))
    stage.settle()
    return model


def verdict(model: Any, key: str) -> str:
    return next(str(row.verdict) for row in model.parts.rows if row.key == key)


def test_the_bell_is_pressed_and_heard(stage: Stage) -> None:
    room = hand(stage)
    model = opened(stage)
    stage.tap("门铃")
    stage.until(lambda: model.active, "what to do")
    assert model.toDo == "请按一下门口的铃。"
    assert stage.station.session.seconds_left() == float("inf")
    room.set_input(BELL, True)
    stage.spin(0.3)
    room.set_input(BELL, False)
    stage.until(lambda: verdict(model, "bell.front") == "收到了", "the verdict")
    assert not model.active
    assert stage.station.session.seconds_left() < 100


def test_a_trial_is_given_up_and_the_page_left(stage: Stage) -> None:
    hand(stage)
    model = opened(stage)
    stage.tap("门铃")
    stage.until(lambda: model.active, "what to do")
    stage.tap("不试了")
    stage.until(lambda: not model.active, "the end")
    assert verdict(model, "bell.front") == "还没试"
    stage.tap("门铃")
    stage.until(lambda: model.active, "what to do")
    stage.face.navigator.back()
    stage.until(lambda: stage.station.trials.running is None, "the end")


def test_nobody_else_tries_anything(stage: Stage) -> None:
    hand(stage)
    model = opened(stage, pin="")
    stage.tap("门铃")
    stage.settle()
    assert not model.active
    assert stage.station.trials.running is None
