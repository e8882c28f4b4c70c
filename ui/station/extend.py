"""What the room brings to the program beside its pages: who reported something hears that it is repaired."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kiosk.devices.ports import SpeechPriority
from kiosk.station import FaultsRepaired
from ui.station.words import repaired_words

if TYPE_CHECKING:
    from ui.app import Face
    from ui.context import UiContext


class _Teller(QObject):
    """Lives as long as the face."""

    def __init__(self, ui: "UiContext", parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        ui.relay.subscribe(FaultsRepaired, self._on_repaired)

    def _on_repaired(self, event: FaultsRepaired) -> None:
        self._ui.say(repaired_words(event.things), SpeechPriority.RESULT)


def extend(face: "Face") -> None:
    """Called once for each face, before its window is made."""
    face.later(lambda: _Teller(face.context, face.relay))
