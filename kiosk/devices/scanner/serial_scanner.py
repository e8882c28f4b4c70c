"""A USB-CDC code scanner: bytes until CR or LF, or until 100 ms of silence; at most 1 KiB; reconnects by itself."""

import termios
import threading
import time
from collections.abc import Callable

import serial

from kiosk.devices.ports import Scan, ScanHint
from kiosk.devices.scanner.base import deliver
from kiosk.devices.threaded import ThreadedDriver

LIMIT = 1024
IDLE = 0.1
_FIRST_RETRY, _LAST_RETRY = 0.2, 10.0


class Lines:
    """Cuts a stream of bytes into payloads. Pure: time comes in with each chunk.

    A payload ends with CR, LF or NUL, or with `IDLE` seconds of silence. Of one that is longer than `LIMIT` only the
    first `LIMIT` + 1 bytes are kept: enough to be refused as too long, and memory stays bounded.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._last = 0.0

    def feed(self, data: bytes, at: float) -> list[bytes]:
        """Take a chunk (may be empty) that arrived at `at` monotonic seconds; return the payloads it completes."""
        done: list[bytes] = []
        if self._buffer and at - self._last >= IDLE:
            self._end(done)
        if data:
            self._last = at
        for byte in data:
            if byte in b"\r\n\x00":
                self._end(done)
            elif len(self._buffer) <= LIMIT:
                self._buffer.append(byte)
        return done

    def _end(self, done: list[bytes]) -> None:
        if self._buffer:
            done.append(bytes(self._buffer))
        self._buffer.clear()


class SerialScanner(ThreadedDriver):
    """`port` is a device path, best one of /dev/serial/by-id/.

    `first_retry` is the first pause in seconds before a lost port is opened again; it doubles up to 10 s.
    """

    failures = (OSError, termios.error, ValueError)  # SerialException is an OSError

    def __init__(self, port: str, baudrate: int = 115200, first_retry: float = _FIRST_RETRY) -> None:
        super().__init__(f"serial:{port}", first_retry, _LAST_RETRY)
        self._port = port
        self._baudrate = baudrate

    def start(self, on_scan: Callable[[Scan], None], on_hint: Callable[[ScanHint], None] | None = None) -> None:
        self.begin(lambda ending: self._work(ending, on_scan))

    def _work(self, ending: threading.Event, on_scan: Callable[[Scan], None]) -> None:
        with serial.Serial(self._port, self._baudrate, timeout=IDLE / 2, exclusive=True) as port:
            self.well()
            self._read(port, ending, on_scan)

    def _read(self, port: serial.Serial, ending: threading.Event, on_scan: Callable[[Scan], None]) -> None:
        lines = Lines()
        port.reset_input_buffer()  # what was scanned while nobody listened is nobody's
        while not ending.is_set():
            data = port.read(1)
            data += port.read(min(port.in_waiting, LIMIT)) if data else b""
            now = time.monotonic()
            for raw in lines.feed(data, now):
                # Not strip(): a space at the end is a letter of base45.
                text = raw.decode("utf-8", "replace").strip("\t\x02\x03")
                if text and not ending.is_set():
                    deliver(on_scan, Scan(text, "", "serial", now, None, raw))
