"""What is done to a region before it is tried again. Each takes and gives H×W uint8; the picture's scale may change.

Measured on simulated takes (tests/benchmarks/bench_scan.py) over the frames that zxing-cpp alone missed: sharpening and
doubling reads small and distant codes, smoothing before sharpening reads noisy and shaken ones, sharpening at half size
and a local threshold read large blurred ones.
"""

from collections.abc import Callable

import cv2
import numpy as np

from kiosk.devices.scanner.region import Grey

Treatment = Callable[[Grey], Grey]


def scaled(grey: Grey, factor: float, how: int = cv2.INTER_CUBIC) -> Grey:
    how = cv2.INTER_AREA if factor < 1 else how
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=how), dtype=np.uint8)


def blurred(grey: Grey, sigma: float) -> Grey:
    side = int(sigma * 2.5) * 2 + 1  # an explicit small kernel is three times as fast as the automatic one
    return np.asarray(cv2.GaussianBlur(grey, (side, side), sigma), dtype=np.uint8)


def sharpened(grey: Grey, sigma: float = 1.5, amount: float = 2.0) -> Grey:
    """Unsharp mask."""
    return np.asarray(cv2.addWeighted(grey, 1.0 + amount, blurred(grey, sigma), -amount, 0), dtype=np.uint8)


def sharp_doubled(grey: Grey) -> Grey:
    return scaled(sharpened(grey), 2.0)


def calm_doubled(grey: Grey) -> Grey:
    """Noise is smoothed away first."""
    return scaled(sharpened(blurred(grey, 1.0), 2.5), 2.0)


def calm(grey: Grey) -> Grey:
    return sharpened(blurred(grey, 1.0), 2.5)


def tripled(grey: Grey) -> Grey:
    return scaled(grey, 3.0, cv2.INTER_LANCZOS4)


def sharp_halved(grey: Grey) -> Grey:
    return sharpened(scaled(grey, 0.5), 2.5, 3.0)


def local_threshold(grey: Grey, block: int = 15, offset: float = 3.0) -> Grey:
    mean = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block, offset)
    return np.asarray(mean, dtype=np.uint8)


def evened(grey: Grey, window: int = 61) -> Grey:
    """Mean and contrast made the same everywhere: shadows and reflections go."""
    floats = grey.astype(np.float32)
    mean = cv2.blur(floats, (window, window))
    spread = cv2.sqrt(np.maximum(cv2.blur(floats * floats, (window, window)) - mean * mean, 36.0))
    return np.asarray(np.clip((floats - mean) / spread * 60.0 + 128.0, 0, 255), dtype=np.uint8)


def evened_doubled(grey: Grey) -> Grey:
    return scaled(evened(grey), 2.0)


def clahe(grey: Grey) -> Grey:
    return np.asarray(cv2.createCLAHE(clipLimit=3.0, tileGridSize=(4, 4)).apply(grey), dtype=np.uint8)


def closed(grey: Grey, size: int = 3) -> Grey:
    """Dark grows: dots of a fancy code run together into modules."""
    return np.asarray(cv2.erode(grey, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))), dtype=np.uint8)


def opened(grey: Grey, size: int = 3) -> Grey:
    """Light grows: ink that ran."""
    return np.asarray(cv2.dilate(grey, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))), dtype=np.uint8)


def median(grey: Grey) -> Grey:
    return np.asarray(cv2.medianBlur(grey, 3), dtype=np.uint8)


def gamma(grey: Grey, power: float) -> Grey:
    """Below 1 lifts the shadows, above 1 spreads what is nearly white."""
    table = np.asarray(255.0 * (np.arange(256) / 255.0) ** power, dtype=np.uint8)
    return np.asarray(cv2.LUT(grey, table), dtype=np.uint8)


def stretched(grey: Grey) -> Grey:
    """The darkest and the lightest percent become black and white."""
    low, high = np.percentile(grey, (1, 99))
    return np.asarray(np.clip((grey - low) * (255.0 / max(1.0, high - low)), 0, 255), dtype=np.uint8)
