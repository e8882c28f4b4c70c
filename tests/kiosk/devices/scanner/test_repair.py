"""Reed–Solomon with erasures against another encoder's blocks; codes under a reflection; no code out of noise."""

import cv2
import hypothesis.strategies as st
import numpy as np
import pytest
import qrcode
from hypothesis import given
from qrcode import base

from kiosk.devices.scanner.codes import look_for_codes, read_codes
from kiosk.devices.scanner.reed_solomon import correct
from kiosk.devices.scanner.repair import _LEVELS, Broken, _drawn, _mask, _order, _places, broken_codes, repair
from kiosk.devices.scanner.stills import read_still
from tests.kiosk.devices.helpers import qr

TEXT = "GH1:PWGSLK/-48T8B2EVQN+6BH:KC3DL%6L*6QF6FN0OYDHPGWY0%NDI2A/E7360 8EC5G3TAN/1W-6PGI/E73604FEXPC4EC9VE100"


def drawn(version: int, level: str) -> tuple[np.ndarray, list[int]]:
    """A code of the qrcode library and its codewords in the order of the symbol."""
    code = qrcode.QRCode(version, _LEVELS[level], border=0)
    code.add_data("TEN LETTER"[: 5 + version % 5])
    code.make(fit=False)
    return np.array(code.modules, dtype=bool), list(code.data_cache)


def blocks(version: int, level: str) -> list[tuple[list[int], int]]:
    _, words = drawn(version, level)
    parts = base.rs_blocks(version, _LEVELS[level])
    places = _places(tuple((part.total_count, part.data_count) for part in parts))
    return [
        ([words[spot] for spot in spots], part.total_count - part.data_count)
        for part, spots in zip(parts, places, strict=True)
    ]


@pytest.mark.parametrize(("version", "level"), [(1, "L"), (2, "H"), (5, "Q"), (7, "M"), (8, "M"), (14, "H"), (40, "L")])
def test_codewords_stand_where_another_encoder_puts_them(version: int, level: str) -> None:
    modules, words = drawn(version, level)
    order = _order(version)
    streams = [(modules ^ _mask(version, mask))[order[:, 0], order[:, 1]] for mask in range(8)]
    assert sum(np.packbits(stream[: len(words) * 8]).tolist() == words for stream in streams) == 1


@given(st.data(), st.sampled_from([(1, "M"), (5, "Q"), (8, "M")]))
def test_errors_and_erasures_up_to_the_limit_are_corrected(data: st.DataObject, kind: tuple[int, str]) -> None:
    word, check = data.draw(st.sampled_from(blocks(*kind)))
    erased = data.draw(st.integers(0, check))
    wrong = data.draw(st.integers(0, (check - erased) // 2))
    places = data.draw(st.permutations(range(len(word))))[: erased + wrong]
    broken = list(word)
    for place in places:
        broken[place] ^= data.draw(st.integers(1, 255))
    assert correct(broken, check, places[:erased]) == word
    if 2 * wrong + erased > check - 3 and places:
        assert correct(broken, check, places[:erased], spare=3) is None


@given(st.integers(0, 1 << 40), st.sets(st.integers(0, 59), max_size=30))
def test_noise_is_not_corrected_into_anything(seed: int, erased: set[int]) -> None:
    word = np.random.default_rng(seed).integers(0, 256, 60).tolist()
    assert correct(word, 22, sorted(erased), spare=3) is None


def under_a_reflection(code: np.ndarray, x: float, y: float, size: float) -> np.ndarray:
    rows, columns = np.mgrid[0 : code.shape[0], 0 : code.shape[1]] / code.shape[0]
    light = np.exp(-(((columns - x) / size) ** 2) - ((rows - y) / size) ** 2) * 420
    picture = np.clip(40 + code.astype(np.float32) * 0.75 + light, 0, 255)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.0), dtype=np.uint8)


def test_a_code_under_a_reflection_is_restored_and_is_not_read_without() -> None:
    picture = under_a_reflection(qr(TEXT, 8), 0.5, 0.62, 0.2)
    assert read_codes(picture, rotate=True, downscale=True) == []
    texts = [code.text for broken in broken_codes(look_for_codes(picture)) for code in repair(picture, broken)]
    assert texts
    assert set(texts) == {TEXT}
    assert [found.text for found in read_still(picture)] == [TEXT]


def test_a_code_that_has_lost_too_much_is_left() -> None:
    picture = under_a_reflection(qr(TEXT, 8), 0.5, 0.62, 0.42)
    assert [code for broken in broken_codes(look_for_codes(picture)) for code in repair(picture, broken)] == []


def test_no_text_comes_out_of_a_code_full_of_noise() -> None:
    """Everything but the content is right, so that only the check speaks against it."""
    random = np.random.default_rng(4)
    for _ in range(40):
        version = int(random.integers(1, 11))
        broken = Broken(version, _LEVELS["M"], int(random.integers(8)), np.zeros((4, 2)))
        count = len(_order(version)) // 8
        picture = _drawn(broken, random.integers(0, 256, count).tolist())
        side, far = 16, picture.shape[0] - 16
        corners = np.array([[side, side], [far, side], [far, far], [side, far]], dtype=np.float64)
        noisy = np.asarray(np.clip(picture * 0.6 + random.normal(60, 30, picture.shape), 0, 255), dtype=np.uint8)
        assert repair(noisy, Broken(version, broken.level, broken.mask, corners)) == []
