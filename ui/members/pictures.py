"""The newest picture of the preview for QML: `Image { source: vm.picture; cache: false }`.

There is one preview at a time, so there is one picture, and none once the page has gone.
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

from kiosk.devices.ports import Frame

PROVIDER = "camera"
_WIDEST = 640  # pixels: the preview needs no more, and each pixel is copied for every picture


def small_image(frame: Frame, widest: int = _WIDEST) -> QImage:
    """The frame as a picture for the screen, at most `widest` pixels wide. It owns its pixels."""
    import cv2
    import numpy as np

    height, width = frame.bgr.shape[:2]
    picture = frame.bgr
    if width > widest:
        size = (widest, max(1, round(height * widest / width)))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    rows, columns = picture.shape[:2]
    return QImage(np.ascontiguousarray(picture).data, columns, rows, columns * 3, QImage.Format.Format_BGR888).copy()


class CameraPictures(QQuickImageProvider):
    """Gives the picture that is shown now, whatever is asked for: the number in an address only makes it a new one."""

    shown = QImage()

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        image = CameraPictures.shown
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_RGB32)
            image.fill(0)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
