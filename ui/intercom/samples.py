"""Every state of the help page, for screenshots and screen checks. No call is made for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.intercom import Call, Phase
from kiosk.protocol.intercom import ALARM, EndReason
from ui.pages import Sample

_ID = "01a2108b-1c11-7757-a23c-a2a668e46f55"
_RING = Call(phase=Phase.RINGING, id=_ID, topic="help", link=True, rung=True, staff=3, free=2, position=1)
_TALK = Call(phase=Phase.IN_CALL, id=_ID, topic="help", link=True, by="Wang Min", answered=0.0, media=True)


def _ended(reason: EndReason, **more: Any) -> Call:
    return Call(phase=Phase.ENDED, id=_ID, topic="help", link=True, reason=reason, **more)


def _with(call: Call, **changes: Any) -> Call:
    return replace(call, **changes)


def _show(call: Call) -> Callable[[Any], object]:
    return lambda model: model.show_call(call)


# One for each layout, with its longest words; the others differ in their sentence alone, which a test reads.
_STATES: tuple[tuple[str, Call], ...] = (
    ("choose", Call()),
    ("ringing", _RING),
    ("queued", _with(_RING, free=0, position=3)),
    ("no-line", _with(_RING, link=False, rung=False)),
    ("alarm", _with(_RING, topic=ALARM)),
    ("talking", _with(_TALK, text="Wang Min 0510-12345")),
    ("recovering", _with(_TALK, media=False)),
    ("ended-hung-up", _ended(EndReason.STAFF_HUNG_UP)),
    ("ended-lost-network", _ended(EndReason.LOST_NETWORK)),
)


def samples() -> tuple[Sample, ...]:
    """One for each state, and the one without an engine."""
    args = {"choose": True, "media": False}
    shown = tuple(Sample(state, args, _show(call)) for state, call in _STATES)
    return (*shown, Sample("no-engine", args, lambda model: model.show_impossible()))
