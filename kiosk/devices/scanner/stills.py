"""Pictures that stand still are looked at harder than frames: there is no next frame, and there is time.

The effort rises by levels: the whole picture, other scales, other lights and colours, likely regions one by one,
outlines whose content would not come, and a sweep of small tiles. What was read is masked, so that what else is in the
picture is looked for; when something was read the dear levels are left out.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.devices.scanner import quads as outlines
from kiosk.devices.scanner import treatments as treat
from kiosk.devices.scanner.codes import Found, as_found, corners_of, look_for_codes, read_codes, to_grey
from kiosk.devices.scanner.region import Grey, candidates
from kiosk.devices.scanner.repair import broken_codes, repair

Matrix = NDArray[np.float64]
_WORK = 1600  # pixels: the longer side of the picture that is treated as a whole
_SIDES = (420, 260, 700)  # pixels: to what a region is scaled
_TILE = 420
_REPAIRS = 24  # attempts a picture
_PATIENCE, _MORE = 6.0, 1.5  # seconds: to find anything, and to find more when something was found

_WHOLE: tuple[Callable[[Grey], Grey], ...] = (
    treat.sharpened,
    treat.calm,
    treat.local_threshold,
    treat.evened,
    treat.clahe,
    partial(treat.local_threshold, block=51, offset=5.0),
    treat.stretched,
    partial(treat.closed, size=3),
    partial(treat.closed, size=5),
    partial(treat.blurred, sigma=2.0),
    partial(treat.gamma, power=0.4),
    partial(treat.gamma, power=2.5),
    treat.opened,
    treat.median,
)
_CLOSE: tuple[Callable[[Grey], Grey], ...] = (
    treat.sharp_doubled,
    treat.calm_doubled,
    treat.local_threshold,
    treat.evened,
    partial(treat.evened, window=31),
    partial(treat.sharpened, sigma=3.5, amount=3.0),
    partial(treat.local_threshold, block=31, offset=4.0),
    treat.clahe,
    partial(treat.closed, size=3),
    partial(treat.closed, size=5),
    partial(treat.closed, size=9),
    partial(treat.blurred, sigma=2.0),
    partial(treat.blurred, sigma=3.5),
    partial(treat.gamma, power=3.0),
    treat.opened,
    treat.stretched,
)


@dataclass
class _Search:
    """One picture's search: what was found, what is left of the picture, and how long there is."""

    picture: NDArray[np.uint8]
    grey: Grey
    monotonic: Callable[[], float]
    patience: float
    found: list[Found] = field(default_factory=list)
    quads: list[NDArray[np.float64]] = field(default_factory=list)
    began: float = 0.0

    @property
    def over(self) -> bool:
        limit = min(self.patience, _MORE) if self.found else self.patience
        return self.monotonic() - self.began > limit

    def take(self, codes: list[zxingcpp.Barcode], back: Matrix | None = None, quad: Matrix | None = None) -> bool:
        """Keep what is new. `back` is the homography from the picture that was read to the whole one."""
        for code in codes:
            corners = corners_of(code)
            if quad is not None:
                corners = quad
            elif back is not None:
                corners = np.asarray(cv2.perspectiveTransform(corners[None], back)[0], dtype=np.float64)
            if not self._known(code, corners):
                self.found.append(as_found(code, corners, (self.grey.shape[0], self.grey.shape[1])))
                self.quads.append(corners)
        return bool(codes)

    def masked(self) -> Grey:
        """What is left: codes that were read are painted over."""
        if not self.quads:
            return self.grey
        left = self.grey.copy()
        for quad in self.quads:
            wider = (quad - quad.mean(0)) * 1.15 + quad.mean(0)
            cv2.fillConvexPoly(left, cv2.convexHull(wider.astype(np.int32)), 128.0)
        return left

    def _known(self, code: zxingcpp.Barcode, corners: Matrix) -> bool:
        raw, centre = bytes(code.bytes), corners.mean(0)
        for other, quad in zip(self.found, self.quads, strict=True):
            near = np.hypot(*(centre - quad.mean(0))) < 0.5 * max(np.ptp(quad[:, 0]), np.ptp(quad[:, 1]), 8.0)
            if near and (other.raw == raw or other.format == "QRCode"):
                return True
        return False


def read_still(
    picture: NDArray[np.uint8], patience: float = _PATIENCE, monotonic: Callable[[], float] = time.monotonic
) -> list[Found]:
    """Every code in a picture (H×W or H×W×3 BGR uint8). It gives up after about `patience` seconds."""
    search = _Search(picture, to_grey(picture), monotonic, patience)
    search.began = monotonic()
    if min(search.grey.shape) < 8:
        return []
    for level in (_whole, _scales, _lights, _repairs, _colours, _regions, _outlines, _tiles):
        if search.found and level in (_outlines, _tiles):
            break
        for _ in level(search):
            if search.over:
                return search.found
    return search.found


def _back(scale: float, x: float = 0.0, y: float = 0.0) -> Matrix:
    return np.array([[1 / scale, 0, x], [0, 1 / scale, y], [0, 0, 1]], dtype=np.float64)


def _at_most(grey: Grey, side: int) -> tuple[Grey, float]:
    factor = min(1.0, side / max(grey.shape))
    return (treat.scaled(grey, factor), factor) if factor < 1 else (grey, 1.0)


def _whole(search: _Search) -> Iterator[None]:
    search.take(read_codes(search.grey, code128=True, rotate=True, invert=True, downscale=True))
    yield


def _scales(search: _Search) -> Iterator[None]:
    longest = max(search.grey.shape)
    grey = search.masked()
    for side in (2400, 1600, 1000, 640, 400):
        if side < longest * 0.8:
            small, factor = _at_most(grey, side)
            search.take(read_codes(small, code128=side > 600, rotate=True, invert=True), _back(factor))
            yield
    for factor in (2.0, 3.0, 4.0):
        if longest * factor <= 2600:
            large = treat.scaled(grey, factor)
            search.take(read_codes(large, code128=factor == 2.0, rotate=True, invert=True), _back(factor))
            yield


def _lights(search: _Search) -> Iterator[None]:
    grey, factor = _at_most(search.masked(), _WORK)
    for binarizer in (zxingcpp.Binarizer.GlobalHistogram, zxingcpp.Binarizer.FixedThreshold):
        search.take(read_codes(grey, rotate=True, invert=True, binarizer=binarizer), _back(factor))
        yield
    sizes = [(grey, factor)]
    if max(grey.shape) > 900:
        sizes.append((treat.scaled(grey, 0.5), factor * 0.5))
    for treatment in _WHOLE if not search.found else _WHOLE[:5]:
        for picture, scale in sizes:
            search.take(read_codes(treatment(picture), rotate=True, invert=True), _back(scale))
            yield


def _repairs(search: _Search) -> Iterator[None]:
    """Codes that were found and whose check did not come out."""
    grey, factor = _at_most(search.masked(), _WORK)
    tried: set[tuple[int, int, int, int]] = set()
    for treatment in (None, treat.sharpened, treat.evened, treat.local_threshold):
        seen = look_for_codes(treatment(grey) if treatment else grey, rotate=True)
        for broken in broken_codes(seen):
            x, y = broken.corners.mean(0) // 24
            key = (broken.version, broken.mask, int(x), int(y))
            if key not in tried and len(tried) < _REPAIRS:
                tried.add(key)
                search.take(repair(grey, broken), quad=broken.corners / factor)
                yield


def _colours(search: _Search) -> Iterator[None]:
    """Ink and paper that are one in grey may differ in a colour."""
    if search.picture.ndim != 3 or search.found:
        return
    factor = min(1.0, _WORK / max(search.grey.shape))
    small = cv2.resize(search.picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB)
    planes = [*cv2.split(small), *cv2.split(lab)[1:], small.max(axis=2), small.min(axis=2)]
    for plane in planes:
        channel = np.ascontiguousarray(plane, dtype=np.uint8)
        if channel.std() < 3:
            continue
        for treated in (channel, treat.stretched(channel)):
            search.take(read_codes(treated, rotate=True, invert=True), _back(factor))
            yield


def _regions(search: _Search) -> Iterator[None]:
    grey = search.masked()
    small, factor = _at_most(grey, _WORK)
    regions = candidates(small, 8)
    if max(grey.shape) > 2 * _WORK:
        regions = regions[:4]
    for region in regions:
        x, y = int(region.x / factor), int(region.y / factor)
        box = grey[y : y + int(region.height / factor) + 1, x : x + int(region.width / factor) + 1]
        if min(box.shape) < 16:
            continue
        for side in _SIDES:
            zoom = min(4.0, side / max(box.shape))
            scaled = treat.scaled(box, zoom)
            hit = search.take(read_codes(scaled, rotate=True, invert=True), _back(zoom, x, y))
            for treatment in _CLOSE if not search.found else _CLOSE[:4]:
                if hit:
                    break
                treated = treatment(scaled)
                total = zoom * treated.shape[1] / scaled.shape[1]
                hit = search.take(read_codes(treated, rotate=True, invert=True), _back(total, x, y))
                yield
            if hit:
                break


def _outlines(search: _Search) -> Iterator[None]:
    grey, factor = _at_most(search.grey, _WORK)
    views = [grey, treat.sharpened(grey), treat.evened(grey), treat.local_threshold(grey), treat.closed(grey, 5)]
    seen = [quad for view in views for quad in outlines.failed_quads(view)]
    yield
    seen += outlines.detected_quads(grey)
    yield
    for quad in outlines.sound(seen, grey.shape):
        for number, upright in enumerate(outlines.uprights(grey, quad)):
            for treatment in (None, *_CLOSE) if number == 0 else (None,):
                treated = treatment(upright) if treatment else upright
                if search.take(read_codes(treated, invert=True, downscale=True), quad=quad / factor):
                    return
                yield


def _tiles(search: _Search) -> Iterator[None]:
    """Small codes in a large picture, wherever they are."""
    grey, step = search.grey, _TILE * 2 // 3
    for y in range(0, max(1, grey.shape[0] - _TILE // 3), step):
        for x in range(0, max(1, grey.shape[1] - _TILE // 3), step):
            tile = grey[y : y + _TILE, x : x + _TILE]
            if tile.std() < 8 or min(tile.shape) < 40:
                continue
            for treatment in (treat.sharp_doubled, treat.calm_doubled, treat.evened_doubled):
                search.take(read_codes(treatment(tile), rotate=True, invert=True), _back(2.0, x, y))
                yield
