"""Every touch goes through here first: it keeps the session alive, and the one that wakes the screen does no more."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow

from kiosk.session import Session, SessionState

_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress})
_REST = frozenset(
    {
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.KeyRelease,
    }
)
_ENDS = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.KeyRelease})


class FirstTouch(QObject):
    """An event filter on the window.

    Never on the application: a filter in Python is handed every object there is, also those that Qt's web engine is
    still constructing, and wrapping one of those ends the program (PySide6 6.11).
    """

    def __init__(self, window: QWindow, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waking = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWindow):
            return False
        kind = event.type()
        if kind in _PRESSES:
            if self._session.state is SessionState.IDLE:
                self._waking = True
                self._session.wake()
                return True
            self._waking = False
            self._session.touch()
            return False
        if kind in _REST and self._waking:
            self._waking = kind not in _ENDS
            return True
        return False
