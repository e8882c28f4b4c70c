"""The live picture for the preview: a few frames a second from a lease of the shared camera, and where the code is."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from kiosk.app import Station
from kiosk.devices.ports import DeviceState
from kiosk.members import CodeFound
from ui.members.pictures import CameraPictures, small_image

Corners = tuple[tuple[float, float], ...]
EVERY_MS = 100  # ten pictures a second: enough to aim by, a few percent of one processor
_FRAME_STAYS = 5  # pictures for which the frame round a code stays after it was last read


class Preview(QObject):
    """`changed` for each new picture while started. On the Qt thread."""

    changed = Signal()
    alive_changed = Signal()

    def __init__(self, station: Station, parent: QObject) -> None:
        super().__init__(parent)
        self._camera = station.camera.lease("preview")
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._index = 0
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
        self._index, self._corners = 0, ()
        CameraPictures.shown = QImage()
        self.changed.emit()

    @property
    def number(self) -> int:
        """Of the picture that is shown, 0 for none."""
        return self._index

    @property
    def corners(self) -> Corners:
        """Of the code in the picture, in 0..1 of it; none when there is no code."""
        return self._corners

    @property
    def aspect(self) -> float:
        """Width over height of the picture."""
        image = CameraPictures.shown
        return image.width() / image.height() if not image.isNull() else 16 / 9

    def found(self, event: CodeFound) -> None:
        """A code was read here."""
        self._corners, self._left = event.corners, _FRAME_STAYS

    @Slot()
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
        CameraPictures.shown = small_image(frame)
        self.changed.emit()

    def lose(self) -> None:
        """As if the camera were away, until the next start."""
        self.stop()
        self._set_alive(False)

    def _set_alive(self, alive: bool) -> None:
        if alive != self._alive:
            self._alive = alive
            self.alive_changed.emit()
