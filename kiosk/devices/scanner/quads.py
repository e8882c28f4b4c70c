"""Codes whose outline is known and whose content will not come: set upright, flattened, and tried again.

The outlines come from zxing-cpp's own failures (it found the finder patterns, the checksum was wrong) and from OpenCV's
detectors. A label around a bottle or a pole is a part of a cylinder: a few bends along either axis are tried.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.devices.scanner.codes import QR, corners_of
from kiosk.devices.scanner.region import Grey

Quad = NDArray[np.float64]  # 4×2 pixels: top left, top right, bottom right, bottom left
_SIDE, _MARGIN = 480, 56
_BENDS = (0.55, 0.8, 1.05)
_SAGS = (0.0, 0.06, 0.12, -0.06, -0.12)


def failed_quads(grey: Grey) -> list[Quad]:
    """Outlines of the codes that zxing-cpp found and could not read."""
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([QR]), try_downscale=True, return_errors=True)
    return [corners_of(code) for code in found if not code.valid]


def detected_quads(grey: Grey) -> list[Quad]:
    """Outlines that OpenCV's detectors see. Both raise on some pictures; then there are none."""
    quads: list[Quad] = []
    for detector in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
        try:
            good, points = detector.detectMulti(grey)
        except cv2.error:
            continue
        if good and points is not None:
            quads += [np.asarray(quad, dtype=np.float64) for quad in points]
    return [quad for quad in quads if np.isfinite(quad).all()]


def sound(quads: Iterable[Quad], shape: tuple[int, ...], most: int = 8) -> list[Quad]:
    """Those that can be codes: convex, not tiny, and each once."""
    kept: list[Quad] = []
    limit = 4.0 * max(shape)
    for quad in quads:
        outline = quad.astype(np.float32)
        area = cv2.contourArea(outline)
        if area < 400 or np.abs(quad).max() > limit or not cv2.isContourConvex(outline):
            continue
        centre, side = quad.mean(0), area**0.5
        if all(np.hypot(*(centre - k.mean(0))) > 0.15 * side or np.abs(quad - k).max() > 0.15 * side for k in kept):
            kept.append(quad)
    return kept[:most]


def uprights(grey: Grey, quad: Quad) -> Iterator[Grey]:
    """The code set upright, then flattened in several ways."""
    near, far = _MARGIN, _SIDE - _MARGIN
    inner = np.array([[near, near], [far, near], [far, far], [near, far]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), inner)
    flat = cv2.warpPerspective(grey, matrix, (_SIDE, _SIDE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    upright = np.asarray(flat, dtype=np.uint8)
    yield upright
    for u, v in _bends():
        yield np.asarray(cv2.remap(upright, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


@cache
def _bends() -> tuple[tuple[NDArray[np.float32], NDArray[np.float32]], ...]:
    """Where each pixel of the flattened code is taken from, for each bend, sag and axis."""
    inside = (_SIDE - 2 * _MARGIN) / 2
    along = (np.arange(_SIDE) - _SIDE / 2) / inside  # -1..1 on the code
    maps = []
    for bend in (0.0, *_BENDS):
        angle = np.clip(along * bend, -1.5, 1.5)
        x = np.sin(angle) / np.sin(bend) if bend else along
        curve = (np.cos(angle) - np.cos(bend)) / (1 - np.cos(bend)) if bend else 1 - along**2
        for sag in _SAGS:
            if not bend and not sag:
                continue
            u = np.repeat((x * inside + _SIDE / 2)[None, :], _SIDE, axis=0)
            v = np.arange(_SIDE)[:, None] + (curve * sag * inside * 2)[None, :]
            first, second = u.astype(np.float32), v.astype(np.float32)
            maps += [(first, second), (np.ascontiguousarray(second.T), np.ascontiguousarray(first.T))]
    return tuple(maps)
