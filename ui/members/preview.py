"""The live picture for the preview: a few frames a second from a lease of the shared camera, and where the code is."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from kiosk.app import Station
from kiosk.devices.ports import DeviceState
from kiosk.members import CodeFound
from ui.members.camera_view import Corners, small_image

EVERY_MS = 100  # ten pictures a second: enough to aim by, a few percent of one processor
_FRAME_STAYS = 5  # pictures for which the frame round a code stays after it was last read


class Preview(QObject):
    """`painted(image, corners)` for each new picture while started. On the Qt thread."""

    painted = Signal(QImage, list)
    alive_changed = Signal()

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._camera = station.camera.lease("preview")
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._index = -1
        self._corners: Corners = ()
        self._left = 0
        self._alive = True

    @property
    def alive(self) -> bool:
        """False while the camera is away, or there is none."""
        return self._alive

    def start(self) -> None:
        self._camera.start()
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()
        self._camera.stop()

    def found(self, event: CodeFound) -> None:
        """A code was read here."""
        self._corners, self._left = event.corners, _FRAME_STAYS

    def look(self) -> None:
        """Take the newest picture, if there is one that was not painted yet."""
        self._set_alive(self._camera.health().state in (DeviceState.WELL, DeviceState.STARTING))
        frame = self._camera.latest()
        if frame is None or frame.index == self._index:
            return
        self._index = frame.index
        self._left -= 1
        if self._left < 0:
            self._corners = ()
        self.painted.emit(small_image(frame), list(self._corners))

    def _set_alive(self, alive: bool) -> None:
        if alive != self._alive:
            self._alive = alive
            self.alive_changed.emit()
