"""How the processes of one hub speak with each other, and which of them leads the switchboard.

By default there is one process, and nobody to speak with (`Alone`). With `HUB_BUS_URL=redis://…` there are any number
(`hub/bus_redis.py`): one leads; the others hand on what their stations and consoles say, and deliver what it says.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from hub.bus_words import Command, Down, Up
from hub.config import HubConfig


class Standing(StrEnum):
    """What this process may do now."""

    ALONE = "alone"  # there is no other process, or none can be reached: it serves its own sockets
    LEADING = "leading"
    FOLLOWING = "following"
    WAITING = "waiting"  # nobody is known to lead: what is said is kept for a moment


class Ears(Protocol):
    """Whoever the bus serves. Called on the event loop; must be quick."""

    def turned(self) -> None:
        """The standing may be another than before, or another process leads, or time has passed."""

    def gateway_said(self, process: str, words: list[Up]) -> None:
        """To us as the leader. Not in order of anything but of that process."""

    def leader_said(self, words: list[Down]) -> None:
        """From the leader of now; an older one is not heard any more."""

    def ordered(self, command: Command) -> None:
        """From any process, to the one that has the station's link."""


class Bus(Protocol):
    """`process` names this one. `leader` is the process that leads and its term, None while none is known."""

    process: str
    on_order_answered: Callable[[str, str], object]  # (command, code): "" = it is on its way
    on_poked: Callable[[str], object]  # (about): see `poke`

    @property
    def standing(self) -> Standing: ...

    @property
    def leader(self) -> tuple[str, int] | None: ...

    @property
    def state(self) -> str:
        """For an operator: "none", "up" or "down"."""

    def listen(self, ears: Ears) -> None: ...

    async def run(self) -> None:
        """Until cancelled."""

    async def to_leader(self, words: list[Up]) -> bool:
        """Whether it reached the leader's process."""

    def to_gateway(self, process: str, words: list[Down]) -> None:
        """As the leader; dropped when we are not, or not any more."""

    async def order(self, command: Command) -> bool:
        """Ask whichever process has the link. Whether anybody was there to hear it."""

    def answer(self, command: Command, code: str) -> None:
        """What became of an order that was `ordered` here; "" = it is on its way."""

    def poke(self, about: str) -> None:
        """Something in the database is new: whoever looks there now and then may look now. Lost, it costs a moment."""


class Alone:
    """The only process there is."""

    process, leader, state, standing = "", None, "none", Standing.ALONE

    def __init__(self) -> None:
        self.on_order_answered: Callable[[str, str], object] = lambda command, code: None
        self.on_poked: Callable[[str], object] = lambda about: None

    def listen(self, ears: Ears) -> None:
        """Nobody says anything."""

    async def run(self) -> None:
        """Nothing to do."""

    async def to_leader(self, words: list[Up]) -> bool:
        return False

    def to_gateway(self, process: str, words: list[Down]) -> None:
        """There is none."""

    async def order(self, command: Command) -> bool:
        return False

    def answer(self, command: Command, code: str) -> None:
        """Nobody asked."""

    def poke(self, about: str) -> None:
        """Nobody else looks."""


def open_bus(config: HubConfig) -> Bus:
    """The bus of the configuration. The library of Redis is loaded only where it is used."""
    if not config.bus_url:
        return Alone()
    from hub.bus_redis import RedisBus

    return RedisBus(config.bus_url)
