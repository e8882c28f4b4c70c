"""Buttons and pedals that are keyboards to the computer, through evdev (an extra: `pip install evdev`).

The device is grabbed: its keys reach no screen. It is opened again when it comes back.
"""

import importlib
import logging
import select
import threading
import time
from collections.abc import Callable
from typing import Any

from kiosk.devices.ports import BoardFault, DeviceHealth, DeviceState, Point, Reading

log = logging.getLogger(__name__)
_FIRST_PAUSE, _LAST_PAUSE = 0.2, 5.0


def _evdev() -> Any:
    return importlib.import_module("evdev")


class KeyBoard:
    """`device` is best a path of /dev/input/by-id/. A key is on while it is held down."""

    def __init__(self, name: str, device: str, points: tuple[Point, ...], library: Callable[[], Any] = _evdev) -> None:
        self.name = name
        self._device = device
        self._points = points
        self._library = library
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._health = DeviceHealth(DeviceState.OFF)

    def start(self, on_reading: Callable[[Reading], object]) -> None:
        if self._thread is not None:
            return
        self._ending = threading.Event()
        self._health = DeviceHealth(DeviceState.STARTING)
        self._thread = threading.Thread(target=self._run, args=(self._ending, on_reading), name="keys", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._ending.set()
            thread.join(2.0)
            self._health = DeviceHealth(DeviceState.OFF)

    def switch(self, point: Point, on: bool) -> None:
        raise BoardFault(f"{point} is no output")

    def pulse(self, point: Point, seconds: float) -> bool:
        raise BoardFault(f"{point} is no output")

    def health(self) -> DeviceHealth:
        return self._health

    def _run(self, ending: threading.Event, on_reading: Callable[[Reading], object]) -> None:
        pause, lost = _FIRST_PAUSE, False
        while not ending.is_set():
            try:
                evdev = self._library()
                device = evdev.InputDevice(self._device)
                try:
                    device.grab()
                    pause, lost = _FIRST_PAUSE, False
                    self._health = DeviceHealth(DeviceState.WELL)
                    self._read(evdev, device, ending, on_reading)
                finally:
                    device.close()
            except (OSError, ImportError) as error:
                if self._health.state is not DeviceState.SICK:
                    log.warning("board %s: %s", self.name, error)
                self._health = DeviceHealth(DeviceState.SICK, str(error))
                if not lost:
                    lost = True
                    on_reading(Reading({}, time.monotonic()))
                ending.wait(pause)
                pause = min(pause * 2, _LAST_PAUSE)

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
