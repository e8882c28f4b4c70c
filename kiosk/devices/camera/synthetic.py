"""The camera simulator: paints a room, and brings pictures (a code on a card) into view when told."""

import threading
import time
from collections.abc import Iterator

import cv2
import numpy as np

from kiosk.devices.camera.base import Picture, ThreadedCamera


class SyntheticCamera(ThreadedCamera):
    """Frames of `width`×`height` at `fps`: a plain room with a slowly moving light, so that frames differ.

    `show(card, seconds)` brings a picture (H×W or H×W×3 uint8) into view as a hand would, within `approach` seconds;
    `hide()` takes it away. `unplug()` and `plug()` simulate the cable.
    """

    def __init__(
        self, name: str = "demo", width: int = 1280, height: int = 720, fps: float = 15.0, approach: float = 1.2
    ) -> None:
        super().__init__(name, first_retry=0.05)
        self._size = (width, height)
        self._fps = fps
        self._approach = approach
        self._card: Picture | None = None
        self._since = 0.0
        self._until = 0.0
        self._plugged = True
        self._room = _paint_room(width, height)

    def show(self, card: Picture, seconds: float = float("inf")) -> None:
        colour = cv2.cvtColor(card, cv2.COLOR_GRAY2BGR) if card.ndim == 2 else card
        self._since = time.monotonic()
        self._until = self._since + seconds
        self._card = np.asarray(colour, dtype=np.uint8)

    def hide(self) -> None:
        self._card = None

    def unplug(self) -> None:
        self._plugged = False

    def plug(self) -> None:
        self._plugged = True

    def pictures(self, ending: threading.Event) -> Iterator[Picture]:
        begun = due = time.monotonic()
        while not ending.is_set():
            if not self._plugged:
                raise OSError("unplugged")
            yield self._paint(time.monotonic() - begun)
            due = max(due + 1 / self._fps, time.monotonic() - 1 / self._fps)
            ending.wait(max(0.0, due - time.monotonic()))

    def _paint(self, seconds: float) -> Picture:
        width, height = self._size
        picture = self._room.copy()
        x = int((0.5 + 0.4 * np.sin(seconds * 0.7)) * width)
        cv2.circle(picture, (x, height // 5), height // 18, (196, 226, 244), -1, cv2.LINE_AA)
        now = time.monotonic()
        card = self._card  # read once: another thread may take it away
        if card is not None and now < self._until:
            self._lay(picture, card, min(1.0, (now - self._since) / self._approach))
        return picture

    def _lay(self, picture: Picture, card: Picture, progress: float) -> None:
        """Put the card into the picture: from below the edge to the middle, a third of the picture's height."""
        width, height = self._size
        side = int(height * 0.5)
        scale = side / max(card.shape[:2])
        small = cv2.resize(card, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        rows, columns = small.shape[:2]
        top = int(height - (height - (height - rows) / 2) * progress)
        left = (width - columns) // 2
        shown = min(rows, height - top)
        if shown > 0:
            picture[top : top + shown, left : left + columns] = small[:shown]


def _paint_room(width: int, height: int) -> Picture:
    ramp = np.linspace(214, 150, height, dtype=np.float32)[:, None, None]
    room = np.repeat(ramp, width, axis=1) * np.array([0.90, 0.96, 1.0], dtype=np.float32)
    picture = room.astype(np.uint8)
    cv2.rectangle(picture, (0, int(height * 0.78)), (width, height), (120, 138, 150), -1)
    cv2.rectangle(
        picture, (int(width * 0.08), int(height * 0.2)), (int(width * 0.28), int(height * 0.78)), (96, 110, 128), -1
    )
    return picture
