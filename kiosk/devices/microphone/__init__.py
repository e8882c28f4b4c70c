"""The microphone of the room, for a message that is left while nobody can be reached."""

import sys
from pathlib import Path

from kiosk.devices.microphone.recorder import CommandMicrophone, NoMicrophone
from kiosk.devices.ports import DeviceState, Microphone
from kiosk.devices.sound import sound_cards
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
            cards, problem = sound_cards(("arecord",))
            if not cards:
                return NoMicrophone(name, DeviceState.OFF, problem or "no card to record from")
            return CommandMicrophone(name, ("arecord",), device)
    raise ConfigError(where="devices.microphone", problem=spec)
