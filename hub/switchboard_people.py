"""Who takes part in a call: answering, coming back, asking somebody in, leaving."""

from hub.switchboard_calls import MOST_PEOPLE, HubCall, Invitation, Member, Person
from hub.switchboard_state import State
from kiosk.protocol.intercom import Answered, CallText, DeskPresence, EndReason
from kiosk.protocol.intercom_talk import DeskMedia, Held, Joined, Left, Transferring

INVITE_SECONDS = 45.0


def enter(board: State, call: HubCall, member: Member, role: str = "main") -> Person:
    """Somebody begins to take part, and is told who else does. The others hear of it; the station is told by us.

    Between two people at the desk, the one who was there first makes the offer.
    """
    person = Person(board.new_id(), member.account, member.name, member.id, "guest", board.now())
    if role == "main":
        person.role = "main"
    call.people[person.peer] = person
    call.invited.pop(member.account, None)
    _introduce(board, call, person)
    return person


def come_back(board: State, call: HubCall, person: Person, member: Member) -> None:
    """Another console, or the same one reloaded, has the place of `person` from now on, under a fresh peer."""
    if person.member and person.member != member.id:
        board.to_staff(person.member, {"type": "moved", "call": call.id})
    old = person.peer
    person.peer, person.member, person.name, person.away = board.new_id(), member.id, member.name, None
    person.microphone = person.camera = True
    call.people = {p.peer: p for p in call.people.values()}
    if person.role == "main":
        call.by = person.name
        answered(board, call, person)
        board.to_station(call.station, Left(call=call.id, peer=old))
        board.to_station(call.station, DeskPresence(call=call.id, present=True))
        moving(board, call)
    else:
        board.to_station(call.station, Left(call=call.id, peer=old))
        joined(board, call, person)
    board.tell(call, "peer_left", but=person.peer, peer=old)
    _introduce(board, call, person)


def leave(board: State, call: HubCall, person: Person) -> None:
    """`person` takes no part any more. A guest left alone becomes main; with nobody left, the call is over,

    unless it is being handed over: then it waits in that queue like any other.
    """
    del call.people[person.peer]
    rest = next(iter(call.people.values()), None)
    board.tell(call, "peer_left", peer=person.peer)
    if person.role == "main" and rest is not None:
        promote(board, call, rest)
    elif rest is None and call.transfer is None:
        board.end(call, EndReason.STAFF_LEFT)
        return
    if rest is None:
        call.invited.clear()  # whoever asked is gone: who comes now answers
    board.to_station(call.station, Left(call=call.id, peer=person.peer))


def promote(board: State, call: HubCall, person: Person) -> None:
    """A guest is responsible from now on. Whatever the former main had begun to hand over stays here."""
    for other in call.people.values():
        other.role = "guest"
    person.role = "main"
    call.by, call.transfer, call.desk_away = person.name, None, None
    release(board, call, person.name)
    answered(board, call, person)


def release(board: State, call: HubCall, by: str) -> None:
    """Off hold, where it was on."""
    if call.held:
        call.held = False
        board.to_station(call.station, Held(call=call.id, on=False))
        board.tell(call, "held", on=False, by=by)


def hold(board: State, call: HubCall, by: str) -> None:
    if not call.held:
        call.held = True
        board.to_station(call.station, Held(call=call.id, on=True))
        board.tell(call, "held", on=True, by=by)


def answered(board: State, call: HubCall, person: Person) -> None:
    """The station hears who has it. Said again with the same peer it changes nothing but what was being tried."""
    ice = board.ice_of(call, person.peer, "station")
    board.to_station(call.station, Answered(call=call.id, by=person.name, ice=ice, peer=person.peer))


def joined(board: State, call: HubCall, person: Person) -> None:
    ice = board.ice_of(call, person.peer, "station")
    board.to_station(call.station, Joined(call=call.id, peer=person.peer, name=person.name, ice=ice))


def tell_all_to_station(board: State, call: HubCall) -> None:
    """The station has its link again: everything it may have missed, in an order in which it makes sense."""
    main = call.main
    if main is not None:
        answered(board, call, main)
    elif call.by:
        board.to_station(call.station, Answered(call=call.id, by=call.by))
    board.to_station(call.station, DeskPresence(call=call.id, present=main is not None and bool(main.member)))
    for person in call.people.values():
        if person.role == "guest":
            joined(board, call, person)
        if not (person.microphone and person.camera):
            board.to_station(call.station, desk_media(call, person))
    if call.held:
        board.to_station(call.station, Held(call=call.id, on=True))
    moving(board, call)
    for line in call.lines.values():
        if line.by:
            board.to_station(call.station, CallText(call=call.id, text=line.text, by=line.by, id=line.id))


def moving(board: State, call: HubCall) -> None:
    """The station hears where the call rings, while it is being handed over."""
    if handed := call.transfer:
        name = handed_to(board, call)
        board.to_station(call.station, Transferring(call=call.id, topic=handed.topic, by=handed.by, to=name))


def handed_to(board: State, call: HubCall) -> str:
    """The name of the person a call is being handed to, "" for a queue."""
    account = call.transfer.to if call.transfer else ""
    return next((m.name for m in board.consoles(account)), account)[:80] if account else ""


def desk_media(call: HubCall, person: Person) -> DeskMedia:
    return DeskMedia(call=call.id, peer=person.peer, microphone=person.microphone, camera=person.camera)


def invite(board: State, call: HubCall, person: Person, account: str, note: str) -> None:
    """`person`, who has the call, asks somebody in."""
    if call.account_of(account) is not None or account in call.invited:
        return
    if len(call.people) + len(call.invited) >= MOST_PEOPLE:
        board.refuse(person.member, "calls.full", call.id)
    elif not board.at_desk(account):
        board.refuse(person.member, "calls.nobody_there", call.id)
    else:
        call.invited[account] = Invitation(person.name, note, board.now())
        for member in board.consoles(account):
            board.to_staff(
                member.id,
                {
                    "type": "invited",
                    "call": call.id,
                    "station": call.station,
                    "topic": call.topic,
                    "by": person.name,
                    "note": note,
                },
            )


def join(board: State, call: HubCall, member: Member) -> None:
    """Somebody who was asked in comes."""
    if member.account not in call.invited:
        board.refuse(member.id, "calls.not_invited", call.id)
    elif board.active(member.account) is not None:
        board.refuse(member.id, "calls.busy", call.id)
    else:
        joined(board, call, enter(board, call, member, "guest"))


def uninvite(board: State, call: HubCall, account: str, reason: str) -> None:
    """Somebody who was asked in does not come: `declined`, `no_answer`."""
    if call.invited.pop(account, None) is not None:
        board.tell(call, "invite_failed", account=account, reason=reason)


def _introduce(board: State, call: HubCall, person: Person) -> None:
    others = [other for other in call.people.values() if other is not person]
    for other in others:
        ice = board.ice_plain(call, person.peer, other.peer)
        board.say(other, call, "peer_joined", peer=person.peer, name=person.name, ice=ice, offers=True)
    board.say(
        person,
        call,
        "accepted",
        station=call.station,
        topic=call.topic,
        ice=board.ice_plain(call, person.peer, ""),
        peer=person.peer,
        peers=[{"peer": other.peer, "name": other.name, "offers": False} for other in others],
        note=call.note,
    )
    for other in others:
        if not (other.microphone and other.camera):
            media = {"microphone": other.microphone, "camera": other.camera}
            board.say(person, call, "desk_media", peer=other.peer, **media)
    if call.talk is not None:
        board.say(person, call, "call_media", **call.talk.model_dump(mode="json", exclude={"call"}))
    if call.held:
        board.say(person, call, "held", on=True, by="")
    if call.transfer is not None:
        board.say(person, call, "transferring", to=handed_to(board, call), topic=call.transfer.topic)
    for line in call.lines.values():
        board.say(person, call, "text", text=line.text, by=line.by, id=line.id)
