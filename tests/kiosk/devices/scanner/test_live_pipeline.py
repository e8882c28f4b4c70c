"""The live pipeline: hard takes, dark mode, plastic cards, hints, and what one sighting is."""

import cv2
import hypothesis.strategies as st
import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings

from kiosk.devices.ports import ScanHint
from kiosk.devices.scanner.camera_scanner import HINT_AFTER, SAME_WITHIN, Sightings
from kiosk.devices.scanner.codes import read_codes, to_grey
from kiosk.devices.scanner.decode import Pipeline
from kiosk.devices.scanner.hints import advise
from kiosk.devices.scanner.region import Region, candidates, likeliest
from tests.benchmarks.scan_scenes import SCENES, takes
from tests.kiosk.devices.helpers import qr


def frames(scene: int, count: int) -> tuple[str, list[np.ndarray]]:
    take = takes(SCENES[scene], 1)[0]
    return take.text, [to_grey(frame) for frame, _ in zip(take.frames(), range(count), strict=False)]


@pytest.mark.parametrize("scene", [0, 3, 4], ids=lambda scene: SCENES[scene].name)
def test_a_take_is_read_no_later_than_by_the_plain_decoder(scene: int) -> None:
    text, seen = frames(scene, 26)
    pipeline = Pipeline()

    def first(look: list[bool]) -> int:
        return look.index(True) if True in look else len(look)

    ours = [any(found.text == text for found in pipeline.look(grey).found) for grey in seen]
    plain = [any(code.text == text for code in read_codes(grey, downscale=True)) for grey in seen]
    assert first(ours) <= first(plain)
    assert first(ours) < len(seen)


def test_a_dark_mode_code_and_a_plastic_card_come_within_a_second() -> None:
    dark = np.full((720, 1280), 40, np.uint8)
    code = 255 - qr("GH1:DARK", 6)
    dark[100 : 100 + code.shape[0], 500 : 500 + code.shape[1]] = code
    pipeline = Pipeline()
    assert any(pipeline.look(dark).found for _ in range(5))
    bars = np.array(zxingcpp.create_barcode("0510-4471", zxingcpp.BarcodeFormat.Code128).to_image(scale=3))
    card = np.full((720, 1280), 200, np.uint8)
    card[300 : 300 + bars.shape[0], 300 : 300 + bars.shape[1]] = bars
    pipeline = Pipeline()
    found = [f for _ in range(3) for f in pipeline.look(card).found]
    assert [(f.text, f.format) for f in found] == [("0510-4471", "Code128")]


def test_the_corners_of_a_code_in_a_treated_region_are_those_of_the_picture() -> None:
    picture = np.full((720, 1280), 150, np.uint8)
    code = qr("GH1:CORNERS OF A SMALL CODE THAT NEEDS HELP 1234567890", 2)
    picture[400 : 400 + code.shape[0], 900 : 900 + code.shape[1]] = code
    soft = np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.1), dtype=np.uint8)
    assert not read_codes(soft)
    pipeline = Pipeline()
    found = next(f for _ in range(6) for f in pipeline.look(soft).found)
    xs, ys = np.array(found.corners).T
    assert [xs.min() * 1280, ys.min() * 720] == pytest.approx([908, 408], abs=3)
    assert [xs.max() * 1280, ys.max() * 720] == pytest.approx([892 + code.shape[1], 392 + code.shape[0]], abs=3)


@given(
    st.integers(1, 90),
    st.integers(1, 90),
    st.sampled_from(["noise", "black", "white", "lines"]),
    st.integers(0, 1 << 30),
)
@settings(max_examples=40)
def test_any_frame_whatever_is_looked_at_without_complaint(height: int, width: int, kind: str, seed: int) -> None:
    random = np.random.default_rng(seed)
    picture = {
        "noise": random.integers(0, 255, (height, width)),
        "black": np.zeros((height, width)),
        "white": np.full((height, width), 255),
        "lines": np.tile(random.integers(0, 255, width), (height, 1)),
    }[kind].astype(np.uint8)
    pipeline = Pipeline()
    for _ in range(5):
        assert pipeline.look(picture).found == ()


def test_a_wall_has_no_region_and_a_code_is_inside_its_own() -> None:
    wall = np.tile(np.linspace(90, 200, 1280).astype(np.uint8), (720, 1))
    assert likeliest(wall) is None
    code = qr("GH1:HERE", 5)
    wall[300 : 300 + code.shape[0], 640 : 640 + code.shape[1]] = code
    region = candidates(wall)[0]
    assert region.x <= 660
    assert region.y <= 320
    assert region.x + region.width >= 640 + code.shape[1] - 20
    assert region.y + region.height >= 300 + code.shape[0] - 20


def test_one_payload_is_one_scan_while_it_stays() -> None:
    sightings = Sightings()
    assert sightings.is_new(b"a", 0.0)
    assert not any(sightings.is_new(b"a", 0.1 * step) for step in range(1, 40))
    assert sightings.is_new(b"b", 4.0)
    assert not sightings.is_new(b"a", 4.0)
    assert sightings.is_new(b"a", 4.0 + SAME_WITHIN)


def test_a_hint_comes_after_a_while_and_not_at_every_frame() -> None:
    sightings = Sightings()
    given_at = [step for step in range(100) if sightings.unread(step / 10)]
    assert given_at[0] == round(HINT_AFTER * 10)
    assert len(given_at) == 2
    sightings.nothing()
    assert not sightings.unread(10.1)
    sightings.is_new(b"read", 10.2)
    assert not sightings.unread(10.3)


def region_of(size: float) -> Region:
    side = int(size * 720)
    return Region(100, 0, side, side, 20.0)


@pytest.mark.parametrize(
    ("size", "change", "expected"),
    [
        (0.12, lambda box: box, ScanHint.CLOSER),
        (0.95, lambda box: box, ScanHint.FARTHER),
        (0.4, lambda box: box // 5, ScanHint.BRIGHTER),
        (0.4, lambda box: np.where(np.arange(len(box))[:, None] < len(box) // 3, 255, box // 2), ScanHint.TILT),
        (0.4, lambda box: cv2.GaussianBlur(box, (0, 0), 9), ScanHint.STEADY),
        (0.6, lambda box: cv2.GaussianBlur(box, (0, 0), 14), ScanHint.FARTHER),
    ],
)
def test_the_hint_says_what_would_help(size: float, change: object, expected: ScanHint) -> None:
    grey = np.full((720, 1280), 120, np.uint8)
    region = region_of(size)
    code = cv2.resize(qr("x" * 90), (region.width, region.height), interpolation=cv2.INTER_AREA)
    box = change(np.asarray(code * 0.8, dtype=np.uint8))  # type: ignore[operator]
    grey[region.y : region.y + region.height, region.x : region.x + region.width] = box
    assert advise(grey, region) is expected
