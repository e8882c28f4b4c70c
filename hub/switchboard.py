"""The switchboard: who rings, who is at the desk, who answers. Plain logic on one thread, no socket and no clock in it.

The first answer wins. A line that breaks is given a grace before the other end is told that it is over, because most
come back: a reloaded page, a restarted router, a hub that was updated.

Everything comes in by `station_*`, `staff_*` and `tick`, and goes out by the callbacks of `State`; nothing is stored.
After a restart, or when another process leads, stations ring again (`answered=True`) and consoles `resume`.
"""

from dataclasses import dataclass

from hub.intercom_words import AboutCall, HandOver, Invite, Said, Serve, StillHere
from hub.switchboard_answer import TRANSFER_SECONDS, answer, resume, take_back, transfer, transfer_late
from hub.switchboard_calls import HubCall, Member, Over, Person, Rules
from hub.switchboard_people import INVITE_SECONDS, invite, join, leave, promote, tell_all_to_station, uninvite
from hub.switchboard_queue import groups_moved, queue, refresh
from hub.switchboard_state import State
from hub.switchboard_talk import InCall, door_reported, doors_overdue, from_desk, from_station, rated_afterwards
from kiosk.protocol.door import DoorReport
from kiosk.protocol.intercom import CallEnd, DeskPresence, EndReason, Ring
from kiosk.protocol.intercom_talk import Rated
from kiosk.protocol.link import LinkMessage

__all__ = ["HubCall", "Member", "Over", "Rules", "Switchboard"]

STATION_GRACE_RINGING = 15.0  # seconds; the terminal itself gives up after 10
STATION_GRACE_TALKING = 120.0  # picture and sound need no hub, and may well go on
STAFF_GRACE = 8.0
RESUME_GRACE = 15.0  # after a restart of the hub the console may be back before its station


@dataclass
class Switchboard(State):
    """The entry points."""

    # -- stations -----------------------------------------------------------------------------------------------------

    def station_came(self, station: str, call_id: str) -> None:
        """The link of a station is up; `call_id` is the call it is in, "" for none."""
        for call in self.of_station(station):
            if call.id == call_id:
                call.station_away = None
            else:  # it ended over there while nobody could say so
                self.end(call, EndReason.LOST_NETWORK, tell_station=False)
        refresh(self)

    def station_gone(self, station: str) -> None:
        for call in self.of_station(station):
            call.station_away = self.now()
        refresh(self)

    def station_said(self, station: str, message: LinkMessage) -> None:
        """Anything a station may say; what is not about its own call is dropped."""
        if isinstance(message, Ring):
            self._ring(station, message)
        elif isinstance(message, DoorReport):
            door_reported(self, station, message)
        else:
            call = self.calls.get(getattr(message, "call", ""))
            if call is None or call.station != station:
                if isinstance(message, Rated):
                    rated_afterwards(self, station, message)
                return
            if isinstance(message, CallEnd):
                self.end(call, message.reason, tell_station=False)
            else:
                from_station(self, call, message)
        refresh(self)

    def _ring(self, station: str, ring: Ring) -> None:
        over, call = self.over.get(ring.call), self.calls.get(ring.call)
        if over is not None or (call is not None and call.station != station):
            # An id that was made elsewhere is not this station's to use.
            ours = over is not None and over.station == station
            reason = over.reason if over is not None and ours else EndReason.REFUSED
            self.to_station(station, CallEnd(call=ring.call, reason=reason))
            return
        if call is not None:
            call.station_away, call.told = None, None
            if call.answered is not None:
                tell_all_to_station(self, call)
            return
        for other in self.of_station(station):
            self.end(other, EndReason.LOST_NETWORK, tell_station=False)
        call = HubCall(ring.call, station, ring.topic, self.now(), self.now())
        if ring.answered:  # we were restarted: whoever was in this call comes back and says so
            call.answered = call.desk_away = self.now()
            call.by, call.expected = ring.by, frozenset(ring.joined)
        self.calls[call.id] = call
        for waiting in [key for key in self.early if key[0] == call.id]:
            del self.early[waiting]
            if member := self.members.get(waiting[1]):
                resume(self, member, call.id)

    # -- staff --------------------------------------------------------------------------------------------------------

    def staff_came(self, member: Member) -> None:
        self.members[member.id] = member
        refresh(self)

    def staff_gone(self, member_id: str) -> None:
        if self.members.pop(member_id, None) is None:
            return
        self.boards.pop(member_id, None)
        self.staff_shown.pop(member_id, None)
        self.early = {key: since for key, since in self.early.items() if key[1] != member_id}
        for call in self.calls.values():
            person = call.person_of(member_id)
            if person is not None:
                person.member, person.away = "", self.now()
                if person.role == "main":
                    self.to_station(call.station, DeskPresence(call=call.id, present=False))
        refresh(self)

    def staff_said(self, member_id: str, said: Said) -> None:
        """Anything a console may say; one that is not here (any more) says nothing."""
        member = self.members.get(member_id)
        if member is None or isinstance(said, StillHere):
            return
        match said:
            case Serve():
                member.topics = None if said.topics is None else frozenset(said.topics)
            case AboutCall(type="answer"):
                answer(self, member, said.call)
            case AboutCall(type="resume"):
                resume(self, member, said.call)
            case _:
                self._about(member, said)
        refresh(self)

    def _about(self, member: Member, said: AboutCall | HandOver | Invite | InCall) -> None:
        call = self.calls.get(said.call)
        if call is None:
            self.refuse(member.id, "calls.over", said.call)
            return
        if isinstance(said, AboutCall) and said.type == "join":
            join(self, call, member)
            return
        if isinstance(said, AboutCall) and said.type == "decline":
            uninvite(self, call, member.account, "declined")
            return
        person = call.person_of(member.id)
        if person is None:
            self.refuse(member.id, "calls.not_in", call.id)
        elif isinstance(said, AboutCall) and said.type == "hang_up":
            self._hang_up(call, person)
        elif isinstance(said, AboutCall | HandOver | Invite) and person.role != "main":
            self.refuse(member.id, "calls.not_main", call.id)
        elif isinstance(said, AboutCall):
            take_back(self, call)
        elif isinstance(said, HandOver):
            transfer(self, call, person, said.topic, said.to, said.note.strip())
        elif isinstance(said, Invite):
            invite(self, call, person, said.account, said.note.strip())
        else:
            from_desk(self, call, person, said)

    def _hang_up(self, call: HubCall, person: Person) -> None:
        """The main ends the call for everybody; while it is handed over, he leaves it to the queue. A guest leaves."""
        if person.role == "main" and call.transfer is None:
            self.end(call, EndReason.STAFF_HUNG_UP)
            return
        leave(self, call, person)
        self.say(person, call, "ended", reason=EndReason.STAFF_HUNG_UP)

    # -- time ---------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Time has passed: lines that did not come back are given up, what nobody took goes back, groups widen."""
        now, changed = self.now(), groups_moved(self)
        doors_overdue(self)
        for (call_id, member_id), since in list(self.early.items()):
            if now - since >= RESUME_GRACE:
                del self.early[call_id, member_id]
                self.to_staff(member_id, {"type": "ended", "call": call_id, "reason": EndReason.LOST_NETWORK})
        for call in list(self.calls.values()):
            changed |= self._pass_time(call, now)
        if changed:
            refresh(self)

    def _pass_time(self, call: HubCall, now: float) -> bool:
        """Whether anything about `call` is otherwise than before."""
        grace = STATION_GRACE_RINGING if call.answered is None else STATION_GRACE_TALKING
        if call.station_away is not None and now - call.station_away >= grace:
            self.end(call, EndReason.LOST_NETWORK)
            return True
        if call.desk_away is not None and now - call.desk_away >= STAFF_GRACE:
            guest = next(iter(call.people.values()), None)
            if guest is None:
                self.end(call, EndReason.STAFF_LEFT)
            else:
                promote(self, call, guest)
            return True
        gone = [p for p in call.people.values() if p.away is not None and now - p.away >= STAFF_GRACE]
        for person in gone:
            if call.id in self.calls and person.peer in call.people:
                leave(self, call, person)
        late = [key for key, invited in call.invited.items() if now - invited.since >= INVITE_SECONDS]
        for account in late:
            uninvite(self, call, account, "no_answer")
        handed = call.transfer
        overdue = call.id in self.calls and handed is not None and now - handed.since >= TRANSFER_SECONDS
        if overdue:
            transfer_late(self, call)
        return bool(gone or late or overdue)

    def queue(self) -> list[HubCall]:
        """Calls that wait, in the order in which they are to be answered."""
        return queue(self)
