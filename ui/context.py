"""What a view-model is given: the station, and the ways to move, speak and translate."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.devices.ports import SpeechPriority
from kiosk.protocol.text import LocalText
from ui.settings import ScreenSettings

if TYPE_CHECKING:
    from kiosk.app import Station
    from ui.navigator import Navigator
    from ui.pages import Args
    from ui.relay import Relay
    from ui.voice import Voice


@dataclass(frozen=True)
class UiContext:
    """One for the program. Everything here is used on the Qt thread, except what `station` says otherwise."""

    station: "Station"
    relay: "Relay"
    navigator: "Navigator"
    settings: ScreenSettings
    voice: "Voice"

    @property
    def language(self) -> str:
        """The language of the screen: "zh_CN" or "en"."""
        return self.settings.code

    def text(self, words: LocalText | None) -> str:
        """Catalogue words in the language of the screen; "" for None."""
        return words.get(self.language) if words else ""

    def open(self, page: str, args: "Args | None" = None) -> None:
        """Lay `page` on top of this one."""
        self.navigator.open(page, args)

    def replace(self, page: str, args: "Args | None" = None) -> None:
        """Go on to `page`; "back" from there leads to what lay below this one."""
        self.navigator.replace(page, args)

    def say(self, text: str, priority: SpeechPriority = SpeechPriority.RESULT) -> None:
        """Say something in the visitor's language; a silent machine shows it."""
        self.voice.say(text, priority)
