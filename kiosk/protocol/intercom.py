"""A call on the wire: what travels on the live link, what is published about it, what the journal keeps of it.

A call begins at the station (`Ring`), is answered by one member of staff (`Answered`), and ends once, for one reason.
Media goes from machine to machine; `Signal` carries what the two call clients (`kiosk/protocol/web/call.js`) say to
each other, and nobody between looks into it.
"""

import base64
import hashlib
import hmac
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.journal import JournalBody, Uuid, journal_body
from kiosk.protocol.link import LinkMessage, link_message
from kiosk.protocol.services import OpeningHours
from kiosk.protocol.text import LocalText

Topic = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,30}$")]
HELP, ALARM = "help", "alarm"
TURN_SECONDS = 300  # how long relay credentials can be used to begin


class EndReason(StrEnum):
    """Why a call is over. The same word on the screen's side, at the desk and in the journal."""

    HUNG_UP = "hung_up"  # the visitor
    STAFF_HUNG_UP = "staff_hung_up"
    STAFF_LEFT = "staff_left"  # the desk's window closed and did not come back
    NO_ANSWER = "no_answer"
    NO_STAFF = "no_staff"  # nobody was signed in
    BUSY = "busy"  # everybody was in another call
    LOST_NETWORK = "lost_network"
    NO_MEDIA = "no_media"  # neither picture nor sound came about
    REFUSED = "refused"  # the hub does not take calls of this station
    SESSION_ENDED = "session_ended"
    SHUTDOWN = "shutdown"
    INTERRUPTED = "interrupted"  # power was cut; written at the next start


class IceServer(BaseModel):
    """An RTCIceServer. `username` and `credential` are those of a relay, short-lived."""

    model_config = ConfigDict(frozen=True)

    urls: list[str] = Field(min_length=1, max_length=8)
    username: str = ""
    credential: str = ""


def turn_credentials(secret: bytes, call: str, expires: int) -> tuple[str, str]:
    """User name and password for coturn's `use-auth-secret`: HMAC-SHA1 of `expiry:user`, base64.

    `expires` is Unix seconds. Source: draft-uberti-behave-turn-rest-00, section 2.2.
    """
    username = f"{expires}:{call}"
    return username, base64.b64encode(hmac.new(secret, username.encode(), hashlib.sha1).digest()).decode()


# -- station -> hub ---------------------------------------------------------------------------------------------------


@link_message("ring")
class Ring(LinkMessage):
    """The station wants `call` answered. Sent again after the link came back: a known call is not rung twice.

    `answered` says that it was being answered already, by `by`, when the link was lost; `joined` are the names of those
    who take part beside (a hub that was restarted lets nobody else back in).
    """

    call: Uuid
    topic: Topic
    answered: bool = False
    by: str = Field(default="", max_length=80)
    joined: tuple[Annotated[str, Field(max_length=80)], ...] = Field(default=(), max_length=4)


@link_message("media")
class MediaState(LinkMessage):
    """How the pictures and the sound are, as the station sees it."""

    call: Uuid
    connected: bool
    camera: bool = True
    microphone: bool = True


# -- either way -------------------------------------------------------------------------------------------------------


@link_message("signal")
class Signal(LinkMessage):
    """From one call client to the other: a session description, a candidate. Opaque to everybody between.

    `peer` names the person at the desk it is for, or comes from (see kiosk.protocol.intercom_talk).
    """

    call: Uuid
    data: dict[str, Any]
    peer: str = Field(default="", max_length=40)


@link_message("call_text")
class CallText(LinkMessage):
    """A line of text beside the picture. `by` is who wrote it, "" the visitor; `id` lets it be said again unharmed."""

    call: Uuid
    text: str = Field(min_length=1, max_length=500)
    by: str = Field(default="", max_length=80)
    id: str = Field(default="", max_length=40)


@link_message("call_end")
class CallEnd(LinkMessage):
    """The call is over for the one who says it. Harmless for a call that is unknown or over."""

    call: Uuid
    reason: EndReason


# -- hub -> station ---------------------------------------------------------------------------------------------------


@link_message("ringing")
class Ringing(LinkMessage):
    """The call is in the queue of its topic: `staff` people are signed in for it, `free` of them are not in a call.

    `position` is 1 for the next to be answered.
    """

    call: Uuid
    staff: int = Field(ge=0)
    free: int = Field(ge=0)
    position: int = Field(ge=1)


@link_message("answered")
class Answered(LinkMessage):
    """A member of staff took the call."""

    call: Uuid
    by: str = Field(min_length=1, max_length=80)
    ice: tuple[IceServer, ...] = ()
    peer: str = Field(default="", max_length=40)


@link_message("desk")
class DeskPresence(LinkMessage):
    """The window of the member of staff in the call went away, or came back."""

    call: Uuid
    present: bool


# -- catalogue --------------------------------------------------------------------------------------------------------


@catalogue_body("call_topic")
class CallTopic(CatalogueBody):
    """A queue of the duty desk; its document id is the topic. `shown` ones are offered on the help page.

    `hours` are those in which somebody serves it, none given = always. `groups` are rung one after the other,
    `group_seconds` apart, each beside the ones before: names of accounts or of roles; none = everybody who serves the
    queue at once. With `message` something may be left when nobody can be reached.
    """

    name: LocalText
    hint: LocalText | None = None
    icon: Annotated[str, StringConstraints(pattern=r"^mdi6\.[a-z0-9-]+$")] = "mdi6.face-agent"
    priority: int = Field(default=0, ge=0, le=9)  # higher is answered first
    shown: bool = True
    order: int = 100
    hours: OpeningHours = OpeningHours()
    groups: list[list[Annotated[str, StringConstraints(max_length=80)]]] = Field(default=[], max_length=8)
    group_seconds: int = Field(default=20, ge=5, le=120)
    message: bool = True


@catalogue_body("call_settings")
class CallSettings(CatalogueBody):
    """How long the station waits, in seconds, before it says that nobody came.

    `phrases` are what a visitor can say by a touch, in a call, without a word spoken or typed.
    """

    no_answer_seconds: int = Field(default=45, ge=5, le=600)
    no_staff_seconds: int = Field(default=15, ge=3, le=600)
    busy_seconds: int = Field(default=120, ge=5, le=1800)
    alarm_seconds: int = Field(default=600, ge=30, le=3600)
    phrases: tuple[LocalText, ...] = Field(default=(), max_length=24)


# -- journal ----------------------------------------------------------------------------------------------------------


@journal_body("call.started")
class CallStarted(JournalBody):
    """Somebody asked for a person. `session` is that of the terminal, no name."""

    call: Uuid
    topic: Topic
    session: str = ""


@journal_body("call.answered")
class CallAnswered(JournalBody):
    call: Uuid
    by: str
    ring_seconds: float = Field(ge=0)


@journal_body("call.ended")
class CallEnded(JournalBody):
    """`ring_seconds` until the answer or the end, `talk_seconds` from the answer to the end.

    `media` is False when neither picture nor sound ever arrived.
    """

    call: Uuid
    reason: EndReason
    ring_seconds: float = Field(default=0, ge=0)
    talk_seconds: float = Field(default=0, ge=0)
    media: bool = False
