"""The picture of a film for QML, where there is no graphics card (see `ui/learning/drawn.py`)."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

PROVIDER = "film"


class FilmPictures(QQuickImageProvider):
    """Gives the picture that is shown now; the number in an address only makes it a new one. One film at a time."""

    shown = QImage()

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        image = FilmPictures.shown
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_RGB32)
            image.fill(0)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
