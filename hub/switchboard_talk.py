"""What is said within a call, from the station and from the desk: signals, text, hold, cameras, pages, doors."""

from hub.intercom_words import ChooseCamera, Hold, OpenDoor, OwnMedia, PushPage, RelaysAsked, StaffSignal, StaffText
from hub.switchboard_calls import DoorOnTheWay, DoorWanted, HubCall, Line, Person
from hub.switchboard_people import desk_media, hold, release
from hub.switchboard_state import State
from kiosk.protocol.door import DoorOrder, DoorReport
from kiosk.protocol.intercom import CallText, MediaState, Signal
from kiosk.protocol.intercom_talk import CallMedia, CameraWanted, PageShown, Rated, Relays, RelaysWanted, ShowPage
from kiosk.protocol.link import LinkMessage

DOOR_SECONDS = 18.0  # an order lives 15; then the way back
OVERDUE_SECONDS = 600.0  # a report that comes later is of no use to anybody at the desk
NO_ANSWER = "no_answer"
InCall = StaffSignal | RelaysAsked | StaffText | Hold | OwnMedia | ChooseCamera | PushPage | OpenDoor


def from_station(board: State, call: HubCall, message: LinkMessage) -> None:
    """Something of the call's own station."""
    match message:
        case Signal():
            person = call.people.get(message.peer) if message.peer else call.main
            if person is not None:
                board.say(person, call, "signal", data=message.data, peer="")
        case RelaysWanted():
            if message.peer in call.people:
                ice = board.ice_of(call, message.peer, "station")
                board.to_station(call.station, Relays(call=call.id, peer=message.peer, ice=ice))
        case CallText():
            line = Line(message.id or board.new_id(), "", message.text)
            if call.remember(line):
                board.tell(call, "text", text=line.text, by="", id=line.id)
        case MediaState():
            call.media = message
        case CallMedia():
            call.talk = message
            board.tell(call, "call_media", **message.model_dump(mode="json", exclude={"call"}))
        case PageShown():
            board.tell(call, "page_shown", id=message.id, state=message.state)
        case Rated():
            board.tell(call, "rated", helpful=message.helpful)


def rated_afterwards(board: State, station: str, message: Rated) -> None:
    """ "Was this helpful?" is asked when the call is over: whoever was in it hears the answer."""
    over = board.over.get(message.call)
    if over is not None and over.station == station:
        for member in over.members:
            if member in board.members:
                board.to_staff(member, {"type": "rated", "call": message.call, "helpful": message.helpful})


def from_desk(board: State, call: HubCall, person: Person, said: InCall) -> None:
    """Something of somebody who takes part."""
    match said:
        case StaffSignal(peer=""):
            board.to_station(call.station, Signal(call=call.id, data=said.data, peer=person.peer))
        case StaffSignal():
            if (other := call.people.get(said.peer)) is not None and other is not person:
                board.say(other, call, "signal", data=said.data, peer=person.peer)
        case RelaysAsked():
            if not said.peer or said.peer in call.people:
                board.say(person, call, "relays", peer=said.peer, ice=board.ice_plain(call, person.peer, said.peer))
        case StaffText():
            _text(board, call, person, said)
        case Hold():
            _hold(board, call, person, said.on)
        case OwnMedia():
            person.microphone, person.camera = said.microphone, said.camera
            board.to_station(call.station, desk_media(call, person))
            media = {"microphone": said.microphone, "camera": said.camera}
            board.tell(call, "desk_media", but=person.peer, peer=person.peer, **media)
        case ChooseCamera():
            board.to_station(call.station, CameraWanted(call=call.id, camera=said.camera))
        case PushPage():
            board.to_station(call.station, ShowPage(call=call.id, id=said.id, page=said.page, args=said.args))
        case OpenDoor():
            _order_door(board, call, person, said)


def _text(board: State, call: HubCall, person: Person, said: StaffText) -> None:
    line = Line(said.id or board.new_id(), person.name, said.text.strip())
    if line.text and call.remember(line):
        board.to_station(call.station, CallText(call=call.id, text=line.text, by=line.by, id=line.id))
        board.tell(call, "text", text=line.text, by=line.by, id=line.id)  # to the writer too: said, and in this order


def _hold(board: State, call: HubCall, person: Person, on: bool) -> None:
    """Only by the one who has the call. Off hold, another call of the same person goes on hold."""
    if person.role != "main":
        board.refuse(person.member, "calls.not_main", call.id)
    elif on:
        hold(board, call, person.name)
    elif call.held:
        other = board.active(person.account)
        there = other.account_of(person.account) if other else None
        if other is not None and there is not None:
            if there.role == "guest":
                board.refuse(person.member, "calls.busy", call.id)
                return
            hold(board, other, person.name)
        release(board, call, person.name)


# -- doors ------------------------------------------------------------------------------------------------------------


def _order_door(board: State, call: HubCall, person: Person, said: OpenDoor) -> None:
    if call.answered is None or call.station_away is not None:
        board.refuse(person.member, "calls.station_away", call.id)
        return
    wanted = DoorWanted(call.station, call.id, said.door, person.account, person.name, said.reason.strip())
    order = board.order(wanted)
    if order is None:
        board.refuse(person.member, "door.not_possible", call.id)
        return
    order_id, token = order
    board.orders[order_id] = DoorOnTheWay(wanted, person.member, board.now())
    board.to_station(call.station, DoorOrder(token=token))


def door_reported(board: State, station: str, report: DoorReport) -> None:
    """What the lock says goes to everybody who takes part, and to the one who ordered if that is over already."""
    waiting = {**board.overdue, **board.orders}
    ours = [key for key, order in waiting.items() if order.wanted.station == station]
    order_id = report.id or next((key for key in ours if key in board.orders), "")
    if order_id not in ours:
        return
    board.orders.pop(order_id, None)
    board.overdue.pop(order_id, None)
    _tell_door(board, order_id, waiting[order_id], report.code, report.report)


def doors_overdue(board: State) -> None:
    """Nothing was heard in time: that is said plainly. A report may still come."""
    now = board.now()
    for order_id, order in list(board.orders.items()):
        if now - order.since >= DOOR_SECONDS:
            board.overdue[order_id] = board.orders.pop(order_id)
            _tell_door(board, order_id, order, NO_ANSWER, "")
    for order_id, order in list(board.overdue.items()):
        if now - order.since >= OVERDUE_SECONDS:
            del board.overdue[order_id]


def _tell_door(board: State, order_id: str, order: DoorOnTheWay, code: str, report: str) -> None:
    board.reported(order.wanted, order_id, code, report)
    call = board.calls.get(order.wanted.call)
    people = call.people.values() if call else ()
    for member in {order.member, *(person.member for person in people)} & set(board.members):
        board.to_staff(
            member,
            {"type": "door_report", "call": order.wanted.call, "id": order_id, "code": code, "report": report},
        )
