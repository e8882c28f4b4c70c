"""The switchboard: who rings, who is at the desk, who answers. Plain logic on one thread, no socket and no clock in it.

Everybody at the desk is rung; the first answer wins. A line that breaks is given a grace before the other end is told
that it is over, because most come back: a reloaded page, a restarted router, a hub that was updated.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kiosk.protocol.intercom import (
    ALARM,
    Answered,
    CallEnd,
    CallText,
    DeskPresence,
    EndReason,
    IceServer,
    MediaState,
    Ring,
    Ringing,
    Signal,
)
from kiosk.protocol.link import LinkMessage

STATION_GRACE_RINGING = 15.0  # seconds; the terminal itself gives up after 10
STATION_GRACE_TALKING = 120.0  # picture and sound need no hub, and may well go on
STAFF_GRACE = 8.0
RESUME_GRACE = 15.0  # after a restart of the hub the console may be back before its station
_REMEMBERED = 500


@dataclass
class Member:
    """A console that is open. One account may have several; it talks in one. `topics` None means all."""

    id: str
    account: str
    name: str
    topics: frozenset[str] | None = None

    def serves(self, topic: str) -> bool:
        return topic == ALARM or self.topics is None or topic in self.topics


@dataclass
class HubCall:
    """One call. `account` is whose call it is, `member` the console it is in ("" while that is away)."""

    id: str
    station: str
    topic: str
    began: float
    account: str = ""
    by: str = ""
    member: str = ""
    answered: float | None = None
    station_away: float | None = None
    staff_away: float | None = None
    media: MediaState | None = None

    @property
    def ringing(self) -> bool:
        return self.answered is None


@dataclass
class Switchboard:
    """`to_station(station, message)` and `to_staff(member, object)` deliver now or never; `ice(call)` makes relays."""

    to_station: Callable[[str, LinkMessage], object]
    to_staff: Callable[[str, dict[str, Any]], object]
    ice: Callable[[str], tuple[IceServer, ...]]
    now: Callable[[], float]
    priority: Callable[[str], int] = lambda topic: 9 if topic == ALARM else 0
    members: dict[str, Member] = field(default_factory=dict)
    calls: dict[str, HubCall] = field(default_factory=dict)
    over: "OrderedDict[str, EndReason]" = field(default_factory=OrderedDict)
    early: dict[str, tuple[str, float]] = field(default_factory=dict)  # call -> (console that takes it up, since)

    # -- stations -----------------------------------------------------------------------------------------------------

    def station_came(self, station: str, call_id: str) -> None:
        """The link of a station is up; `call_id` is the call it is in, "" for none."""
        for call in self._of(station):
            if call.id == call_id:
                call.station_away = None
            else:  # it ended over there while nobody could say so
                self._end(call, EndReason.LOST_NETWORK, tell_station=False)
        self._refresh()

    def station_gone(self, station: str) -> None:
        for call in self._of(station):
            call.station_away = self.now()
        self._refresh()

    def station_said(self, station: str, message: LinkMessage) -> None:
        """Anything a station may say; what is not about its own call is dropped."""
        if isinstance(message, Ring):
            self._ring(station, message)
            return
        call = self.calls.get(getattr(message, "call", ""))
        if call is None or call.station != station:
            return
        match message:
            case Signal():
                self._to_staff(call, {"type": "signal", "call": call.id, "data": message.data})
            case CallText():
                self._to_staff(call, {"type": "text", "call": call.id, "text": message.text})
            case MediaState():
                call.media = message
                self._refresh()
            case CallEnd():
                self._end(call, message.reason, tell_station=False)
                self._refresh()

    def _ring(self, station: str, ring: Ring) -> None:
        if ring.call in self.over:
            self.to_station(station, CallEnd(call=ring.call, reason=self.over[ring.call]))
            return
        call = self.calls.get(ring.call)
        if call is not None:
            if call.station != station:  # an id that was made elsewhere: not this station's to use
                self.to_station(station, CallEnd(call=ring.call, reason=EndReason.REFUSED))
                return
            call.station_away = None
            if not call.ringing:
                self.to_station(station, Answered(call=call.id, by=call.by, ice=self.ice(call.id)))
                self.to_station(station, DeskPresence(call=call.id, present=bool(call.member)))
        else:
            for other in self._of(station):
                self._end(other, EndReason.LOST_NETWORK, tell_station=False)
            call = HubCall(ring.call, station, ring.topic, self.now())
            if ring.answered:  # we were restarted: whoever was in this call comes back and says so
                call.answered = call.staff_away = self.now()
                call.by = ring.by
            self.calls[call.id] = call
            if waiting := self.early.pop(call.id, None):
                self.resume(waiting[0], call.id)
        self._refresh()

    # -- staff --------------------------------------------------------------------------------------------------------

    def staff_came(self, member: Member) -> None:
        self.members[member.id] = member
        self._refresh()

    def staff_gone(self, member_id: str) -> None:
        member = self.members.pop(member_id, None)
        if member is None:
            return
        for call in self.calls.values():
            if call.member == member_id:
                call.member = ""
                call.staff_away = self.now()
                self.to_station(call.station, DeskPresence(call=call.id, present=False))
        self._refresh()

    def serve(self, member_id: str, topics: Iterable[str] | None) -> None:
        """From now on this console wants these topics (None: all). Alarms come to everybody."""
        if member := self.members.get(member_id):
            member.topics = None if topics is None else frozenset(topics)
            self._refresh()

    def answer(self, member_id: str, call_id: str) -> None:
        """The first one wins; everybody else is told that it is taken."""
        member, call = self.members.get(member_id), self.calls.get(call_id)
        if member is None:
            return
        if call is None or not call.ringing:
            self.to_staff(member_id, {"type": "lost", "call": call_id, "by": call.by if call else ""})
            return
        if self._talking(member.account) is not None:
            self.to_staff(member_id, {"type": "lost", "call": call_id, "by": member.name})
            return
        call.account, call.by, call.member, call.answered = member.account, member.name, member.id, self.now()
        ice = self.ice(call.id)
        self.to_station(call.station, Answered(call=call.id, by=call.by, ice=ice))
        self._accept(call, ice)
        self._refresh()

    def resume(self, member_id: str, call_id: str) -> None:
        """A console that was reloaded, or whose hub was restarted, takes up its call again."""
        member, call = self.members.get(member_id), self.calls.get(call_id)
        if member is None:
            return
        if call is None and call_id not in self.over:
            self.early[call_id] = (member_id, self.now())
            return
        mine = call is not None and call.account in (member.account, "") and call.by in (member.name, "")
        other = self._talking(member.account)
        if call is None or call.ringing or not mine or other not in (None, call):
            reason = self.over.get(call_id, EndReason.LOST_NETWORK)
            self.to_staff(member_id, {"type": "ended", "call": call_id, "reason": reason})
            return
        if call.member and call.member != member_id:
            self.to_staff(call.member, {"type": "moved", "call": call_id})
        call.account, call.by, call.member, call.staff_away = member.account, member.name, member.id, None
        self.to_station(call.station, DeskPresence(call=call.id, present=True))
        self._accept(call, self.ice(call.id))
        self._refresh()

    def staff_signal(self, member_id: str, call_id: str, data: dict[str, Any]) -> None:
        if call := self._in(member_id, call_id):
            self.to_station(call.station, Signal(call=call.id, data=data))

    def staff_text(self, member_id: str, call_id: str, text: str) -> None:
        if (call := self._in(member_id, call_id)) and text.strip():
            self.to_station(call.station, CallText(call=call.id, text=text.strip()[:500]))

    def staff_hangs_up(self, member_id: str, call_id: str) -> None:
        if call := self._in(member_id, call_id):
            self._end(call, EndReason.STAFF_HUNG_UP)
            self._refresh()

    # -- time ---------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Time has passed: lines that did not come back are given up."""
        now = self.now()
        for call_id, (member_id, since) in list(self.early.items()):
            if now - since >= RESUME_GRACE:
                del self.early[call_id]
                self.to_staff(member_id, {"type": "ended", "call": call_id, "reason": EndReason.LOST_NETWORK})
        for call in list(self.calls.values()):
            grace = STATION_GRACE_RINGING if call.ringing else STATION_GRACE_TALKING
            if call.station_away is not None and now - call.station_away >= grace:
                self._end(call, EndReason.LOST_NETWORK)
            elif call.staff_away is not None and now - call.staff_away >= STAFF_GRACE:
                self._end(call, EndReason.STAFF_LEFT)
            else:
                continue
            self._refresh()

    # -- inside -------------------------------------------------------------------------------------------------------

    def _of(self, station: str) -> list[HubCall]:
        return [call for call in self.calls.values() if call.station == station]

    def _in(self, member_id: str, call_id: str) -> HubCall | None:
        call = self.calls.get(call_id)
        return call if call is not None and call.member == member_id else None

    def _talking(self, account: str) -> HubCall | None:
        return next((call for call in self.calls.values() if call.account == account), None)

    def _accept(self, call: HubCall, ice: tuple[IceServer, ...]) -> None:
        servers = [server.model_dump(exclude_defaults=True) for server in ice]
        self.to_staff(
            call.member,
            {"type": "accepted", "call": call.id, "station": call.station, "topic": call.topic, "ice": servers},
        )

    def _to_staff(self, call: HubCall, message: dict[str, Any]) -> None:
        if call.member:
            self.to_staff(call.member, message)

    def _end(self, call: HubCall, reason: EndReason, tell_station: bool = True) -> None:
        del self.calls[call.id]
        self.over[call.id] = reason
        while len(self.over) > _REMEMBERED:
            self.over.popitem(last=False)
        if tell_station:
            self.to_station(call.station, CallEnd(call=call.id, reason=reason))
        self._to_staff(call, {"type": "ended", "call": call.id, "reason": reason})

    def queue(self) -> list[HubCall]:
        """Calls that ring, in the order in which they are to be answered."""
        waiting = (call for call in self.calls.values() if call.ringing)
        return sorted(waiting, key=lambda call: (-self.priority(call.topic), call.began, call.id))

    def _refresh(self) -> None:
        """Everybody is told how things stand: each waiting station its place, each console the whole board."""
        busy = {call.account for call in self.calls.values() if call.account}
        queue = self.queue()
        for call in queue:
            serving = {member.account for member in self.members.values() if member.serves(call.topic)}
            place = 1 + sum(other.topic == call.topic for other in queue[: queue.index(call)])
            news = Ringing(call=call.id, staff=len(serving), free=len(serving - busy), position=place)
            self.to_station(call.station, news)
        board = [self._row(call) for call in (*queue, *(c for c in self.calls.values() if not c.ringing))]
        for member in self.members.values():
            rings = member.account not in busy
            rows = [row | {"rings": rings and row["ringing"] and member.serves(row["topic"])} for row in board]
            self.to_staff(member.id, {"type": "calls", "calls": rows})

    def _row(self, call: HubCall) -> dict[str, Any]:
        return {
            "call": call.id,
            "station": call.station,
            "topic": call.topic,
            "alarm": call.topic == ALARM,
            "ringing": call.ringing,
            "seconds": round(self.now() - call.began, 1),
            "by": call.by,
            "account": call.account,
            "away": call.station_away is not None,
            "media": call.media.model_dump(exclude={"call"}) if call.media else None,
        }
