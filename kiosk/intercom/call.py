"""What is known of the one call, and everything that may happen to it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.protocol.intercom import EndReason, IceServer
from kiosk.protocol.intercom_talk import Quality
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage


class Phase(StrEnum):
    IDLE = "idle"
    RINGING = "ringing"
    CONNECTING = "connecting"  # answered, and neither picture nor sound yet
    IN_CALL = "in_call"
    ENDED = "ended"


ACTIVE = frozenset({Phase.RINGING, Phase.CONNECTING, Phase.IN_CALL})
TALKING = frozenset({Phase.CONNECTING, Phase.IN_CALL})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the desk who takes part, under the name `peer`. `up`: picture or sound of theirs arrives now."""

    peer: str
    name: str
    since: float = 0.0
    up: bool = False
    up_ever: bool = False
    microphone: bool = True
    camera: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. `by` is who wrote it, "" the visitor."""

    id: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """`by` hands the call over: it rings in queue `topic`, or for the person `to` alone."""

    topic: str
    by: str
    to: str
    since: float


@dataclass(frozen=True, slots=True)
class PushedPage:
    """A page the desk wants the visitor to see. `args` as pairs."""

    id: str
    page: str
    args: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """This end of the media, as the desk is told of it."""

    cameras: tuple[str, ...] = ()
    camera: str = ""
    muted: bool = False
    volume: int = 100  # of what is heard here, 0..100
    quality: Quality = "good"


@dataclass(frozen=True, slots=True)
class Call:
    """Everything known of the one call. Times are monotonic seconds."""

    phase: Phase = Phase.IDLE
    id: str = ""
    topic: str = ""
    session: str = ""
    began: float = 0.0
    link: bool = False  # the live link is up
    link_since: float = 0.0
    rung: bool = False  # the hub has said that the desk is being rung
    staff: int = 0
    free: int = 0
    position: int = 0
    by: str = ""  # the name of who has it, or had it last
    main: str = ""  # their peer
    people: tuple[Person, ...] = ()
    answered: float | None = None
    media_ever: bool = False
    media_since: float = 0.0  # since when it has, or has not, been as it is
    desk: bool = True  # the window of the desk is there
    held: bool = False
    move: Move | None = None
    lines: tuple[Line, ...] = ()
    own: Own = Own()
    page: PushedPage | None = None
    reason: EndReason | None = None
    ended: float = 0.0
    helpful: bool | None = None
    redial_at: float | None = None  # when it is rung again by itself, if there is a line then
    redials: int = 0

    @property
    def active(self) -> bool:
        return self.phase in ACTIVE

    @property
    def talking(self) -> bool:
        """Somebody has answered, and it is not over."""
        return self.phase in TALKING

    @property
    def media(self) -> bool:
        """Picture or sound of anybody arrives now."""
        return any(person.up for person in self.people)

    @property
    def redialling(self) -> bool:
        return self.redial_at is not None

    def person(self, peer: str) -> Person | None:
        return next((person for person in self.people if person.peer == peer), None)

    @property
    def guests(self) -> tuple[Person, ...]:
        """Those who take part beside the one who has the call."""
        return tuple(person for person in self.people if person.peer != self.main)

    @property
    def text(self) -> str:
        """The last line the desk wrote, "" for none."""
        return next((line.text for line in reversed(self.lines) if line.by), "")


# -- what happens -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begin:
    """`redials`: how often it was rung by itself before. `own` is what this end has for it."""

    id: str
    topic: str
    session: str = ""
    redials: int = 0
    own: Own = Own()


@dataclass(frozen=True, slots=True)
class LinkTurned:
    up: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the hub."""

    message: LinkMessage


@dataclass(frozen=True, slots=True)
class MediaTurned:
    """Picture or sound of `peer` began to arrive, or stopped. The rest says what this machine has."""

    peer: str
    up: bool
    camera: bool = True
    microphone: bool = True


@dataclass(frozen=True, slots=True)
class MediaSaid:
    """The media end has something for that of `peer`."""

    peer: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MediaWantsRelays:
    """The media end makes its connection with `peer` anew, and its relay credentials are old."""

    peer: str


@dataclass(frozen=True, slots=True)
class MediaBroke:
    """The media end cannot go on (no engine, crashed too often)."""


@dataclass(frozen=True, slots=True)
class Said:
    """The visitor wrote a line."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnChanged:
    """Muted, louder, another camera, a worse line: what is None stays."""

    muted: bool | None = None
    volume: int | None = None
    camera: str | None = None
    quality: Quality | None = None


@dataclass(frozen=True, slots=True)
class PageTurned:
    """The pushed page `id` is "shown", was "closed", or is "unknown" here."""

    id: str
    state: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The visitor's answer to "was this helpful?"."""

    helpful: bool


@dataclass(frozen=True, slots=True)
class Finish:
    """Somebody here ends the call, or a redial that has not begun."""

    reason: EndReason = EndReason.HUNG_UP


@dataclass(frozen=True, slots=True)
class Dismiss:
    """The outcome has been read."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


Happening = (
    Begin
    | LinkTurned
    | Heard
    | MediaTurned
    | MediaSaid
    | MediaWantsRelays
    | MediaBroke
    | Said
    | OwnChanged
    | PageTurned
    | Judged
    | Finish
    | Dismiss
    | Tick
)


# -- what to do -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Send:
    message: LinkMessage


@dataclass(frozen=True, slots=True)
class Record:
    body: JournalBody


@dataclass(frozen=True, slots=True)
class OpenMedia:
    call: str
    peer: str
    ice: tuple[IceServer, ...]


@dataclass(frozen=True, slots=True)
class CloseMedia:
    call: str
    peer: str


@dataclass(frozen=True, slots=True)
class RenameMedia:
    """Whoever was `old` is `peer` now: a window that was reloaded, a hub that was restarted. What is up stays up."""

    call: str
    old: str
    peer: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """For the media end, from that of `peer`."""

    call: str
    peer: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class UseRelays:
    """For the media end: fresh relays for its connection with `peer`."""

    call: str
    peer: str
    ice: tuple[IceServer, ...]


@dataclass(frozen=True, slots=True)
class UseCamera:
    camera: str


@dataclass(frozen=True, slots=True)
class Redial:
    topic: str
    redials: int


Effect = Send | Record | OpenMedia | CloseMedia | RenameMedia | Deliver | UseRelays | UseCamera | Redial
Step = tuple[Call, tuple[Effect, ...]]
