"""Home: large tiles, the notices of the day, and who is here."""

from typing import TYPE_CHECKING

from ui.pages import Args, PageSpec, Sample

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.viewmodel import ViewModel


def _home(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.home.home_model import HomeModel

    return HomeModel(ui)


def _samples() -> tuple[Sample, ...]:
    return (Sample("normal"),)


PAGES = (PageSpec("home.main", "home/HomePage.qml", _home, _samples),)
