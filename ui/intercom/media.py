"""The terminal's media end: what stands between the intercom and the page that has camera, microphone and picture."""

import json
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot

from kiosk.intercom import (
    Call,
    CallPicture,
    Intercom,
    MediaClosed,
    MediaDelivered,
    MediaOpened,
    MediaRelays,
    MediaRenamed,
)
from kiosk.protocol.intercom import IceServer
from kiosk.protocol.intercom_talk import Quality
from ui.intercom.engine import PAGE, SCHEME
from ui.relay import Relay

if TYPE_CHECKING:
    from PySide6.QtWebEngineQuick import QQuickWebEngineProfile

log = logging.getLogger(__name__)
_CRASHES, _CRASH_SECONDS = 3, 60.0


def _plain(ice: tuple[IceServer, ...]) -> list[dict[str, Any]]:
    return [server.model_dump(exclude_defaults=True) for server in ice]


class MediaBridge(QObject):
    """What the page sees of the terminal (over QWebChannel). Signals go to the page, slots come from it.

    `peer` names somebody of the desk; each has a connection of their own. Objects cross as JSON.
    """

    opened = Signal(str, str)  # peer, {ice: RTCIceServer[], relayOnly}
    closed = Signal(str)  # peer, "" = everybody
    renamed = Signal(str, str)  # the peer of old, the peer of now
    delivered = Signal(str, str)  # peer, what theirs says
    relays = Signal(str, str)  # peer, RTCIceServer[], as `wantsRelays` asked for
    lineBack = Signal()
    held = Signal(bool)
    muted = Signal(bool)
    volume = Signal(int)

    def __init__(self, end: "MediaEnd") -> None:
        super().__init__(end)
        self._end = end

    @Slot()
    def ready(self) -> None:
        self._end.page_ready()

    @Slot(str, str)
    def said(self, peer: str, data: str) -> None:
        self._end.page_said(peer, data)

    @Slot(str)
    def wantsRelays(self, peer: str) -> None:
        self._end.page_wants_relays(peer)

    @Slot(str, bool)
    def turned(self, peer: str, up: bool) -> None:
        self._end.page_turned(peer, up)

    @Slot(bool, bool, bool)
    def devices(self, camera: bool, microphone: bool, searching: bool) -> None:
        self._end.page_found(camera, microphone, searching)

    @Slot(bool)
    def pictured(self, there: bool) -> None:
        self._end.page_pictured(there)

    @Slot(str)
    def counted(self, counters: str) -> None:
        self._end.counters = json.loads(counters)

    @Slot(str)
    def quality(self, how: str) -> None:
        self._end.page_quality(how)


class MediaEnd(QObject):
    """Lives as long as there is a call, or somebody is about to make one. The view it feeds may die and come back.

    Messages that arrive before the page is ready wait here.
    """

    devices_changed = Signal()
    picture_changed = Signal()
    reload = Signal()

    def __init__(
        self, intercom: Intercom, picture: CallPicture, relay: Relay, parent: QObject, *, relay_only: bool = False
    ) -> None:
        from ui.intercom.scheme import MediaFiles, only_ours

        super().__init__(parent)
        self._intercom = intercom
        self._picture = picture
        self._relay_only = relay_only
        self._only_ours = only_ours()
        self._files = MediaFiles(picture, self)
        self._bridge = MediaBridge(self)
        self._profile: QQuickWebEngineProfile | None = None
        self._ready = False
        self._open: dict[str, MediaOpened] = {}
        self._early: list[MediaDelivered] = []
        self._told: dict[str, bool | int] = {}
        self._crashes: list[float] = []
        self._camera = self._microphone = False
        self._searching = True
        self._pictured = False
        self.counters: dict[str, float | None] = {}
        self._ends = [
            relay.subscribe(MediaOpened, self._on_opened),
            relay.subscribe(MediaDelivered, self._on_delivered),
            relay.subscribe(MediaClosed, self._on_closed),
            relay.subscribe(MediaRenamed, self._on_renamed),
            relay.subscribe(MediaRelays, self._on_relays),
        ]
        picture.start()

    def close(self) -> None:
        """Give back the camera; the view must be gone or going."""
        for end in self._ends:
            end()
        self._ends.clear()
        self._picture.stop()
        if self._profile is not None:
            self._profile.removeUrlSchemeHandler(self._files)
        self._files.close()

    def line_back(self) -> None:
        """The live link was away and is back."""
        if self._ready:
            self._bridge.lineBack.emit()

    def follow(self, call: Call) -> None:
        """Hold, mute and loudness are those of the call."""
        if not self._ready:
            return
        for name, value in (("held", call.held), ("muted", call.own.muted), ("volume", call.own.volume)):
            if self._told.get(name) != value:
                self._told[name] = value
                getattr(self._bridge, name).emit(value)

    # -- from the core ------------------------------------------------------------------------------------------------

    def _on_opened(self, event: MediaOpened) -> None:
        self._open[event.peer] = event
        self._early = [early for early in self._early if early.peer != event.peer]
        if self._ready:
            self._tell_opened(event)

    def _on_delivered(self, event: MediaDelivered) -> None:
        if event.peer not in self._open:
            return
        if self._ready:
            self._bridge.delivered.emit(event.peer, json.dumps(event.data))
        else:
            self._early.append(event)

    def _on_closed(self, event: MediaClosed) -> None:
        self._open.pop(event.peer, None)
        self._early = [early for early in self._early if early.peer != event.peer]
        if self._ready:
            self._bridge.closed.emit(event.peer)

    def _on_renamed(self, event: MediaRenamed) -> None:
        if (known := self._open.pop(event.old, None)) is None:
            return
        self._open[event.peer] = replace(known, peer=event.peer)
        self._early = [replace(e, peer=event.peer) if e.peer == event.old else e for e in self._early]
        if self._ready:
            self._bridge.renamed.emit(event.old, event.peer)

    def _on_relays(self, event: MediaRelays) -> None:
        if (known := self._open.get(event.peer)) is None:
            return
        self._open[event.peer] = replace(known, ice=event.ice)
        if self._ready:
            self._bridge.relays.emit(event.peer, json.dumps(_plain(event.ice)))

    def _tell_opened(self, event: MediaOpened) -> None:
        way = {"ice": _plain(event.ice), "relayOnly": self._relay_only}
        self._bridge.opened.emit(event.peer, json.dumps(way))

    # -- from the page ------------------------------------------------------------------------------------------------

    def page_ready(self) -> None:
        self._ready = True
        self._told.clear()
        self.follow(self._intercom.call)
        for event in self._open.values():
            self._tell_opened(event)
        early, self._early = self._early, []
        for said in early:
            self._bridge.delivered.emit(said.peer, json.dumps(said.data))

    def page_said(self, peer: str, data: str) -> None:
        try:
            self._intercom.media_said(peer, json.loads(data))
        except ValueError:
            log.warning("the media page said something that is not JSON")

    def page_wants_relays(self, peer: str) -> None:
        self._intercom.media_wants_relays(peer)

    def page_turned(self, peer: str, up: bool) -> None:
        self._intercom.media_turned(peer, up, self._camera, self._microphone)

    def page_quality(self, how: str) -> None:
        if how in get_args(Quality):
            self._intercom.media_quality(how)  # type: ignore[arg-type]

    def page_found(self, camera: bool, microphone: bool, searching: bool) -> None:
        now = (camera, microphone, searching)
        if now != (self._camera, self._microphone, self._searching):
            self._camera, self._microphone, self._searching = now
            self.devices_changed.emit()

    def page_pictured(self, there: bool) -> None:
        if there != self._pictured:
            self._pictured = there
            self.picture_changed.emit()

    @Slot(str)
    def crashed(self, how: str) -> None:
        """The renderer died. It is loaded again, and the call resumed, unless it dies and dies."""
        log.error("the media page died: %s", how)
        self._ready = False
        self.page_pictured(False)
        for peer in self._open:
            self._intercom.media_turned(peer, False, self._camera, self._microphone)
        now = time.monotonic()
        self._crashes = [at for at in self._crashes if now - at < _CRASH_SECONDS] + [now]
        if len(self._crashes) > _CRASHES:
            self._intercom.media_broke()
        else:
            self.reload.emit()

    @Slot(QObject, result=QObject)
    def furnish(self, profile: "QQuickWebEngineProfile") -> QObject:
        """Give the profile (off the record) our scheme, and no other network."""
        self._profile = profile
        profile.removeAllUrlSchemeHandlers()
        profile.setUrlRequestInterceptor(self._only_ours)
        profile.installUrlSchemeHandler(SCHEME, self._files)
        return profile

    @Slot(str)
    def logged(self, line: str) -> None:
        """A line of the page's console."""
        log.info("media page: %s", line)

    @Slot(str, result=bool)
    def permits(self, origin: str) -> bool:
        """Whether a page from `origin` may use the microphone: ours alone."""
        return QUrl(origin).scheme().encode() == SCHEME

    bridge = Property(QObject, lambda self: self._bridge, constant=True)
    page = Property(QUrl, lambda self: QUrl(PAGE), constant=True)
    camera = Property(bool, lambda self: self._camera, notify=devices_changed)
    microphone = Property(bool, lambda self: self._microphone, notify=devices_changed)
    searching = Property(bool, lambda self: self._searching, notify=devices_changed)
    pictured = Property(bool, lambda self: self._pictured, notify=picture_changed)
