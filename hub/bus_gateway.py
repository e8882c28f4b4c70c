"""The sockets of this process and the switchboard that serves them, wherever it is."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from hub.bus import Bus, Standing
from hub.bus_leader import Leader, MakeBoard
from hub.bus_memory import ConsoleMemory, StationMemory
from hub.bus_words import (
    Again,
    Begin,
    Came,
    Command,
    ConsoleCame,
    ConsoleGone,
    ConsoleSaid,
    Down,
    Drop,
    End,
    Gone,
    ToConsole,
    Told,
    ToStation,
    Up,
)
from hub.intercom_words import AboutCall
from kiosk.protocol.intercom import CallEnd, Ring
from kiosk.protocol.link import LinkMessage

log = logging.getLogger(__name__)
KEEP_SECONDS = 5.0  # what was said while nobody led is of no use later: an "answer", a signal, an order
_CHUNK = 200
_CHARGE = (Standing.ALONE, Standing.LEADING)


class Gateway:
    """`say` takes what sockets say, in order; `to_station(station, message)`, `to_console(member, message)` and
    `drop(station, since)` reach them. On the event loop only.
    """

    def __init__(
        self,
        bus: Bus,
        make: MakeBoard,
        to_station: Callable[[str, LinkMessage], object],
        to_console: Callable[[str, dict[str, Any]], object],
        drop: Callable[[str, float], object],
        ordered: Callable[[Command], object],
        now: Callable[[], float],
    ) -> None:
        self._bus, self._now = bus, now
        self._to_station, self._to_console, self._drop, self._ordered = to_station, to_console, drop, ordered
        self.leader = Leader(bus.process, make, bus.to_gateway, self._deliver, now)
        self._stations: dict[str, StationMemory] = {}
        self._consoles: dict[str, ConsoleMemory] = {}
        self._pending: deque[tuple[float, Up]] = deque()  # nobody is there to hear it yet
        self._apart: deque[tuple[float, Up]] = deque()  # about calls with somebody elsewhere, while we are cut off
        self._unsure: deque[tuple[str, list[Up]]] = deque()  # to us as the leader, while we may not be it any more
        self._charge = False  # our own switchboard knows our sockets
        self._known_to: tuple[str, int] | None = None  # the leader that knows them
        self._was = Standing.WAITING
        self._wake = asyncio.Event()
        bus.listen(self)
        self.turned()

    async def run(self) -> None:
        """Hands on what is to be said to another process. Until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while await self._hand_on():
                pass

    def say(self, word: Up) -> None:
        if isinstance(word, ConsoleSaid) and isinstance(word.said, AboutCall) and word.said.type == "hang_up":
            self._note(word)  # at once, whoever hears it when: nobody takes that call up again for them
        self._pending.append((self._now(), word))
        self._settle()

    def tick(self) -> None:
        """Time has passed."""
        self.turned()
        if self._charge and self._bus.standing in _CHARGE:
            self.leader.tick(others=self._bus.standing is Standing.LEADING)

    # -- the bus speaks -----------------------------------------------------------------------------------------------

    def turned(self) -> None:
        standing = self._bus.standing
        if standing in _CHARGE:
            if not self._charge:
                log.info("this process serves %s", "everybody" if standing is Standing.LEADING else "its own sockets")
                self._charge, self._known_to = True, None
                self._take(list(self._again()))
            elif standing is Standing.LEADING and self._was is Standing.ALONE:
                self._take(list(self._again()))  # calls with somebody elsewhere were left out
            if standing is Standing.LEADING and self._was is not standing:
                self.leader.fresh()
        elif standing is Standing.FOLLOWING and self._charge:
            log.info("another process leads now")
            self._charge = False
            self.leader.clear()
        if standing is not Standing.FOLLOWING:
            self._known_to = None
        if standing in (Standing.LEADING, Standing.FOLLOWING):
            self._pending.extendleft(reversed(self._apart))
            self._apart.clear()
            while self._unsure and standing is Standing.LEADING:
                self.leader.take(*self._unsure.popleft())
            self._unsure.clear()
        self._was = standing
        self._settle()

    def gateway_said(self, process: str, words: list[Up]) -> None:
        if self._charge and self._bus.standing is Standing.LEADING and not self._unsure:
            self.leader.take(process, words)
        elif self._charge and self._bus.standing is Standing.WAITING:
            self._unsure.append((process, words))

    def leader_said(self, words: list[Down]) -> None:
        for word in words:
            self._deliver(word)

    def ordered(self, command: Command) -> None:
        self._ordered(command)

    # -- up -----------------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Say what could not be said, as far as somebody hears it now."""
        while self._pending and self._charge and self._bus.standing in _CHARGE:
            since, word = self._pending.popleft()
            if not self._fresh(since, word):
                continue
            if self._serves(word):
                self._take([word])
            else:
                self._apart.append((since, word))
        if self._bus.standing is Standing.FOLLOWING and (self._pending or self._known_to != self._bus.leader):
            self._wake.set()
        for waiting in (self._pending, self._apart):
            if len(waiting) > _CHUNK and not self._fresh(*waiting[0]):
                kept = [one for one in waiting if self._fresh(*one)]
                waiting.clear()
                waiting.extend(kept)

    def _fresh(self, since: float, word: Up) -> bool:
        return self._now() - since <= KEEP_SECONDS or _lasting(word)

    async def _hand_on(self) -> bool:
        """One step; whether there may be another."""
        leader = self._bus.leader
        if self._bus.standing is not Standing.FOLLOWING or leader is None:
            return False
        if self._known_to != leader:
            words = list(self._again())
            for first in range(0, len(words), _CHUNK):
                if not await self._bus.to_leader(words[first : first + _CHUNK]):
                    return False
            if leader == self._bus.leader:
                self._known_to = leader
            return True
        batch: list[tuple[float, Up]] = []
        while self._pending and len(batch) < _CHUNK:
            one = self._pending.popleft()
            if self._fresh(*one):
                batch.append(one)
        if not batch:
            return False
        if await self._bus.to_leader([word for _, word in batch]):
            for _, word in batch:
                self._note(word)
            return True
        self._pending.extendleft(reversed(batch))
        self._known_to = None
        return False

    def _take(self, words: list[Up]) -> None:
        """By our own switchboard."""
        for word in words:
            self._note(word)
        self.leader.take(self._bus.process, words)

    def _serves(self, word: Up) -> bool:
        """Whether our own switchboard serves it. Cut off from the others, not what is about a call with one of them:

        that call goes on where its picture and sound are, and is taken up again when they can be reached.
        """
        if not self._cut_off():
            return True
        call = getattr(word.message if isinstance(word, Told) else getattr(word, "said", None), "call", "")
        if not call or call in self.leader.board.calls:
            return True
        memory = self._stations.get(word.station) if isinstance(word, Told) else None
        return memory is not None and (not memory.answered or memory.call != call)

    def _cut_off(self) -> bool:
        return self._bus.standing is Standing.ALONE and self._bus.state != "none"

    def _talking(self) -> frozenset[str]:
        return frozenset(call for console in self._consoles.values() for call in console.calls)

    def _again(self) -> Iterable[Up]:
        """Everything that is to be said anew, to another process or to our own switchboard."""
        apart = self._cut_off()
        talking = self._talking() if apart else frozenset[str]()
        yield Begin()
        calls = set()
        rung = sorted(self._stations.values(), key=lambda station: station.ring is None)
        for station in rung:
            whole = not apart or not station.answered or station.call in talking
            if whole and station.call:
                calls.add(station.call)
            yield from station.again(whole)
        for console in self._consoles.values():
            yield from console.again(frozenset(calls) if apart else None)
        yield End()

    def _note(self, word: Up) -> None:
        """Remember what would have to be said again."""
        match word:
            case Came(station, call, since) if station not in self._stations or self._stations[station].since != since:
                self._stations[station] = StationMemory(station, call, since)
            case Gone(station):
                self._stations.pop(station, None)
            case Told(station, message) if station in self._stations:
                self._stations[station].said(message)
            case ConsoleCame(member) if member.id not in self._consoles:
                self._consoles[member.id] = ConsoleMemory(member)
            case ConsoleGone(member):
                self._consoles.pop(member, None)
            case ConsoleSaid(member, said) if member in self._consoles:
                self._consoles[member].said(said)

    # -- down ---------------------------------------------------------------------------------------------------------

    def _deliver(self, word: Down) -> None:
        match word:
            case ToStation(station, message):
                if memory := self._stations.get(station):
                    memory.heard(message)
                self._to_station(station, message)
            case ToConsole(member, message):
                self._to_member(member, message)
            case Drop(station, since):
                self._drop(station, since)
            case Again():
                self._known_to = None
                self._settle()

    def _to_member(self, member: str, message: dict[str, Any]) -> None:
        console = self._consoles.get(member)
        seen, answers = console.heard(message) if console else (True, [])
        if seen:
            self._to_console(member, message)
        for said in answers:  # not now: the switchboard is in the middle of saying something
            asyncio.get_running_loop().call_soon(self.say, ConsoleSaid(member, said))


def _lasting(word: Up) -> bool:
    """What counts however late: who came and went, a call that rings or is over."""
    match word:
        case Told(_, message):
            return isinstance(message, Ring | CallEnd)
        case ConsoleSaid(_, said):
            return said.type in ("serve", "hang_up")
    return True
