"""The ten seconds in which something can be taken back, counted down for the visitor to see."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.clock import Clock

_TICK_MS = 200


class UndoWindow(QObject):
    """`open` while there is time, `secondsLeft` and `share` (1 → 0) of it; `undo()` asks for it, once."""

    changed = Signal()

    def __init__(self, clock: Clock, ask: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._ask = ask
        self._entry = ""
        self._seconds = 1.0
        self._until = 0.0  # monotonic seconds
        self._asked = False
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    def begin(self, entry: str, seconds: float) -> None:
        """The entry can be undone for so many seconds."""
        self._entry, self._seconds, self._asked = entry, seconds, False
        self._until = self._clock.monotonic() + seconds
        self._timer.start()
        self.changed.emit()

    def close(self) -> None:
        """There is nothing to take back any more."""
        self._entry = ""
        self._timer.stop()
        self.changed.emit()

    def again(self) -> None:
        """Asking for it failed and may be tried again while there is time."""
        self._asked = False
        self.changed.emit()

    @Slot()
    def undo(self) -> None:
        if self._is_open():
            self._asked = True
            self.changed.emit()
            self._ask(self._entry)

    def _left(self) -> float:
        return max(0.0, self._until - self._clock.monotonic()) if self._entry else 0.0

    def _is_open(self) -> bool:
        return self._left() > 0 and not self._asked

    @Slot()
    def _on_tick(self) -> None:
        if self._left() <= 0:
            self._timer.stop()
        self.changed.emit()

    def _whole_seconds(self) -> int:
        return -int(-self._left() // 1)

    open = Property(bool, _is_open, notify=changed)
    secondsLeft = Property(int, _whole_seconds, notify=changed)
    share = Property(float, lambda self: self._left() / self._seconds, notify=changed)
