"""Codes whose check does not come out: the modules are read one by one, and what a reflection or a scratch destroyed
is said to be missing instead of being guessed. Twice as much can then be restored.

zxing-cpp says of a code it found and could not read where it lies, its version, level and mask. From the restored
codewords the code is drawn anew, clean, and read as any other: so nothing here interprets a content.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import qrcode
import zxingcpp
from numpy.typing import NDArray
from qrcode import base, util

from kiosk.devices.scanner.codes import corners_of, read_codes
from kiosk.devices.scanner.reed_solomon import correct
from kiosk.devices.scanner.region import Grey
from kiosk.devices.scanner.treatments import evened

_CELL = 8  # pixels a module, once the code is set upright
_SPARE = 3  # check symbols that are never used up
_DOUBTS = (0.0, 0.12, 0.2, 0.3, 0.42)  # what is less sure than this is said to be missing
_COARSE, _REACH = 0.8, 8  # modules a step, and steps, by which the least sure corner may be off
_AROUND = 2.0  # modules: the spread of what a module is compared with
_FINE = (0.4, 0.2, 0.1)  # modules by which all corners are then moved
_LEVELS = {
    "L": qrcode.constants.ERROR_CORRECT_L,
    "M": qrcode.constants.ERROR_CORRECT_M,
    "Q": qrcode.constants.ERROR_CORRECT_Q,
    "H": qrcode.constants.ERROR_CORRECT_H,
}
Cells = NDArray[np.float32]


@dataclass(frozen=True)
class Broken:
    """A code that was found and not read. `corners` are 4×2 pixels."""

    version: int
    level: int
    mask: int
    corners: NDArray[np.float64]


def broken_codes(seen: list[zxingcpp.Barcode]) -> list[Broken]:
    """Of what `look_for_codes` gave, the codes that were found and not read."""
    broken = []
    for code in seen:
        extra = code.extra if not code.valid and isinstance(code.extra, dict) else {}
        version, level = str(extra.get("Version", "")), str(extra.get("ECLevel", ""))
        mask = extra.get("DataMask")
        if version.isdecimal() and 1 <= int(version) <= 40 and level in _LEVELS and isinstance(mask, int):
            broken.append(Broken(int(version), _LEVELS[level], mask, corners_of(code)))
    return broken


def repair(grey: Grey, broken: Broken) -> list[zxingcpp.Barcode]:
    """The code, read from its restored drawing; empty when too much is missing."""
    values, sure = _samples(grey, broken)
    bits = (values < 0.5) ^ _mask(broken.version, broken.mask)
    for doubt in _DOUBTS:
        words = _codewords(broken, bits, sure, doubt)
        if words is not None:
            return read_codes(_drawn(broken, words))
    return []


def _samples(grey: Grey, broken: Broken) -> tuple[Cells, Cells]:
    """How light each module is (0 dark … 1 light) and how sure that is (0 … 1)."""
    side = broken.version * 4 + 17
    outer = np.array([[0, 0], [side, 0], [side, side], [0, side]], dtype=np.float32) * _CELL
    corners = _fitted(grey, broken)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), outer)
    flat = cv2.warpPerspective(grey, matrix, (side * _CELL, side * _CELL), flags=cv2.INTER_LINEAR)
    middle = cv2.blur(flat, (5, 5))[_CELL // 2 :: _CELL, _CELL // 2 :: _CELL].astype(np.float32)
    return _judged(middle)


def _fitted(grey: Grey, broken: Broken) -> NDArray[np.float64]:
    """The outline at which the patterns that every code has fit best.

    Where the alignment pattern cannot be seen the corner opposite the finders is only a guess: it is looked for widely,
    and then all four are moved a little as long as that is better.
    """
    side = broken.version * 4 + 17
    module = float(np.linalg.norm(broken.corners[1] - broken.corners[0])) / side
    light = evened(grey, int(module * 9) | 1)
    known, drawn = _known(broken.version)
    rows, columns = np.nonzero(known)
    points = np.stack([columns + 0.5, rows + 0.5, np.ones(len(rows))])
    wanted = np.where(drawn[rows, columns], -1.0, 1.0)
    square = np.array([[0, 0], [side, 0], [side, side], [0, side]], dtype=np.float32)

    def fit(corners: NDArray[np.float64]) -> float:
        matrix = cv2.getPerspectiveTransform(square, corners.astype(np.float32))
        x, y, z = matrix @ points
        seen = cv2.remap(light, (x / z).astype(np.float32), (y / z).astype(np.float32), cv2.INTER_LINEAR)
        return float(wanted @ seen.ravel()) / len(wanted)

    best, corners = fit(broken.corners), broken.corners
    for across in range(-_REACH, _REACH + 1):
        for down in range(-_REACH, _REACH + 1):
            moved = broken.corners.copy()
            moved[2] += np.array([across, down]) * module * _COARSE
            if (score := fit(moved)) > best:
                best, corners = score, moved
    for step in _FINE:
        better = True
        while better:
            better = False
            for corner in range(4):
                for move in ((step, 0), (-step, 0), (0, step), (0, -step)):
                    moved = corners.copy()
                    moved[corner] += np.array(move) * module
                    if (score := fit(moved)) > best + 1e-6:
                        best, corners, better = score, moved, True
    return corners


def _judged(middle: Cells) -> tuple[Cells, Cells]:
    """Against the mean of the modules around, in units of their spread; where all is alike nothing is sure."""
    mean = cv2.GaussianBlur(middle, (0, 0), _AROUND)
    spread = cv2.sqrt(np.maximum(cv2.GaussianBlur(middle * middle, (0, 0), _AROUND) - mean * mean, 1.0))
    values = np.clip((middle - mean) / (spread * 2.5) + 0.5, 0.0, 1.0)
    sure = np.abs(values - 0.5) * 2.0 * np.clip((spread - 5.0) / 20.0, 0.0, 1.0)
    sure[middle >= 251.0] *= 0.3  # white that is burnt out may hide anything
    return values.astype(np.float32), sure.astype(np.float32)


def _codewords(broken: Broken, bits: NDArray[np.bool_], sure: Cells, doubt: float) -> list[int] | None:
    """The codewords in the order of the symbol, corrected block by block; None when one block is beyond help."""
    order = _order(broken.version)
    stream, certainty = bits[order[:, 0], order[:, 1]], sure[order[:, 0], order[:, 1]]
    count = len(stream) // 8
    words = np.packbits(stream[: count * 8]).tolist()
    weakest = certainty[: count * 8].reshape(count, 8).min(axis=1)
    blocks = base.rs_blocks(broken.version, broken.level)
    places = _places(tuple((block.total_count, block.data_count) for block in blocks))
    fixed = list(words)
    for block, spots in zip(blocks, places, strict=True):
        check = block.total_count - block.data_count
        here = weakest[list(spots)]
        missing = [int(i) for i in np.argsort(here, kind="stable") if here[i] < doubt][: max(0, check - _SPARE)]
        good = correct([words[spot] for spot in spots], check, missing, _SPARE)
        if good is None:
            return None
        for spot, word in zip(spots, good, strict=True):
            fixed[spot] = word
    return fixed


def _drawn(broken: Broken, words: list[int]) -> Grey:
    code = _blank(broken.version, broken.level)
    code.data_cache = words
    code.makeImpl(False, broken.mask)
    cells = np.array(code.modules, dtype=np.uint8)
    picture = np.pad(255 - cells * 255, 4, constant_values=255)
    return np.asarray(np.kron(picture, np.ones((4, 4), dtype=np.uint8)), dtype=np.uint8)


def _blank(version: int, level: int) -> Any:
    return qrcode.QRCode(version, level, border=0)


@cache
def _known(version: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which modules are the same in every code of this version (finders, timing, alignment), and which are dark."""
    code = _blank(version, _LEVELS["M"])
    code.modules_count = version * 4 + 17
    code.modules = [[None] * code.modules_count for _ in range(code.modules_count)]
    for row, column in ((0, 0), (code.modules_count - 7, 0), (0, code.modules_count - 7)):
        code.setup_position_probe_pattern(row, column)
    code.setup_position_adjust_pattern()
    code.setup_timing_pattern()
    known = np.array([[cell is not None for cell in row] for row in code.modules])
    return known, np.array([[bool(cell) for cell in row] for row in code.modules])


@cache
def _order(version: int) -> NDArray[np.intp]:
    """(row, column) of each data module in the order in which bits are laid (ISO/IEC 18004:2015, 7.7.3)."""
    side = version * 4 + 17
    taken, _ = _known(version)
    taken = taken.copy()
    taken[:9, 8] = taken[8, :9] = taken[8, side - 8 :] = taken[side - 8 :, 8] = True  # format information
    if version >= 7:
        taken[:6, side - 11 : side - 8] = taken[side - 11 : side - 8, :6] = True
    order, rows = [], list(range(side - 1, -1, -1))
    for right in range(side - 1, 0, -2):
        column = right - 1 if right <= 6 else right
        order += [(row, c) for row in rows for c in (column, column - 1) if not taken[row, c]]
        rows.reverse()
    return np.array(order, dtype=np.intp)


@cache
def _places(blocks: tuple[tuple[int, int], ...]) -> tuple[tuple[int, ...], ...]:
    """Where in the stream the symbols of each block stand: they are interleaved, data first, then check symbols."""
    spots: list[list[int]] = [[] for _ in blocks]
    number = 0
    for sizes in ([data for _, data in blocks], [total - data for total, data in blocks]):
        for i in range(max(sizes)):
            for block, size in enumerate(sizes):
                if i < size:
                    spots[block].append(number)
                    number += 1
    return tuple(map(tuple, spots))


@cache
def _mask(version: int, mask: int) -> NDArray[np.bool_]:
    side = version * 4 + 17
    flips: Callable[[int, int], bool] = util.mask_func(mask)
    return np.array([[flips(row, column) for column in range(side)] for row in range(side)], dtype=bool)
