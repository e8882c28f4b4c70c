"""People who do not exist, for the stand-in models: a pattern of colours round a red square on the detector's grid."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kiosk.app_faces import Faced
from kiosk.devices.camera.base import Picture, ThreadedCamera
from kiosk.devices.face import OpenCvFaces
from kiosk.devices.ports import Frame

HERE = Path(__file__).parent
DETECTOR, RECOGNISER = HERE / "detector.onnx", HERE / "recogniser.onnx"
WIDTH, HEIGHT, CELL = 640, 480, 64


def engine() -> OpenCvFaces:
    return OpenCvFaces(DETECTOR.read_bytes(), RECOGNISER.read_bytes())


def empty(index: int = 1) -> Frame:
    """A grey room."""
    return Frame(np.full((HEIGHT, WIDTH, 3), 120, np.uint8), float(index), index)


def picture(*people: tuple[int, int, int], index: int = 1) -> Frame:
    """Each of `people` is a seed and the cell (column, row) of the grid in the middle of the face."""
    frame = empty(index)
    for seed, column, row in people:
        colours = np.zeros((4, 4, 3), np.uint8)
        colours[..., :2] = np.random.default_rng(seed).integers(0, 2, (4, 4, 2)) * 220
        face = np.kron(colours, np.ones((48, 48, 1), np.uint8))
        face[CELL : 2 * CELL, CELL : 2 * CELL] = (0, 0, 255)
        x, y = (column - 1) * CELL, (row - 1) * CELL
        frame.bgr[y : y + 3 * CELL, x : x + 3 * CELL] = face
    return frame


class PeopleCamera(ThreadedCamera):
    """Sees whoever is put before it, fifteen times a second."""

    def __init__(self) -> None:
        super().__init__("people", first_retry=0.05)
        self.people: tuple[tuple[int, int, int], ...] = ()

    def pictures(self, ending: threading.Event) -> Iterator[Picture]:
        while not ending.is_set():
            yield picture(*self.people).bgr
            ending.wait(1 / 15)


def stand_in(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Have the stand-in models taken for the real ones; returns the configuration that names them."""
    sums = tuple({hashlib.sha256(p.read_bytes()).hexdigest(): p.stat().st_size} for p in (DETECTOR, RECOGNISER))
    monkeypatch.setattr(Faced, "_face_models", lambda _station: sums)
    return {"detector": str(DETECTOR), "recogniser": str(RECOGNISER)}
