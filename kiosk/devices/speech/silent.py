"""A machine without a voice: every word goes to the screen."""

from collections.abc import Callable, Iterable

from kiosk.devices.ports import DeviceHealth, DeviceState, Utterance


class SilentSpeech:
    """Says nothing, and says so."""

    def __init__(self, on_unheard: Callable[[Utterance], object]) -> None:
        self._on_unheard = on_unheard

    def say(self, utterance: Utterance) -> None:
        if utterance.text.strip():
            self._on_unheard(utterance)
        if utterance.on_done:
            utterance.on_done(False)

    def prepare(self, utterances: Iterable[Utterance]) -> None:
        """There is nothing to prepare."""

    def stop(self) -> None:
        """It is silent already."""

    def duck(self, on: bool) -> None:
        """It is silent already."""

    def available(self) -> bool:
        return False

    def close(self) -> None:
        """Nothing is open."""

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.OFF, "silent by configuration")
