"""The live link (WebSocket, JSON text frames): presence, ringing, signalling, commands. All of it is worthless later.

A station connects to `LINK_PATH` with the four signed headers of `kiosk.protocol.signing` over `GET <path>` and an
empty body. It says `Hello` first, the hub answers `Welcome`; before that nothing counts. A frame is one object with a
`type`; a type somebody does not know is skipped, so that either side may be newer. A feature adds its own:

    @link_message("ring")
    class Ring(LinkMessage): ...
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

LINK_PATH = "/api/link"
MAX_FRAME = 256 << 10  # bytes; an SDP of a call is about 8 KiB
# A station says something every PING_SECONDS, oftener while somebody needs the line (a call, an alarm); the hub asks a
# socket that was silent for SILENT_SECONDS. Who is asked and does not answer for ANSWER_SECONDS is given up. A
# terminal's line is often a SIM card that counts every byte, and this is nearly all that an idle one says.
PING_SECONDS = 21.0  # so that the beat of each minute comes before a third ping, and makes it needless
NEEDED_PING_SECONDS = 10.0
SILENT_SECONDS = 30.0
ANSWER_SECONDS = 10.0
CLOSE_REPLACED = 4001  # the same station has opened a newer link
CLOSE_SILENT = 4002  # no hello in time
CLOSE_REVOKED = 4003  # the terminal was shut out
CLOSE_FLOOD = 4004  # it said more than anybody says who means well

MessageType = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,40}$")]


class LinkInvalid(ValueError):
    """A frame that is not a message. The text says why, for a log."""


class LinkMessage(BaseModel):
    """Base of everything on the link. Unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    type: ClassVar[str] = ""


_MESSAGES: dict[str, type[LinkMessage]] = {}
M = TypeVar("M", bound=LinkMessage)


def link_message(name: str) -> Callable[[type[M]], type[M]]:
    """Class decorator: messages of type `name` are of this class."""

    def register(message: type[M]) -> type[M]:
        if name in _MESSAGES:
            raise ValueError(f"link message {name} is defined twice")
        message.type = name
        _MESSAGES[name] = message
        return message

    return register


def write_message(message: LinkMessage) -> str:
    """The frame for a message."""
    # Escaped to ASCII: what a stranger put into a string (half a surrogate pair) must not break the frame around it.
    return json.dumps({"type": message.type, **message.model_dump(mode="json")})


def read_message(frame: str | bytes) -> LinkMessage | None:
    """The message in a frame, None for a type this program does not know. Raises LinkInvalid."""
    if isinstance(frame, bytes) or len(frame) > MAX_FRAME:
        raise LinkInvalid("a binary or oversized frame")
    try:
        values = json.loads(frame)
    except (ValueError, RecursionError) as error:
        raise LinkInvalid("not JSON") from error
    if not isinstance(values, dict) or not isinstance(name := values.get("type"), str):
        raise LinkInvalid("no type")
    kind = _MESSAGES.get(name)
    if kind is None:
        return None
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise LinkInvalid(f"{name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


@link_message("hello")
class Hello(LinkMessage):
    """The station's first frame: what runs there, and the call that is under way there ("" = none)."""

    version: str = Field(default="", max_length=40)
    call: str = Field(default="", max_length=40)


@link_message("welcome")
class Welcome(LinkMessage):
    """The hub's answer to `Hello`: the station is present."""

    hub_time: AwareDatetime


@link_message("news")
class News(LinkMessage):
    """The hub has something new to fetch."""

    about: Literal["catalogue", "journal"] = "catalogue"


@link_message("command")
class Command(LinkMessage):
    """Something a named member of staff wants done now. One that comes after `expires` is refused, never done late."""

    id: str = Field(min_length=1, max_length=64)
    name: MessageType
    by: str = Field(min_length=1, max_length=80)
    expires: AwareDatetime
    args: dict[str, str | int | float | bool] = {}

    def expired(self, now: datetime) -> bool:
        return now >= self.expires


@link_message("command_done")
class CommandDone(LinkMessage):
    """What became of a command: `code` is "done", "expired", "unknown", or that of the error it ended in."""

    id: str = Field(max_length=64)
    code: str = Field(max_length=80)
