"""Who speaks next. One place a class: the newer prompt of a class replaces the older."""

from kiosk.devices.ports import SpeechPriority, Utterance

# Seconds after which it is better not said: "closer", when the visitor has put the phone away.
STALE: dict[SpeechPriority, float] = {
    SpeechPriority.HINT: 3.0,
    SpeechPriority.PAGE: 10.0,
    SpeechPriority.RESULT: 15.0,
}


class SpeechQueue:
    """Not thread-safe. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._places: dict[SpeechPriority, tuple[Utterance, float]] = {}

    def put(self, utterance: Utterance, now: float) -> Utterance | None:
        """Returns the one it replaced."""
        old = self._places.get(utterance.priority)
        self._places[utterance.priority] = (utterance, now)
        return old[0] if old else None

    def take(self, now: float) -> tuple[Utterance | None, list[Utterance]]:
        """The most important one that is still worth saying, and those that no longer are."""
        stale = [u for u, at in self._places.values() if now - at > STALE.get(u.priority, float("inf"))]
        for utterance in stale:
            del self._places[utterance.priority]
        if not self._places:
            return None, stale
        return self._places.pop(max(self._places))[0], stale

    def clear(self, below: SpeechPriority | None = None) -> list[Utterance]:
        """Empty it (None), or take out what is less important than `below`. Returns what was in it."""
        gone = [p for p in self._places if below is None or p < below]
        return [self._places.pop(p)[0] for p in gone]

    def __bool__(self) -> bool:
        return bool(self._places)
