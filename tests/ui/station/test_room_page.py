"""The page of the room follows the room, and says what it does not know."""

from kiosk.devices.io.demo import DemoBoard
from kiosk.station import RoomState
from ui.pages import Sample, all_pages
from ui.stage import Stage
from ui.station.room_model import RoomModel


def shown(model: RoomModel) -> dict[str, str]:
    return {row.label: row.value for row in (*model._facts.rows, *model._cabinets.rows)}


def test_what_the_sensors_say_is_on_the_page(stage: Stage) -> None:
    model = stage.show(all_pages()["station.room"], Sample("normal", ready=lambda m: m.facts.count > 0))
    assert isinstance(model, RoomModel)
    stage.until(lambda: "换电柜" in shown(model) and "烟雾报警器" in shown(model), "the board's first words")
    assert shown(model)["室内温度"] == "23.4 度"
    assert shown(model)["换电柜"] == "有 5 块电池可换（共 8 块）"
    board = stage.station.boards["room"]
    assert isinstance(board, DemoBoard)
    assert board.hand is not None
    board.hand.set_register(10, 0)
    stage.until(lambda: shown(model)["换电柜"] == "现在没有充好的电池", "an empty cabinet")


def test_what_is_not_known_is_called_unknown_and_never_empty(stage: Stage) -> None:
    model = stage.show(all_pages()["station.room"], Sample("normal"))
    assert isinstance(model, RoomModel)
    model.show_sample(RoomState())
    assert shown(model) == {"现在的人": "现在不知道"}
    model.show_sample(RoomState(occupied=True, people=None))
    assert shown(model)["现在的人"] == "里面有人"
    model.show_sample(RoomState(occupied=False, people=0))
    assert shown(model)["现在的人"] == "里面没有人"
