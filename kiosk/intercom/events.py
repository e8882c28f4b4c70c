"""What the screens are told about the call. The media messages are for the media end alone."""

from dataclasses import dataclass
from typing import Any

from kiosk.events import Event
from kiosk.intercom.machine import Call
from kiosk.protocol.intercom import IceServer


@dataclass(frozen=True, slots=True)
class CallChanged(Event):
    """The call is now like this."""

    call: Call


@dataclass(frozen=True, slots=True)
class MediaOpened(Event):
    """The media end shall begin: somebody answered."""

    call: str
    ice: tuple[IceServer, ...]


@dataclass(frozen=True, slots=True)
class MediaClosed(Event):
    """The media end shall stop."""

    call: str


@dataclass(frozen=True, slots=True)
class MediaDelivered(Event):
    """The desk's media end says something to ours."""

    call: str
    data: dict[str, Any]
