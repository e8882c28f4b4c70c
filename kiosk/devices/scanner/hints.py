"""Why a code in view does not decode: advice chosen from the size, light and sharpness of its region."""

import cv2
import numpy as np

from kiosk.devices.ports import ScanHint
from kiosk.devices.scanner.region import Grey, Region

_SMALL, _LARGE = 0.16, 0.85  # of the picture's height
_GLARE, _BRIGHT = 0.12, 250  # share of saturated pixels, and the grey level that counts as such
_DARK = 70.0
_SHARP = 60.0  # variance of the Laplacian at a common size


def advise(grey: Grey, region: Region) -> ScanHint:
    """The one piece of advice that helps most. `grey` is the whole frame (H×W uint8)."""
    box = region.crop(grey)
    size = max(region.width, region.height) / grey.shape[0]
    if float(np.mean(box >= _BRIGHT)) > _GLARE:
        return ScanHint.TILT
    if float(np.percentile(box, 90)) < _DARK:
        return ScanHint.BRIGHTER
    if size < _SMALL:
        return ScanHint.CLOSER
    if size > _LARGE:
        return ScanHint.FARTHER
    common = cv2.resize(box, (200, 200), interpolation=cv2.INTER_AREA)
    if float(cv2.Laplacian(common, cv2.CV_64F).var()) < _SHARP:
        # Out of focus and large means too near for the lens; out of focus and small means moving.
        return ScanHint.FARTHER if size > 0.5 else ScanHint.STEADY
    return ScanHint.CLOSER if size < 0.3 else ScanHint.STEADY
