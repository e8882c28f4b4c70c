"""Members: show a code, be recognised, or hear why not."""

from datetime import UTC, datetime
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


def _register(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.members.register_model import RegisterModel

    return RegisterModel(ui)


def _person(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.members.register_model import PersonModel

    return PersonModel(ui)


def _occupation(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.members.register_model import OccupationModel

    return OccupationModel(ui, args)


def _code(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.members.register_model import NewCodeModel

    return NewCodeModel(ui, args)


def _unknown_card(model: Any) -> None:
    from kiosk.members import CardSeen

    model.ui.station.bus.publish(CardSeen(known=False, valid=False))


def _both_ways(model: Any) -> None:
    model.show_ways(("id_card", "phone"), True)


def _register_samples() -> tuple[Sample, ...]:
    def asked(model: Any) -> bool:
        return bool(model.cards or model.phones or model.closed)

    return (
        Sample("choosing", ready=asked),
        Sample("both", prepare=_both_ways, ready=lambda model: model.hasCard),
        Sample("expired", prepare=_unknown_card, ready=lambda model: asked(model) and model.heard != ""),
    )


def _number(model: Any) -> None:
    model.named("王小明")
    model.goOn()
    for digit in "1380013":
        model.press(digit)


def _person_samples() -> tuple[Sample, ...]:
    return (
        Sample("name"),
        Sample("no_name", prepare=lambda model: model.goOn(), ready=lambda model: model.problem is not None),
        Sample("number", prepare=_number, ready=lambda model: not model.naming),
    )


def _printed(model: Any) -> None:
    from kiosk.members import SlipPrinted

    model.wait_for_paper()
    model.ui.station.bus.publish(SlipPrinted(True))


def _turned(model: Any) -> None:
    model.turn()


def _code_samples() -> tuple[Sample, ...]:
    until = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    args = {"code": "GH1:" + "NCFOXN%TS3DH3ZSUZK" * 11, "until": until}
    return (
        Sample("new", args),
        Sample("again", {**args, "again": True}),
        Sample("phone", {**args, "link": "https://desk.example.org/keep#" + "0oRDoQEm" * 22}, prepare=_turned),
        Sample("printed", args, prepare=_printed, ready=lambda model: model.printed == "good"),
    )


def _face(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.members.face_model import FaceModel

    return FaceModel(ui)


def _face_samples() -> tuple[Sample, ...]:
    def at(stage: str) -> Any:
        def prepare(model: Any) -> None:
            from ui.members.face_model import Stage

            model.go(Stage(stage))

        return prepare

    return tuple(Sample(stage, prepare=at(stage)) for stage in ("ask", "look", "kept", "failed", "gone"))


PAGES = (
    PageSpec("members.face", "members/FacePage.qml", _face, _face_samples),
    PageSpec("members.show", "members/ShowCodePage.qml", _show, _samples),
    PageSpec("members.register", "members/RegisterPage.qml", _register, _register_samples),
    PageSpec("members.person", "members/PersonPage.qml", _person, _person_samples),
    PageSpec("members.occupation", "members/OccupationPage.qml", _occupation),
    PageSpec("members.code", "members/NewCodePage.qml", _code, _code_samples),
)
TILES = (
    Tile(
        page="members.show",
        icon="mdi6.qrcode-scan",
        title=QT_TRANSLATE_NOOP("tiles", "亮会员码"),
        hint=QT_TRANSLATE_NOOP("tiles", "手机上的码，或会员卡"),
        order=40,
    ),
)
