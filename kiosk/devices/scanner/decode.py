"""The scanning pipeline: one grey frame in, the codes in it out, in at most about five milliseconds.

1. zxing-cpp on the whole frame, QR only: a QR code needs no rotation pass.
2. On a miss, the likeliest region, treated differently from frame to frame: sharpened and doubled, CLAHE, sharpened
   again, adaptive threshold. A held code is seen by all of them within four frames.
3. Dark-mode (inverted) codes every fifth frame, Code 128 of old plastic cards every third.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.devices.scanner.region import Grey, Region, likeliest

_QR = zxingcpp.BarcodeFormat.QRCode
_CODE128 = zxingcpp.BarcodeFormat.Code128
_LARGE = 520  # pixels: a box above this is not doubled
_INVERTED_EVERY, _CODE128_EVERY = 5, 3


@dataclass(frozen=True, slots=True)
class Found:
    """A code that was read. `corners`: four (x, y) in 0..1 of the picture, clockwise from the code's own top left."""

    text: str
    raw: bytes
    format: str
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What one frame gave: the codes, and the region that was tried when there were none."""

    found: tuple[Found, ...]
    region: Region | None = None


def sharpen(grey: Grey, sigma: float = 1.5, amount: float = 2.0) -> Grey:
    """Unsharp mask."""
    soft = cv2.GaussianBlur(grey, (0, 0), sigma)
    return np.asarray(cv2.addWeighted(grey, 1.0 + amount, soft, -amount, 0), dtype=np.uint8)


def _sharp_doubled(box: Grey) -> Grey:
    if max(box.shape) > _LARGE:
        return sharpen(box, 2.5)
    return np.asarray(cv2.resize(sharpen(box), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _clahe(box: Grey) -> Grey:
    return np.asarray(cv2.createCLAHE(clipLimit=3.0, tileGridSize=(4, 4)).apply(box), dtype=np.uint8)


def _threshold(box: Grey) -> Grey:
    mean = cv2.adaptiveThreshold(box, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 15, 3)
    return np.asarray(mean, dtype=np.uint8)


TREATMENTS: tuple[Callable[[Grey], Grey], ...] = (_sharp_doubled, _clahe, _sharp_doubled, _threshold)


def read_codes(
    picture: NDArray[np.uint8], *, code128: bool = False, invert: bool = False, thorough: bool = False
) -> list[zxingcpp.Barcode]:
    """zxing-cpp with the settings of a station. Never raises for what is in the picture."""
    formats = [_QR, _CODE128] if code128 else [_QR]
    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats(formats),
        try_rotate=thorough or code128,
        try_downscale=True,
        try_invert=invert,
    )
    return [code for code in found if code.valid]


def as_found(
    code: zxingcpp.Barcode,
    shape: tuple[int, int],
    scale: tuple[float, float] = (1.0, 1.0),
    offset: tuple[int, int] = (0, 0),
) -> Found:
    """`shape` is (height, width) of the whole picture; the code was read in a part of it at `offset`, `scale`d."""
    height, width = shape
    p = code.position
    corners = tuple(
        (
            min(1.0, max(0.0, (q.x / scale[0] + offset[0]) / width)),
            min(1.0, max(0.0, (q.y / scale[1] + offset[1]) / height)),
        )
        for q in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)
    )
    raw = bytes(code.bytes)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = code.text
    return Found(text=text, raw=raw, format=str(code.format).rsplit(".", 1)[-1], corners=corners)


class Pipeline:
    """Keeps count of frames, so that what is dear is done only now and then. One for each camera; not thread-safe."""

    def __init__(self) -> None:
        self._frames = 0
        self._turn = 0

    def look(self, grey: Grey) -> Look:
        """Read the codes in a frame (H×W uint8)."""
        shape = (grey.shape[0], grey.shape[1])
        self._frames += 1
        whole = read_codes(grey, code128=self._frames % _CODE128_EVERY == 0, invert=self._frames % _INVERTED_EVERY == 0)
        if whole:
            return Look(tuple(as_found(code, shape) for code in whole))
        region = likeliest(grey)
        if region is None:
            self._turn = 0
            return Look(())
        box = TREATMENTS[self._turn % len(TREATMENTS)](region.crop(grey))
        self._turn += 1
        scale = (box.shape[1] / region.width, box.shape[0] / region.height)
        codes = read_codes(box)
        return Look(tuple(as_found(code, shape, scale, (region.x, region.y)) for code in codes), region)
