"""The station's picture for the call, out of the one capture that scanning and preview use too."""

import threading

import cv2

from kiosk.devices.ports import Camera, DeviceState, Frame

WIDTH, HEIGHT = 640, 480  # the largest picture that is sent, pixels; a caller is read by the face, not by the room
_QUALITY = 80
_WAIT = 1.0


class CallPicture:
    """JPEG frames of a camera, newest only. `next` blocks and belongs on a thread of its own; the rest on any."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._on = threading.Event()

    def start(self) -> None:
        """Hold the camera."""
        if not self._on.is_set():
            self._on.set()
            self._camera.start()

    def stop(self) -> None:
        """Give it back. Doing it twice is harmless."""
        if self._on.is_set():
            self._on.clear()
            self._camera.stop()

    @property
    def present(self) -> bool:
        """Whether the station has a camera at all; it may still be starting."""
        return self._camera.health().state is not DeviceState.OFF

    def next(self, after: int) -> tuple[int, bytes] | None:
        """The index and the JPEG of the newest frame after `after`; None when none came within a second."""
        if not self._on.is_set():
            return None
        frame = self._camera.wait(after, _WAIT)
        return (frame.index, encode(frame)) if frame is not None else None


def encode(frame: Frame) -> bytes:
    """The frame as JPEG, at most `WIDTH`×`HEIGHT`, with even sides as a video encoder wants them."""
    picture = frame.bgr
    height, width = picture.shape[:2]
    scale = min(1.0, WIDTH / width, HEIGHT / height)
    size = (max(2, round(width * scale) & ~1), max(2, round(height * scale) & ~1))
    if size != (width, height):
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    good, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not good:
        raise ValueError("the picture cannot be encoded")
    return data.tobytes()
