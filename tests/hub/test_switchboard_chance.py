"""The switchboard by chance: stations, consoles and time do what they like, and what everybody was told stays true."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hub.switchboard import STATION_GRACE_TALKING, HubCall
from hub.switchboard_answer import TRANSFER_SECONDS
from hub.switchboard_talk import OVERDUE_SECONDS
from kiosk.protocol.door import DoorReport
from kiosk.protocol.intercom import Answered, CallEnd, CallText, EndReason, Ringing, Signal
from kiosk.protocol.intercom_talk import CallMedia, Held, Joined, Left, PageShown, Rated, RelaysWanted, Transferring
from kiosk.protocol.link import LinkMessage
from tests.hub.switchboard_bench import IDS, PRIORITIES, Board

STATIONS = ["s1", "s2", "s3"]
CONSOLES = {"a": "x", "b": "x", "c": "y", "d": "z"}
PRIVATE = {"accepted", "signal", "text", "call_media", "desk_media", "page_shown", "peer_joined", "held"}
a_call, a_console, a_station = st.sampled_from(IDS), st.sampled_from(sorted(CONSOLES)), st.sampled_from(STATIONS)
an_account = st.sampled_from(["x", "y", "z", "nobody"])
which = st.integers(0, 2)


def somebody_talks(self: "Chance") -> bool:
    return any(person.member for call in self.at.board.calls.values() for person in call.people.values())


@dataclass
class Seen:
    """What the station of a call believes, from what it was sent alone."""

    main: str = ""
    peers: set[str] = field(default_factory=set)
    held: bool = False
    moving: bool = False
    ended: list[EndReason] = field(default_factory=list)


class Watched(Board):
    """Looks at each message in the moment it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.board.to_station, self.board.to_staff = self._station, self._staff
        self.seen: dict[str, Seen] = {}
        self.consoles: dict[tuple[str, str], set[str]] = {}  # (console, call) -> peers it believes in
        self.ends: dict[str, int] = {}
        end = self.board.end

        def once(call: HubCall, reason: EndReason, tell_station: bool = True) -> None:
            self.ends[call.id] = self.ends.get(call.id, 0) + 1
            end(call, reason, tell_station)

        self.board.end = once  # type: ignore[method-assign]

    def _station(self, station: str, message: LinkMessage) -> None:
        self.out.append((station, message))
        call = self.board.calls.get(getattr(message, "call", ""))
        if call is not None:
            assert call.station == station or isinstance(message, CallEnd)
        if call is not None and call.station != station:
            return
        seen = self.seen.setdefault(getattr(message, "call", ""), Seen())
        match message:
            case Answered(peer=peer):
                seen.main, seen.moving = peer, False
                seen.peers |= {peer} - {""}
            case Joined(peer=peer):
                seen.peers.add(peer)
            case Left(peer=peer):
                seen.peers.discard(peer)
            case Held(on=on):
                seen.held = on
            case Transferring():
                seen.moving = True
            case CallEnd(reason=reason):
                seen.ended.append(reason)

    def _staff(self, console: str, message: dict[str, Any]) -> None:
        self.said.append((console, message))
        kind, call_id = message["type"], message.get("call", "")
        assert console in self.board.members, kind
        if kind in PRIVATE:
            call = self.board.calls[call_id]
            assert call.person_of(console) is not None, (console, kind)
        known = self.consoles.setdefault((console, call_id), set())
        match kind:
            case "accepted":
                known.clear()
                known |= {peer["peer"] for peer in message["peers"]}
            case "peer_joined":
                known.add(message["peer"])
            case "peer_left":
                known.discard(message["peer"])


class Chance(RuleBasedStateMachine):
    @initialize(groups=st.booleans())
    def begin(self, groups: bool) -> None:
        self.at = Watched()
        self.at.groups = {"help": (frozenset("y"), frozenset(["night"]))} if groups else {}
        self.used = 0
        for console in CONSOLES:
            self.staff_comes(console)
        for station, console in (("s1", "a"), ("s2", "c")):
            self.at.ring(station, IDS[self.used])
            self.at.does(console, "answer", IDS[self.used])
            self.used += 1

    # -- consoles -----------------------------------------------------------------------------------------------------

    @rule(console=a_console)
    def staff_comes(self, console: str) -> None:
        if console not in self.at.board.members:
            self.at.staff(console, CONSOLES[console], ("night",) if console == "d" else ())

    @rule(console=a_console)
    def staff_goes(self, console: str) -> None:
        self.at.board.staff_gone(console)

    @rule(console=a_console, topics=st.sampled_from([None, [], ["help"]]))
    def staff_serves(self, console: str, topics: list[str] | None) -> None:
        self.at.does(console, "serve", topics=topics)

    @rule(console=a_console, call=a_call, what=st.sampled_from(["answer", "resume", "hang_up", "join", "take_back"]))
    def staff_acts(self, console: str, call: str, what: str) -> None:
        self.at.does(console, what, call)

    @rule(console=a_console)
    @precondition(lambda self: self.at.board.queue())
    def staff_answers_what_rings(self, console: str) -> None:
        self.at.does(console, "answer", self.at.board.queue()[0].id)

    @rule(console=a_console)
    @precondition(lambda self: any(p.away for c in self.at.board.calls.values() for p in c.people.values()))
    def a_console_is_reloaded(self, console: str) -> None:
        self.staff_comes(console)
        for call in list(self.at.board.calls.values()):
            if call.account_of(CONSOLES[console]) or call.desk_away is not None:
                self.at.does(console, "resume", call.id)

    @rule(number=which, on=st.booleans())
    @precondition(somebody_talks)
    def somebody_holds(self, number: int, on: bool) -> None:
        self.at.does(*self._talker(number, "hold"), on=on)

    @rule(number=which, topic=st.sampled_from([None, "help", "door"]), to=st.none() | an_account)
    @precondition(somebody_talks)
    def somebody_transfers(self, number: int, topic: str | None, to: str | None) -> None:
        self.at.does(*self._talker(number, "transfer"), topic=topic, to=to, note="n")

    @rule(number=which, what=st.sampled_from(["hang_up", "take_back"]))
    @precondition(lambda self: any(c.transfer or len(c.people) > 1 for c in self.at.board.calls.values()))
    def somebody_leaves_or_takes_back(self, number: int, what: str) -> None:
        if somebody_talks(self):
            self.at.does(*self._talker(number, what))

    @rule(number=which, account=an_account)
    @precondition(somebody_talks)
    def somebody_is_invited(self, number: int, account: str) -> None:
        self.at.does(*self._talker(number, "invite"), account=account)

    @rule(console=a_console, what=st.sampled_from(["join", "join", "decline"]))
    @precondition(lambda self: any(call.invited for call in self.at.board.calls.values()))
    def who_is_invited_comes_or_not(self, console: str, what: str) -> None:
        for call in list(self.at.board.calls.values()):
            if CONSOLES[console] in call.invited:
                self.at.does(console, what, call.id)

    @rule(number=which, peer=st.sampled_from(["", "p1", "p2", "p3"]), text=st.sampled_from(["", "1", "2"]))
    @precondition(somebody_talks)
    def somebody_says_things(self, number: int, peer: str, text: str) -> None:
        console, _, call = self._talker(number, "")
        self.at.does(console, "signal", call, data={}, peer=peer)
        self.at.does(console, "text", call, text=text, id=text)
        self.at.does(console, "media", call, microphone=False)
        self.at.does(console, "door", call, door="front")

    # -- stations -----------------------------------------------------------------------------------------------------

    @rule(station=a_station, topic=st.sampled_from(["help", "help", "door", "alarm"]))
    @precondition(lambda self: self.used < len(IDS))
    def ring_new(self, station: str, topic: str) -> None:
        self.at.ring(station, IDS[self.used], topic)
        self.used += 1

    @rule(station=a_station, by=st.sampled_from(["X", "Y"]), joined=st.sampled_from([(), ("Z",)]))
    @precondition(lambda self: self.used < len(IDS))
    def ring_from_before_a_restart(self, station: str, by: str, joined: tuple[str, ...]) -> None:
        self.at.ring(station, IDS[self.used], answered=True, by=by, joined=joined)
        self.used += 1

    @rule(station=a_station, call=a_call, answered=st.booleans())
    def ring_again(self, station: str, call: str, answered: bool) -> None:
        if call in IDS[: self.used]:
            self.at.ring(station, call, answered=answered)

    @rule(station=a_station, call=st.sampled_from(["", *IDS]), own=st.sampled_from([True, True, True, False]))
    def station_comes(self, station: str, call: str, own: bool) -> None:
        for known in self.at.board.of_station(station) if own else ():
            call = known.id
        self.at.board.station_came(station, call)

    @rule(station=a_station)
    def station_goes(self, station: str) -> None:
        self.at.board.station_gone(station)

    @rule(station=a_station, call=a_call)
    def station_ends(self, station: str, call: str) -> None:
        self.at.board.station_said(station, CallEnd(call=call, reason=EndReason.HUNG_UP))

    @rule(station=a_station, call=a_call, peer=st.sampled_from(["", "p1", "p2", "p3"]))
    def station_talks(self, station: str, call: str, peer: str) -> None:
        for message in (
            Signal(call=call, data={}, peer=peer),
            RelaysWanted(call=call, peer=peer),
            CallText(call=call, text="t", id="1"),
            CallMedia(call=call, cameras=("room",)),
            PageShown(call=call, id="1", state="shown"),
            Rated(call=call, helpful=True),
            DoorReport(id="o1", code="opened"),
        ):
            self.at.board.station_said(station, message)

    @rule(seconds=st.sampled_from([1.0, 10.0, 31.0, 200.0]))
    def time_passes(self, seconds: float) -> None:
        self.at.wait(seconds)

    # -- what has to hold ---------------------------------------------------------------------------------------------

    @invariant()
    def a_call_has_one_main_and_ends_once(self) -> None:
        for call in self.at.board.calls.values():
            assert sum(person.role == "main" for person in call.people.values()) <= 1
            assert len(call.people) <= 2
            assert all(key == person.peer for key, person in call.people.items())
            assert not call.people or call.main is not None or call.desk_away is not None
            # Somebody is in it, or expected, or it waits: nothing hangs.
            assert call.waiting or call.people or call.desk_away is not None
        assert all(count == 1 for count in self.at.ends.values())
        assert not set(self.at.ends) & set(self.at.board.calls)

    @invariant()
    def a_station_is_in_one_call_and_an_account_in_one_that_is_not_held(self) -> None:
        calls = list(self.at.board.calls.values())
        assert len({call.station for call in calls}) == len(calls)
        active = [p.account for call in calls for p in call.people.values() if p.role == "guest" or not call.held]
        assert len(active) == len(set(active))

    @invariant()
    def what_a_station_was_told_is_true(self) -> None:
        for call in self.at.board.calls.values():
            seen = self.at.seen.get(call.id, Seen())
            assert not set(seen.ended) - {EndReason.REFUSED}
            assert seen.peers == set(call.people)
            assert seen.held == call.held
            assert seen.moving == (call.transfer is not None)
            if call.main is not None:
                assert seen.main == call.main.peer
            if call.answered is None:
                self._ringing_is_true(call)
        for call_id, seen in self.at.seen.items():
            assert len(set(seen.ended) - {EndReason.REFUSED}) <= 1, call_id

    def _ringing_is_true(self, call: HubCall) -> None:
        board = self.at.board
        told: Ringing = self.at.heard(call.station, Ringing)[-1]
        assert told.call == call.id
        serve = [m for m in board.members.values() if m.serves(call.topic)]
        groups = self.at.groups.get(call.topic, ())
        chosen = [m for m in serve if any(m.account in g or m.roles & g for g in groups)] or serve
        accounts = {m.account for m in chosen}
        busy = {a for a in accounts if board.active(a) is not None}
        assert (told.staff, told.free) == (len(accounts), len(accounts - busy))
        before = [c for c in board.calls.values() if c.waiting and c is not call and self._sooner(c, call)]
        assert 1 + sum(c.queue == call.topic for c in before) <= told.position <= 1 + len(before)

    @invariant()
    def the_queue_is_by_priority_then_age(self) -> None:
        line = self.at.board.queue()
        assert all(self._sooner(line[n], line[n + 1]) for n in range(len(line) - 1))

    @invariant()
    def what_consoles_believe_is_true(self) -> None:
        for call in self.at.board.calls.values():
            for person in call.people.values():
                if person.member:
                    assert person.member in self.at.board.members
                    others = {peer for peer in call.people if peer != person.peer}
                    assert self.at.consoles[person.member, call.id] == others
        for console, member in self.at.board.members.items():
            shown = self.at.told(console, "calls")
            rows = {row["call"]: row for row in shown[-1]["calls"]} if shown else {}
            assert set(rows) == set(self.at.board.calls)
            for key, row in rows.items():
                call = self.at.board.calls[key]
                assert row["ringing"] == call.waiting
                assert row["invited"] == (member.account in call.invited)
                assert not row["rings"] or (call.waiting and call.account_of(member.account) is None)

    def teardown(self) -> None:
        at = getattr(self, "at", None)
        if at is None:
            return
        for station in STATIONS:
            at.board.station_gone(station)
        at.wait(max(STATION_GRACE_TALKING, TRANSFER_SECONDS))
        at.wait(OVERDUE_SECONDS)
        board = at.board
        assert not board.calls  # when everybody is gone, no call is left
        assert not board.early
        assert not board.orders
        assert not board.overdue
        assert set(board.boards) <= set(board.members)
        assert set(board.staff_shown) <= set(board.members)

    def _talker(self, number: int, what: str) -> tuple[str, str, str]:
        """A console, what it says, and the call it is in."""
        calls = self.at.board.calls.values()
        found = [(p.member, what, call.id) for call in calls for p in call.people.values() if p.member]
        return found[number % len(found)]

    @staticmethod
    def _sooner(one: HubCall, other: HubCall) -> bool:
        def key(call: HubCall) -> tuple[int, float, str]:
            return -PRIORITIES.get(call.queue, 0), call.waiting_since, call.id

        return key(one) < key(other)


TestChance = Chance.TestCase
TestChance.settings = settings(max_examples=150, stateful_step_count=50)
