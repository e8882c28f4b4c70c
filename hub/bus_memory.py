"""What has to be said again when another process begins to lead: of each station's link and of each console here.

The switchboard stores nothing: after a change of leader stations ring again (`answered=True`) and consoles `resume`.
The process that has their sockets does that for them, so that nobody's line has to break. Pure.
"""

from dataclasses import dataclass, field, replace

from hub.bus_words import Came, ConsoleCame, ConsoleSaid, Told, Up
from hub.intercom_words import AboutCall, Hold, OwnMedia, Said, Serve
from hub.switchboard_calls import Member
from kiosk.protocol.intercom import Answered, CallEnd, MediaState, Ring
from kiosk.protocol.intercom_talk import CallMedia, Joined, Left
from kiosk.protocol.link import LinkMessage


@dataclass
class StationMemory:
    """A station's link, and the call it is in as far as that went over this link."""

    station: str
    call: str
    since: float
    ring: Ring | None = None
    media: dict[str, LinkMessage] = field(default_factory=dict)  # the last of each kind
    joined: dict[str, str] = field(default_factory=dict)  # name by peer

    @property
    def answered(self) -> bool:
        return self.ring is not None and self.ring.answered

    def said(self, message: LinkMessage) -> None:
        match message:
            case Ring():
                if message.call != self.call:
                    self.media, self.joined = {}, {}
                self.ring, self.call = message, message.call
            case CallEnd(call=self.call):
                self._over()
            case MediaState(call=self.call) | CallMedia(call=self.call):
                self.media[message.type] = message

    def heard(self, message: LinkMessage) -> None:
        ring = self.ring
        if ring is None or getattr(message, "call", "") != ring.call:
            return
        match message:
            case Answered():
                self.ring = ring.model_copy(update={"answered": True, "by": message.by})
                self.joined.pop(message.peer, None)
            case Joined():
                self.joined[message.peer] = message.name
            case Left():
                self.joined.pop(message.peer, None)
            case CallEnd():
                self._over()

    def _over(self) -> None:
        self.ring, self.call, self.media, self.joined = None, "", {}, {}

    def again(self, whole: bool = True) -> list[Up]:
        """`whole` False leaves the call out, as if there were none."""
        if not whole or self.ring is None:
            return [Came(self.station, self.call if whole else "", self.since)]
        names = tuple(self.joined.values()) or self.ring.joined
        ring = self.ring.model_copy(update={"joined": names})
        said: list[LinkMessage] = [ring, *self.media.values()]
        return [Came(self.station, ring.call, self.since), *(Told(self.station, message) for message in said)]


@dataclass
class ConsoleMemory:
    """An open console: what it serves, and the calls it is in, the one it talks in last."""

    member: Member
    serves: Serve | None = None
    calls: dict[str, OwnMedia | None] = field(default_factory=dict)  # muted, as it said last
    held: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)  # it hung up, and nobody may have heard it yet
    resumed: set[str] = field(default_factory=set)  # on its behalf, and not accepted yet

    def said(self, said: Said) -> None:
        match said:
            case Serve():
                self.serves = said
            case OwnMedia() if said.call in self.calls:
                self.calls[said.call] = said
            case AboutCall(type="hang_up"):
                self.left.add(said.call)
                self._over(said.call)
            case AboutCall(type="answer" | "resume" | "join"):
                self.left.discard(said.call)

    def heard(self, message: dict[str, object]) -> tuple[bool, list[Said]]:
        """Whether it is for the console's eyes, and what is to be said on its behalf in answer."""
        call = str(message.get("call", ""))
        match message.get("type"):
            case "accepted" if call in self.left:
                return False, []  # it was taken up again for somebody who has hung up meanwhile
            case "accepted":
                media = self.calls.pop(call, None)
                self.calls[call] = media
                again = call in self.resumed
                self.resumed.discard(call)
                if not again:
                    return True, []
                held: list[Said] = [Hold(type="hold", call=call, on=True)] if call in self.held else []
                return True, [*([media] if media else []), *held]
            case "held" if call in self.calls:
                if message.get("on") and message.get("by") == self.member.name:
                    self.held.add(call)
                elif call not in self.resumed:
                    self.held.discard(call)
            case "ended" | "moved":
                self._over(call)
                self.left.discard(call)
        return True, []

    def _over(self, call: str) -> None:
        self.calls.pop(call, None)
        self.held.discard(call)
        self.resumed.discard(call)

    def again(self, calls: frozenset[str] | None = None) -> list[Up]:
        """`calls` limits what is taken up again, None = all of them."""
        key = self.member.id
        words: list[Up] = [ConsoleCame(replace(self.member, topics=None))]
        if self.serves is not None:
            words.append(ConsoleSaid(key, self.serves))
        talking = sorted((call for call in self.calls if calls is None or call in calls), key=self.held.__contains__)
        self.resumed = set(talking)
        words.extend(ConsoleSaid(key, AboutCall(type="resume", call=call)) for call in talking)
        return words
