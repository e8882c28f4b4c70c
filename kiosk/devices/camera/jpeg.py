"""Frames as JPEG, for a preview or a call."""

import cv2

from kiosk.devices.ports import Frame


def encode_jpeg(frame: Frame, max_width: int = 640, quality: int = 75) -> bytes:
    """The frame as JPEG bytes, made narrower to `max_width` pixels if it is wider; `quality` 1..100.

    Raises ValueError for a frame that has no pixels.
    """
    picture = frame.bgr
    if not picture.size:
        raise ValueError("the picture cannot be encoded")
    height, width = picture.shape[:2]
    if width > max_width:
        size = (max_width, max(1, round(height * max_width / width)))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    good, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not good:
        raise ValueError("the picture cannot be encoded")
    return data.tobytes()
