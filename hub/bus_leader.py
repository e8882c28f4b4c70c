"""The switchboard of the process that leads, and where everybody is whom it serves: which process has which socket."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hub.bus_words import (
    Again,
    Alive,
    Begin,
    Came,
    ConsoleCame,
    ConsoleGone,
    ConsoleSaid,
    Down,
    Drop,
    End,
    Gone,
    Told,
    Up,
)
from hub.bus_words import ToConsole as ConsoleWord
from hub.bus_words import ToStation as StationWord
from hub.switchboard import Member, Switchboard
from kiosk.protocol.link import LinkMessage

log = logging.getLogger(__name__)
SILENT_SECONDS = 3.0  # a process that has not been heard for so long is gone, and everybody's line with it
ToStation = Callable[[str, LinkMessage], object]
ToConsole = Callable[[str, dict[str, Any]], object]
MakeBoard = Callable[[ToStation, ToConsole], Switchboard]


@dataclass
class _Process:
    """A process that has sockets. `named` is what it has named since it began to say everything anew."""

    heard: float
    named: set[str] | None = None
    stations: dict[str, float] = field(default_factory=dict)  # since when
    consoles: set[str] = field(default_factory=set)


class Leader:
    """Takes what processes say, this one's included, and says what follows. On the event loop only.

    `send(process, words)` reaches another process, `here(word)` our own sockets; `own` is our name.
    """

    def __init__(
        self,
        own: str,
        make: MakeBoard,
        send: Callable[[str, list[Down]], object],
        here: Callable[[Down], object],
        now: Callable[[], float],
    ) -> None:
        self._own, self._make, self._send, self._here, self._now = own, make, send, here, now
        self.clear()

    def clear(self) -> None:
        """Know nothing: another process leads."""
        self._processes: dict[str, _Process] = {}
        self._home: dict[str, str] = {}  # the process of each station and of each console
        self.board = self._make(self._to_station, self._to_console)

    def fresh(self) -> None:
        """We lead from now on, or again: everybody is given the time to say so."""
        for process in self._processes.values():
            process.heard = self._now()

    def take(self, name: str, words: list[Up]) -> None:
        process = self._processes.get(name)
        if process is None:
            if name != self._own and not isinstance(words[0], Begin):
                self._send(name, [Again()])  # it was given up, or we have only begun to lead
                return
            process = self._processes[name] = _Process(self._now())
        process.heard = self._now()
        for word in words:
            try:
                self._take(name, process, word)
            except Exception:
                log.exception("%s was not taken", type(word).__name__)

    def tick(self, others: bool) -> None:
        """Time has passed. `others`: whether we would hear the other processes if they spoke."""
        if others:
            now = self._now()
            for name in [n for n, p in self._processes.items() if n != self._own and now - p.heard > SILENT_SECONDS]:
                log.warning("process %s is gone", name)
                self._sweep(name, self._processes[name], set())
                del self._processes[name]
        self.board.tick()

    # -- what processes say -------------------------------------------------------------------------------------------

    def _take(self, name: str, process: _Process, word: Up) -> None:
        match word:
            case Told(station, message):
                if self._home.get(station) == name:
                    self.board.station_said(station, message)
            case ConsoleSaid(member, said):
                if self._home.get(member) == name:
                    self.board.staff_said(member, said)
            case Came():
                self._came(name, process, word)
            case Gone(station):
                self._gone(name, process, station)
            case ConsoleCame(member):
                self._console_came(name, process, member)
            case ConsoleGone(key):
                self._console_gone(name, process, key)
            case Begin():
                process.named = set()
            case End():
                self._sweep(name, process, process.named)
                process.named = None
            case Alive():
                """It was heard; that is all."""

    def _came(self, name: str, process: _Process, word: Came) -> None:
        station = word.station
        if process.named is not None:
            process.named.add(station)
        other = self._home.get(station)
        if other is not None and other != name:
            theirs = self._processes[other].stations[station]
            older, since = (name, word.since) if theirs > word.since else (other, theirs)
            self._say(older, Drop(station, since))
            if older == name:
                return
            del self._processes[other].stations[station]
        self._home[station] = name
        process.stations[station] = word.since
        if word.call or self.board.of_station(station):
            self.board.station_came(station, word.call)

    def _gone(self, name: str, process: _Process, station: str) -> None:
        if self._home.get(station) == name:
            del self._home[station]
            process.stations.pop(station, None)
            if self.board.of_station(station):
                self.board.station_gone(station)

    def _console_came(self, name: str, process: _Process, member: Member) -> None:
        if process.named is not None:
            process.named.add(member.id)
        self._home[member.id] = name
        process.consoles.add(member.id)
        self.board.forget_shown(member.id)
        self.board.staff_came(member)

    def _console_gone(self, name: str, process: _Process, key: str) -> None:
        if self._home.get(key) == name:
            del self._home[key]
            process.consoles.discard(key)
            self.board.staff_gone(key)

    def _sweep(self, name: str, process: _Process, named: set[str] | None) -> None:
        if named is None:
            return
        for station in process.stations.keys() - named:
            self._gone(name, process, station)
        for key in process.consoles - named:
            self._console_gone(name, process, key)

    # -- what the switchboard says ------------------------------------------------------------------------------------

    def _to_station(self, station: str, message: LinkMessage) -> None:
        if (home := self._home.get(station)) is not None:
            self._say(home, StationWord(station, message))

    def _to_console(self, member: str, message: dict[str, Any]) -> None:
        if (home := self._home.get(member)) is not None:
            self._say(home, ConsoleWord(member, message))

    def _say(self, process: str, word: Down) -> None:
        if process == self._own:
            self._here(word)
        else:
            self._send(process, [word])
