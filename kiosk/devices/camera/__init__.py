"""Cameras: one capture each, shared by whoever needs frames (scanning, preview, a call)."""

from kiosk.devices.camera.base import ThreadedCamera
from kiosk.devices.camera.capture import CaptureCamera
from kiosk.devices.camera.jpeg import encode_jpeg
from kiosk.devices.camera.registry import NoCamera, open_camera
from kiosk.devices.camera.shared import CameraLease, SharedCamera
from kiosk.devices.camera.synthetic import SyntheticCamera

__all__ = [
    "CameraLease",
    "CaptureCamera",
    "NoCamera",
    "SharedCamera",
    "SyntheticCamera",
    "ThreadedCamera",
    "encode_jpeg",
    "open_camera",
]
