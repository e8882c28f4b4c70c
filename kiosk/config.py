"""What this terminal is told by its installer: one TOML file, or embedded defaults for a demonstration."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import ConfigError


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PanelConfig(_Section):
    """The visible area in millimetres (the default is a 21.5-inch 16:9 panel, long side first)."""

    long_mm: float = Field(default=476.0, gt=50, lt=5000)
    short_mm: float = Field(default=268.0, gt=50, lt=5000)
    rotation: Literal["auto", "portrait", "landscape"] = "auto"
    low_reach: bool = False  # an upright panel that hangs high: everything is in its lower part


DeviceName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]


class DeviceConfig(_Section):
    """One line a device: what to open. "" means the station has none; see each kind's `open_…` for the grammar."""

    camera: str = "demo:"  # the one in the room: scanning, preview, calls
    cameras: dict[DeviceName, str] = {}  # others that the desk may look through in a call: {"door": "rtsp://…"}
    microphone: str = "auto"
    doors: dict[DeviceName, str] = {"front": "demo:"}  # locks the desk may open from a call
    scanners: tuple[str, ...] = ()  # serial ports, for example "/dev/serial/by-id/…"
    speech: str = "auto"


class HubConfig(_Section):
    """Where the hub is. An empty address means a station without a line."""

    url: str = ""
    ca_file: str = ""
    relay_only: bool = False  # calls go through the desk's relay alone, never from address to address
    timeout_seconds: float = Field(default=10.0, gt=0, le=120)


class StationConfig(_Section):
    """The whole configuration. Relative paths are relative to the working directory."""

    data_dir: Path = Path("var/kiosk")
    time_zone: str = "Asia/Shanghai"
    usb_dir: Path = Path("/media")  # course packs on a stick are looked for here
    course_publishers: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = {}  # keys besides the catalogue's
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    panel: PanelConfig = PanelConfig()
    devices: DeviceConfig = DeviceConfig()
    hub: HubConfig = HubConfig()


def load_config(path: Path | None, **overrides: Any) -> StationConfig:
    """Read `path` (None = defaults) and lay `overrides` over it. Raises ConfigError(path, where, problem)."""
    try:
        values = tomllib.loads(path.read_text("utf-8")) if path else {}
        return StationConfig.model_validate(values | overrides)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigError(path=str(path or ""), where=where, problem=first["msg"]) from error
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path=str(path or ""), where="", problem=str(error)) from error
