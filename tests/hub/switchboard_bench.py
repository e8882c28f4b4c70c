"""A switchboard on a bench: a hand-driven clock, and everything it says is kept."""

from typing import Any

from hub.intercom_words import SAID
from hub.switchboard import Member, Rules, Switchboard
from hub.switchboard_calls import DoorWanted
from kiosk.protocol.intercom import ALARM, IceServer, Ring
from kiosk.protocol.link import LinkMessage

IDS = [f"01a2108b-1c11-7757-a23c-a2a668e46f{n:02d}" for n in range(12)]
PRIORITIES = {ALARM: 10, "door": 5, "help": 1}


class Board:
    """`out` is what stations were sent, `said` what consoles were, in order; peers are p1, p2, …"""

    def __init__(self) -> None:
        self.time = 0.0
        self.peers = 0
        self.groups: dict[str, tuple[frozenset[str], ...]] = {}
        self.out: list[tuple[str, LinkMessage]] = []
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.orders: list[DoorWanted] = []
        self.reports: list[tuple[str, str]] = []
        self.board = Switchboard(
            to_station=lambda s, m: self.out.append((s, m)),
            to_staff=lambda s, m: self.said.append((s, m)),
            ice=lambda user: (IceServer(urls=["turn:x"], username=user),),
            now=lambda: self.time,
            rules=lambda topic: Rules(PRIORITIES.get(topic, 0), self.groups.get(topic, ()), 20.0),
            order=self._order,
            reported=lambda wanted, order, code, report: self.reports.append((order, code)),
            new_id=self._peer,
        )

    def _peer(self) -> str:
        self.peers += 1
        return f"p{self.peers}"

    def _order(self, wanted: DoorWanted) -> tuple[str, str] | None:
        self.orders.append(wanted)
        return f"o{len(self.orders)}", f"GD1:{len(self.orders):08d}"

    def staff(self, member: str, account: str = "", roles: tuple[str, ...] = ()) -> None:
        name = (account or member).upper()
        self.board.staff_came(Member(member, account or member, name, roles=frozenset(roles)))

    def ring(self, station: str, call: str, topic: str = "help", **more: Any) -> None:
        self.board.station_said(station, Ring(call=call, topic=topic, **more))

    def does(self, member: str, kind: str, call: str = "", **more: Any) -> None:
        """A console says something, as it comes off its socket."""
        self.board.staff_said(member, SAID.validate_python({"type": kind, **({"call": call} if call else {}), **more}))

    def heard(self, station: str, kind: type[LinkMessage]) -> list[Any]:
        return [m for s, m in self.out if s == station and isinstance(m, kind)]

    def told(self, member: str, kind: str) -> list[dict[str, Any]]:
        return [m for s, m in self.said if s == member and m["type"] == kind]

    def row(self, member: str, call: str) -> dict[str, Any]:
        """The last this console was shown of a call."""
        rows: list[dict[str, Any]] = self.told(member, "calls")[-1]["calls"]
        return next(row for row in rows if row["call"] == call)

    def wait(self, seconds: float) -> None:
        self.time += seconds
        self.board.tick()
