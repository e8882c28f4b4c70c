"""The order in which the verbs of a record may come (cmi5 "Quartz", section 9.3; launch modes: section 10)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verb(StrEnum):
    LAUNCHED = "launched"
    INITIALIZED = "initialized"
    PROGRESSED = "progressed"
    COMPLETED = "completed"
    PASSED = "passed"
    FAILED = "failed"
    TERMINATED = "terminated"
    ABANDONED = "abandoned"


_ENDS = frozenset({Verb.TERMINATED, Verb.ABANDONED})
_JUDGED = frozenset({Verb.PASSED, Verb.FAILED})


@dataclass(slots=True)
class Order:
    """Of one launch. `completed` and `passed` say what its registration already has; `review` that it is satisfied."""

    completed: bool = False
    passed: bool = False
    review: bool = False
    said: set[Verb] = field(default_factory=set)

    def may(self, verb: Verb) -> bool:
        """Whether `verb` may be written now."""
        if self.said & _ENDS:
            return False
        if verb is Verb.LAUNCHED:
            return not self.said
        if Verb.LAUNCHED not in self.said:
            return False
        if verb is Verb.ABANDONED:
            return True
        if verb is Verb.INITIALIZED:
            return self.said == {Verb.LAUNCHED}
        if Verb.INITIALIZED not in self.said:
            return False
        if verb is Verb.TERMINATED:
            return True
        if self.review:
            return False
        if verb in (Verb.PROGRESSED, Verb.COMPLETED):
            return not self.completed
        return not self.passed and not self.said & _JUDGED  # at most one of passed and failed in a launch

    def note(self, verb: Verb) -> None:
        """`verb` was written. Raises ValueError when it must not have been."""
        if not self.may(verb):
            raise ValueError(f"{verb} after {sorted(self.said)}")
        self.said.add(verb)
        self.completed = self.completed or verb is Verb.COMPLETED
        self.passed = self.passed or verb is Verb.PASSED
