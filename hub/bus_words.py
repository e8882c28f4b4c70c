"""What the processes of a hub say to each other, and how that is written down."""

import json
from dataclasses import dataclass, field
from typing import Any

from hub.intercom_words import SAID, Said
from hub.switchboard_calls import Member
from kiosk.protocol.link import LinkInvalid, LinkMessage, read_message, write_message

# -- from where the sockets are to the leader -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Came:
    """A station's link is up since `since` (Unix seconds); `call` is the call it is in, "" for none."""

    station: str
    call: str
    since: float


@dataclass(frozen=True, slots=True)
class Gone:
    station: str


@dataclass(frozen=True, slots=True)
class Told:
    """A station said something."""

    station: str
    message: LinkMessage


@dataclass(frozen=True, slots=True)
class ConsoleCame:
    member: Member


@dataclass(frozen=True, slots=True)
class ConsoleGone:
    member: str


@dataclass(frozen=True, slots=True)
class ConsoleSaid:
    member: str
    said: Said


@dataclass(frozen=True, slots=True)
class Begin:
    """A process says everything anew: what it does not name up to `End` is not there any more."""


@dataclass(frozen=True, slots=True)
class End:
    pass


@dataclass(frozen=True, slots=True)
class Alive:
    pass


Up = Came | Gone | Told | ConsoleCame | ConsoleGone | ConsoleSaid | Begin | End | Alive

# -- from the leader --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToStation:
    station: str
    message: LinkMessage


@dataclass(frozen=True, slots=True)
class ToConsole:
    member: str
    message: dict[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Drop:
    """The station has a newer link at another process: one that is not younger than `since` is to be closed."""

    station: str
    since: float


@dataclass(frozen=True, slots=True)
class Again:
    """Say everything anew."""


Down = ToStation | ToConsole | Drop | Again

# -- to any process ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Command:
    """For whichever process has the station's link; `origin` wants to know what became of it."""

    id: str
    station: str
    message: LinkMessage
    origin: str = ""


def write_up(word: Up) -> list[Any]:
    match word:
        case Came():
            return ["came", word.station, word.call, word.since]
        case Gone():
            return ["gone", word.station]
        case Told():
            return ["told", word.station, write_message(word.message)]
        case ConsoleCame(member):
            topics = None if member.topics is None else sorted(member.topics)
            return ["console", member.id, member.account, member.name, topics, sorted(member.roles)]
        case ConsoleGone():
            return ["console_gone", word.member]
        case ConsoleSaid():
            return ["said", word.member, word.said.model_dump(mode="json")]
        case Begin():
            return ["begin"]
        case End():
            return ["end"]
        case Alive():
            return ["alive"]


def read_up(plain: list[Any]) -> Up | None:
    """None for a word of another version. Raises ValueError for what is none at all."""
    match plain:
        case ["came", str(station), str(call), int() | float() as since]:
            return Came(station, call, since)
        case ["gone", str(station)]:
            return Gone(station)
        case ["told", str(station), str(frame)]:
            message = _message(frame)
            return Told(station, message) if message else None
        case ["console", str(key), str(account), str(name), topics, list(roles)]:
            served = None if topics is None else frozenset(topics)
            return ConsoleCame(Member(key, account, name, served, frozenset(roles)))
        case ["console_gone", str(key)]:
            return ConsoleGone(key)
        case ["said", str(key), dict(said)]:
            return ConsoleSaid(key, SAID.validate_python(said))
        case ["begin"]:
            return Begin()
        case ["end"]:
            return End()
        case ["alive"]:
            return Alive()
    return None


def write_down(word: Down) -> list[Any]:
    match word:
        case ToStation():
            return ["station", word.station, write_message(word.message)]
        case ToConsole():
            return ["to_console", word.member, word.message]
        case Drop():
            return ["drop", word.station, word.since]
        case Again():
            return ["again"]


def read_down(plain: list[Any]) -> Down | None:
    match plain:
        case ["station", str(station), str(frame)]:
            message = _message(frame)
            return ToStation(station, message) if message else None
        case ["to_console", str(key), dict(message)]:
            return ToConsole(key, message)
        case ["drop", str(station), int() | float() as since]:
            return Drop(station, since)
        case ["again"]:
            return Again()
    return None


def _message(frame: str) -> LinkMessage | None:
    try:
        return read_message(frame)
    except LinkInvalid:  # another version's: as on the link itself, what is not understood is skipped
        return None


def dumps(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
