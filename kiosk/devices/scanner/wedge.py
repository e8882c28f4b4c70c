"""A scanner that types like a keyboard, told apart from a person by speed. No Qt: the screen feeds it keys.

A person's key press comes at least 120 ms after the last; a scanner's 2 to 5 ms (20 ms by radio). Keys are held back
until `GAP` seconds have passed without another: a burst of at least `SHORTEST` characters that ends with Enter is a
scan, anything else is given back in order. Foreign codes are scans too, so that the bar code of a bottle types nothing
and presses nothing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.devices.ports import DeviceHealth, DeviceState, Scan, ScanHint
from kiosk.devices.scanner.base import deliver

GAP = 0.05
PREFIX = "GH1:"
SHORTEST, LONGEST = 6, 1024


@dataclass(frozen=True, slots=True)
class WedgeResult:
    """What to do with a key: type `replay` at the widget that has the focus, take `scan` if there is one, and let the
    key itself pass unless it was `consumed`."""

    replay: str = ""
    scan: str = ""
    consumed: bool = True


class Wedge:
    """Feed every printable key and Enter ("\\r"); call `idle` within `GAP` seconds while `holding`. Time comes in."""

    def __init__(self) -> None:
        self._held = ""
        self._last = float("-inf")

    @property
    def holding(self) -> bool:
        return bool(self._held)

    def feed(self, char: str, at: float) -> WedgeResult:
        """One key at `at` monotonic seconds."""
        before = self._flush() if at - self._last > GAP else ""
        self._last = at
        if char not in "\r\n":
            self._hold(char)
            return WedgeResult(before)
        if len(self._held) >= SHORTEST:
            scan, self._held = _as_sent(self._held), ""
            return WedgeResult(before, scan)
        return WedgeResult(before + self._flush(), consumed=False)

    def idle(self, at: float) -> WedgeResult:
        """Give back what a person typed, once it is clear that it was a person."""
        if not self.holding or at - self._last <= GAP:
            return WedgeResult()
        return WedgeResult(self._flush())

    def flush(self) -> WedgeResult:
        """Another key (a cursor key, a shortcut) comes: give back what is held, so that order is kept."""
        return WedgeResult(self._flush())

    def _hold(self, char: str) -> None:
        if len(self._held) <= LONGEST:  # one more than allowed, so that it is refused as too long
            self._held += char

    def _flush(self) -> str:
        """What is given back. A flood is not: no person types a thousand keys without a pause."""
        held = self._held if len(self._held) <= LONGEST else ""
        self._held = ""
        return held


def _as_sent(text: str) -> str:
    """Caps Lock swaps the case; our alphabet has no lower case, so upper() gives a code of ours back."""
    return text.upper() if text[: len(PREFIX)].upper() == PREFIX else text


class WedgeScanner:
    """The keyboard wedge as a Scanner. `key` is called by the screen, on any one thread, with every key it gets."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.name = "wedge"
        self._monotonic = monotonic
        self._wedge = Wedge()
        self._on_scan: Callable[[Scan], None] | None = None

    def start(self, on_scan: Callable[[Scan], None], on_hint: Callable[[ScanHint], None] | None = None) -> None:
        self._wedge = Wedge()
        self._on_scan = on_scan

    def stop(self) -> None:
        self._on_scan = None

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.OFF if self._on_scan is None else DeviceState.WELL)

    @property
    def holding(self) -> bool:
        """Keys are held back: call `idle` within `GAP` seconds."""
        return self._wedge.holding

    def key(self, char: str) -> WedgeResult:
        """A printable key or Enter ("\\r"). A scan is delivered; the result says what becomes of the key."""
        if self._on_scan is None:
            return WedgeResult(consumed=False)
        now = self._monotonic()
        result = self._wedge.feed(char, now)
        if result.scan:
            raw = result.scan.encode("utf-8", "surrogatepass")
            deliver(self._on_scan, Scan(result.scan, "", "wedge", now, None, raw))
        return result

    def idle(self) -> WedgeResult:
        return self._wedge.idle(self._monotonic())

    def flush(self) -> WedgeResult:
        return self._wedge.flush()
