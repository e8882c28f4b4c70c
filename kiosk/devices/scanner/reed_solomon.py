"""Reed–Solomon correction with erasures over GF(256), as QR codes use it (ISO/IEC 18004:2015, 7.5: x^8+x^4+x^3+x^2+1).

A decoder that is told where symbols are missing restores twice as many as one that has to find them: that is what
reads a code under a reflection.
"""

from collections.abc import Sequence

_FIELD = 0x11D


def _tables() -> tuple[list[int], list[int]]:
    exponents, logarithms = [0] * 512, [0] * 256
    value = 1
    for power in range(255):
        exponents[power], logarithms[value] = value, power
        value <<= 1
        if value & 0x100:
            value ^= _FIELD
    for power in range(255, 512):
        exponents[power] = exponents[power - 255]
    return exponents, logarithms


_EXP, _LOG = _tables()


def _times(a: int, b: int) -> int:
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


def _over(a: int, b: int) -> int:
    return _EXP[_LOG[a] - _LOG[b] + 255] if a else 0


def _at(polynomial: Sequence[int], x: int) -> int:
    """Value of a polynomial, lowest power first."""
    value = 0
    for coefficient in reversed(polynomial):
        value = _times(value, x) ^ coefficient
    return value


def _product(a: Sequence[int], b: Sequence[int]) -> list[int]:
    result = [0] * (len(a) + len(b) - 1)
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            result[i + j] ^= _times(left, right)
    return result


def correct(word: Sequence[int], check: int, erased: Sequence[int] = (), spare: int = 0) -> list[int] | None:
    """The corrected block, or None when it cannot be.

    `check` is the number of check symbols at the end of `word`, `erased` the places that are not known. With e erasures
    and t errors 2t + e + `spare` may be at most `check`: what is spared guards against a wrong correction.
    """
    size = len(word)
    syndromes = [_at(word[::-1], _EXP[power]) for power in range(check)]
    if not any(syndromes):
        return list(word)
    if len(erased) > check:
        return None
    locator = [1]
    for place in erased:
        locator = _product(locator, [1, _EXP[size - 1 - place]])
    locator, length = _error_locator(syndromes, locator, len(erased))
    errors = length - len(erased)
    if 2 * errors + len(erased) + spare > check:
        return None
    places = [place for place in range(size) if _at(locator, _EXP[255 - (size - 1 - place)]) == 0]
    if len(places) != length:
        return None
    fixed = _repaired(word, syndromes, locator, places)
    if fixed is None or any(_at(fixed[::-1], _EXP[power]) for power in range(check)):
        return None
    return fixed


def _error_locator(syndromes: Sequence[int], erasures: list[int], count: int) -> tuple[list[int], int]:
    """Berlekamp and Massey's algorithm, begun with the known places (Blahut 1983)."""
    locator, helper, length = list(erasures), list(erasures), count
    for step in range(count, len(syndromes)):
        gap = 0
        for i, coefficient in enumerate(locator[: step + 1]):
            gap ^= _times(coefficient, syndromes[step - i])
        helper = [0, *helper]
        if gap:
            width = max(len(locator), len(helper))
            old = locator + [0] * (width - len(locator))
            shift = helper + [0] * (width - len(helper))
            if 2 * length <= step + count:
                length = step + count + 1 - length
                helper = [_over(coefficient, gap) for coefficient in locator]
            locator = [a ^ _times(gap, b) for a, b in zip(old, shift, strict=True)]
    while len(locator) > 1 and locator[-1] == 0:
        locator.pop()
    return locator, length if len(locator) == length + 1 else -1


def _repaired(
    word: Sequence[int], syndromes: Sequence[int], locator: Sequence[int], places: Sequence[int]
) -> list[int] | None:
    """Forney's formula gives what to add at each place."""
    evaluator = _product(syndromes, locator)[: len(syndromes)]
    slope = [coefficient if power % 2 == 0 else 0 for power, coefficient in enumerate(locator[1:])]
    fixed = list(word)
    for place in places:
        power = len(word) - 1 - place
        inverse = _EXP[255 - power]
        below = _at(slope, inverse)
        if not below:
            return None
        fixed[place] ^= _times(_EXP[power], _over(_at(evaluator, inverse), below))
    return fixed
