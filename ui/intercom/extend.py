"""What calls bring to the program beside their pages: the call itself, on every page, and its memory given back."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from ui.intercom.strip import CallStrip

if TYPE_CHECKING:
    from ui.app import Face
    from ui.navigator import Navigator

_AFTER_MS = 3000  # the engine takes its view and its renderer down meanwhile


class Tidier(QObject):
    """Waits until the page of calls is gone for a while."""

    def __init__(self, navigator: "Navigator") -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._used = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_AFTER_MS)
        self._wait.timeout.connect(self._tidy)
        navigator.current_changed.connect(self._look)

    @Slot()
    def _look(self) -> None:
        if self._navigator.page_name == "intercom.help":
            self._used = True
            self._wait.stop()
        elif self._used and not self._wait.isActive():
            self._wait.start()

    @Slot()
    def _tidy(self) -> None:
        from kiosk.memory import give_back

        self._used = False
        threading.Thread(target=give_back, name="tidy", daemon=True).start()


def extend(face: "Face") -> None:
    """Called once for each face, before its window is made."""
    Tidier(face.navigator)
    strip = CallStrip(face.context)
    face.strips.append(("intercom/CallStrip.qml", strip))
    face.later(strip.prepare)
