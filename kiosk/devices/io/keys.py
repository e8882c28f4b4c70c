"""Buttons and pedals that are keyboards to the computer, through evdev (an extra: `pip install evdev`).

The device is grabbed: its keys reach no screen. It is opened again when it comes back.
"""

import importlib
import select
import threading
import time
from collections.abc import Callable
from typing import Any

from kiosk.devices.ports import BoardFault, Point, Reading
from kiosk.devices.threaded import ThreadedDriver

_FIRST_PAUSE, _LAST_PAUSE = 0.2, 5.0


def _evdev() -> Any:
    return importlib.import_module("evdev")


class KeyBoard(ThreadedDriver):
    """`device` is best a path of /dev/input/by-id/. A key is on while it is held down."""

    failures = (OSError, ImportError)

    def __init__(self, name: str, device: str, points: tuple[Point, ...], library: Callable[[], Any] = _evdev) -> None:
        super().__init__(name, _FIRST_PAUSE, _LAST_PAUSE)
        self._device = device
        self._points = points
        self._library = library
        self._told: Callable[[Reading], object] = lambda _reading: None
        self._lost = False

    def start(self, on_reading: Callable[[Reading], object]) -> None:
        self._told = on_reading
        self.begin(self._work)

    def switch(self, point: Point, on: bool) -> None:
        raise BoardFault(f"{point} is no output")

    def pulse(self, point: Point, seconds: float) -> bool:
        raise BoardFault(f"{point} is no output")

    def gone(self) -> None:
        if not self._lost:
            self._lost = True
            self._told(Reading({}, time.monotonic()))

    def _work(self, ending: threading.Event) -> None:
        evdev = self._library()
        device = evdev.InputDevice(self._device)
        try:
            device.grab()
            self.well()
            self._lost = False
            self._read(evdev, device, ending, self._told)
        finally:
            device.close()

    def _read(self, evdev: Any, device: Any, ending: threading.Event, on_reading: Callable[[Reading], object]) -> None:
        codes = {point: evdev.ecodes.ecodes[point.address] for point in self._points}
        held = set(device.active_keys())
        told: dict[Point, int] | None = None
        while not ending.is_set():
            values = {point: int((code in held) != point.inverted) for point, code in codes.items()}
            if values != told:
                told = values
                on_reading(Reading(values, time.monotonic()))
            ready, _, _ = select.select([device.fd], [], [], 0.1)
            for event in device.read() if ready else ():
                if event.type == evdev.ecodes.EV_KEY and event.value != 2:  # 2 is the repetition of a held key
                    held.add(event.code) if event.value else held.discard(event.code)
