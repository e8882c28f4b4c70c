"""The voice of the station: pyttsx3 and espeak-ng in a process of their own, aplay in another."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.ports import DeviceState, Speech, Utterance
from kiosk.devices.speech.events import WordsUnheard
from kiosk.errors import ConfigError

if TYPE_CHECKING:
    from kiosk.devices.speech.player import Player

__all__ = ["WordsUnheard", "open_speech"]


def _ignore(_: Utterance) -> None:
    """Nobody wants to know."""


def open_speech(
    spec: str,
    cache_dir: Path,
    player: "Player | None" = None,
    on_unheard: Callable[[Utterance], object] = _ignore,
) -> Speech:
    """The voice that `spec` names. Nothing is started before it is first asked for something.

    "silent" shows words only; "auto" speaks where there is a sound card; "espeak" is the same, and calls a machine
    that cannot speak sick. After a colon comes the ALSA device ("auto:plughw:1,0"), or "sink", the simulated
    loudspeaker. `player` takes the place of aplay. Raises ConfigError for anything else.
    """
    from kiosk.devices.speech.cache import SpeechCache
    from kiosk.devices.speech.player import open_player
    from kiosk.devices.speech.silent import SilentSpeech
    from kiosk.devices.speech.spoken import SpokenSpeech
    from kiosk.devices.speech.synthesizer import Synthesizer

    kind, _, device = spec.partition(":")
    if kind == "silent":
        return SilentSpeech(on_unheard)
    if kind not in ("auto", "espeak"):
        raise ConfigError(where="devices.speech", problem=spec)
    player = player or open_player(device)
    absent = DeviceState.OFF if kind == "auto" else DeviceState.SICK
    return SpokenSpeech(Synthesizer(SpeechCache(cache_dir)), player, on_unheard, absent)
