"""QR codes for QML: `Image { source: "image://qr/" + encodeURIComponent(text); sourceSize: Qt.size(n, n) }`.

The picture is the largest whole number of pixels a module that fits the size asked for, so that no module is blurred:
show it without scaling (`fillMode: Image.Pad`) on white.
"""

from urllib.parse import unquote

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickImageProvider

QUIET = 4  # modules of white around it (ISO/IEC 18004, 5.3.8)
_UNASKED = 400  # pixels, when nobody says how large


def draw(text: str, size: int) -> QImage:
    """A QR code of `text`, at most `size` pixels wide but one pixel a module at least. Null for too long a text."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return QImage()
    matrix = code.get_matrix()
    small = QImage(len(matrix), len(matrix), QImage.Format.Format_RGB32)
    small.fill(QColor("white"))
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                small.setPixelColor(x, y, QColor("black"))
    scale = max(1, size // len(matrix))
    return small.scaled(len(matrix) * scale, len(matrix) * scale)


class QrProvider(QQuickImageProvider):
    """Register with `engine.addImageProvider("qr", QrProvider())`."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:
        wanted = min(requestedSize.width(), requestedSize.height())
        image = draw(unquote(id), wanted if wanted > 0 else _UNASKED)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
