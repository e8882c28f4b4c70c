"""The room of this station: its climate, its cabinets, who is in it as far as that is known."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.pages import Args, PageSpec, Sample, Tile

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.viewmodel import ViewModel


def _room(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.station.room_model import RoomModel

    return RoomModel(ui)


def _unheard(model: Any) -> None:
    from kiosk.station import RoomState

    model.show_sample(RoomState())


def _warm(model: Any) -> None:
    from kiosk.station import RoomState

    model.show_sample(RoomState(occupied=True, people=7, celsius=31.5, humidity=82.0, smoke=True))


def _samples() -> tuple[Sample, ...]:
    return (
        Sample("normal", ready=lambda model: model.facts.count > 0),
        Sample("warm", prepare=_warm),
        Sample("unheard", prepare=_unheard),
    )


PAGES = (PageSpec("station.room", "station/RoomPage.qml", _room, _samples, for_desk=True),)
TILES = (
    Tile(
        page="station.room",
        icon="mdi6.home-thermometer-outline",
        title=QT_TRANSLATE_NOOP("tiles", "本站设施"),
        hint=QT_TRANSLATE_NOOP("tiles", "温度、换电柜、有没有位子"),
        order=50,
    ),
)
