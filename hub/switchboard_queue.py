"""Who is rung by what, in which order, and what everybody sees of it."""

from typing import Any

from hub.switchboard_calls import HubCall, Member
from hub.switchboard_state import State
from kiosk.protocol.intercom import ALARM, Ringing


def queue(board: State) -> list[HubCall]:
    """Calls that wait, in the order in which they are to be answered: by priority, then by age."""
    waiting = (call for call in board.calls.values() if call.waiting)
    return sorted(waiting, key=lambda call: (-board.rules(call.queue).priority, call.waiting_since, call.id))


def reach(board: State, call: HubCall) -> tuple[list[Member], int]:
    """The consoles a waiting call rings now, busy ones too, and how many groups that is (0 = it has none).

    Groups nobody of is at the desk are passed over; where none is left, everybody who serves the queue is rung.
    """
    everyone = [m for m in board.members.values() if _may_take(call, m)]
    if call.transfer is not None and call.transfer.to:
        return everyone, 0
    rules = board.rules(call.queue)
    present = [group for group in rules.groups if any(member.belongs(group) for member in everyone)]
    if not present or call.queue == ALARM:
        return everyone, 0
    steps = min(len(present), 1 + int((board.now() - call.waiting_since) // rules.group_seconds))
    return [m for m in everyone if any(m.belongs(group) for group in present[:steps])], steps


def serving(board: State, call: HubCall) -> frozenset[str]:
    """Accounts at the desk that would be rung by this call sooner or later."""
    everyone = [m for m in board.members.values() if _may_take(call, m)]
    groups = board.rules(call.queue).groups if call.queue != ALARM else ()
    chosen = [m for m in everyone if any(m.belongs(group) for group in groups)]
    return frozenset(member.account for member in chosen or everyone)


def position(board: State, call: HubCall, line: list[HubCall]) -> int:
    """1 for the next to be answered: calls before it count that wait in the same queue or for the same people."""
    ours = serving(board, call)
    before = line[: line.index(call)]
    return 1 + sum(other.queue == call.queue or not ours.isdisjoint(serving(board, other)) for other in before)


def rings_through(board: State, call: HubCall, busy_in: HubCall | None) -> bool:
    """Whether somebody who is in a call is rung by this one: an alarm always, else what is more urgent."""
    if busy_in is None or call.queue == ALARM:
        return busy_in is not call
    return board.rules(call.queue).priority > board.rules(busy_in.topic).priority


def groups_moved(board: State) -> bool:
    """Whether time has brought another group to some call."""
    return any(call.group != reach(board, call)[1] for call in board.calls.values() if call.waiting)


def refresh(board: State) -> None:
    """Everybody is told how things stand, where that is new: each waiting station its place, each console the board."""
    line = queue(board)
    busy = {m.account for m in board.members.values() if board.active(m.account) is not None}
    rung: dict[str, set[str]] = {}
    places: dict[str, int] = {}
    for call in line:
        members, call.group = reach(board, call)
        rung[call.id] = {m.id for m in members if rings_through(board, call, board.active(m.account))}
        places[call.id] = position(board, call, line)
        if call.answered is None:
            _tell_station(board, call, places[call.id], busy)
    rest = [call for call in board.calls.values() if not call.waiting]
    rows = [_row(board, call, places.get(call.id, 0)) for call in (*line, *rest)]
    for member in board.members.values():
        mine = [
            row
            | {
                "rings": member.id in rung.get(row["call"], ()),
                "invited": member.account in board.calls[row["call"]].invited,
            }
            for row in rows
        ]
        shown = [{key: value for key, value in row.items() if key != "seconds"} for row in mine]
        if board.boards.get(member.id) != shown:
            board.boards[member.id] = shown
            board.to_staff(member.id, {"type": "calls", "calls": mine})
    _show_staff(board, busy)


def _may_take(call: HubCall, member: Member) -> bool:
    handed = call.transfer
    if handed is not None and handed.to:
        return member.account == handed.to
    return member.serves(call.queue) and call.account_of(member.account) is None


def _tell_station(board: State, call: HubCall, place: int, busy: set[str]) -> None:
    desk = serving(board, call)
    news = Ringing(call=call.id, staff=len(desk), free=len(desk - busy), position=place)
    if news != call.told:
        call.told = news
        board.to_station(call.station, news)


def _show_staff(board: State, busy: set[str]) -> None:
    """Who is at the desk, for a transfer or an invitation: each account once."""
    staff: dict[str, dict[str, Any]] = {}
    for member in board.members.values():
        topics = None if member.topics is None else sorted(member.topics)
        known = staff.setdefault(
            member.account,
            {"account": member.account, "name": member.name, "topics": topics, "busy": member.account in busy},
        )
        if known["topics"] is not None:
            known["topics"] = None if topics is None else sorted({*known["topics"], *topics})
    shown = list(staff.values())
    for member in board.members.values():
        if board.staff_shown.get(member.id) != shown:
            board.staff_shown[member.id] = shown
            board.to_staff(member.id, {"type": "staff", "staff": shown})


def _row(board: State, call: HubCall, place: int) -> dict[str, Any]:
    main = call.main
    return {
        "call": call.id,
        "station": call.station,
        "topic": call.queue,
        "alarm": call.topic == ALARM,
        "ringing": call.waiting,
        "seconds": round(board.now() - call.began, 1),
        "by": main.name if main else call.by,
        "account": main.account if main else "",
        "away": call.station_away is not None,
        "media": call.media.model_dump(exclude={"call"}) if call.media else None,
        "talk": call.talk.model_dump(mode="json", exclude={"call"}) if call.talk else None,
        "cameras": list(call.talk.cameras) if call.talk else [],
        "peers": [{"peer": p.peer, "name": p.name, "account": p.account, "role": p.role} for p in call.people.values()],
        "held": call.held,
        "note": call.transfer.note if call.transfer else call.note,
        "from": call.transfer.by if call.transfer else "",
        "position": place,
        "group": call.group,
    }
