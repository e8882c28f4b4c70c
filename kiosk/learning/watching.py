"""How far a film was watched, and where one may go in it. Pure; times in milliseconds.

Seeking back is always allowed. Seeking ahead is not while the film is watched for the first time, so what was watched
is always one stretch from the beginning, and its end is all that has to be kept.
"""

from dataclasses import dataclass, replace

ENOUGH = 0.95  # of the length: nobody has to sit through the last credits
SLACK_MS = 2500  # reports come about once a second and may be late by that much


@dataclass(frozen=True, slots=True)
class Extent:
    """`position` is where the film is, `reached` the end of what was watched without a gap, 0 ≤ both ≤ `length`."""

    length: int
    position: int = 0
    reached: int = 0
    done: bool = False  # once watched to ENOUGH it stays so

    @classmethod
    def kept(cls, length: int, position: int, reached: int, done: bool = False) -> "Extent":
        """From a record; whatever it says, the result is one that could have come about."""
        reached = max(0, min(reached, length))
        done = done or reached >= length * ENOUGH
        return cls(length, max(0, min(position, length if done else reached)), reached, done)

    @property
    def free(self) -> bool:
        """Whether any place of the film may be gone to."""
        return self.done

    def allowed(self, target: int) -> int:
        """The place nearest to `target` that may be gone to."""
        return max(0, min(target, self.length if self.done else self.reached))

    def sought(self, target: int) -> "Extent":
        """After the visitor asked to go to `target`."""
        return replace(self, position=self.allowed(target))

    def played(self, position: int, elapsed: float) -> "Extent":
        """After the player said it is at `position`, `elapsed` ms of real time after it was at `self.position`.

        What could not have been played in that time was jumped over: `reached` stays, and so does the position.
        """
        position = max(0, min(position, self.length))
        if position > self.reached and not self.done:
            if position - self.position > max(0.0, elapsed) + SLACK_MS:
                return replace(self, position=min(position, self.reached))
            reached = position
        else:
            reached = max(self.reached, position)
        return replace(self, position=position, reached=reached, done=self.done or reached >= self.length * ENOUGH)


def percent(extents: "list[Extent]") -> int:
    """How much of several films was watched, 0..100; 100 only when each was watched enough."""
    whole = sum(extent.length for extent in extents)
    if not whole or all(extent.done for extent in extents):
        return 100
    seen = sum(extent.length if extent.done else extent.reached for extent in extents)
    return min(99, seen * 100 // whole)
