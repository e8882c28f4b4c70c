"""A serial cable whose far end is a simulated device: a pseudo-terminal under a name that comes and goes with the plug.

It can be as bad as cables are: split into small pieces, paced like a real line, with noise on it, corrupted or silent.
"""

import contextlib
import os
import pty
import random
import select
import threading
import time
import tty
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_BITS_A_BYTE = 10  # 8N1


@dataclass(slots=True)
class Weather:
    """What the line does to what the device sends. May be changed at any time."""

    piece: int = 0  # bytes at once, 0 = all
    baud: int = 0  # paces what goes either way like a real line, 0 = at once
    noise: float = 0.0  # the share of messages with garbage before them
    corrupt: float = 0.0  # the share of messages with a bit turned
    silent: bool = False  # nothing comes back


class Cable:
    """`port` is what goes into the configuration. `on_bytes` hears, on a thread of the cable, what the program sent."""

    def __init__(
        self,
        port: Path,
        on_bytes: Callable[[bytes], object] = lambda _data: None,
        weather: Weather | None = None,
        seed: int = 0,
    ) -> None:
        self.port = port
        self.weather = weather or Weather()
        self._on_bytes = on_bytes
        self._random = random.Random(seed)  # noqa: S311 - noise on a wire
        self._ours = self._theirs = -1
        self._thread: threading.Thread | None = None
        self._writing = threading.Lock()
        self.plug()

    def plug(self) -> None:
        """Appear, under the same name."""
        if self._ours >= 0:
            return
        self._ours, self._theirs = pty.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self._thread = threading.Thread(target=self._listen, args=(self._ours,), name="cable", daemon=True)
        self._thread.start()
        fresh = self.port.with_name(self.port.name + ".new")
        fresh.symlink_to(os.ttyname(self._theirs))
        fresh.replace(self.port)

    def unplug(self) -> None:
        """Vanish. Pulling twice is harmless."""
        if self._ours < 0:
            return
        self.port.unlink(missing_ok=True)
        with self._writing:
            ours, self._ours = self._ours, -1
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(2.0)
        os.close(self._theirs)
        os.close(ours)

    def send(self, data: bytes) -> int:
        """Send as the weather has it, as much as the line takes without waiting; the rest is lost. Returns the count.

        Raises OSError while unplugged.
        """
        weather = self.weather
        if weather.silent:
            return 0
        if weather.corrupt and data and self._random.random() < weather.corrupt:
            spoilt = bytearray(data)
            spoilt[self._random.randrange(len(spoilt))] ^= 1 << self._random.randrange(8)
            data = bytes(spoilt)
        if weather.noise and self._random.random() < weather.noise:
            data = self._random.randbytes(self._random.randint(1, 12)) + data
        sent = 0
        piece = weather.piece or 1024
        with self._writing, contextlib.suppress(BlockingIOError):
            if self._ours < 0:
                raise OSError("unplugged")
            due = time.monotonic()
            while sent < len(data):
                part = data[sent : sent + piece]
                if weather.baud:
                    due += len(part) * _BITS_A_BYTE / weather.baud
                    time.sleep(max(0.0, due - time.monotonic()))
                sent += os.write(self._ours, part)
        return sent

    def _listen(self, ours: int) -> None:
        while self._ours == ours:
            ready, _, _ = select.select([ours], [], [], 0.05)
            if ready:
                with contextlib.suppress(OSError):
                    if data := os.read(ours, 4096):
                        if self.weather.baud:
                            time.sleep(len(data) * _BITS_A_BYTE / self.weather.baud)
                        self._on_bytes(data)

    def __enter__(self) -> "Cable":
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()
