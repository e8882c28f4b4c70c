"""The live pipeline: one grey frame in, the codes in it out, in at most about five milliseconds.

1. zxing-cpp on the whole frame, QR only, one direction: a QR code needs no rotation pass.
2. On a miss, the likeliest region under up to three treatments and one other region under one. The treatments follow
   each other from frame to frame and depend on the size of the region; in three frames a held code is seen by all.
3. Dark-mode (inverted) codes every fifth frame; Code 128 of old plastic cards every third, upright and turned in turn.

Measured on simulated takes beside the peers by tests/benchmarks/bench_scan.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import zxingcpp

from kiosk.devices.scanner import treatments as treat
from kiosk.devices.scanner.codes import CODE128, Found, as_found, corners_of, look_for_codes, read_codes
from kiosk.devices.scanner.region import Grey, Region, candidates
from kiosk.devices.scanner.repair import broken_codes, repair

_BARS = zxingcpp.BarcodeFormats([CODE128])
_INVERTED_EVERY, _CODE128_EVERY, _REPAIR_EVERY = 5, 3, 8
_LARGE = 420  # pixels: a region above this is not enlarged
_MEDIUM, _TINY = 300, 200  # up to the first, three treatments a frame; up to the second, enlarged threefold
_SMALL_TREATMENTS: tuple[treat.Treatment, ...] = (
    treat.sharp_doubled,
    treat.calm_doubled,
    treat.sharp_doubled,
    treat.local_threshold,
    treat.calm_doubled,
    treat.sharp_doubled,
    treat.tripled,
    treat.evened_doubled,
)
_LARGE_TREATMENTS: tuple[treat.Treatment, ...] = (
    treat.sharp_halved,
    treat.local_threshold,
    treat.calm,
    treat.sharpened,
)


@dataclass(frozen=True, slots=True)
class Look:
    """What one frame gave: the codes, and the region that was tried when there were none."""

    found: tuple[Found, ...]
    region: Region | None = None


class Pipeline:
    """Keeps count of frames, so that what is dear is done only now and then. One for each camera; not thread-safe."""

    def __init__(self) -> None:
        self._frames = 0
        self._misses = 0
        self._reading = False
        self._next_repair = 0
        self._turn = 0

    def look(self, grey: Grey) -> Look:
        """Read the codes in a frame (H×W uint8)."""
        shape = (grey.shape[0], grey.shape[1])
        self._frames += 1
        # A QR code that was read a moment ago is most likely still there: look for nothing else meanwhile.
        rare = not self._reading
        invert = rare and self._frames % _INVERTED_EVERY == 0
        seen = look_for_codes(grey, invert=invert)
        whole = [code for code in seen if code.valid]
        self._reading = bool(whole)
        if not whole and rare and self._frames % _CODE128_EVERY == 0:
            whole = self._bars(grey)
        if whole:
            return Look(tuple(as_found(code, corners_of(code), shape) for code in whole))
        if restored := self._restored(grey, seen):
            return Look(restored)
        regions = candidates(grey)
        if not regions:
            return Look(())
        self._misses += 1
        best, others = regions[0], regions[1:]
        found = self._try(grey, best, 3 if best.side <= _MEDIUM else 2, invert)
        if not found and others:
            found = self._try(grey, others[self._misses % len(others)], 1, invert)
        return Look(found, best)

    def _restored(self, grey: Grey, seen: list[zxingcpp.Barcode]) -> tuple[Found, ...]:
        """A code that is there and lost a part to a reflection; tried seldom, for it takes 25 ms."""
        if not seen or self._frames < self._next_repair:
            return ()
        for broken in broken_codes(seen)[:1]:
            self._next_repair = self._frames + _REPAIR_EVERY
            shape = (grey.shape[0], grey.shape[1])
            return tuple(as_found(code, broken.corners, shape) for code in repair(grey, broken))
        return ()

    def _bars(self, grey: Grey) -> list[zxingcpp.Barcode]:
        """An old plastic card, upright or, every other time, turned."""
        turned = self._frames % (2 * _CODE128_EVERY) == 0
        found = zxingcpp.read_barcodes(grey, formats=_BARS, try_rotate=turned, try_downscale=False, try_invert=False)
        return [code for code in found if code.valid]

    def _try(self, grey: Grey, region: Region, times: int, invert: bool) -> tuple[Found, ...]:
        box = region.crop(grey)
        for treatment in self._next(region, times):
            treated = treatment(box)
            codes = read_codes(treated, invert=invert)
            if codes:
                scale = np.array([treated.shape[1] / region.width, treated.shape[0] / region.height])
                place = np.array([region.x, region.y])
                shape = (grey.shape[0], grey.shape[1])
                return tuple(as_found(code, corners_of(code) / scale + place, shape) for code in codes)
        return ()

    def _next(self, region: Region, times: int) -> Iterable[treat.Treatment]:
        series = _SMALL_TREATMENTS if region.side <= _LARGE else _LARGE_TREATMENTS
        for _ in range(times):
            chosen = series[self._turn % len(series)]
            self._turn += 1
            yield treat.sharp_doubled if chosen is treat.tripled and region.side > _TINY else chosen
