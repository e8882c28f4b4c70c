"""The strip a call leaves on other pages, and the home of its picture. Nothing is loaded before there is a call."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.intercom.centre import CallCentre


class CallStrip(QObject):
    """`alive` while there is anything to hold a picture of, `wanted` while the strip itself is on the screen."""

    changed = Signal()

    def __init__(self, ui: "UiContext") -> None:
        super().__init__(ui.navigator)
        self._ui = ui
        self._centre: CallCentre | None = None

    @property
    def centre(self) -> "CallCentre":
        """Made when it is first asked for."""
        if self._centre is None:
            from ui.intercom.centre import CallCentre

            self._centre = CallCentre(self._ui, self)
            self._centre.media_changed.connect(self.changed)
            self._centre.strip_changed.connect(self.changed)
            self.changed.emit()
        return self._centre

    @Slot()
    def prepare(self) -> None:
        """Something is on the screen, and there is time."""
        assert self.centre

    alive = Property(bool, lambda self: self._centre is not None and self._centre.alive, notify=changed)
    wanted = Property(bool, lambda self: self._centre is not None and self._centre.on_strip, notify=changed)
    callCentre = Property(QObject, lambda self: self._centre, notify=changed)


def centre_of(ui: "UiContext") -> "CallCentre":
    """The call centre of this face."""
    strip = ui.navigator.findChild(CallStrip)
    if strip is None:
        raise RuntimeError("this face has no calls: see ui/intercom/extend.py")
    return strip.centre
