"""A wall is looked at twice a second, anything that moves at once."""

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.scanner.camera_scanner import Stillness
from tests.kiosk.devices.helpers import qr


def wall(seed: int = 0) -> NDArray[np.uint8]:
    noise = np.random.default_rng(seed).normal(0, 6, (720, 1280))
    return np.clip(140 + noise, 0, 255).astype(np.uint8)


def looks(stillness: Stillness, frames: list[NDArray[np.uint8]], anything: bool = False) -> int:
    count = 0
    for number, frame in enumerate(frames):
        if stillness.worth(frame, number / 15):
            stillness.saw(anything)
            count += 1
    return count


def test_a_noisy_wall_is_looked_at_twice_a_second() -> None:
    assert looks(Stillness(), [wall(seed) for seed in range(30)]) == 4


def test_while_something_like_a_code_is_in_view_every_frame_is_looked_at() -> None:
    assert looks(Stillness(), [wall(seed) for seed in range(30)], anything=True) == 30


def test_a_small_code_that_comes_into_view_is_looked_at_at_once() -> None:
    stillness = Stillness()
    looks(stillness, [wall(seed) for seed in range(5)])
    code = qr("GH1:" + "A" * 200, module=2)  # a tenth of the picture's width, as held far away
    frame = wall(9)
    frame[300 : 300 + code.shape[0], 600 : 600 + code.shape[1]] = code
    assert stillness.worth(frame, 5 / 15)
