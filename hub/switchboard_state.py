"""The state every part of the switchboard works on, and the few ways of telling somebody something."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hub.switchboard_calls import DoorOnTheWay, DoorWanted, HubCall, Member, Over, Person, Rules, refusal
from kiosk.protocol.intercom import ALARM, CallEnd, EndReason, IceServer
from kiosk.protocol.link import LinkMessage

REMEMBERED = 500  # calls that are over


def plain_rules(topic: str) -> Rules:
    """Without a catalogue: alarms first."""
    return Rules(priority=10 if topic == ALARM else 0)


@dataclass
class State:
    """`to_station(station, message)` and `to_staff(member, object)` deliver now or never.

    `ice(user)` makes relay credentials for one end of one pair, `now()` is in seconds and only moves forward,
    `order(wanted)` signs an order to open a door and gives its id and token (None: not possible), `reported` hears
    what became of it ("no_answer" when nothing was heard in time).
    """

    to_station: Callable[[str, LinkMessage], object]
    to_staff: Callable[[str, dict[str, Any]], object]
    ice: Callable[[str], tuple[IceServer, ...]]
    now: Callable[[], float]
    rules: Callable[[str], Rules] = plain_rules
    order: Callable[[DoorWanted], tuple[str, str] | None] = lambda wanted: None
    reported: Callable[[DoorWanted, str, str, str], object] = lambda wanted, order, code, report: None
    new_id: Callable[[], str] = lambda: secrets.token_hex(5)
    members: dict[str, Member] = field(default_factory=dict)
    calls: dict[str, HubCall] = field(default_factory=dict)
    over: "OrderedDict[str, Over]" = field(default_factory=OrderedDict)
    early: dict[tuple[str, str], float] = field(default_factory=dict)  # (call, console that takes it up) -> since
    orders: dict[str, DoorOnTheWay] = field(default_factory=dict)
    overdue: dict[str, DoorOnTheWay] = field(default_factory=dict)  # orders nothing was heard of in time
    boards: dict[str, object] = field(default_factory=dict)  # what each console was shown last
    staff_shown: dict[str, object] = field(default_factory=dict)

    def forget_shown(self, member_id: str) -> None:
        """That console may not have heard what it was shown last."""
        self.boards.pop(member_id, None)
        self.staff_shown.pop(member_id, None)

    def of_station(self, station: str) -> list[HubCall]:
        return [call for call in self.calls.values() if call.station == station]

    def active(self, account: str) -> HubCall | None:
        """The one call this account is in; one it has put on hold is not, one it was asked into always is."""
        for call in self.calls.values():
            person = call.account_of(account)
            if person is not None and (person.role == "guest" or not call.held):
                return call
        return None

    def at_desk(self, account: str) -> bool:
        return any(member.account == account for member in self.members.values())

    def consoles(self, account: str) -> list[Member]:
        return [member for member in self.members.values() if member.account == account]

    def tell(self, call: HubCall, kind: str, but: str = "", **more: Any) -> None:
        """Everybody of the desk who takes part, but the one behind the peer `but`."""
        for person in call.people.values():
            if person.member and person.peer != but:
                self.to_staff(person.member, {"type": kind, "call": call.id, **more})

    def say(self, person: Person, call: HubCall, kind: str, **more: Any) -> None:
        if person.member:
            self.to_staff(person.member, {"type": kind, "call": call.id, **more})

    def refuse(self, member_id: str, code: str, call: str = "") -> None:
        self.to_staff(member_id, refusal(code, call))

    def ice_of(self, call: HubCall, peer: str, end: str) -> tuple[IceServer, ...]:
        """Relays for one `end` of what `peer` has: a name of its own for each, so that none can be used twice."""
        return self.ice("-".join(part for part in (call.id, peer, end) if part))

    def ice_plain(self, call: HubCall, peer: str, end: str) -> list[dict[str, Any]]:
        return [server.model_dump(exclude_defaults=True) for server in self.ice_of(call, peer, end)]

    def end(self, call: HubCall, reason: EndReason, tell_station: bool = True) -> None:
        """The call is over, for everybody, once."""
        del self.calls[call.id]
        members = tuple(person.member for person in call.people.values() if person.member)
        self.over[call.id] = Over(reason, call.station, members)
        while len(self.over) > REMEMBERED:
            self.over.popitem(last=False)
        if tell_station:
            self.to_station(call.station, CallEnd(call=call.id, reason=reason))
        self.tell(call, "ended", reason=reason)
