"""A camera as a scanner: the pipeline on the newest frame.

One scan for a code that stays in view, and a hint for one that will not decode.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from kiosk.devices.ports import Camera, DeviceHealth, Scan, ScanHint
from kiosk.devices.scanner.base import deliver

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)
SAME_WITHIN = 2.0  # seconds in which the same payload is the same scan
HINT_AFTER = 1.5  # seconds that something like a code is in view undecoded
_HINT_AGAIN = 5.0
_WAIT = 0.5
_STILL_SECONDS = 0.5
_THUMBNAIL = (64, 36)
_DIFFERENT, _CHANGED = 12, 6  # grey levels of a cell, and cells of the thumbnail: a code held at two metres is as much
Corners = tuple[tuple[float, float], ...]


class Sightings:
    """Decides what a sequence of looks means. Pure: time comes in with each look."""

    def __init__(self) -> None:
        self._last: dict[bytes, float] = {}
        self._unread_since: float | None = None
        self._hinted = float("-inf")

    def is_new(self, raw: bytes, at: float) -> bool:
        """True when this payload was not seen within the last two seconds. Seeing it again keeps it the same scan."""
        self._unread_since = None
        seen = self._last.get(raw)
        self._last = {key: when for key, when in self._last.items() if at - when < SAME_WITHIN}
        self._last[raw] = at
        return seen is None or at - seen >= SAME_WITHIN

    def unread(self, at: float) -> bool:
        """Something like a code is in view and was not read; True when it is time for a hint."""
        if self._unread_since is None:
            self._unread_since = at
        if at - self._unread_since < HINT_AFTER or at - self._hinted < _HINT_AGAIN:
            return False
        self._hinted = at
        return True

    def nothing(self) -> None:
        """There is only wall."""
        self._unread_since = None


class Stillness:
    """Whether a frame is worth a look: a wall that has not changed since it was looked at is looked at twice a second.

    A card that comes into view changes it, and so does a hand. `grey` are H×W uint8.
    """

    def __init__(self) -> None:
        self._seen: NDArray[np.int16] | None = None
        self._at = float("-inf")
        self._wall = False

    def worth(self, grey: "NDArray[np.uint8]", at: float) -> bool:
        """`at` is monotonic seconds; a frame that is worth it is taken to be looked at now."""
        import cv2

        small = np.asarray(cv2.resize(grey, _THUMBNAIL, interpolation=cv2.INTER_AREA), dtype=np.int16)
        seen = self._seen
        if self._wall and seen is not None and at - self._at < _STILL_SECONDS:
            changed = int(np.count_nonzero(np.abs(small - seen) > _DIFFERENT))
            if changed < _CHANGED:
                return False
        self._seen, self._at = small, at
        return True

    def saw(self, anything: bool) -> None:
        """What the look found: a code, or something like one."""
        self._wall = not anything


class CameraScanner:
    """Runs the pipeline on a thread of its own while started. `camera` is usually a lease of a shared one.

    `on_sight` gets the corners (as in Scan) of the code in every frame that shows one, to frame it in a preview.
    """

    def __init__(self, camera: Camera, on_sight: Callable[[Corners], None] | None = None) -> None:
        self.name = f"camera:{camera.name}"
        self._on_sight = on_sight
        self._camera = camera
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()

    def start(self, on_scan: Callable[[Scan], None], on_hint: Callable[[ScanHint], None] | None = None) -> None:
        if self._thread is not None:
            return
        self._ending = threading.Event()
        self._camera.start()
        self._thread = threading.Thread(
            target=self._run, args=(self._ending, on_scan, on_hint), name=f"scan-{self._camera.name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._ending.set()
        self._camera.stop()
        if thread is not threading.current_thread():
            thread.join(2.0)

    def health(self) -> DeviceHealth:
        return self._camera.health()

    def _run(
        self, ending: threading.Event, on_scan: Callable[[Scan], None], on_hint: Callable[[ScanHint], None] | None
    ) -> None:
        # Here, not at the top: OpenCV and the decoder take a quarter of a second to import, and nobody scans at start.
        from kiosk.devices.scanner.codes import to_grey
        from kiosk.devices.scanner.decode import Pipeline
        from kiosk.devices.scanner.hints import advise

        pipeline, sightings, stillness, index = Pipeline(), Sightings(), Stillness(), -1
        while not ending.is_set():
            frame = self._camera.wait(index, _WAIT)
            if frame is None:
                # A camera that is away answers at once: do not spin.
                ending.wait(0.05)
                continue
            index = frame.index
            try:
                grey = to_grey(frame.bgr)
                if not stillness.worth(grey, frame.at):
                    continue
                look = pipeline.look(grey)
                stillness.saw(bool(look.found) or look.region is not None)
                for code in look.found:
                    if sightings.is_new(code.raw, frame.at) and not ending.is_set():
                        deliver(on_scan, Scan(code.text, code.format, "camera", frame.at, code.corners, code.raw))
                if look.found and self._on_sight:
                    self._on_sight(look.found[0].corners)
                if not look.found and look.region is None:
                    sightings.nothing()
                elif not look.found and look.region and sightings.unread(time.monotonic()) and on_hint:
                    on_hint(advise(grey, look.region))
            except Exception:  # one bad frame must not end scanning
                log.exception("a frame could not be scanned")
