"""What a door does, told by its contact: forced, held open, no longer heard. Pure: time comes in with each step.

Whoever leaves opens the door, too, and is never in the wrong: a door that opens while somebody is inside, or after the
button or handle inside, was opened from inside. Only one that opens with nobody let in and nobody known to be inside
was forced. Source of what to report: specs/devices.md, 2.3 (forced open, held open, loss of contact).
"""

from dataclasses import dataclass, replace
from typing import Literal

GRACE_SECONDS = 10.0  # after the bolt fell back: whoever was let in may still be in the doorway
EXIT_SECONDS = 10.0
What = Literal["forced", "held", "shut", "lost", "heard"]


@dataclass(frozen=True, slots=True)
class DoorState:
    """`shut` None: the contact is not heard. Times are monotonic seconds; -inf never."""

    shut: bool | None = None
    opened_at: float = 0.0
    let_in_until: float = float("-inf")
    exit_until: float = float("-inf")
    told: frozenset[str] = frozenset()  # what was said of this opening, and not taken back
    passed: int = 0  # how often it was opened for somebody who was let in
    left: int = 0  # and from inside


@dataclass(frozen=True, slots=True)
class Notice:
    what: What
    seconds: float = 0.0


def released(state: DoorState, now: float, seconds: float) -> DoorState:
    """The lock was released for `seconds`."""
    return replace(state, let_in_until=now + seconds + GRACE_SECONDS)


def leaving(state: DoorState, now: float) -> DoorState:
    """The button or handle inside was used."""
    return replace(state, exit_until=now + EXIT_SECONDS)


def contact(
    state: DoorState, shut: bool | None, now: float, inside: bool | None
) -> tuple[DoorState, tuple[Notice, ...]]:
    """The contact says that the door is shut, open, or (None) says nothing any more. `inside`: somebody is in there."""
    if shut == state.shut:
        return state, ()
    if shut is None:
        return replace(state, shut=None, told=frozenset({"lost"})), (Notice("lost"),)
    heard = (Notice("heard"),) if "lost" in state.told else ()
    if shut:
        over = state.told & {"forced", "held"}
        notices = (*heard, Notice("shut", now - state.opened_at)) if over else heard
        return replace(state, shut=True, told=frozenset()), notices
    after = replace(state, shut=False, opened_at=now, told=frozenset())
    if state.shut is None:  # it was open when we began to hear: who opened it is not known
        return after, heard
    if now <= state.let_in_until:
        return replace(after, passed=state.passed + 1), heard
    if now <= state.exit_until or inside is not False:
        return replace(after, left=state.left + 1), heard
    return replace(after, told=frozenset({"forced"})), (*heard, Notice("forced"))


def tick(state: DoorState, now: float, held_seconds: float) -> tuple[DoorState, tuple[Notice, ...]]:
    """Time has passed."""
    if state.shut is False and "held" not in state.told and now - state.opened_at >= held_seconds:
        return replace(state, told=state.told | {"held"}), (Notice("held", now - state.opened_at),)
    return state, ()
