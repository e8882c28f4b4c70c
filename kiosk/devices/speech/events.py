"""What happened to words."""

from dataclasses import dataclass

from kiosk.devices.ports import SpeechPriority
from kiosk.events import Event


@dataclass(frozen=True, slots=True)
class WordsUnheard(Event):
    """Something was to be said and nobody could hear it (a silent machine, a call): the screen shows the words."""

    text: str
    language: str
    priority: SpeechPriority
