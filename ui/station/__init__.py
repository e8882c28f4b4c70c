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
        Sample("broken", prepare=_broken, ready=lambda model: model.faults.count > 0),
        Sample("unheard", prepare=_unheard),
    )


def _report(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.station.report_model import ReportModel

    return ReportModel(ui)


def _broken(model: Any) -> None:
    """Some reports, for the pages to show."""
    from kiosk.protocol.station_faults import Thing

    reports = model.ui.station.fault_reports
    known = {row.thing for row in model.ui.station.desk.call(reports.rows)}
    for thing in {Thing.WATER, Thing.SEAT} - known:
        model.ui.station.desk.call(reports.report, thing)
    model.refresh()


def _chosen(model: Any) -> None:
    model.choose("water")


def _aimed(model: Any) -> None:
    model.choose("seat")
    model.aim()


def _sent(model: Any) -> None:
    model.choose("light")
    model.send()


def _report_samples() -> tuple[Sample, ...]:
    def at(stage: str) -> Any:
        return lambda model: model.stage == stage

    return (
        Sample("choosing", ready=lambda model: model.things.count > 0),
        Sample("known", prepare=_broken, ready=lambda model: any(row.note for row in model.things.rows)),
        Sample("confirming", prepare=_chosen, ready=at("confirm")),
        Sample("aiming", prepare=_aimed, ready=lambda model: model.picture != ""),
        Sample("done", prepare=_sent, ready=at("done")),
    )


def _trials(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.station.trials_model import TrialsModel

    return TrialsModel(ui)


def _told(*outcomes: tuple[str, bool | None, str]) -> Any:
    """As if devices had been tried."""

    def prepare(model: Any) -> None:
        from kiosk.station.trials import Fault, Trial, TrialChanged

        parts = model.ui.station.trials.parts
        for part, passed, fault in outcomes:
            trial = Trial(
                part, parts[part].method, passed, Fault(fault) if fault else None, "room.coil.3" if fault else ""
            )
            model.ui.station.trials.show(trial)
            model.ui.station.bus.publish(TrialChanged(trial))

    return prepare


def _trial_samples() -> tuple[Sample, ...]:
    done = (("camera", True, ""), ("alarm_button", True, ""), ("siren", False, "no_feedback"))
    return (
        Sample("list", prepare=_told(*done), ready=lambda model: not model.active),
        Sample("pressing", prepare=_told(("bell.front", None, "")), ready=lambda model: model.active),
        Sample("asking", prepare=_told(("speech", None, "")), ready=lambda model: model.asks),
    )


def _carry(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.station.carry_model import CarryModel

    return CarryModel(ui)


def _carried(busy: bool = False, problem: str = "", **done: Any) -> Any:
    """As if a stick had been there."""

    def prepare(model: Any) -> None:
        from kiosk.station.carrying import Carried, CarryChanged

        model.show_sample(CarryChanged(busy, Carried(**done) if done else None, problem))

    return prepare


def _carry_samples() -> tuple[Sample, ...]:
    carried = _carried(written=1284, attachments=2, revision=317, files=3, confirmed=900)
    return (
        Sample("normal", ready=lambda model: model.waiting > 0),
        Sample("working", prepare=_carried(busy=True), ready=lambda model: model.working),
        Sample("carried", prepare=carried, ready=lambda model: model.outcome != ""),
        Sample("absent", prepare=_carried(problem="stick.absent"), ready=lambda model: model.refusal != ""),
        Sample("poison", prepare=_apart, ready=lambda model: model.poison.count > 0),
    )


def _apart(model: Any) -> None:
    """As if the hub had not taken one of the first entries."""
    station = model.ui.station
    station.desk.call(station.store.set_meta, "sync.poison.2", "body.quantity: Input should be greater than 0")
    model.refresh()


PAGES = (
    PageSpec("station.room", "station/RoomPage.qml", _room, _samples, for_desk=True),
    PageSpec("station.trials", "station/TrialsPage.qml", _trials, _trial_samples),
    PageSpec("station.carry", "station/CarryPage.qml", _carry, _carry_samples),
    PageSpec("station.report", "station/ReportPage.qml", _report, _report_samples),
)
TILES = (
    Tile(
        page="station.room",
        icon="mdi6.home-thermometer-outline",
        title=QT_TRANSLATE_NOOP("tiles", "本站设施"),
        hint=QT_TRANSLATE_NOOP("tiles", "温度、换电柜、有没有位子"),
        order=50,
    ),
)
