"""The registry of pages and home tiles, filled by what each `ui/<feature>/__init__.py` exports."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl

from ui.discovery import UI, feature_names

if TYPE_CHECKING:
    from kiosk.app import Station
    from ui.context import UiContext
    from ui.viewmodel import ViewModel

Args = Mapping[str, object]


@dataclass(frozen=True)
class Sample:
    """A state of a page that screenshots, screen checks and the self-test render with the demo station.

    `state` names it ("empty", "failed", …). `prepare(model)` brings the fresh model there, on the Qt thread; what it
    starts on the desk is waited for. `ready(model)` is asked until it is true, for states that need more than that.
    """

    state: str
    args: Args = field(default_factory=dict)
    prepare: Callable[[Any], object] | None = None
    ready: Callable[[Any], bool] | None = None


def _one_sample() -> tuple[Sample, ...]:
    return (Sample("normal"),)


@dataclass(frozen=True)
class PageSpec:
    """A page: its name ("supplies.take"), its QML below ui/, and who makes its view-model.

    `for_desk`: the duty desk may lay it before a visitor in a call. None that writes anything, or is staff's.
    """

    name: str
    qml: str
    model: Callable[["UiContext", Args], "ViewModel"]
    samples: Callable[[], tuple[Sample, ...]] = _one_sample
    for_desk: bool = False

    @property
    def url(self) -> QUrl:
        return QUrl.fromLocalFile(str(UI / self.qml))

    @property
    def feature(self) -> str:
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Tile:
    """A tile of the home screen. `title` and `hint` are marked with QT_TRANSLATE_NOOP("tiles", …)."""

    page: str
    icon: str
    title: str
    hint: str = ""
    order: int = 100
    args: Args = field(default_factory=dict)
    main: bool = False  # the one in red
    wide: bool = False  # over two columns
    when: Callable[["Station"], bool] = lambda _station: True  # whether this station has it


@cache
def all_pages() -> dict[str, PageSpec]:
    """Every page by name. Raises ValueError when two have one name or a name is not of its feature."""
    found: dict[str, PageSpec] = {}
    for feature in feature_names():
        for spec in getattr(importlib.import_module(f"ui.{feature}"), "PAGES", ()):
            if spec.name in found or spec.feature != feature:
                raise ValueError(f"page {spec.name} in ui/{feature}")
            found[spec.name] = spec
    return found


@cache
def all_tiles() -> tuple[Tile, ...]:
    """The tiles of the home screen in their order."""
    tiles = (tile for name in feature_names() for tile in getattr(importlib.import_module(f"ui.{name}"), "TILES", ()))
    return tuple(sorted(tiles, key=lambda tile: (tile.order, tile.page)))
