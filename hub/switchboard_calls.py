"""What the switchboard knows: open consoles, calls, who takes part in them. No behaviour beyond looking."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kiosk.protocol.intercom import ALARM, EndReason, MediaState, Ringing
from kiosk.protocol.intercom_talk import CallMedia

MOST_PEOPLE = 2  # of the desk in one call: with the station a mesh of three
MOST_TEXTS = 200  # lines of a call that are kept for somebody who comes back
TRANSFERRED = "transferred"  # to the console of whoever handed the call over; the call goes on


@dataclass
class Member:
    """A console that is open. One account may have several; it talks in one. `topics` None means all."""

    id: str
    account: str
    name: str
    topics: frozenset[str] | None = None
    roles: frozenset[str] = frozenset()

    def serves(self, topic: str) -> bool:
        return topic == ALARM or self.topics is None or topic in self.topics

    def belongs(self, group: frozenset[str]) -> bool:
        return self.account in group or not group.isdisjoint(self.roles)


@dataclass(frozen=True)
class Rules:
    """How a queue is rung (see kiosk.protocol.intercom.CallTopic). `groups` hold accounts and roles."""

    priority: int = 0
    groups: tuple[frozenset[str], ...] = ()
    group_seconds: float = 20.0


@dataclass
class Person:
    """Somebody of the desk in a call, under `peer`. `member` is the console, "" while that is away (since `away`)."""

    peer: str
    account: str
    name: str
    member: str
    role: Literal["main", "guest"]
    since: float
    away: float | None = None
    microphone: bool = True
    camera: bool = True


@dataclass(frozen=True)
class Transfer:
    """The call rings in queue `topic`, or for the account `to` alone; `by` (name) of `account` handed it over."""

    topic: str
    to: str
    note: str
    account: str
    by: str
    since: float


@dataclass(frozen=True)
class Invitation:
    by: str  # name
    note: str
    since: float


@dataclass(frozen=True)
class Line:
    """A line of text; `by` "" is the visitor."""

    id: str
    by: str
    text: str


@dataclass(frozen=True)
class Over:
    """What is kept of a call that ended: enough to say so again, and to deliver the visitor's answer afterwards."""

    reason: EndReason
    station: str
    members: tuple[str, ...] = ()


@dataclass
class HubCall:
    """One call. `waiting_since` is when it came into the queue it is in; `by` is the name of who has it, or had."""

    id: str
    station: str
    topic: str
    began: float
    waiting_since: float
    people: dict[str, Person] = field(default_factory=dict)
    invited: dict[str, Invitation] = field(default_factory=dict)  # by account
    transfer: Transfer | None = None
    note: str = ""
    answered: float | None = None
    by: str = ""
    held: bool = False
    station_away: float | None = None
    desk_away: float | None = None  # answered, and nobody of the desk has come back yet
    expected: frozenset[str] = frozenset()  # names of guests who may come back after a restart of the hub
    media: MediaState | None = None
    talk: CallMedia | None = None
    lines: "OrderedDict[tuple[str, str], Line]" = field(default_factory=OrderedDict)
    told: Ringing | None = None
    group: int = 0

    @property
    def waiting(self) -> bool:
        """It is in a queue: nobody answered it yet, or it is being handed over."""
        return self.answered is None or self.transfer is not None

    @property
    def queue(self) -> str:
        """The topic it waits in."""
        return self.transfer.topic if self.transfer else self.topic

    @property
    def main(self) -> Person | None:
        return next((p for p in self.people.values() if p.role == "main"), None)

    def person_of(self, member_id: str) -> Person | None:
        return next((p for p in self.people.values() if p.member == member_id and member_id), None)

    def account_of(self, account: str) -> Person | None:
        return next((p for p in self.people.values() if p.account == account), None)

    def remember(self, line: Line) -> bool:
        """Keep a line of text. False when it was said before."""
        key = (line.by, line.id)
        if key in self.lines:
            return False
        self.lines[key] = line
        while len(self.lines) > MOST_TEXTS:
            self.lines.popitem(last=False)
        return True


@dataclass(frozen=True)
class DoorWanted:
    """An order that was found to be in order: who, which door, in which call, why."""

    station: str
    call: str
    door: str
    account: str
    by: str
    reason: str


@dataclass(frozen=True)
class DoorOnTheWay:
    """An order that was sent and not reported on yet."""

    wanted: DoorWanted
    member: str
    since: float


def refusal(code: str, call: str = "") -> dict[str, Any]:
    """What a console is told when something cannot be done."""
    title = REFUSALS[code]
    return {"type": "error", "code": code, "call": call, "title": {"zh_CN": title[0], "en": title[1]}}


REFUSALS: Mapping[str, tuple[str, str]] = {
    "calls.over": ("这个通话已经结束", "This call is over"),
    "calls.busy": ("您正在通话，请先保持或结束", "You are in a call: put it on hold or end it first"),
    "calls.not_in": ("您不在这个通话中", "You take no part in this call"),
    "calls.not_main": ("只有主接听人可以这样做", "Only the one who has the call can do this"),
    "calls.not_yours": ("这个通话转给了别人", "This call was handed to somebody else"),
    "calls.nobody_there": ("对方现在不在值班台", "Nobody is there to take it now"),
    "calls.full": ("通话人数已满", "No more people can join this call"),
    "calls.not_invited": ("没有邀请您加入，或邀请已过期", "You are not invited, or not any more"),
    "calls.handed_over": ("正在转接，请先收回", "It is being handed over: take it back first"),
    "calls.station_away": ("终端暂时断线", "The terminal is not connected now"),
    "door.not_possible": ("现在不能发出开门指令", "The door cannot be ordered to open now"),
}
