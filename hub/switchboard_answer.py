"""Answering a call that waits, handing one over, and taking one up again after a reload or a restart of the hub."""

from hub.switchboard_calls import MOST_PEOPLE, TRANSFERRED, HubCall, Member, Person, Transfer
from hub.switchboard_people import answered, come_back, enter, handed_to, hold, joined, leave, moving, promote, release
from hub.switchboard_queue import rings_through, serving
from hub.switchboard_state import State
from kiosk.protocol.intercom import DeskPresence, EndReason
from kiosk.protocol.intercom_talk import Left

TRANSFER_SECONDS = 30.0  # nobody took it by then: it is the transferrer's again


def answer(board: State, member: Member, call_id: str) -> None:
    """The first one wins; everybody else is told that it is taken."""
    call = board.calls.get(call_id)
    if call is None or not call.waiting:
        by = (call.main.name if call.main else call.by) if call else ""
        board.to_staff(member.id, {"type": "lost", "call": call_id, "by": by})
        return
    handed = call.transfer
    if handed is not None and call.account_of(member.account) is not None:
        board.refuse(member.id, "calls.handed_over", call_id)  # who has it takes it back; a guest is in it
    elif handed is not None and handed.to and handed.to != member.account:
        board.refuse(member.id, "calls.not_yours", call_id)
    elif not _step_aside(board, member, call):
        board.refuse(member.id, "calls.busy", call_id)
    else:
        _take(board, call, member)


def _step_aside(board: State, member: Member, call: HubCall) -> bool:
    """One account is in one active call: what rings through has the other put on hold, a guest leaves it.

    Returns False for a call that has to wait.
    """
    busy_in = board.active(member.account)
    if busy_in is None:
        return True
    person = busy_in.account_of(member.account)
    if person is None or not rings_through(board, call, busy_in):
        return False
    if person.role == "main":
        hold(board, busy_in, member.name)
    else:
        leave(board, busy_in, person)
        board.say(person, busy_in, "ended", reason=TRANSFERRED)
    return True


def _take(board: State, call: HubCall, member: Member) -> None:
    former, handed = call.main, call.transfer
    if former is not None:
        del call.people[former.peer]
    call.note = handed.note if handed else ""
    call.topic = handed.topic if handed else call.topic
    call.transfer, call.desk_away = None, None
    call.answered = board.now() if call.answered is None else call.answered
    call.by = member.name
    if former is not None:
        board.tell(call, "peer_left", peer=former.peer)
    person = enter(board, call, member)
    answered(board, call, person)
    release(board, call, member.name)
    if former is not None:
        board.to_station(call.station, Left(call=call.id, peer=former.peer))
        board.say(former, call, "ended", reason=TRANSFERRED)


# -- handing over -----------------------------------------------------------------------------------------------------


def transfer(board: State, call: HubCall, person: Person, topic: str | None, to: str | None, note: str) -> None:
    """To the account `to`, else to the queue `topic`. To a guest, who is in the call already, at once."""
    if call.transfer is not None:
        board.refuse(person.member, "calls.handed_over", call.id)
        return
    guest = call.account_of(to) if to else None
    if guest is not None and guest is not person:
        call.note = note or call.note
        promote(board, call, guest)
        leave(board, call, person)
        board.say(person, call, "ended", reason=TRANSFERRED)
        return
    wanted = Transfer(topic or call.topic, to or "", note, person.account, person.name, board.now())
    call.transfer = wanted
    if person.account == to or not serving(board, call):
        call.transfer = None
        board.refuse(person.member, "calls.nobody_there", call.id)
        return
    call.waiting_since = board.now()
    moving(board, call)
    board.tell(call, "transferring", to=handed_to(board, call), topic=wanted.topic)


def take_back(board: State, call: HubCall) -> None:
    """The call is its main's again."""
    main = call.main
    if call.transfer is not None and main is not None:
        call.transfer = None
        answered(board, call, main)


def transfer_late(board: State, call: HubCall) -> None:
    """Nobody took it in time. Where the one who handed it over has gone, it goes on waiting, for everybody of the

    queue, as long as there is anybody.
    """
    handed, main = call.transfer, call.main
    if handed is None:
        return
    if main is not None:
        take_back(board, call)
        board.tell(call, "transfer_failed", reason="no_answer")
        return
    call.transfer = Transfer(handed.topic, "", handed.note, handed.account, handed.by, board.now())
    if not serving(board, call):
        board.end(call, EndReason.STAFF_LEFT)


# -- coming back ------------------------------------------------------------------------------------------------------


def resume(board: State, member: Member, call_id: str) -> None:
    """A console that was reloaded, or whose hub was restarted, takes up its call again."""
    call = board.calls.get(call_id)
    if call is None and call_id not in board.over:
        board.early[call_id, member.id] = board.now()
        return
    person = call.account_of(member.account) if call is not None else None
    if call is not None and person is not None:
        come_back(board, call, person, member)
    elif call is None or not _recovered(board, call, member):
        over = board.over.get(call_id)
        reason = over.reason if over else EndReason.LOST_NETWORK
        board.to_staff(member.id, {"type": "ended", "call": call_id, "reason": reason})


def _recovered(board: State, call: HubCall, member: Member) -> bool:
    """After a restart the station knows who was in the call, by name: the one who has it, and who had joined."""
    if call.answered is None or len(call.people) >= MOST_PEOPLE:
        return False
    busy = board.active(member.account) is not None
    if call.desk_away is not None and call.main is None and call.by in (member.name, ""):
        call.desk_away, call.by = None, member.name
        person = enter(board, call, member)
        answered(board, call, person)
        board.to_station(call.station, DeskPresence(call=call.id, present=True))
        if busy:  # of the two it is in, the one it came back to first goes on
            hold(board, call, member.name)
        return True
    if member.name in call.expected and not busy:
        call.expected -= {member.name}
        joined(board, call, enter(board, call, member, "guest"))
        return True
    return False
