"""The station's picture for the call, out of the one capture that scanning and preview use too."""

import threading
from collections.abc import Mapping

from kiosk.devices.camera.jpeg import compress
from kiosk.devices.ports import Camera, DeviceState, Frame

WIDTH, HEIGHT = 640, 480  # the largest picture that is sent, pixels; a caller is read by the face, not by the room
_QUALITY = 80
_WAIT = 1.0


class CallPicture:
    """JPEG frames of one of the station's cameras, newest only. `next` blocks and belongs on a thread of its own.

    `cameras` by name, the first is the one a call begins with. Frames are counted across a change of camera, so that
    whoever asks for what comes after a number always gets something newer.
    """

    def __init__(self, cameras: Mapping[str, Camera]) -> None:
        self._cameras = dict(cameras)
        self.names = tuple(self._cameras)
        self._lock = threading.Lock()
        self._on = False
        self._chosen = self.names[0]
        self._base = self._newest = 0

    @property
    def chosen(self) -> str:
        return self._chosen

    def start(self) -> None:
        """Hold the camera, the first one."""
        with self._lock:
            if not self._on:
                self._turn_to(self.names[0])
                self._on = True
                self._camera.start()

    def stop(self) -> None:
        """Give it back. Doing it twice is harmless."""
        with self._lock:
            if self._on:
                self._on = False
                self._camera.stop()

    def choose(self, name: str) -> None:
        """Show another camera from now on; one that does not exist changes nothing."""
        with self._lock:
            if name not in self._cameras or name == self._chosen:
                return
            if self._on:
                self._camera.stop()
            self._turn_to(name)
            if self._on:
                self._camera.start()

    @property
    def present(self) -> bool:
        """Whether there is a camera at all; it may still be starting."""
        return self._camera.health().state is not DeviceState.OFF

    def next(self, after: int) -> tuple[int, bytes] | None:
        """The number and the JPEG of the newest frame after `after`; None when none came within a second."""
        with self._lock:
            if not self._on:
                return None
            camera, base = self._camera, self._base
        frame = camera.wait(max(after - base, 0), _WAIT)
        if frame is None:
            return None
        with self._lock:
            if base == self._base:
                self._newest = max(self._newest, base + frame.index)
        return base + frame.index, encode(frame)

    @property
    def _camera(self) -> Camera:
        return self._cameras[self._chosen]

    def _turn_to(self, name: str) -> None:
        self._chosen, self._base = name, self._newest


def encode(frame: Frame) -> bytes:
    """The frame as JPEG, at most `WIDTH`×`HEIGHT`, with even sides as a video encoder wants them."""
    height, width = frame.bgr.shape[:2]
    scale = min(1.0, WIDTH / width, HEIGHT / height)
    size = (max(2, round(width * scale) & ~1), max(2, round(height * scale) & ~1))
    return compress(frame, size, _QUALITY)
