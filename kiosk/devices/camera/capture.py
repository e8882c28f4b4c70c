"""OpenCV capture: a V4L2 device, an RTSP or HTTP address, or a video file."""

import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import cv2
import numpy as np

from kiosk.devices.camera.base import Picture, ThreadedCamera

_OPEN_MS, _READ_MS = 5000, 5000
_WIDTH, _HEIGHT = 1280, 720
_DEFAULT_FPS = 15.0


class CaptureCamera(ThreadedCamera):
    """`source` is a V4L2 index, a device path, an address, or the path of a video file.

    A file plays at its own speed; with `loop` again from the beginning, without it the device is lost at its end and
    opened again like any other. `first_retry` is in seconds.
    """

    def __init__(
        self, name: str, source: int | str, *, file: bool = False, loop: bool = False, first_retry: float = 0.5
    ) -> None:
        super().__init__(name, first_retry)
        self._source = source
        self._file = file
        self._loop = loop

    def pictures(self, ending: threading.Event) -> Iterator[Picture]:
        capture = self._open()
        try:
            fps = capture.get(cv2.CAP_PROP_FPS) if self._file else 0.0
            period = 1.0 / (fps if 1.0 <= fps <= 120.0 else _DEFAULT_FPS) if self._file else 0.0
            due = time.monotonic()
            seen = 0
            while not ending.is_set():
                good, picture = capture.read()
                if not good or picture is None:
                    if not (self._loop and seen and capture.set(cv2.CAP_PROP_POS_FRAMES, 0)):
                        raise OSError("no more pictures" if self._file else "the device stopped")
                    seen = 0
                    continue
                seen += 1
                yield np.asarray(picture, dtype=np.uint8)
                if period:
                    due = max(due + period, time.monotonic() - period)
                    ending.wait(max(0.0, due - time.monotonic()))
        finally:
            capture.release()

    def _open(self) -> cv2.VideoCapture:
        capture = cv2.VideoCapture()
        network = isinstance(self._source, str) and "://" in self._source
        if network or self._file:
            timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
            opened = capture.open(str(self._source), cv2.CAP_FFMPEG, timeouts if network else [])
        else:
            opened = capture.open(self._source, cv2.CAP_V4L2)
            if opened:
                # MJPG is what cheap USB cameras need for 720p at more than 10 frames a second.
                capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
                capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH)
                capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT)
                capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        if not opened:
            capture.release()
            raise OSError(f"cannot open {_without_password(str(self._source))}")
        return capture


def _without_password(source: str) -> str:
    """An address as it may stand in a log: cameras on a network are often given as rtsp://user:password@host."""
    parts = urlsplit(source)
    if "@" not in parts.netloc:
        return source
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
