"""Where in a picture a code is likeliest: dense texture in both directions at once.

The smaller of |∂x| and |∂y|, averaged into cells of 8 pixels, is high on a QR code and low on edges, lines and wall. It
is taken at half scale, where small and distant codes show, and at quarter scale, where print and noise have gone and
large or blurred codes remain. The median cell is the noise of the camera and is taken off. Of each map the patches
around its maximum are candidates, the whole patch with a quiet zone around it.
"""

from dataclasses import dataclass
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
_Cells = NDArray[np.float32]
_CELL = 8
_FLOOR = 2.5  # grey levels above the noise: below this there is only wall
_KEEP = 0.35  # of the maximum: cells that belong to the texture
_MARGIN = 2  # cells of quiet zone around the box
_SMALLEST = 3  # cells on a side
_SAME = 0.7  # intersection over union from which two boxes are one
_FINE, _COARSE = 5, 7  # cells over which each map is smoothed


@dataclass(frozen=True, slots=True)
class Region:
    """A box in pixels of the full picture, how much it looks like a code, and the camera's noise (grey levels)."""

    x: int
    y: int
    width: int
    height: int
    score: float
    noise: float = 0.0

    def crop(self, grey: Grey) -> Grey:
        return grey[self.y : self.y + self.height, self.x : self.x + self.width]

    @property
    def side(self) -> int:
        return max(self.width, self.height)


def candidates(grey: Grey, most: int = 4) -> list[Region]:
    """The regions of `grey` (H×W uint8) that look most like a code, best first; none when there is only wall."""
    height, width = grey.shape
    if min(height, width) < 8 * _CELL:
        return []
    half = cv2.resize(grey, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    quarter = cv2.resize(half, (half.shape[1] // 2, half.shape[0] // 2), interpolation=cv2.INTER_AREA)
    fine = _patches(_texture(half, _CELL // 2), _FINE, (height, width))
    coarse = _patches(_texture(quarter, _CELL // 4), _COARSE, (height, width))
    found: list[Region] = []
    for region in chain(fine[:1], coarse, fine[1:]):
        if all(_overlap(region, other) < _SAME for other in found):
            found.append(region)
    return found[:most]


def likeliest(grey: Grey) -> Region | None:
    """The first of `candidates`, None when there is only wall."""
    found = candidates(grey, 1)
    return found[0] if found else None


def _texture(picture: cv2.typing.MatLike, cell: int) -> _Cells:
    """Cells of `cell` pixels. Cut to whole cells and halved step by step: only for a factor of two OpenCV is fast."""
    size = ((picture.shape[1] - 1) // cell, (picture.shape[0] - 1) // cell)
    w, h = size[0] * cell, size[1] * cell
    here = picture[:h, :w]
    across = cv2.absdiff(here, picture[:h, 1 : w + 1])
    down = cv2.absdiff(here, picture[1 : h + 1, :w])
    while w > size[0]:
        w, h = w // 2, h // 2
        across = cv2.resize(across, (w, h), interpolation=cv2.INTER_AREA)
        down = cv2.resize(down, (w, h), interpolation=cv2.INTER_AREA)
    return cv2.min(across, down).astype(np.float32)


def _patches(cells: _Cells, window: int, shape: tuple[int, int]) -> list[Region]:
    noise = float(np.median(cells))
    smooth = cv2.boxFilter(cells, -1, (window, window)) - noise
    highest = float(smooth.max())
    if highest < _FLOOR:
        return []
    mask = (smooth >= highest * _KEEP).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_16U)
    found = []
    for x, y, w, h, _ in stats[1:].tolist():
        if min(w, h) < _SMALLEST:
            continue
        inside = cv2.mean(smooth[y : y + h, x : x + w])[0]
        # Larger is likelier, long and thin is print.
        score = inside * min(w, h) ** 0.5 * (1.0 if max(w, h) < 1.8 * min(w, h) else 0.6)
        found.append((score, x, y, w, h))
    found.sort(reverse=True)
    return [_region(x, y, w, h, score, noise, shape) for score, x, y, w, h in found[:2]]


def _region(x: int, y: int, w: int, h: int, score: float, noise: float, shape: tuple[int, int]) -> Region:
    left, top = max(0, (x - _MARGIN) * _CELL), max(0, (y - _MARGIN) * _CELL)
    right, bottom = min(shape[1], (x + w + _MARGIN) * _CELL), min(shape[0], (y + h + _MARGIN) * _CELL)
    return Region(left, top, right - left, bottom - top, score, noise)


def _overlap(a: Region, b: Region) -> float:
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / (a.width * a.height + b.width * b.height - both)
