"""What happens while somebody of the desk is in the call: who takes part, hold, hand-over, texts, cameras, pages."""

from dataclasses import replace
from typing import Any

from kiosk.intercom.call import (
    Call,
    CloseMedia,
    Deliver,
    Effect,
    Judged,
    Line,
    MediaSaid,
    MediaTurned,
    MediaWantsRelays,
    Move,
    OpenMedia,
    OwnChanged,
    PageTurned,
    Person,
    Phase,
    PushedPage,
    Record,
    RenameMedia,
    Said,
    Send,
    Step,
    UseCamera,
    UseRelays,
)
from kiosk.protocol.intercom import Answered, CallAnswered, CallText, DeskPresence, MediaState, Signal
from kiosk.protocol.intercom_talk import (
    CallJoined,
    CallMedia,
    CallRated,
    CallTransferred,
    CameraWanted,
    DeskMedia,
    Held,
    Joined,
    Left,
    PageShown,
    Rated,
    Relays,
    RelaysWanted,
    ShowPage,
    Transferring,
)
from kiosk.protocol.link import LinkMessage

LAST_LINES = 100  # of text that are kept


def answered(call: Call, message: Answered, now: float) -> Step:
    """Somebody took the call: the first answer, the one it was handed to, or the same one with a fresh window."""
    if call.phase is Phase.RINGING:
        person = Person(message.peer, message.by, now)
        taken = replace(
            call,
            phase=Phase.CONNECTING,
            by=message.by,
            main=message.peer,
            people=(person,),
            answered=now,
            media_since=now,
            desk=True,
        )
        record = CallAnswered(call=call.id, by=message.by, ring_seconds=seconds(now - call.began))
        return taken, (Record(record), OpenMedia(call.id, message.peer, message.ice), _report(taken))
    if not message.peer:  # a hub that was restarted knows that somebody has it, and waits for them
        return call, ()
    effects: list[Effect] = []
    changed = replace(call, by=message.by, move=None, desk=call.desk or message.peer != call.main)
    main = call.person(call.main)
    if main is not None and main.name == message.by and call.person(message.peer) is None:
        return _renamed(replace(changed, main=message.peer), main, message.peer)
    # Whoever had it before goes, always: it was handed over, or a guest has it now.
    if call.main != message.peer and call.person(call.main) is not None:
        effects.append(CloseMedia(call.id, call.main))
        changed = without(changed, call.main, now)
    if changed.person(message.peer) is None:
        person = Person(message.peer, message.by, now)
        changed = replace(changed, people=(person, *changed.people))
        effects += [OpenMedia(call.id, message.peer, message.ice), _report(changed)]
        if not changed.media:
            changed = replace(changed, media_since=now)
    return replace(changed, main=message.peer), tuple(effects)


def heard(call: Call, message: LinkMessage, now: float) -> Step:
    """Anything else the hub says of this call."""
    match message:
        case CallText():
            return _text(call, Line(message.id, message.by or call.by, message.text)), ()
        case DeskPresence():
            return replace(call, desk=message.present), ()
    if not call.talking:
        return call, ()
    match message:
        case Signal() | Relays():
            return call, _for_media(call, message)
        case Joined():
            return _joined(call, message, now)
        case Left():
            if call.person(message.peer) is None:
                return call, ()
            return without(call, message.peer, now), (CloseMedia(call.id, message.peer),)
        case Held():
            return replace(call, held=message.on), ()
        case Transferring():
            return _transferring(call, message, now)
        case DeskMedia():
            media = {"microphone": message.microphone, "camera": message.camera}
            return _with_person(call, message.peer or call.main, **media), ()
        case CameraWanted():
            return own_changed(call, OwnChanged(camera=message.camera))
        case ShowPage():
            return replace(call, page=PushedPage(message.id, message.page, tuple(sorted(message.args.items())))), ()
    return call, ()


def without(call: Call, peer: str, now: float) -> Call:
    """The call without somebody. Their media has to be closed."""
    rest = replace(call, people=tuple(p for p in call.people if p.peer != peer))
    rest = replace(rest, main="") if peer == call.main else rest
    return replace(rest, media_since=now) if call.media and not rest.media else rest


def media_turned(call: Call, what: MediaTurned, now: float) -> Step:
    person = call.person(what.peer)
    if person is None:
        return call, ()
    before = call.media
    turned = _with_person(call, what.peer, up=what.up, up_ever=person.up_ever or what.up)
    if turned.media != before:
        turned = replace(turned, media_since=now, media_ever=call.media_ever or what.up)
    if what.up:
        turned = replace(turned, phase=Phase.IN_CALL)
    state = MediaState(call=call.id, connected=turned.media, camera=what.camera, microphone=what.microphone)
    return turned, (Send(state),)


def media_said(call: Call, what: MediaSaid | MediaWantsRelays) -> Step:
    if call.person(what.peer) is None:
        return call, ()
    if isinstance(what, MediaWantsRelays):
        return call, (Send(RelaysWanted(call=call.id, peer=what.peer)),)
    return call, (Send(Signal(call=call.id, data=what.data, peer=what.peer)),)


def said(call: Call, what: Said) -> Step:
    text = what.text.strip()[:500]
    if not text:
        return call, ()
    return _text(call, Line(what.id, "", text)), (Send(CallText(call=call.id, text=text, id=what.id)),)


def own_changed(call: Call, what: OwnChanged) -> Step:
    own = call.own
    if what.muted is not None:
        own = replace(own, muted=what.muted)
    if what.volume is not None:
        own = replace(own, volume=max(0, min(100, what.volume)))
    if what.quality is not None:
        own = replace(own, quality=what.quality)
    if what.camera is not None and what.camera in own.cameras:
        own = replace(own, camera=what.camera)
    changed = replace(call, own=own)
    effects: list[Effect] = [UseCamera(own.camera)] if own.camera != call.own.camera else []
    # An order for the camera that is on already is answered too: the desk may have missed it.
    if call.talking and (own != call.own or what.camera is not None):
        effects.append(_report(changed))
    return changed, tuple(effects)


def page_turned(call: Call, what: PageTurned) -> Step:
    if what.state not in ("shown", "closed", "unknown") or not what.id:
        return call, ()
    over = call.page is not None and call.page.id == what.id and what.state != "shown"
    shown = PageShown.model_validate({"call": call.id, "id": what.id, "state": what.state})
    return (replace(call, page=None) if over else call), (Send(shown),)


def judged(call: Call, what: Judged) -> Step:
    """Once, and only where there was anybody to be judged."""
    if call.answered is None or call.helpful is not None:
        return call, ()
    record = Record(CallRated(call=call.id, helpful=what.helpful))
    return replace(call, helpful=what.helpful), (record, Send(Rated(call=call.id, helpful=what.helpful)))


def seconds(value: float) -> float:
    """As the journal has them: not below nought, to a tenth."""
    return max(0.0, round(value, 1))


def _for_media(call: Call, message: Signal | Relays) -> tuple[Effect, ...]:
    peer = message.peer or call.main
    if call.person(peer) is None:
        return ()
    if isinstance(message, Relays):
        return (UseRelays(call.id, peer, message.ice),)
    return (Deliver(call.id, peer, message.data),)


def _joined(call: Call, message: Joined, now: float) -> Step:
    if call.person(message.peer) is not None:
        return call, ()
    known = next((person for person in call.guests if person.name == message.name), None)
    if known is not None:
        return _renamed(call, known, message.peer)
    changed = replace(call, people=(*call.people, Person(message.peer, message.name, now)))
    record = Record(CallJoined(call=call.id, name=message.name))
    return changed, (record, OpenMedia(call.id, message.peer, message.ice))


def _renamed(call: Call, person: Person, peer: str) -> Step:
    """The same person under a fresh name: their window was reloaded, or the hub was restarted.

    Their connection is kept: where theirs is gone, the two call clients notice by themselves and begin afresh.
    """
    fresh = replace(person, peer=peer, microphone=True, camera=True)
    people = tuple(fresh if other is person else other for other in call.people)
    changed = replace(call, people=people)
    return changed, (RenameMedia(call.id, person.peer, peer), _report(changed))


def _transferring(call: Call, message: Transferring, now: float) -> Step:
    known = call.move
    if known is not None and (known.topic, known.to, known.by) == (message.topic, message.to, message.by):
        return call, ()
    move = Move(message.topic, message.by, message.to, now)
    record = CallTransferred(call=call.id, topic=message.topic, by=message.by, to=message.to)
    return replace(call, move=move), (Record(record),)


def _text(call: Call, line: Line) -> Call:
    if line.id and any((known.id, known.by) == (line.id, line.by) for known in call.lines):
        return call
    return replace(call, lines=(*call.lines, line)[-LAST_LINES:])


def _with_person(call: Call, peer: str, **changes: Any) -> Call:
    people = tuple(replace(p, **changes) if p.peer == peer else p for p in call.people)
    return replace(call, people=people)


def _report(call: Call) -> Send:
    own = call.own
    return Send(
        CallMedia(
            call=call.id,
            cameras=own.cameras,
            camera=own.camera,
            muted=own.muted,
            volume=own.volume,
            quality=own.quality,
        )
    )
