"""What this terminal is told by its installer: one TOML file, or embedded defaults for a demonstration.

What is wrong with a file is said with the line, the key and a sentence, all of it at once (`ConfigError.details`).
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from kiosk.config_lines import line_of
from kiosk.config_room import BoardConfig, CabinetConfig, DeviceName, DoorConfig, RoomConfig, Section, faults
from kiosk.errors import ConfigError
from kiosk.protocol.entry import EntryPolicy

_DEMO_ROOM = Path(__file__).resolve().parent.parent / "assets" / "demo" / "room.toml"


class PanelConfig(Section):
    """The visible area in millimetres (the default is a 21.5-inch 16:9 panel, long side first)."""

    long_mm: float = Field(default=476.0, gt=50, lt=5000)
    short_mm: float = Field(default=268.0, gt=50, lt=5000)
    rotation: Literal["auto", "portrait", "landscape"] = "auto"
    low_reach: bool = False  # an upright panel that hangs high: everything is in its lower part


class DeviceConfig(Section):
    """One line a device: what to open. "" means the station has none; see each kind's `open_…` for the grammar."""

    camera: str = "demo:"  # the one in the room: scanning, preview, calls
    cameras: dict[DeviceName, str] = Field(default={})  # others that the desk may look through in a call
    microphone: str = "auto"
    scanners: tuple[str, ...] = ()  # serial ports ("/dev/serial/by-id/…"), or "evdev:/dev/input/by-id/…"
    id_reader: str = ""  # the ID card reader at the terminal
    speech: str = "auto"
    printer: str = ""  # "escpos:/dev/usb/lp0", "cups:NAME" or "folder:PATH", for slips with a code


class FaceConfig(Section):
    """Faces, for members who ask for it: off unless both models are here (specs: OpenCV's YuNet and SFace).

    "confirm": a code is shown, then the face is looked at. "alone": the face is enough at the terminal.
    """

    detector: str = ""  # face_detection_yunet_2023mar.onnx
    recogniser: str = ""  # face_recognition_sface_2021dec.onnx
    use: Literal["confirm", "alone"] = "confirm"
    idle_days: int = Field(default=180, ge=1, le=730)


class HubConfig(Section):
    """Where the hub is. An empty address means a station without a line."""

    url: str = ""
    ca_file: str = ""
    # whose signature the catalogue needs (Ed25519, hex), instead of those that the hub named at the enrolment
    publisher_keys: tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...] = ()
    relay_only: bool = False  # calls go through the desk's relay alone, never from address to address
    timeout_seconds: float = Field(default=10.0, gt=0, le=120)


class PolicyConfig(EntryPolicy):
    """The published policy's keys, and no others: a slip of the pen in a file is said."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StationConfig(Section):
    """The whole configuration. Relative paths are relative to the working directory."""

    data_dir: Path = Path("var/kiosk")
    time_zone: str = "Asia/Shanghai"
    usb_dir: Path = Path("/media")  # course packs on a stick are looked for here
    backup_dir: Path | None = None  # a second place (another partition, a stick that stays) for a daily copy
    # keys of course packs besides the catalogue's
    course_publishers: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = Field(default={})
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    panel: PanelConfig = PanelConfig()
    devices: DeviceConfig = DeviceConfig()
    faces: FaceConfig = FaceConfig()
    hub: HubConfig = HubConfig()
    boards: dict[DeviceName, BoardConfig] = Field(default={})
    doors: dict[DeviceName, DoorConfig] = Field(default={})
    room: RoomConfig = RoomConfig()
    cabinets: dict[DeviceName, CabinetConfig] = Field(default={})
    policy: PolicyConfig = PolicyConfig()  # until the hub publishes one


def load_config(path: Path | None, **overrides: Any) -> StationConfig:
    """Read `path` (None = a demonstration) and lay `overrides` over it.

    Raises ConfigError(path, line, where, problem): of the first fault, and `problems`, a line for each.
    """
    source = path or _DEMO_ROOM
    try:
        text = source.read_text("utf-8")
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(path, text, [((), f"not TOML: {error}")]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(path, "", [((), str(error))]) from error
    try:
        config = StationConfig.model_validate(values | overrides)
    except ValidationError as error:
        raise _refused(path, text, [(e["loc"], _sentence(e)) for e in error.errors(include_url=False)]) from error
    if found := faults(config):
        raise _refused(path, text, found)
    return config


def _refused(path: Path | None, text: str, found: list[Any]) -> ConfigError:
    lines = []
    for where, sentence in found:
        line = line_of(text, where)
        lines.append(f"{path or 'defaults'}{f':{line}' if line else ''}: {'.'.join(map(str, where))}: {sentence}")
    where, sentence = found[0]
    return ConfigError(
        path=str(path or ""),
        line=line_of(text, where),
        where=".".join(map(str, where)),
        problem=sentence,
        problems="\n".join(lines),
    )


def _sentence(error: Any) -> str:
    """What pydantic found, in words for somebody who wires a room."""
    given, context = error.get("input"), error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return "no such setting; look at the spelling"
        case "missing":
            return "is needed, and is not there"
        case "value_error":
            return str(context.get("error", error["msg"]))
        case "literal_error" | "enum":
            return f'"{given}" is not possible; write {context.get("expected")}'
        case "string_pattern_mismatch":
            return f'"{given}" does not have the form that is needed here'
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            sign = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
            return f"{given} is out of range: " + ", ".join(f"{sign.get(k, k)} {v:g}" for k, v in context.items())
        case kind if kind.endswith("_type") or kind.endswith("_parsing"):
            return f"{given!r} is the wrong kind of value: {error['msg'][0].lower()}{error['msg'][1:]}"
    return str(error["msg"])
