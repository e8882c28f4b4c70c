"""For somebody without a camera: the demonstration's codes, held before the simulated camera, read as real pixels."""

from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.app import ASSETS, Station
from kiosk.devices.camera import SyntheticCamera
from ui.members.words import CODE_NAMES, code_title

_CODES = ASSETS / "demo" / "codes"
SECONDS = 6.0  # for which a code is held before the camera


@dataclass(frozen=True, slots=True)
class DemoCode:
    name: str
    title: str


def simulator(station: Station) -> SyntheticCamera | None:
    """The simulated camera, None where the station has a real one."""
    driver = station.camera.driver
    return driver if isinstance(driver, SyntheticCamera) else None


def demo_codes(station: Station) -> tuple[DemoCode, ...]:
    """The codes that can be shown; none where the station has a real camera."""
    if simulator(station) is None:
        return ()
    return tuple(DemoCode(name, code_title(name)) for name in CODE_NAMES if (_CODES / f"{name}.png").is_file())


def show(station: Station, name: str) -> bool:
    """Hold a code before the simulated camera. False when there is no such code or no such camera."""
    camera = simulator(station)
    if camera is None or name not in CODE_NAMES:
        return False
    data = np.fromfile(_CODES / f"{name}.png", dtype=np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if picture is None:
        return False
    camera.show(np.asarray(picture, dtype=np.uint8), SECONDS)
    return True
