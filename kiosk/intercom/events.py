"""What the screens are told about the call. The media messages are for the media end alone."""

from dataclasses import dataclass
from typing import Any

from kiosk.events import Event
from kiosk.intercom.call import Call
from kiosk.protocol.intercom import IceServer


@dataclass(frozen=True, slots=True)
class CallChanged(Event):
    """The call is now like this."""

    call: Call


@dataclass(frozen=True, slots=True)
class MediaOpened(Event):
    """The media end shall begin with `peer`, who answered or joined."""

    call: str
    peer: str
    ice: tuple[IceServer, ...]


@dataclass(frozen=True, slots=True)
class MediaClosed(Event):
    """The media end shall stop with `peer`."""

    call: str
    peer: str


@dataclass(frozen=True, slots=True)
class MediaDelivered(Event):
    """The media end of `peer` says something to ours."""

    call: str
    peer: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MediaRelays(Event):
    """Fresh relays for the connection with `peer`, as the media end asked for."""

    call: str
    peer: str
    ice: tuple[IceServer, ...]


@dataclass(frozen=True, slots=True)
class MediaRenamed(Event):
    """Whoever was `old` is `peer` now; their connection stays."""

    call: str
    old: str
    peer: str
