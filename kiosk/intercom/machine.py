"""The life of a call as a pure function: (call, what happened, now) -> (call, what to do). No thread, clock or wire.

idle -> ringing -> connecting -> in call -> ended. Whatever happens, a call that was started ends exactly once, with one
reason, and media that was started is stopped.
"""

from dataclasses import replace

from kiosk.intercom.call import (
    Begin,
    Call,
    CloseMedia,
    Dismiss,
    Effect,
    Finish,
    Happening,
    Heard,
    Judged,
    LinkTurned,
    MediaBroke,
    MediaSaid,
    MediaTurned,
    MediaWantsRelays,
    OwnChanged,
    PageTurned,
    Phase,
    Record,
    Redial,
    Said,
    Send,
    Step,
    Tick,
)
from kiosk.intercom.talk import (
    LAST_LINES,
    answered,
    heard,
    judged,
    media_said,
    media_turned,
    own_changed,
    page_turned,
    said,
    seconds,
    without,
)
from kiosk.protocol.intercom import (
    ALARM,
    Answered,
    CallEnd,
    CallEnded,
    CallSettings,
    CallStarted,
    CallText,
    EndReason,
    Ring,
    Ringing,
)
from kiosk.protocol.link import LinkMessage

# Not published settings: they follow from the medium, not from the desk's customs. Seconds.
LINK_GRACE = 10.0  # a ring whose link is away so long has reached nobody
CONNECT_LIMIT = 20.0  # answered, and still neither picture nor sound
MEDIA_GRACE = 60.0  # an outage of 45 s is bridged by ICE restarts (measured); after this nobody believes in it
REDIAL_AFTER = (3.0, 10.0, 30.0)  # a call that broke is rung again so often by itself, each time a little later
REDIAL_WINDOW = 180.0  # and not later than this: whoever called may have gone
_BROKEN = frozenset({EndReason.LOST_NETWORK, EndReason.STAFF_LEFT})


def step(call: Call, what: Happening, now: float, settings: CallSettings) -> Step:
    """One step. What does not fit the phase changes nothing."""
    match what:
        case LinkTurned():
            return _link(call, what.up, now)
        case Begin():
            return _begin(call, what, now)
    if not call.active:
        return _afterwards(call, what, now)
    match what:
        case Finish():
            return _end(call, what.reason, now, tell=True)
        case Heard():
            return _heard(call, what.message, now)
        case MediaTurned():
            return media_turned(call, what, now)
        case MediaSaid() | MediaWantsRelays():
            return media_said(call, what)
        case MediaBroke():
            return _end(call, EndReason.NO_MEDIA, now, tell=True)
        case Said():
            return said(call, what)
        case OwnChanged():
            return own_changed(call, what)
        case PageTurned():
            return page_turned(call, what)
        case Tick():
            return _tick(call, now, settings)
    return call, ()


def deadline(call: Call, settings: CallSettings) -> tuple[float, EndReason] | None:
    """When the call ends by itself if nothing happens, and why."""
    if call.phase is Phase.RINGING:
        return _ring_deadline(call, settings)
    if not call.active or call.media:
        return None
    if call.move is not None and not call.people:  # it rings elsewhere; the hub decides how long
        return max(call.move.since, call.media_since) + settings.busy_seconds, EndReason.NO_ANSWER
    if call.phase is Phase.CONNECTING:
        return call.media_since + CONNECT_LIMIT, EndReason.NO_MEDIA
    return call.media_since + MEDIA_GRACE, EndReason.LOST_NETWORK


def _ring_deadline(call: Call, settings: CallSettings) -> tuple[float, EndReason]:
    alarm = call.topic == ALARM  # an alarm is retried for as long as anybody can bear it
    if not call.link:
        grace = settings.alarm_seconds if alarm else LINK_GRACE
        return max(call.began, call.link_since) + grace, EndReason.LOST_NETWORK
    if not call.rung:
        return call.began + (settings.alarm_seconds if alarm else settings.no_answer_seconds), EndReason.NO_ANSWER
    reason, patience = _unanswered(call, settings)
    return call.began + (settings.alarm_seconds if alarm else patience), reason


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
        phase=Phase.RINGING,
        id=what.id,
        topic=what.topic,
        session=what.session,
        began=now,
        link=call.link,
        link_since=since,
        own=what.own,
        redials=what.redials,
    )
    record = Record(CallStarted(call=what.id, topic=what.topic, session=what.session))
    return fresh, (record, Send(Ring(call=what.id, topic=what.topic)))


def _link(call: Call, up: bool, now: float) -> Step:
    if up == call.link:
        return call, ()
    turned = replace(call, link=up, link_since=now)
    if not call.active or not up:
        return replace(turned, rung=False) if call.phase is Phase.RINGING else turned, ()
    ring = Ring(
        call=call.id,
        topic=call.topic,
        answered=call.phase is not Phase.RINGING,
        by=call.by,
        joined=tuple(person.name for person in call.guests)[:4],
    )
    # What the visitor wrote may have been lost with the line: the hub knows by its id what it has.
    again = [line for line in call.lines[-LAST_LINES:] if not line.by]
    texts = [Send(CallText(call=call.id, text=line.text, id=line.id)) for line in again]
    return turned, (Send(ring), *texts)


def _heard(call: Call, message: LinkMessage, now: float) -> Step:
    if getattr(message, "call", "") != call.id:
        return call, ()
    match message:
        case Ringing() if call.phase is Phase.RINGING:
            return replace(call, rung=True, staff=message.staff, free=message.free, position=message.position), ()
        case Answered():
            return answered(call, message, now)
        case CallEnd():
            return _end(call, message.reason, now, tell=False)
    return heard(call, message, now)


def _tick(call: Call, now: float, settings: CallSettings) -> Step:
    due = deadline(call, settings)
    if due and now >= due[0]:
        return _end(call, due[1], now, tell=True)
    # Somebody who was asked in and whose media never came back: a hub that was restarted does not know of them.
    gone = [p.peer for p in call.guests if not p.up and now - max(p.since, call.media_since) >= MEDIA_GRACE]
    rest, effects = call, tuple(CloseMedia(call.id, peer) for peer in gone)
    for peer in gone:
        rest = without(rest, peer, now)
    return rest, effects


def _end(call: Call, reason: EndReason, now: float, tell: bool) -> Step:
    talk_began = call.answered if call.answered is not None else now
    record = CallEnded(
        call=call.id,
        reason=reason,
        ring_seconds=seconds(talk_began - call.began),
        talk_seconds=seconds(now - talk_began),
        media=call.media_ever,
    )
    effects: list[Effect] = [Record(record)]
    if tell:
        effects.insert(0, Send(CallEnd(call=call.id, reason=reason)))
    effects.extend(CloseMedia(call.id, person.peer) for person in call.people)
    again = reason in _BROKEN and call.redials < len(REDIAL_AFTER)
    over = replace(
        call,
        phase=Phase.ENDED,
        reason=reason,
        ended=now,
        people=(),
        held=False,
        move=None,
        page=None,
        redial_at=now + REDIAL_AFTER[call.redials] if again else None,
    )
    return over, tuple(effects)


def _afterwards(call: Call, what: Happening, now: float) -> Step:
    """There is no call, or the outcome of one is on the screen."""
    if call.phase is not Phase.ENDED:
        return call, ()
    match what:
        case Dismiss():
            return Call(link=call.link, link_since=call.link_since), ()
        case Finish():
            return replace(call, redial_at=None), ()
        case Judged():
            return judged(call, what)
        case Tick() if call.redial_at is not None:
            if now - call.ended >= REDIAL_WINDOW:
                return replace(call, redial_at=None), ()
            if call.link and now >= call.redial_at:
                return replace(call, redial_at=None), (Redial(call.topic, call.redials + 1),)
    return call, ()
