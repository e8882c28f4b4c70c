"""What is said during a call besides picture and sound: who takes part, hold, transfer, cameras, pages, quality.

A person at the desk who takes part has a name for this call (`peer`): the one who answered, and an interpreter or a
doctor who joined. Every pair of them, and each with the station, has media of its own (a mesh; three is the most).
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.intercom import IceServer, Topic
from kiosk.protocol.journal import JournalBody, Uuid, journal_body
from kiosk.protocol.link import LinkMessage, link_message

Peer = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,40}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
CameraName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
PageName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,30}\.[a-z][a-z_]{0,30}$")]
Quality = Literal["good", "poor", "audio_only", "bad"]


# -- hub -> station ---------------------------------------------------------------------------------------------------


@link_message("joined")
class Joined(LinkMessage):
    """Somebody more takes part: the station makes the first offer to `peer`, as it does to the one who answered."""

    call: Uuid
    peer: Peer
    name: Name
    ice: tuple[IceServer, ...] = ()


@link_message("left")
class Left(LinkMessage):
    """`peer` takes no part any more; the call goes on."""

    call: Uuid
    peer: Peer


@link_message("relays")
class Relays(LinkMessage):
    """Fresh credentials for what the station has with `peer`, as it asked for (`RelaysWanted`)."""

    call: Uuid
    peer: Peer
    ice: tuple[IceServer, ...] = ()


@link_message("held")
class Held(LinkMessage):
    """The desk put the call on hold, or came back. Picture and sound of both sides stand still meanwhile."""

    call: Uuid
    on: bool


@link_message("transferring")
class Transferring(LinkMessage):
    """The call rings elsewhere now: queue `topic`, or the person `to`. Whoever had it stays until somebody answers.

    The next `Answered` names another peer; media with the former one ends then.
    """

    call: Uuid
    topic: Topic
    by: Name
    to: str = Field(default="", max_length=80)


@link_message("desk_media")
class DeskMedia(LinkMessage):
    """Whether the person at the desk is to be heard and seen. The screen shows a sign for what is off."""

    call: Uuid
    peer: Peer = ""
    microphone: bool = True
    camera: bool = True


@link_message("camera_wanted")
class CameraWanted(LinkMessage):
    """The desk wants the picture of this camera. The station answers by its `CallMedia`."""

    call: Uuid
    camera: CameraName


@link_message("show_page")
class ShowPage(LinkMessage):
    """The desk lays a page before the visitor, beside the call. Answered by `PageShown`."""

    call: Uuid
    id: str = Field(min_length=1, max_length=40)
    page: PageName
    args: dict[str, str] = Field(default={}, max_length=10)


# -- station -> hub ---------------------------------------------------------------------------------------------------


@link_message("call_media")
class CallMedia(LinkMessage):
    """The station's side of the media: its cameras (`camera` is the one shown, "" none), what the visitor turned off,

    and how the connection is: `good`, `poor` (visible loss), `audio_only` (the picture was given up for the sound),
    `bad` (words are lost).
    """

    call: Uuid
    cameras: tuple[CameraName, ...] = ()
    camera: str = Field(default="", max_length=40)
    muted: bool = False
    volume: int = Field(default=100, ge=0, le=100)
    quality: Quality = "good"


@link_message("relays_wanted")
class RelaysWanted(LinkMessage):
    """The connection with `peer` has to be made anew, and the relay credentials of the call may have expired."""

    call: Uuid
    peer: Peer


@link_message("page_shown")
class PageShown(LinkMessage):
    """What became of `ShowPage`: `shown`, `closed` by the visitor, or `unknown` page."""

    call: Uuid
    id: str = Field(max_length=40)
    state: Literal["shown", "closed", "unknown"]


@link_message("rated")
class Rated(LinkMessage):
    """The visitor's answer to "was this helpful?", for the desk to see at once. The journal keeps it."""

    call: Uuid
    helpful: bool


# -- journal ----------------------------------------------------------------------------------------------------------


@journal_body("call.transferred")
class CallTransferred(JournalBody):
    """From `by` to the queue `topic`, or to the person `to`."""

    call: Uuid
    topic: Topic
    by: str = Field(max_length=80)
    to: str = Field(default="", max_length=80)


@journal_body("call.joined")
class CallJoined(JournalBody):
    call: Uuid
    name: str = Field(max_length=80)


@journal_body("call.rated")
class CallRated(JournalBody):
    call: Uuid
    helpful: bool


@journal_body("call.message_left")
class MessageLeft(JournalBody):
    """Nobody could be reached: what the visitor left. `voice` is a sound file that follows by its hash; `contact` is

    what the visitor gave to be reached by, "" when nothing.
    """

    private: ClassVar[Mapping[str, Any]] = {"text": "", "voice": None, "contact": ""}
    keep_days: ClassVar[int] = 180

    call: Uuid
    topic: Topic
    text: str = Field(default="", max_length=1000)
    voice: FileRef | None = None
    seconds: float = Field(default=0, ge=0, le=600)
    contact: str = Field(default="", max_length=80)


# -- what the hub tells a console about who takes part ----------------------------------------------------------------


class Participant(BaseModel):
    """Of the desk's side of a call. `role`: `main` is responsible for it, `guest` was asked in."""

    model_config = ConfigDict(frozen=True)

    peer: Peer
    name: Name
    account: str
    role: Literal["main", "guest"]
    since: AwareDatetime | None = None
