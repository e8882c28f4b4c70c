"""Carries what the scanners read to the desk thread, where members are recognised."""

import logging
import threading
from collections.abc import Callable, Sequence

from kiosk.desk import Desk
from kiosk.devices.ports import DeviceHealth, DeviceState, Scan, ScanHint, Scanner
from kiosk.events import EventBus
from kiosk.members.events import CodeFound, CodeHinted

log = logging.getLogger(__name__)
ScanTaker = Callable[[Scan], None]


class CodeReader:
    """Listens to all scanners of the station.

    `always` run as long as the station is open. The `camera` looks for codes only while a screen asks for it with
    `watch`: a camera that looks at people who did not ask for it is no good neighbour, and costs power.
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
        self._watchers: set[object] = set()
        self._open = False

    def start(self) -> None:
        with self._lock:
            self._open = True
            for scanner in self._always:
                self._begin(scanner)
            if self._watchers and self._camera:
                self._begin(self._camera)

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
            before = bool(self._watchers)
            self._watchers.add(who) if on else self._watchers.discard(who)
            after = bool(self._watchers)
            if self._camera is None or not self._open or before == after:
                return
            if after:
                self._begin(self._camera)
            else:
                _end(self._camera)

    def submit(self, scan: Scan) -> None:
        """A scan from elsewhere, such as a scanner that types like a keyboard. From any thread."""
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
