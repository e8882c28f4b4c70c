"""From a line of the configuration to a camera. A driver is two lines here."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kiosk.devices.camera.capture import CaptureCamera
from kiosk.devices.camera.synthetic import SyntheticCamera
from kiosk.devices.ports import Camera, DeviceHealth, DeviceState, Frame
from kiosk.errors import ConfigError


class NoCamera:
    """The camera of a station that has none."""

    def __init__(self, name: str) -> None:
        self.name = name

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def latest(self) -> Frame | None:
        return None

    def wait(self, after: int, timeout: float) -> Frame | None:
        return None

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.OFF, "none configured")


def open_camera(spec: str, name: str = "room") -> Camera:
    """The camera that `spec` describes; not started. Raises ConfigError.

    "0" or "/dev/video0" (V4L2), "rtsp://…", "http://…", "file:/path.mp4", "file:/path.mp4?loop=1", "demo:", "" (none).
    """
    if not spec:
        return NoCamera(name)
    if spec.isdecimal():
        return CaptureCamera(name, int(spec))
    try:
        parts = urlsplit(spec)
    except ValueError as error:
        raise ConfigError(where="devices.camera", problem=f"not a camera: {error}") from error
    if parts.scheme == "demo":
        return SyntheticCamera(name)
    if parts.scheme in ("rtsp", "rtsps", "http", "https"):
        return CaptureCamera(name, spec)
    if parts.scheme == "file" and parts.path:
        return CaptureCamera(name, unquote(parts.path), file=True, loop=parse_qs(parts.query).get("loop") == ["1"])
    if spec.startswith("/dev/"):
        return CaptureCamera(name, spec)
    if not parts.scheme and Path(spec).suffix:
        return CaptureCamera(name, spec, file=True)
    raise ConfigError(where="devices.camera", problem=f"not a camera: {spec}")
