"""The alarm: the strip that lies over every page while one lasts, and the page that says how it stands."""

from typing import TYPE_CHECKING

from ui.pages import Args, PageSpec, Sample

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.viewmodel import ViewModel


def _state(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.alarm.state_model import StateModel

    return StateModel(ui)


def _samples() -> tuple[Sample, ...]:
    from ui.alarm.samples import samples

    return samples()


PAGES = (PageSpec("alarm.state", "alarm/StatePage.qml", _state, _samples),)
