"""The microphone of the room, for a message that is left while nobody can be reached."""

import shutil
import subprocess
import sys
from pathlib import Path

from kiosk.devices.microphone.recorder import CommandMicrophone, NoMicrophone
from kiosk.devices.ports import DeviceState, Microphone
from kiosk.errors import ConfigError

__all__ = ["CommandMicrophone", "NoMicrophone", "open_microphone"]
_ROOT = Path(__file__).resolve().parents[3]
SOURCE = (sys.executable, "-m", "kiosk.devices.microphone.source")


def open_microphone(spec: str, name: str = "room") -> Microphone:
    """The microphone that `spec` names; nothing is opened yet. Raises ConfigError.

    "" there is none; "auto" ALSA's own where there is a card to record from; "alsa" or "alsa:plughw:1,0" that device,
    sick where it is missing; "demo:" a simulated voice.
    """
    kind, _, device = spec.partition(":")
    match kind:
        case "":
            return NoMicrophone(name)
        case "demo":
            return CommandMicrophone(name, SOURCE, cwd=_ROOT)
        case "alsa":
            return CommandMicrophone(name, ("arecord",), device)
        case "auto":
            if problem := _no_card():
                return NoMicrophone(name, DeviceState.OFF, problem)
            return CommandMicrophone(name, ("arecord",), device)
    raise ConfigError(where="devices.microphone", problem=spec)


def _no_card() -> str:
    if not shutil.which("arecord"):
        return "arecord is not installed"
    try:
        listed = subprocess.run(["arecord", "-l"], capture_output=True, text=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if any(line.startswith("card ") for line in listed.stdout.splitlines()) else "no card to record from"
