"""The intercom: one call at a time between this station and the duty desk."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.clock import Clock
from kiosk.events import EventBus, LinkChanged
from kiosk.hours import UNKNOWN, OpenHours, OpenNow
from kiosk.intercom.call import (
    Begin,
    Call,
    CloseMedia,
    Deliver,
    Dismiss,
    Effect,
    Finish,
    Happening,
    Heard,
    Judged,
    LinkTurned,
    MediaBroke,
    MediaSaid,
    MediaTurned,
    MediaWantsRelays,
    OpenMedia,
    Own,
    OwnChanged,
    PageTurned,
    Record,
    Redial,
    RenameMedia,
    Said,
    Send,
    Tick,
    UseCamera,
    UseRelays,
)
from kiosk.intercom.events import CallChanged, MediaClosed, MediaDelivered, MediaOpened, MediaRelays, MediaRenamed
from kiosk.intercom.machine import deadline, step
from kiosk.protocol.ids import uuid7
from kiosk.protocol.intercom import HELP, CallEnded, CallSettings, CallTopic, EndReason
from kiosk.protocol.intercom_talk import Quality
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage
from kiosk.protocol.text import LocalText
from kiosk.session import Session, SessionFinished

log = logging.getLogger(__name__)
HOLD = "call"
TICK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the desk, and whether somebody serves it now, as far as this terminal can tell."""

    id: str
    topic: CallTopic
    now: OpenNow


class Intercom:
    """Every method is quick and may be called from any thread; what follows is told as `CallChanged`.

    `send` puts a message on the live link (dropped without a line), `record` appends to the journal without waiting,
    `watch` calls what it is given every `TICK_SECONDS` until that returns False, `hurry` asks for the line at once,
    `unfinished` are the calls the last run of the program left open, `topics` the published queues by id, `hours` says
    when they are served. `cameras` are the names of this station's, the first one is shown first; `use_camera` turns
    to one of them.
    """

    def __init__(
        self,
        clock: Clock,
        bus: EventBus,
        session: Session,
        record: Callable[[JournalBody], object],
        send: Callable[[LinkMessage], object],
        watch: Callable[[Callable[[], bool]], object],
        settings: Callable[[], CallSettings] = CallSettings,
        hurry: Callable[[], object] = lambda: None,
        unfinished: Callable[[], list[str]] = list,
        topics: Callable[[], dict[str, CallTopic]] = dict,
        hours: Callable[[], OpenHours] | None = None,
        cameras: tuple[str, ...] = (),
        use_camera: Callable[[str], object] = lambda _name: None,
    ) -> None:
        self._clock = clock
        self._bus = bus
        self._session = session
        self._record = record
        self._send = send
        self._watch = watch
        self._settings = settings
        self._hurry = hurry
        self._unfinished = unfinished
        self._topics = topics
        self._hours = hours
        self._cameras = cameras
        self._use_camera = use_camera
        self._volume = 100
        self._lock = threading.Lock()
        self._call = Call()
        self._todo: deque[Callable[[], object]] = deque()
        self._working = False
        self._watched = False  # time is being kept
        bus.subscribe(LinkChanged, self._on_link)
        bus.subscribe(SessionFinished, self._on_session_finished)

    @property
    def call(self) -> Call:
        """The call as it is now; its phase is idle when there is none."""
        return self._call

    def queues(self) -> tuple[Queue, ...]:
        """The queues of the desk, those that are offered first in their order. On the desk thread."""
        found = sorted(self._topics().items(), key=lambda item: (not item[1].shown, item[1].order, item[0]))
        hours = self._hours() if self._hours else None
        return tuple(Queue(key, topic, hours.now(topic.hours) if hours else UNKNOWN) for key, topic in found)

    @property
    def phrases(self) -> tuple[LocalText, ...]:
        """What a visitor may say by a touch."""
        return self._settings().phrases

    def ring(self, topic: str = HELP) -> str:
        """Call the desk. Returns the id of the call: of the one under way, if there is one already."""
        return self._ring(topic, 0)

    def _ring(self, topic: str, redials: int) -> str:
        call_id = uuid7(self._clock.now())
        session = self._session.wake()
        first = self._cameras[0] if self._cameras else ""
        own = Own(cameras=self._cameras, camera=first, volume=self._volume)
        call = self._happen(Begin(call_id, topic, session, redials, own))
        self._hurry()
        return call.id

    def hang_up(self, reason: EndReason = EndReason.HUNG_UP) -> None:
        self._happen(Finish(reason))

    def dismiss(self) -> None:
        """The outcome has been read: nothing of the last call is kept."""
        self._happen(Dismiss())

    def say(self, text: str) -> None:
        """A line of text to the desk, in a call."""
        self._happen(Said(uuid7(self._clock.now()), text))

    def mute(self, on: bool) -> None:
        """Whether the desk hears this room."""
        self._happen(OwnChanged(muted=on))

    def set_volume(self, volume: int) -> None:
        """How loud the desk is here, 0..100; kept for the calls that follow."""
        self._volume = max(0, min(100, volume))
        self._happen(OwnChanged(volume=volume))

    def page_turned(self, page_id: str, state: str) -> None:
        """The page the desk pushed is "shown", was "closed", or is "unknown" here."""
        self._happen(PageTurned(page_id, state))

    def judge(self, helpful: bool) -> None:
        """The visitor's answer to "was this helpful?", once, when the call is over."""
        self._happen(Judged(helpful))

    def stop(self) -> None:
        """The program ends."""
        self.hang_up(EndReason.SHUTDOWN)

    def start(self) -> None:
        """Calls that were cut off with the power are closed in the journal."""
        for call in self._unfinished():
            self._record(CallEnded(call=call, reason=EndReason.INTERRUPTED))

    def seconds(self) -> float:
        """How long the visitor has waited, or talked once there was an answer."""
        call = self._call
        until = call.ended if call.reason is not None else self._clock.monotonic()
        return max(0.0, until - (call.answered if call.answered is not None else call.began)) if call.id else 0.0

    def seconds_left(self) -> float:
        """Until the call ends by itself; infinity when it does not."""
        due = deadline(self._call, self._settings())
        return max(0.0, due[0] - self._clock.monotonic()) if due else float("inf")

    # -- the link -----------------------------------------------------------------------------------------------------

    def on_message(self, message: LinkMessage) -> None:
        """Something arrived on the live link."""
        self._happen(Heard(message))

    # -- the media end ------------------------------------------------------------------------------------------------

    def media_said(self, peer: str, data: dict[str, Any]) -> None:
        """Our media end has something for that of `peer`."""
        self._happen(MediaSaid(peer, data))

    def media_wants_relays(self, peer: str) -> None:
        """Our media end makes its connection with `peer` anew, and its relay credentials are old."""
        self._happen(MediaWantsRelays(peer))

    def media_turned(self, peer: str, up: bool, camera: bool = True, microphone: bool = True) -> None:
        """Picture or sound of `peer` arrives now, or has stopped."""
        self._happen(MediaTurned(peer, up, camera, microphone))

    def media_quality(self, quality: Quality) -> None:
        """How good the connection is, as our media end sees it."""
        self._happen(OwnChanged(quality=quality))

    def media_broke(self) -> None:
        """There is no media end, or it has died too often."""
        self._happen(MediaBroke())

    def tick(self) -> bool:
        """Time has passed. Returns whether a call is under way, or will be rung again."""
        self._happen(Tick())
        return self._call.active or self._call.redialling

    def _beat(self) -> bool:
        going = self.tick()
        with self._lock:
            self._watched = going = going or self._call.active or self._call.redialling
        return going

    # -- inside -------------------------------------------------------------------------------------------------------

    def _on_link(self, event: LinkChanged) -> None:
        self._happen(LinkTurned(event.online))

    def _on_session_finished(self, event: SessionFinished) -> None:
        self._volume = 100
        self._happen(Finish(EndReason.SHUTDOWN if event.reason == "shutdown" else EndReason.SESSION_ENDED))
        self._happen(Dismiss())

    def _happen(self, what: Happening) -> Call:
        """Decide under the lock; act outside of it, in order, on whichever thread is here.

        Acting may lead back into this class, and into a session that is calling us with its own lock held: waiting
        for one another is ruled out because nobody acts while holding ours.
        """
        with self._lock:
            before = self._call
            self._call, effects = step(before, what, self._clock.monotonic(), self._settings())
            after = self._call
            self._todo.extend(self._works(before, after, effects))
        self._work()
        return after

    def _works(self, before: Call, after: Call, effects: tuple[Effect, ...]) -> list[Callable[[], object]]:
        todo: list[Callable[[], object]] = []
        if after.active and not before.active:
            todo.append(lambda: self._session.hold(HOLD))
            if not self._watched:
                self._watched = True
                todo.append(lambda: self._watch(self._beat))
        todo.extend(self._act(effect) for effect in effects)
        if before.active and not after.active:
            log.info("call %s ended: %s", after.id, after.reason)
            todo.append(lambda: self._session.release(HOLD))
        if after != before:
            todo.append(lambda: self._bus.publish(CallChanged(after)))
        return todo

    def _act(self, effect: Effect) -> Callable[[], object]:
        match effect:
            case Send(message):
                return lambda: self._send(message)
            case Record(body):
                return lambda: self._record(body)
            case OpenMedia(call, peer, ice):
                return lambda: self._bus.publish(MediaOpened(call, peer, ice))
            case CloseMedia(call, peer):
                return lambda: self._bus.publish(MediaClosed(call, peer))
            case RenameMedia(call, old, peer):
                return lambda: self._bus.publish(MediaRenamed(call, old, peer))
            case Deliver(call, peer, data):
                return lambda: self._bus.publish(MediaDelivered(call, peer, data))
            case UseRelays(call, peer, ice):
                return lambda: self._bus.publish(MediaRelays(call, peer, ice))
            case UseCamera(camera):
                return lambda: self._use_camera(camera)
            case Redial(topic, redials):
                return lambda: self._ring(topic, redials)

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._working or not self._todo:
                    return
                self._working = True
                do = self._todo.popleft()
            try:
                do()
            except Exception:
                log.exception("a step of the call failed")
            finally:
                with self._lock:
                    self._working = False
