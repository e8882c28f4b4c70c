"""Every state of the help page, for screenshots and screen checks. No call is made for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.intercom import Call, Phase
from kiosk.protocol.intercom import ALARM, EndReason
from ui.pages import Sample

_ID = "01a2108b-1c11-7757-a23c-a2a668e46f55"
_RING = Call(phase=Phase.RINGING, id=_ID, topic="help", link=True, rung=True, staff=3, free=2, position=1)
_TALK = Call(phase=Phase.IN_CALL, id=_ID, topic="help", link=True, by="王敏", answered=0.0, media=True)


def _ended(reason: EndReason, **more: Any) -> Call:
    return Call(phase=Phase.ENDED, id=_ID, topic="help", link=True, reason=reason, **more)


def _with(call: Call, **changes: Any) -> Call:
    return replace(call, **changes)


def _show(call: Call) -> Callable[[Any], object]:
    return lambda model: model.show_call(call)


_STATES: tuple[tuple[str, Call], ...] = (
    ("choose", Call()),
    ("calling", _with(_RING, rung=False)),
    ("ringing", _RING),
    ("queued", _with(_RING, free=0, position=3)),
    ("nobody", _with(_RING, staff=0, free=0)),
    ("no-line", _with(_RING, link=False, rung=False)),
    ("alarm", _with(_RING, topic=ALARM)),
    ("connecting", _with(_TALK, phase=Phase.CONNECTING, media=False)),
    ("talking", _with(_TALK, text="请稍等，正在帮您联系。")),
    ("recovering", _with(_TALK, media=False)),
    ("desk-away", _with(_TALK, desk=False)),
    *((f"ended-{reason.value}".replace("_", "-"), _ended(reason)) for reason in EndReason if "session" not in reason),
    ("dropped", _ended(EndReason.LOST_NETWORK, answered=0.0)),
)


def samples() -> tuple[Sample, ...]:
    """One for each state, and the one without an engine."""
    args = {"choose": True, "media": False}
    shown = tuple(Sample(state, args, _show(call)) for state, call in _STATES)
    return (*shown, Sample("no-engine", args, lambda model: model.show_impossible()))
