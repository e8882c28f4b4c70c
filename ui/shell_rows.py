"""Notices and posters of the catalogue as rows for QML."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from kiosk.app import ASSETS
from kiosk.protocol.station import NoticeDocument, PosterDocument

if TYPE_CHECKING:
    from ui.context import UiContext

_HASH = 64
_MOODS = {"info": "info", "advice": "warn", "warning": "bad"}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice for the home screen."""

    text: str
    mood: str
    iconName: str


@dataclass(frozen=True, slots=True)
class PosterRow:
    """`picture` is a file that exists, empty for a poster of words alone."""

    title: str
    text: str
    picture: QUrl


def notice_rows(notices: Iterable[NoticeDocument], ui: "UiContext") -> list[NoticeRow]:
    """Rows in the language of the screen."""
    icons = {"weather": "mdi6.weather-partly-cloudy", "news": "mdi6.bullhorn-outline"}
    return [NoticeRow(ui.text(n.text), _MOODS[n.level], icons[n.topic]) for n in notices]


def poster_rows(posters: Iterable[PosterDocument], ui: "UiContext") -> list[PosterRow]:
    """Rows in the language of the screen."""
    return [PosterRow(ui.text(poster.title), ui.text(poster.text), _picture(poster.picture, ui)) for poster in posters]


def _picture(name: str, ui: "UiContext") -> QUrl:
    if not name:
        return QUrl()
    path = ui.station.files.path(name) if len(name) == _HASH else ASSETS / "posters" / name
    return QUrl.fromLocalFile(str(path)) if path and path.is_file() else QUrl()
