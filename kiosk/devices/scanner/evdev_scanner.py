"""A code scanner that is a keyboard to the computer, through evdev (an extra): grabbed, it types into no screen.

It types as on an American keyboard, which every scanner can be set to. The last choice after a serial scanner; the Qt
wedge is for where the device cannot be grabbed.
"""

import importlib
import select
import threading
import time
from collections.abc import Callable
from typing import Any

from kiosk.devices.ports import Scan, ScanHint
from kiosk.devices.scanner.base import deliver
from kiosk.devices.scanner.serial_scanner import IDLE, LIMIT
from kiosk.devices.threaded import ThreadedDriver

_FIRST_RETRY, _LAST_RETRY = 0.2, 10.0
_PLAIN = {f"KEY_{letter}": letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {
    "KEY_SPACE": " ", "KEY_MINUS": "-", "KEY_EQUAL": "=", "KEY_DOT": ".", "KEY_SLASH": "/", "KEY_SEMICOLON": ";",
    "KEY_COMMA": ",", "KEY_APOSTROPHE": "'", "KEY_GRAVE": "`", "KEY_LEFTBRACE": "[", "KEY_RIGHTBRACE": "]",
    "KEY_BACKSLASH": "\\",
}  # fmt: skip
_PLAIN |= {f"KEY_{digit}": digit for digit in "0123456789"}
_SHIFTED = dict(zip("1234567890-=.,/;'`[]\\", '!@#$%^&*()_+><?:"~{}|', strict=True))
_SHIFTS, _ENDS = ("KEY_LEFTSHIFT", "KEY_RIGHTSHIFT"), ("KEY_ENTER", "KEY_KPENTER", "KEY_TAB")


def _evdev() -> Any:
    return importlib.import_module("evdev")


class Typed:
    """Turns keys into texts. Pure: a text ends with Enter or Tab, or with `IDLE` seconds of silence."""

    def __init__(self) -> None:
        self._text = ""
        self._shift = False
        self._last = 0.0

    def key(self, name: str, down: bool, at: float) -> str:
        """Take in a key of this name that went down or up. Returns a text that it ends, "" none."""
        if name in _SHIFTS:
            self._shift = down
            return ""
        if not down:
            return ""
        done = self.silence(at)
        self._last = at
        if name in _ENDS:
            done, self._text = done or self._text, ""
        elif (letter := _PLAIN.get(name, "")) and len(self._text) <= LIMIT:
            self._text += _SHIFTED.get(letter, letter.upper()) if self._shift else letter
        return done

    def silence(self, at: float) -> str:
        """It is `at` now: the text that has ended by itself, "" none."""
        if not self._text or at - self._last < IDLE:
            return ""
        done, self._text = self._text, ""
        return done


class EvdevScanner(ThreadedDriver):
    """`device` is best a path of /dev/input/by-id/."""

    failures = (OSError, ImportError)

    def __init__(self, device: str, library: Callable[[], Any] = _evdev, first_retry: float = _FIRST_RETRY) -> None:
        super().__init__(f"evdev:{device}", first_retry, _LAST_RETRY)
        self._device = device
        self._library = library

    def start(self, on_scan: Callable[[Scan], None], on_hint: Callable[[ScanHint], None] | None = None) -> None:
        self.begin(lambda ending: self._work(ending, on_scan))

    def _work(self, ending: threading.Event, on_scan: Callable[[Scan], None]) -> None:
        evdev = self._library()
        names = {code: name for name, code in evdev.ecodes.ecodes.items() if name.startswith("KEY_")}
        device = evdev.InputDevice(self._device)
        try:
            device.grab()
            self.well()
            typed = Typed()
            while not ending.is_set():
                ready, _, _ = select.select([device.fd], [], [], IDLE / 2)
                for event in device.read() if ready else ():
                    if event.type == evdev.ecodes.EV_KEY and event.value != 2:  # 2 is the repetition of a held key
                        text = typed.key(names.get(event.code, ""), event.value == 1, time.monotonic())
                        self._hand_on(on_scan, text, ending)
                self._hand_on(on_scan, typed.silence(time.monotonic()), ending)
        finally:
            device.close()

    def _hand_on(self, on_scan: Callable[[Scan], None], text: str, ending: threading.Event) -> None:
        if text and not ending.is_set():
            deliver(on_scan, Scan(text, "", "evdev", time.monotonic(), None, text.encode()))
