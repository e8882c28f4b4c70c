"""Members: show a code, be recognised, or hear why not."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.pages import Args, PageSpec, Sample, Tile

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.members.show_model import ShowCodeModel
    from ui.viewmodel import ViewModel


def _show(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.members.show_model import ShowCodeModel

    return ShowCodeModel(ui)


def _recognise(model: "ShowCodeModel") -> None:
    from kiosk.session import Person

    station = model.ui.station
    station.desk.post(station.session.recognise, Person("00" * 10, "model"))


def _refuse(model: "ShowCodeModel") -> None:
    from kiosk.members import MemberRefused

    model.ui.station.bus.publish(MemberRefused("member.expired"))


def _hint(model: "ShowCodeModel") -> None:
    from kiosk.devices.ports import ScanHint
    from kiosk.members import CodeHinted

    model.ui.station.bus.publish(CodeHinted(ScanHint.TILT))


def _ready(state: str) -> Any:
    return lambda model: model.state == state and (state != "recognised" or model.greeting != "")


def _samples() -> tuple[Sample, ...]:
    return (
        Sample("looking"),
        Sample("hinted", prepare=_hint),
        Sample("recognised", prepare=_recognise, ready=_ready("recognised")),
        Sample("expired", prepare=_refuse, ready=_ready("refused")),
        Sample("no_camera", prepare=lambda model: model.go_blind()),
    )


PAGES = (PageSpec("members.show", "members/ShowCodePage.qml", _show, _samples),)
TILES = (
    Tile(
        page="members.show",
        icon="mdi6.qrcode-scan",
        title=QT_TRANSLATE_NOOP("tiles", "亮会员码"),
        hint=QT_TRANSLATE_NOOP("tiles", "手机上的码，或会员卡"),
        order=40,
    ),
)
