"""How long to wait before the hub is asked again: longer each time, never together with others, or as it says."""

import random

FIRST, LAST = 2.0, 300.0
_LONGEST_ASKED = 900.0  # a hub (or something that answers for one) does not send a terminal away for longer


class Backoff:
    """Exponential, with jitter over the whole upper half; "full jitter" would let some hammer."""

    def __init__(self, first: float = FIRST, last: float = LAST, chance: random.Random | None = None) -> None:
        self._first, self._last = first, last
        self._next = first
        self._chance = chance or random.Random()  # noqa: S311 - jitter, not a secret

    def reset(self) -> None:
        """It went well."""
        self._next = self._first

    def seconds(self, asked: float = 0.0) -> float:
        """Seconds to wait now. `asked` is what the hub asked for, 0 nothing: it knows how many others wait."""
        wait = self._next
        self._next = min(self._next * 2, self._last)
        if asked > 0:
            return min(asked, _LONGEST_ASKED) * self._chance.uniform(0.75, 1.75)
        return wait * self._chance.uniform(0.5, 1.0)
