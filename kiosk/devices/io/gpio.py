"""Lines of the computer's own GPIO chip, through gpiod 2 (an extra: `pip install gpiod`).

The kernel debounces and reports edges. When the request is closed a line may keep or drop its state, as the hardware
likes: outputs that are pulsed are therefore switched off first, at the start and at the end.
Source: gpiod 2's Python documentation; docs.kernel.org/userspace-api/gpio, gpio-v2-get-line-ioctl.
"""

import importlib
import logging
import select
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from kiosk.devices.io.timed import TimedOff
from kiosk.devices.ports import BoardFault, Point, Reading
from kiosk.devices.threaded import ThreadedDriver

log = logging.getLogger(__name__)
_DEBOUNCE = timedelta(milliseconds=100)
_FIRST_PAUSE, _LAST_PAUSE = 0.2, 5.0


def _gpiod() -> Any:
    return importlib.import_module("gpiod")


class GpioBoard(ThreadedDriver):
    """`chip` is "/dev/gpiochip0". Points that are in `outputs` are driven, the others are read.

    Everything but `pulsed` is taken for an input unless `switch` is called for it, which makes it an output.
    """

    failures = (OSError, ImportError, ValueError)

    def __init__(
        self,
        name: str,
        chip: str,
        points: tuple[Point, ...],
        pulsed: tuple[Point, ...],
        library: Callable[[], Any] = _gpiod,
    ) -> None:
        super().__init__(name, _FIRST_PAUSE, _LAST_PAUSE)
        self._chip = chip
        self._points = points
        self._pulsed = pulsed
        self._library = library
        self._gpiod: Any = None
        self._outputs: dict[Point, bool] = dict.fromkeys(pulsed, False)
        self._request: Any = None
        self._lock = threading.RLock()
        self._off = TimedOff(lambda point: self._set(point, False))
        self._hears: Callable[[Reading], object] = lambda _reading: None
        self._told: dict[Point, int] | None = None

    def start(self, on_reading: Callable[[Reading], object]) -> None:
        if self._thread is None:
            self._hears, self._told = on_reading, None
        self.begin(self._work)

    def stop(self) -> None:
        if self._thread is None:
            return
        super().stop()
        with self._lock:
            try:
                self._off.flush()
                for point in self._pulsed:
                    self._set(point, False)
            except BoardFault as fault:
                log.warning("board %s was not left in order: %s", self.name, fault)
            self._close()

    def switch(self, point: Point, on: bool) -> None:
        self._off.forget(point)
        self._set(point, on)

    def pulse(self, point: Point, seconds: float) -> bool:
        self._off.after(point, seconds)
        self._set(point, True)
        return False

    def _set(self, point: Point, on: bool) -> None:
        with self._lock:
            new = point not in self._outputs
            self._outputs[point] = on
            if new and self._request is not None:
                self._close()  # what was an input becomes an output: asked for anew
            try:
                request = self._open()
                value = self._gpiod.line.Value
                wanted = value.ACTIVE if on else value.INACTIVE
                request.set_value(point.number, wanted)
                if request.get_value(point.number) != wanted:
                    raise BoardFault(f"line {point.number} does not follow")
            except (OSError, ImportError, ValueError) as error:
                self._close()
                raise BoardFault(f"{self._chip}: {error}") from error

    def _open(self) -> Any:
        if self._request is None:
            self._gpiod = self._library()
            line = self._gpiod.line
            config = {}
            for point in dict.fromkeys((*self._points, *self._outputs)):
                if point in self._outputs:
                    value = line.Value.ACTIVE if self._outputs[point] else line.Value.INACTIVE
                    settings = self._gpiod.LineSettings(
                        direction=line.Direction.OUTPUT, output_value=value, active_low=point.inverted
                    )
                else:
                    settings = self._gpiod.LineSettings(
                        direction=line.Direction.INPUT,
                        edge_detection=line.Edge.BOTH,
                        bias=line.Bias.PULL_UP if point.inverted else line.Bias.AS_IS,
                        debounce_period=_DEBOUNCE,
                        active_low=point.inverted,
                    )
                config[point.number] = settings
            self._request = self._gpiod.request_lines(self._chip, consumer="yizhan-kiosk", config=config)
        return self._request

    def _close(self) -> None:
        request, self._request = self._request, None
        if request is not None:
            request.release()

    def gone(self) -> None:
        with self._lock:
            self._close()
        self._tell({})

    def _work(self, ending: threading.Event) -> None:
        while not ending.is_set():
            with self._lock:
                request = self._open()
                values = self._read(request)
            self.well()
            self._tell(values)
            self._wait(request)

    def _tell(self, values: dict[Point, int]) -> None:
        if values != self._told:
            self._told = values
            self._hears(Reading(values, time.monotonic()))

    def _read(self, request: Any) -> dict[Point, int]:
        active = self._gpiod.line.Value.ACTIVE
        return {point: int(request.get_value(point.number) == active) for point in self._points}

    def _wait(self, request: Any) -> None:
        """Until a line moves, a tenth of a second at most (an output may have made another request meanwhile)."""
        ready, _, _ = select.select([request.fd], [], [], 0.1)
        if ready:
            request.read_edge_events()
