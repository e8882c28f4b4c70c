"""YuNet and SFace through OpenCV. Not thread-safe: one engine belongs to one thread."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.ports import Frame

WIDEST = 320  # pixels: what the detector looks at; a face that opens a door is large in the picture
MIN_SCORE = 0.9
SIZE = 128  # numbers in a template
Template = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Face:
    """A face in a frame. `box` is x, y, width, height in pixels; `row` is the detector's own (15 numbers)."""

    box: tuple[int, int, int, int]
    score: float
    row: NDArray[np.float32]


class OpenCvFaces:
    """Raises cv2.error where OpenCV cannot read the models, which were checked before."""

    def __init__(self, detector: bytes, recogniser: bytes, min_score: float = MIN_SCORE) -> None:
        none = np.empty(0, np.uint8)
        self._detector = cv2.FaceDetectorYN.create(
            "onnx", np.frombuffer(detector, np.uint8), none, (WIDEST, WIDEST), min_score, 0.3, 50
        )
        self._recogniser = cv2.FaceRecognizerSF.create("onnx", np.frombuffer(recogniser, np.uint8), none)

    def find(self, frame: Frame) -> list[Face]:
        """The faces in a frame, the largest first."""
        width = frame.bgr.shape[1]
        scale = min(1.0, WIDEST / width)
        small = (
            cv2.resize(frame.bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else frame.bgr
        )
        self._detector.setInputSize((small.shape[1], small.shape[0]))
        _, rows = self._detector.detect(small)
        faces = []
        for row in rows if rows is not None else ():
            whole = np.asarray(row, np.float32).copy()
            whole[:14] /= scale
            x, y, w, h = (round(float(value)) for value in whole[:4])
            faces.append(Face((x, y, w, h), float(whole[14]), whole))
        return sorted(faces, key=lambda face: -face.box[2] * face.box[3])

    def template(self, frame: Frame, face: Face) -> Template:
        """What tells this face from others: 128 numbers of length 1. Nothing of the picture is kept."""
        crop = self._recogniser.alignCrop(frame.bgr, face.row)
        numbers = np.asarray(self._recogniser.feature(crop), np.float32).reshape(-1)
        return normal(numbers)


def normal(numbers: Template) -> Template:
    """The same direction with length 1; zeros stay zeros."""
    length = float(np.linalg.norm(numbers))
    return np.asarray(numbers / length if length > 0 else numbers, np.float32)


def similarity(one: Template, other: Template) -> float:
    """Cosine of the angle between two templates, -1..1."""
    return float(np.dot(one, other))
