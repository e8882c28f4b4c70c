"""A film drawn as single pictures, for a machine whose screen is drawn without a graphics card.

Qt's own VideoOutput needs one. A few pictures a second are enough for slides and talking people, and cost little.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat, QVideoSink

from ui.learning.film_pictures import PROVIDER, FilmPictures

_EVERY_MS = 100
_WIDEST = 960  # pixels


class Drawn(QObject):
    """Takes frames from `sink` and changes its `address` for each picture."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sink = QVideoSink(self)
        self._latest = QVideoFrame()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_EVERY_MS)
        self._wait.timeout.connect(self._draw)
        self._number = 0
        FilmPictures.shown = QImage()
        self.sink.videoFrameChanged.connect(self._take)

    @property
    def address(self) -> str:
        """Where QML finds the picture, "" before the first."""
        return f"image://{PROVIDER}/{self._number}" if self._number else ""

    @Slot(QVideoFrame)
    def _take(self, frame: QVideoFrame) -> None:
        self._latest = frame
        if not self._wait.isActive():
            self._draw()

    @Slot()
    def _draw(self) -> None:
        """The newest picture, and the next one not at once: what comes meanwhile waits, and the last is never lost."""
        frame, self._latest = self._latest, QVideoFrame()
        if not frame.isValid():
            return
        self._wait.start()
        image = image_of(frame)
        if image.isNull():
            return
        if image.width() > _WIDEST:
            image = image.scaledToWidth(_WIDEST, Qt.TransformationMode.FastTransformation)
        self._number += 1
        FilmPictures.shown = image
        self.changed.emit()


def image_of(frame: QVideoFrame) -> QImage:
    """The picture of a frame. H.264 decodes to three planes, which `toImage` would want a graphics card for."""
    if frame.pixelFormat() != QVideoFrameFormat.PixelFormat.Format_YUV420P:
        return frame.toImage()
    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return QImage()
    try:
        width, height = frame.width() & ~1, frame.height() & ~1
        planes = [_plane(frame, 0, width, height)]
        planes += [_plane(frame, number, width // 2, height // 2) for number in (1, 2)]
        flat = np.concatenate([plane.reshape(-1) for plane in planes]).reshape(height * 3 // 2, width)
    finally:
        frame.unmap()
    rgb = np.ascontiguousarray(cv2.cvtColor(flat, cv2.COLOR_YUV2RGB_I420))
    return QImage(rgb.data, width, height, width * 3, QImage.Format.Format_RGB888).copy()


def _plane(frame: QVideoFrame, number: int, width: int, height: int) -> NDArray[np.uint8]:
    stride = frame.bytesPerLine(number)
    data = np.frombuffer(frame.bits(number), np.uint8)
    return np.ascontiguousarray(data[: stride * height].reshape(height, stride)[:, :width])
