"""What the camera sees, painted in a QML item, with a frame round the code that was found."""

import cv2
import numpy as np
from PySide6.QtCore import Property, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from kiosk.devices.ports import Frame

QML_IMPORT_NAME = "Yizhan.Members"
QML_IMPORT_MAJOR_VERSION = 1
_WIDEST = 640  # pixels: the preview needs no more, and each pixel is copied for every picture
Corners = tuple[tuple[float, float], ...]


def small_image(frame: Frame, widest: int = _WIDEST) -> QImage:
    """The frame as a picture for the screen, at most `widest` pixels wide. It owns its pixels."""
    height, width = frame.bgr.shape[:2]
    picture = frame.bgr
    if width > widest:
        size = (widest, max(1, round(height * widest / width)))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    rows, columns = picture.shape[:2]
    return QImage(np.ascontiguousarray(picture).data, columns, rows, columns * 3, QImage.Format.Format_BGR888).copy()


@QmlElement
class CameraView(QQuickPaintedItem):
    """Fills itself with the newest picture, mirrored: a person who moves left sees the picture move left."""

    outline_changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._corners: Corners = ()
        self._outline = QColor()
        self._outline_width = 4.0
        self.setOpaquePainting(False)

    @Slot(QImage, list)
    def show(self, image: QImage, corners: Corners) -> None:
        """Paint this picture, and a frame through `corners` (x, y in 0..1 of the picture; none = no frame)."""
        self._image, self._corners = image, corners
        self.update()

    def paint(self, painter: QPainter) -> None:
        if self._image.isNull():
            return
        place = self._place()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(place.x() + place.width(), 0)
        painter.scale(-1, 1)
        painter.drawImage(QRectF(0, place.y(), place.width(), place.height()), self._image)
        painter.restore()
        if self._corners:
            pen = QPen(self._outline, self._outline_width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolygon(QPolygonF([
                QPointF(place.x() + (1 - x) * place.width(), place.y() + y * place.height()) for x, y in self._corners
            ]))  # fmt: skip

    def _place(self) -> QRectF:
        """The picture covers the item; what is too much is cut off at both sides alike."""
        scale = max(self.width() / self._image.width(), self.height() / self._image.height())
        width, height = self._image.width() * scale, self._image.height() * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _set_outline(self, colour: QColor) -> None:
        if colour != self._outline:
            self._outline = colour
            self.outline_changed.emit()
            self.update()

    def _set_outline_width(self, width: float) -> None:
        if width != self._outline_width:
            self._outline_width = width
            self.outline_changed.emit()
            self.update()

    outline = Property(QColor, lambda self: self._outline, _set_outline, notify=outline_changed)
    outlineWidth = Property(float, lambda self: self._outline_width, _set_outline_width, notify=outline_changed)
