"""Keys of a scanner that types like a keyboard, taken out of the stream of keys before any control sees them."""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from kiosk.devices.scanner.wedge import GAP, WedgeResult, WedgeScanner

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


@dataclass(frozen=True, slots=True)
class _Key:
    """A key press as it came, to be sent on if it was a person's."""

    key: int
    modifiers: "Qt.KeyboardModifier"
    text: str


class WedgeFilter(QObject):
    """An event filter for the window. A person's keys go on to the control that has the focus, at most `GAP`
    seconds later and in their order; a scan's keys go to the wedge scanner and to nobody else."""

    def __init__(self, scanner: WedgeScanner, parent: QObject) -> None:
        super().__init__(parent)
        self._scanner = scanner
        self._held: deque[_Key] = deque()
        self._swallowed: set[int] = set()  # keys whose press was used up: their release is nobody's either
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setInterval(round(GAP * 1000) + 10)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_idle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Keys come to the window first; what the window sends on to its items passes here again and is left alone.
        if self._replaying or event.type() not in _KEYS or not isinstance(watched, QWindow):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._on_release(event)
        return self._on_press(event)

    def _on_press(self, event: QKeyEvent) -> bool:
        key = _Key(event.key(), event.modifiers(), event.text())
        char = "\r" if key.key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else key.text
        printable = len(char) == 1 and (char == "\r" or char.isprintable())
        held = Qt.KeyboardModifier
        commands = held.ControlModifier | held.AltModifier | held.MetaModifier
        if not printable or event.isAutoRepeat() or event.modifiers() & commands:
            self._apply(self._scanner.flush())
            return False
        self._held.append(key)
        result = self._scanner.key(char)
        if not result.consumed:
            self._held.pop()
        self._apply(result)
        if result.consumed:
            self._swallowed.add(key.key)
        return result.consumed

    def _on_release(self, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed and not event.isAutoRepeat():
            self._swallowed.discard(event.key())
            return True
        return False

    @Slot()
    def _on_idle(self) -> None:
        self._apply(self._scanner.idle())

    def _apply(self, result: WedgeResult) -> None:
        for _ in result.replay:
            if self._held:
                self._send(self._held.popleft())
        if not self._scanner.holding:
            self._held.clear()
            self._timer.stop()
        else:
            self._timer.start()

    def _send(self, key: _Key) -> None:
        window = QGuiApplication.focusWindow()
        if window is None:
            return
        self._replaying = True
        try:
            for kind in _KEYS:
                QCoreApplication.sendEvent(window, QKeyEvent(kind, key.key, key.modifiers, key.text))
        finally:
            self._replaying = False
