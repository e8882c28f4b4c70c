"""What drivers with a thread of their own share: they open their device, work until it is lost, and open it again.

Pauses between tries double. A device that comes and goes all the time has a budget: beyond it, once a minute is enough.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from kiosk.devices.ports import DeviceHealth, DeviceState

log = logging.getLogger(__name__)
RESTARTS, PER_SECONDS, RESTING_SECONDS = 60, 3600.0, 60.0


class Retry:
    """How long to wait before a device is opened again."""

    def __init__(
        self, first: float, last: float, monotonic: Callable[[], float] = time.monotonic, restarts: int = RESTARTS
    ) -> None:
        self._first, self._last = first, last
        self._pause = first
        self._monotonic = monotonic
        self._losses: deque[float] = deque(maxlen=restarts)
        self._open = False

    def well(self) -> None:
        """It is open: the next pause is the first one again."""
        self._pause, self._open = self._first, True

    @property
    def spent(self) -> bool:
        """Whether it was lost more often in the last hour than is worth following."""
        full = len(self._losses) == self._losses.maxlen
        return full and self._monotonic() - self._losses[0] < PER_SECONDS

    def lost(self) -> float:
        """It was lost, or could not be opened: seconds to wait now. Only a loss is a restart."""
        if self._open:
            self._losses.append(self._monotonic())
        self._open = False
        pause, self._pause = self._pause, min(self._pause * 2, self._last)
        return max(pause, RESTING_SECONDS) if self.spent else pause


class ThreadedDriver:
    """Base of drivers. A subclass calls `begin(work)`; `work(ending)` opens the device, says `well()`, and works until
    `ending` is set or it raises one of `failures`. `gone()` is called each time the device was lost.
    """

    failures: tuple[type[Exception], ...] = (OSError,)
    join_seconds = 2.0

    def __init__(self, name: str, first_retry: float, last_retry: float) -> None:
        self.name = name
        self._retry = Retry(first_retry, last_retry)
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._health = DeviceHealth(DeviceState.OFF)

    def begin(self, work: Callable[[threading.Event], None]) -> None:
        """Start the thread; harmless while it runs."""
        if self._thread is not None:
            return
        # Each run has an event of its own: a thread that is stuck in a driver's read ends later, by itself.
        ending = self._ending = threading.Event()
        self._health = DeviceHealth(DeviceState.STARTING)
        self._thread = threading.Thread(target=self._run, args=(ending, work), name=self.name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and let go of the device. Stopping twice is harmless."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._ending.set()
        if thread is not threading.current_thread():
            thread.join(self.join_seconds)
        self._health = DeviceHealth(DeviceState.OFF)

    def health(self) -> DeviceHealth:
        return self._health

    def well(self) -> None:
        """The device is open and answers."""
        self._retry.well()
        self._health = DeviceHealth(DeviceState.WELL)

    def gone(self) -> None:
        """The device was lost or could not be opened."""

    def _run(self, ending: threading.Event, work: Callable[[threading.Event], None]) -> None:
        while not ending.is_set():
            try:
                work(ending)
                if ending.is_set():
                    return
                error: Exception = OSError("it ended by itself")
            except self.failures as failure:
                error = failure
            if ending.is_set():
                return
            if self._health.state is not DeviceState.SICK:
                log.warning("%s: %s", self.name, error)
            pause = self._retry.lost()
            often = " (lost too often; tried once a minute)" if self._retry.spent else ""
            self._health = DeviceHealth(DeviceState.SICK, f"{error}{often}")
            self.gone()
            ending.wait(pause)
