"""Frames as JPEG, for a preview or a call."""

import cv2

from kiosk.devices.ports import Frame


def encode_jpeg(frame: Frame, max_width: int = 640, quality: int = 75) -> bytes:
    """The frame as JPEG bytes, made narrower to `max_width` pixels if it is wider; `quality` 1..100.

    Raises ValueError for a frame that has no pixels.
    """
    height, width = frame.bgr.shape[:2]
    size = (max_width, max(1, round(height * max_width / width))) if width > max_width else (width, height)
    return compress(frame, size, quality)


def compress(frame: Frame, size: tuple[int, int], quality: int) -> bytes:
    """The frame as JPEG bytes of just this size (width, height). Raises ValueError where there are no pixels."""
    picture = frame.bgr
    if not picture.size:
        raise ValueError("the picture cannot be encoded")
    if size != picture.shape[1::-1]:
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    good, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not good:
        raise ValueError("the picture cannot be encoded")
    return data.tobytes()
