"""The life of a call as a pure function: (call, what happened, now) -> (call, what to do). No thread, clock or wire.

idle -> ringing -> connecting -> in call -> ended. Whatever happens, a call that was started ends exactly once, with one
reason, and media that was started is stopped.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kiosk.protocol.intercom import (
    ALARM,
    Answered,
    CallAnswered,
    CallEnd,
    CallEnded,
    CallSettings,
    CallStarted,
    CallText,
    DeskPresence,
    EndReason,
    IceServer,
    MediaState,
    Ring,
    Ringing,
    Signal,
)
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage

# Not published settings: they follow from the medium, not from the desk's customs. Seconds.
LINK_GRACE = 10.0  # a ring whose link is away so long has reached nobody
CONNECT_LIMIT = 20.0  # answered, and still neither picture nor sound
MEDIA_GRACE = 60.0  # an outage of 45 s is bridged by ICE restarts (measured); after this nobody believes in it


class Phase(StrEnum):
    IDLE = "idle"
    RINGING = "ringing"
    CONNECTING = "connecting"
    IN_CALL = "in_call"
    ENDED = "ended"


ACTIVE = frozenset({Phase.RINGING, Phase.CONNECTING, Phase.IN_CALL})


@dataclass(frozen=True, slots=True)
class Call:
    """Everything known of the one call. Times are monotonic seconds."""

    phase: Phase = Phase.IDLE
    id: str = ""
    topic: str = ""
    began: float = 0.0
    link: bool = False  # the live link is up
    link_since: float = 0.0
    rung: bool = False  # the hub has said that the desk is being rung
    staff: int = 0
    free: int = 0
    position: int = 0
    by: str = ""
    answered: float | None = None
    media: bool = False  # picture or sound arrives now
    media_ever: bool = False
    media_since: float = 0.0
    media_open: bool = False  # the media end was told to begin and has not been told to stop
    desk: bool = True  # the desk's window is there
    text: str = ""
    reason: EndReason | None = None
    ended: float = 0.0

    @property
    def active(self) -> bool:
        return self.phase in ACTIVE


# -- what happens -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begin:
    id: str
    topic: str
    session: str = ""


@dataclass(frozen=True, slots=True)
class LinkTurned:
    up: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the hub."""

    message: LinkMessage


@dataclass(frozen=True, slots=True)
class MediaTurned:
    """Picture or sound began to arrive, or stopped."""

    up: bool
    camera: bool = True
    microphone: bool = True


@dataclass(frozen=True, slots=True)
class MediaSaid:
    """The media end has something for the other one."""

    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MediaBroke:
    """The media end cannot go on (no engine, crashed too often)."""


@dataclass(frozen=True, slots=True)
class Finish:
    """Somebody here ends the call."""

    reason: EndReason = EndReason.HUNG_UP


@dataclass(frozen=True, slots=True)
class Dismiss:
    """The outcome has been read."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


Happening = Begin | LinkTurned | Heard | MediaTurned | MediaSaid | MediaBroke | Finish | Dismiss | Tick


# -- what to do -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Send:
    message: LinkMessage


@dataclass(frozen=True, slots=True)
class Record:
    body: JournalBody


@dataclass(frozen=True, slots=True)
class OpenMedia:
    call: str
    ice: tuple[IceServer, ...]


@dataclass(frozen=True, slots=True)
class CloseMedia:
    call: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """For the media end, from the other one."""

    call: str
    data: dict[str, Any]


Effect = Send | Record | OpenMedia | CloseMedia | Deliver
Step = tuple[Call, tuple[Effect, ...]]


def step(call: Call, what: Happening, now: float, settings: CallSettings) -> Step:
    """One step. What does not fit the phase changes nothing."""
    match what:
        case LinkTurned():
            return _link(call, what.up, now)
        case Begin():
            return _begin(call, what, now)
        case Dismiss():
            return (Call(link=call.link, link_since=call.link_since), ()) if call.phase is Phase.ENDED else (call, ())
    if not call.active:
        return call, ()
    match what:
        case Finish():
            return _end(call, what.reason, now, tell=True)
        case Heard():
            return _heard(call, what.message, now)
        case MediaTurned():
            return _media(call, what, now)
        case MediaSaid():
            message = Signal(call=call.id, data=what.data)
            return call, ((Send(message),) if call.phase is not Phase.RINGING else ())
        case MediaBroke():
            return _end(call, EndReason.NO_MEDIA, now, tell=True)
        case Tick():
            return _tick(call, now, settings)
    raise TypeError(what)


def deadline(call: Call, settings: CallSettings) -> tuple[float, EndReason] | None:
    """When the call ends by itself if nothing happens, and why."""
    if call.phase is Phase.CONNECTING and call.answered is not None:
        return call.answered + CONNECT_LIMIT, EndReason.NO_MEDIA
    if call.phase is Phase.IN_CALL:
        return None if call.media else (call.media_since + MEDIA_GRACE, EndReason.LOST_NETWORK)
    if call.phase is not Phase.RINGING:
        return None
    alarm = call.topic == ALARM  # an alarm is retried for as long as anybody can bear it
    if not call.link:
        return max(call.began, call.link_since) + (
            settings.alarm_seconds if alarm else LINK_GRACE
        ), EndReason.LOST_NETWORK
    if not call.rung:
        return call.began + (settings.alarm_seconds if alarm else settings.no_answer_seconds), EndReason.NO_ANSWER
    reason, seconds = _unanswered(call, settings)
    return call.began + (settings.alarm_seconds if alarm else seconds), reason


def _unanswered(call: Call, settings: CallSettings) -> tuple[EndReason, int]:
    if call.staff == 0:
        return EndReason.NO_STAFF, settings.no_staff_seconds
    if call.free == 0:
        return EndReason.BUSY, settings.busy_seconds
    return EndReason.NO_ANSWER, settings.no_answer_seconds


def _begin(call: Call, what: Begin, now: float) -> Step:
    if call.active:
        return call, ()
    # A station that has no line now began to have none at least at this moment: the grace runs from here.
    since = call.link_since if call.link else now
    fresh = Call(
        phase=Phase.RINGING, id=what.id, topic=what.topic, began=now, link=call.link, link_since=since, position=0
    )
    record = Record(CallStarted(call=what.id, topic=what.topic, session=what.session))
    return fresh, (record, Send(Ring(call=what.id, topic=what.topic)))


def _link(call: Call, up: bool, now: float) -> Step:
    if up == call.link:
        return call, ()
    turned = replace(call, link=up, link_since=now)
    if not call.active or not up:
        return replace(turned, rung=False) if call.phase is Phase.RINGING else turned, ()
    ring = Ring(call=call.id, topic=call.topic, answered=call.phase is not Phase.RINGING, by=call.by)
    return turned, (Send(ring),)


def _heard(call: Call, message: LinkMessage, now: float) -> Step:
    if getattr(message, "call", "") != call.id:
        return call, ()
    match message:
        case Ringing() if call.phase is Phase.RINGING:
            return replace(call, rung=True, staff=message.staff, free=message.free, position=message.position), ()
        case Answered() if call.phase is Phase.RINGING:
            taken = replace(
                call, phase=Phase.CONNECTING, by=message.by, answered=now, media_since=now, media_open=True, desk=True
            )
            record = CallAnswered(call=call.id, by=message.by, ring_seconds=_seconds(now - call.began))
            return taken, (Record(record), OpenMedia(call.id, message.ice))
        case Signal() if call.phase is not Phase.RINGING:
            return call, (Deliver(call.id, message.data),)
        case DeskPresence():
            return replace(call, desk=message.present), ()
        case CallText():
            return replace(call, text=message.text), ()
        case CallEnd():
            return _end(call, message.reason, now, tell=False)
    return call, ()


def _media(call: Call, what: MediaTurned, now: float) -> Step:
    if call.phase is Phase.RINGING:
        return call, ()
    turned = call
    if what.up != call.media:
        turned = replace(call, media=what.up, media_since=now, media_ever=call.media_ever or what.up)
    if what.up:
        turned = replace(turned, phase=Phase.IN_CALL)
    report = MediaState(call=call.id, connected=what.up, camera=what.camera, microphone=what.microphone)
    return turned, (Send(report),)


def _tick(call: Call, now: float, settings: CallSettings) -> Step:
    due = deadline(call, settings)
    return _end(call, due[1], now, tell=True) if due and now >= due[0] else (call, ())


def _end(call: Call, reason: EndReason, now: float, tell: bool) -> Step:
    answered = call.answered if call.answered is not None else now
    record = CallEnded(
        call=call.id,
        reason=reason,
        ring_seconds=_seconds(answered - call.began),
        talk_seconds=_seconds(now - answered),
        media=call.media_ever,
    )
    effects: list[Effect] = [Record(record)]
    if tell:
        effects.insert(0, Send(CallEnd(call=call.id, reason=reason)))
    if call.media_open:
        effects.append(CloseMedia(call.id))
    over = replace(call, phase=Phase.ENDED, reason=reason, ended=now, media=False, media_open=False)
    return over, tuple(effects)


def _seconds(value: float) -> float:
    return max(0.0, round(value, 1))
