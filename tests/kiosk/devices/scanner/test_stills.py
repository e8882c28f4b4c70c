"""Simulated photographs in trouble: what is read must be right, and most of it must be read."""

import numpy as np
import pytest

from kiosk.devices.scanner.stills import read_still
from tests.benchmarks.scan_stills import KINDS, photo

# Half of these lose more to the reflection or the scratch than any decoder can give back.
HARD = {"glare", "bright spots", "damaged", "curved", "shadows", "huge"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in HARD])
def test_codes_in_trouble_are_read_and_never_misread(kind: str) -> None:
    taken = photo(kind)
    assert sorted(found.text for found in read_still(taken.picture, patience=20.0)) == sorted(taken.texts)


@pytest.mark.parametrize("kind", sorted(HARD))
def test_codes_beyond_help_are_never_misread(kind: str) -> None:
    taken = photo(kind)
    assert {found.text for found in read_still(taken.picture, patience=1.0)} <= set(taken.texts)


def test_patience_ends_a_hopeless_search() -> None:
    ticks = iter(float(tick) for tick in range(1000))
    noise = np.random.default_rng(5).integers(0, 255, (500, 500, 3), dtype=np.uint8)
    assert read_still(noise, patience=5.0, monotonic=lambda: next(ticks)) == []
    assert next(ticks) < 12


@pytest.mark.parametrize("shape", [(1, 1), (7, 300), (300, 7, 3), (8, 8), (40, 2000), (2000, 40, 3)])
def test_odd_shapes_are_harmless(shape: tuple[int, ...]) -> None:
    picture = np.random.default_rng(6).integers(0, 255, shape, dtype=np.uint8)
    assert read_still(picture, patience=0.5) == []
