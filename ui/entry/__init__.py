"""Get in: the page of a terminal that stands at a door, and what is said at every door."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.pages import Args, PageSpec, Sample, Tile

if TYPE_CHECKING:
    from kiosk.app import Station
    from ui.context import UiContext
    from ui.viewmodel import ViewModel


def _door(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.entry.door_model import DoorModel

    return DoorModel(ui)


def _decided(result: str, reason: str, detail: str = "") -> Any:
    def prepare(model: Any) -> None:
        from kiosk.entry import EntryDecided
        from kiosk.protocol.entry import Reason, Result, Way

        door = model.ui.station.terminal_door
        model.ui.station.bus.publish(EntryDecided(door, Way.BELL, Result(result), Reason(reason), None, detail))

    return prepare


def _told(model: Any) -> bool:
    return bool(model.told)


def _samples() -> tuple[Sample, ...]:
    return (
        Sample("waiting", ready=lambda model: model.outlook != ""),
        Sample("opened", prepare=_decided("opened", "desk_away"), ready=_told),
        Sample("asked", prepare=_decided("asked", "identify"), ready=_told),
        Sample("refused", prepare=_decided("refused", "members_only"), ready=_told),
        Sample("failed", prepare=_decided("failed", "allowed"), ready=_told),
    )


def _stands_at_a_door(station: "Station") -> bool:
    return station.terminal_door != ""


PAGES = (PageSpec("entry.door", "entry/DoorPage.qml", _door, _samples),)
TILES = (
    Tile(
        page="entry.door",
        icon="mdi6.door-open",
        title=QT_TRANSLATE_NOOP("tiles", "开门进站"),
        hint=QT_TRANSLATE_NOOP("tiles", "会员码、身份证，或按门铃"),
        order=5,
        wide=True,
        when=_stands_at_a_door,
    ),
)
