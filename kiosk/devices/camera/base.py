"""What every camera driver shares: a thread of its own, newest frame only, restarts with back-off, honest health."""

import logging
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.ports import DeviceHealth, DeviceState, Frame
from kiosk.devices.threaded import Retry

log = logging.getLogger(__name__)
Picture = NDArray[np.uint8]
_FIRST_RETRY, _LAST_RETRY = 0.5, 15.0
_STALE = 3.0  # seconds without a frame after which a camera is sick
_FROZEN = 120.0  # seconds of one and the same picture after which it is: a real one has noise
_LOOK = 1.0  # seconds between comparisons
_GRID = 16  # every so many pixels are compared


@dataclass(slots=True)
class _Same:
    """For how long the pictures have been one and the same."""

    seconds: float = 0.0
    _sum: int = -1
    _since: float = 0.0
    _looked: float = float("-inf")

    def look(self, picture: Picture, at: float) -> None:
        if at - self._looked < _LOOK:
            return
        self._looked = at
        now = zlib.crc32(picture[::_GRID, ::_GRID].tobytes())
        if now != self._sum:
            self._sum, self._since = now, at
        self.seconds = at - self._since


class ThreadedCamera:
    """Base of the drivers: a subclass yields pictures from `pictures()` until the device is lost or `ending` is set.

    `first_retry` is the first pause in seconds before a lost device is opened again; it doubles up to 15 s.
    """

    def __init__(self, name: str, first_retry: float = _FIRST_RETRY) -> None:
        self.name = name
        self.ending = threading.Event()
        self._first_retry = first_retry
        self._ready = threading.Condition()
        self._frame: Frame | None = None
        self._index = 0
        self._fault = ""
        self._same = _Same()
        self._thread: threading.Thread | None = None

    def pictures(self, ending: threading.Event) -> Iterator[Picture]:
        """Open the device and yield H×W×3 uint8 BGR pictures. Raises OSError or RuntimeError when it is lost."""
        raise NotImplementedError

    def start(self) -> None:
        """Begin capture; harmless while running."""
        if self._thread is not None:
            return
        # Each run has an event of its own: a thread that is stuck in a driver's read ends later, by itself.
        self.ending = threading.Event()
        self._fault, self._same = "", _Same()
        self._thread = threading.Thread(target=self._run, args=(self.ending,), name=f"camera-{self.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        with self._ready:
            self.ending.set()
            self._frame = None
            self._ready.notify_all()
        if thread is not threading.current_thread():
            thread.join(1.0)

    def latest(self) -> Frame | None:
        frame = self._frame
        return frame if frame is not None and time.monotonic() - frame.at < _STALE else None

    def wait(self, after: int, timeout: float) -> Frame | None:
        deadline = time.monotonic() + timeout
        with self._ready:
            while self._frame is None or self._frame.index <= after:
                left = deadline - time.monotonic()
                if left <= 0 or self.ending.is_set() or self._thread is None:
                    return None
                self._ready.wait(left)
            return self._frame

    def health(self) -> DeviceHealth:
        if self._thread is None:
            return DeviceHealth(DeviceState.OFF)
        if self._fault:
            return DeviceHealth(DeviceState.SICK, self._fault)
        if self._frame is None:
            return DeviceHealth(DeviceState.STARTING)
        if self.latest() is None:
            return DeviceHealth(DeviceState.SICK, f"no frame for {_STALE:.0f} s")
        if self._same.seconds > _FROZEN:
            return DeviceHealth(DeviceState.SICK, f"the same picture for {self._same.seconds:.0f} s")
        return DeviceHealth(DeviceState.WELL)

    def _run(self, ending: threading.Event) -> None:
        retry = Retry(self._first_retry, _LAST_RETRY)
        while not ending.is_set():
            try:
                with closing(self.pictures(ending)) as pictures:  # type: ignore[type-var]
                    for picture in pictures:
                        if not self._publish(picture, ending):
                            return
                        retry.well()
                fault = "the picture ended"
            except Exception as error:  # a driver of somebody else's hardware may raise anything
                fault = f"{type(error).__name__}: {error}"
            with self._ready:
                if ending.is_set():
                    return
                changed = fault != self._fault
                self._fault, self._frame = fault, None
                self._ready.notify_all()
            if changed:
                log.warning("camera %s: %s", self.name, fault)
            ending.wait(retry.lost())

    def _publish(self, picture: Picture, ending: threading.Event) -> bool:
        """Show the picture to everybody. False when this run is over: a late frame is nobody's."""
        with self._ready:
            if ending.is_set():
                return False
            self._index += 1
            self._frame = Frame(picture, time.monotonic(), self._index)
            self._same.look(picture, self._frame.at)
            self._fault = ""
            self._ready.notify_all()
            return True
