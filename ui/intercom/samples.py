"""Every state of the help page, for screenshots and screen checks. No call is made for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.intercom import Call, Line, Move, Own, Person, Phase
from kiosk.protocol.intercom import ALARM, EndReason
from ui.pages import Sample

_ID = "01a2108b-1c11-7757-a23c-a2a668e46f55"
_RING = Call(phase=Phase.RINGING, id=_ID, topic="help", link=True, rung=True, staff=3, free=2, position=1)
_WANG = Person("p1", "Wang Min", up=True, up_ever=True)
_TALK = Call(
    phase=Phase.IN_CALL, id=_ID, topic="help", link=True, by="Wang Min", main="p1", people=(_WANG,), answered=0.0
)
_TEXTS = (
    Line("1", "Wang Min", "Wang Min 0510-12345"),
    Line("2", "", "OK, 12345"),
    Line("3", "Wang Min", "0510-12345, 9:00-17:00"),
)


def _ended(reason: EndReason, **more: Any) -> Call:
    return Call(phase=Phase.ENDED, id=_ID, topic="help", link=True, reason=reason, **more)


def _with(call: Call, **changes: Any) -> Call:
    return replace(call, **changes)


def _show(call: Call, writing: bool = False) -> Callable[[Any], object]:
    def prepare(model: Any) -> None:
        model.show_sample(call)
        if writing:
            model.toggleWriting()

    return prepare


# One for each layout, with its longest words; the others differ in their sentence alone, which a test reads.
_STATES: tuple[tuple[str, Call], ...] = (
    ("choose", Call()),
    ("ringing", _RING),
    ("queued", _with(_RING, free=0, position=3)),
    ("nobody", _with(_RING, topic="legal", staff=0, free=0)),
    ("no-line", _with(_RING, link=False, rung=False)),
    ("alarm", _with(_RING, topic=ALARM)),
    ("talking", _with(_TALK, lines=_TEXTS[:1])),
    ("held", _with(_TALK, held=True)),
    ("moving", _with(_TALK, people=(), main="", move=Move("legal", "Wang Min", "Li Hua", 0.0))),
    (
        "signs",
        _with(
            _TALK,
            people=(_with(_WANG, microphone=False), Person("p2", "Li Hua", up=True, camera=False)),
            own=Own(cameras=("room", "door"), camera="door", muted=True, volume=20, quality="audio_only"),
        ),
    ),
    ("recovering", _with(_TALK, people=(_with(_WANG, up=False),))),
    ("ended-hung-up", _ended(EndReason.STAFF_HUNG_UP, answered=0.0, media_ever=True)),
    ("ended-redial", _ended(EndReason.LOST_NETWORK, answered=0.0, media_ever=True, redial_at=5.0)),
    ("ended-nobody", _with(_ended(EndReason.NO_STAFF), topic="legal")),
    ("ended-lost-network", _ended(EndReason.LOST_NETWORK)),
)


def samples() -> tuple[Sample, ...]:
    """One for each state, and the one without an engine."""
    args = {"choose": True, "media": False}
    shown = tuple(Sample(state, args, _show(call)) for state, call in _STATES)
    writing = Sample("writing", args, _show(_with(_TALK, lines=_TEXTS), writing=True))
    return (*shown, writing, Sample("no-engine", args, lambda model: model.centre.show_impossible()))


def message_samples() -> tuple[Sample, ...]:
    """One for each stage of a message; nothing is recorded for it."""
    from ui.intercom.message import Stage

    def at(stage: Stage) -> Callable[[Any], object]:
        return lambda model: model.show_stage(stage, 12.0)

    return tuple(Sample(stage.value, {"topic": "legal"}, at(stage)) for stage in Stage)
