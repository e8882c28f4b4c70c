"""zxing-cpp with the settings of a station: what it reads, what it found and could not read, and where."""

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.devices.scanner.region import Grey

# "QRCode" alone would take Micro QR in as well, whose short checksums read noise as codes.
QR = zxingcpp.BarcodeFormat.QRCodeModel2
CODE128 = zxingcpp.BarcodeFormat.Code128


@dataclass(frozen=True, slots=True)
class Found:
    """A code that was read. `corners`: four (x, y) in 0..1 of the picture, clockwise from the code's own top left."""

    text: str
    raw: bytes
    format: str
    corners: tuple[tuple[float, float], ...]


def read_codes(
    picture: NDArray[np.uint8],
    *,
    code128: bool = False,
    rotate: bool = False,
    invert: bool = False,
    downscale: bool = False,
    binarizer: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage,
) -> list[zxingcpp.Barcode]:
    """The codes in a picture. Never raises for what is in it."""
    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats([QR, CODE128] if code128 else [QR]),
        try_rotate=rotate,
        try_downscale=downscale,
        try_invert=invert,
        binarizer=binarizer,
    )
    return [code for code in found if code.valid]


def look_for_codes(picture: NDArray[np.uint8], *, rotate: bool = False, invert: bool = False) -> list[zxingcpp.Barcode]:
    """QR codes, those too that were found and could not be read: ask each whether it is `valid`."""
    return zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats([QR]),
        try_rotate=rotate,
        try_downscale=False,
        try_invert=invert,
        return_errors=True,
    )


def corners_of(code: zxingcpp.Barcode) -> NDArray[np.float64]:
    """4×2 pixels of the picture that was read."""
    p = code.position
    return np.array([(q.x, q.y) for q in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)], dtype=np.float64)


def as_found(code: zxingcpp.Barcode, corners: NDArray[np.float64], shape: tuple[int, int]) -> Found:
    """`corners` are pixels in the whole picture, `shape` its (height, width)."""
    shares = np.clip(corners / (shape[1], shape[0]), 0.0, 1.0)
    return Found(
        text=text_of(code),
        raw=bytes(code.bytes),
        format="Code128" if "128" in str(code.format) else "QRCode",
        corners=tuple((round(float(x), 5), round(float(y), 5)) for x, y in shares),
    )


def text_of(code: zxingcpp.Barcode) -> str:
    """UTF-8 where the bytes are that: phones write it without saying so, and a guess by statistics is often wrong."""
    try:
        return bytes(code.bytes).decode("utf-8")
    except UnicodeDecodeError:
        return str(code.text)


def to_grey(bgr: NDArray[np.uint8]) -> Grey:
    """H×W×3 BGR or H×W to H×W."""
    return bgr if bgr.ndim == 2 else np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
