"""The serial scanner's simulator: a pseudo-terminal whose other end is a scanner, with a plug that can be pulled."""

import contextlib
import os
import pty
import tty
from pathlib import Path
from types import TracebackType

CR = b"\r"


class ScannerSimulator:
    """`port` is what goes into the configuration: a link, as udev makes below /dev/serial/by-id/, that comes and goes
    with the plug. Use it as a context manager, or call `unplug` at the end."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self._ours = -1
        self._theirs = -1
        self.plug()

    def plug(self) -> None:
        """Appear, under the same link."""
        if self._ours >= 0:
            return
        self._ours, self._theirs = pty.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        fresh = self.port.with_name(self.port.name + ".new")
        fresh.symlink_to(os.ttyname(self._theirs))
        fresh.replace(self.port)

    def unplug(self) -> None:
        """Vanish. Pulling twice is harmless."""
        if self._ours < 0:
            return
        self.port.unlink(missing_ok=True)
        os.close(self._ours)
        os.close(self._theirs)
        self._ours = self._theirs = -1

    def scan(self, payload: str | bytes, suffix: bytes = CR) -> None:
        """Send what a scanner sends when it has read a code. Raises OSError while unplugged."""
        self.send((payload.encode() if isinstance(payload, str) else payload) + suffix)

    def send(self, data: bytes) -> int:
        """Send raw bytes, as many as the line takes without waiting; the rest is lost. Returns the count."""
        sent = 0
        with contextlib.suppress(BlockingIOError):
            while sent < len(data):
                sent += os.write(self._ours, data[sent : sent + 1024])
        return sent

    def __enter__(self) -> "ScannerSimulator":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unplug()
