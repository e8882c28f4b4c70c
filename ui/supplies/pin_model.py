"""The PIN pad that leads to the staff pages, or back to the page that needs staff."""

from collections.abc import Callable

from PySide6.QtCore import Property, QTimer, Signal, Slot

from kiosk.errors import KioskError, StaffPinLocked
from ui.context import UiContext
from ui.pages import Args
from ui.viewmodel import ViewModel

_LONGEST = 12
_TICK_MS = 500


class PinModel(ViewModel):
    typed_changed = Signal()
    lock_changed = Signal()

    """`{"back": True}` goes back once the PIN was right."""

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._back = bool(args.get("back"))
        self.lock_source: Callable[[], int] = lambda: ui.station.staff.locked_seconds
        self._typed = ""
        self._locked = 0
        self._asking = False
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._look)

    def refresh(self) -> None:
        self._look()

    def shown(self) -> None:
        if self.ui.station.staff.unlocked:
            self._go_on()

    def hidden(self) -> None:
        self._timer.stop()
        self._set("")

    @Slot()
    def _look(self) -> None:
        self._locked = self.lock_source()
        if self._locked and not self._timer.isActive():
            self._timer.start()
        elif not self._locked and self._timer.isActive():
            self._timer.stop()
            self.set_problem(None)
        self.lock_changed.emit()

    @Slot(str)
    def press(self, digit: str) -> None:
        """One of 0 to 9."""
        if len(digit) == 1 and digit.isascii() and digit.isdigit() and len(self._typed) < _LONGEST:
            self._set(self._typed + digit)

    @Slot()
    def erase(self) -> None:
        self._set(self._typed[:-1])

    @Slot()
    def enter(self) -> None:
        if self._typed and not self._asking and not self._locked:
            self._asking = True
            self.set_problem(None)
            op = self.run(self.ui.station.staff.unlock, self._typed)
            op.success(lambda _: self._go_on()).failure(self._refused)

    def _go_on(self) -> None:
        if self._back:
            self.ui.navigator.back()
        else:
            self.ui.replace("supplies.staff")

    def _refused(self, error: KioskError) -> None:
        self._asking = False
        self._set("")
        self.set_problem(None if isinstance(error, StaffPinLocked) else error)
        self._look()

    def _set(self, typed: str) -> None:
        if typed != self._typed:
            self._typed = typed
            self.typed_changed.emit()

    count = Property(int, lambda self: len(self._typed), notify=typed_changed)
    lockedSeconds = Property(int, lambda self: self._locked, notify=lock_changed)
