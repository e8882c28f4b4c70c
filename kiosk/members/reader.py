"""Carries what the scanners read to the desk thread, where members are recognised."""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from kiosk.desk import Desk
from kiosk.devices.ports import DeviceHealth, DeviceState, Scan, ScanHint, Scanner
from kiosk.events import EventBus
from kiosk.limits import Bucket
from kiosk.members.events import CodeFound, CodeHinted, SomethingRead
from kiosk.session import Session, SessionBegan, SessionFinished, SessionState

log = logging.getLogger(__name__)
ScanTaker = Callable[[Scan], None]
SCANS_AT_ONCE, SECONDS_A_SCAN = 10, 0.2  # of one source: more is a scanner run wild, and the desk has other work


class CodeReader:
    """Listens to all scanners of the station.

    `always` run as long as the station is open. The `camera` looks for codes only while a screen asks for it with
    `watch`, or a session is on that it was told to `follow`: a camera that looks at people who did not ask for it is no
    good neighbour, and costs power.
    """

    def __init__(
        self, always: Sequence[Scanner], camera: Scanner | None, desk: Desk, bus: EventBus, take: ScanTaker
    ) -> None:
        self._always = tuple(always)
        self._camera = camera
        self._desk = desk
        self._bus = bus
        self._take = take
        self._lock = threading.Lock()
        self._counting = threading.Lock()
        self._watchers: set[object] = set()
        self._open = False
        self._suspended = False
        self._buckets: dict[str, Bucket] = {}

    def start(self) -> None:
        with self._lock:
            self._open = True
            for scanner in self._always:
                self._begin(scanner)
            self._turn_camera(before=False)

    def stop(self) -> None:
        """Let go of every device. Stopping twice is harmless."""
        with self._lock:
            self._open = False
            self._watchers.clear()
            for scanner in (*self._always, *([self._camera] if self._camera else [])):
                _end(scanner)

    def watch(self, who: object, on: bool) -> None:
        """A screen wants (or no longer wants) the camera to look for codes. Several screens count once."""
        with self._lock:
            before = self._looking
            self._watchers.add(who) if on else self._watchers.discard(who)
            self._turn_camera(before)

    def suspend(self, on: bool) -> None:
        """During a call nothing is read: nobody who walks past with a code shall end it."""
        with self._lock:
            before, self._suspended = self._looking, on
            self._turn_camera(before)

    def follow(self, session: Session) -> None:
        """Look for codes while anybody is here: a code shown on any page is recognised."""

        def check(_event: object) -> None:
            # Later, on the desk: when one person's session ends and the next one's begins in one breath, nothing stops.
            self._desk.post(lambda: self.watch("session", session.state is not SessionState.IDLE))

        self._bus.subscribe(SessionBegan, check)
        self._bus.subscribe(SessionFinished, check)

    def submit(self, scan: Scan) -> None:
        """A scan, from any thread. Floods are cut short."""
        with self._counting:  # not the other lock: who holds that may wait for the thread that is here
            bucket = self._buckets.setdefault(
                scan.source, Bucket(time.monotonic, burst=SCANS_AT_ONCE, every=SECONDS_A_SCAN)
            )
            if self._suspended or not bucket.admit():
                return
        self._bus.publish(SomethingRead("scanner"))
        if scan.corners:
            self._bus.publish(CodeFound(scan.corners))
        self._desk.post(self._take, scan)

    @property
    def has_camera(self) -> bool:
        """Whether a camera is configured and, once it was started, gives pictures."""
        return self._camera is not None and self._camera.health().state is not DeviceState.SICK

    def health(self) -> dict[str, DeviceHealth]:
        """By scanner's name."""
        return {s.name: s.health() for s in (*self._always, *([self._camera] if self._camera else []))}

    @property
    def _looking(self) -> bool:
        return self._open and bool(self._watchers) and not self._suspended

    def _turn_camera(self, before: bool) -> None:
        after = self._looking
        if self._camera is None or before == after:
            return
        if after:
            self._begin(self._camera)
        else:
            _end(self._camera)

    def _begin(self, scanner: Scanner) -> None:
        try:
            scanner.start(self.submit, self._hint)
        except Exception:  # a driver of somebody else's hardware: the station goes on without it
            log.exception("scanner %s did not start", scanner.name)

    def _hint(self, hint: ScanHint) -> None:
        self._bus.publish(CodeHinted(hint))


def _end(scanner: Scanner) -> None:
    try:
        scanner.stop()
    except Exception:
        log.exception("scanner %s did not stop", scanner.name)
