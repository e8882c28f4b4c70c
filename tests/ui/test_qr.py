"""QR codes on the screen are read back by the station's own decoder, at every size."""

import cv2
import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from ui.qr import QUIET, QrProvider, draw


def pixels(image: QImage) -> np.ndarray:
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(gray.constBits(), np.uint8).reshape(gray.height(), gray.bytesPerLine())
    return rows[:, : gray.width()].copy()


@pytest.mark.parametrize("size", [1, 60, 200, 301, 512])
@pytest.mark.parametrize("text", ["https://www.example.org/yizhan/legal", "中文也可以 & 空格", "A" * 300])
def test_it_is_read_back(text: str, size: int) -> None:
    picture = pixels(draw(text, size))
    if picture.shape[0] < 150:
        picture = cv2.resize(picture, None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [text]


def test_only_black_and_white_with_a_quiet_zone_and_no_larger_than_asked() -> None:
    picture = pixels(draw("https://www.example.org/yizhan/legal", 300))
    assert set(np.unique(picture)) == {0, 255}
    assert picture.shape[0] <= 300
    modules = next(n for n in range(29, 200) if picture.shape[0] % n == 0)
    module = picture.shape[0] // modules
    assert (picture[: QUIET * module] == 255).all()


def test_a_text_that_is_too_long_is_no_picture() -> None:
    assert draw("x" * 5000, 300).isNull()


def test_the_provider_decodes_its_address() -> None:
    size = QSize()
    image = QrProvider().requestImage("https%3A%2F%2Fa.b%2Fc%3Fd%3D1", size, QSize(200, 400))
    assert size == image.size()
    assert [found.text for found in zxingcpp.read_barcodes(pixels(image))] == ["https://a.b/c?d=1"]
