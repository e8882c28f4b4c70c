"""Room on the disk that is the journal's alone: held back while there is plenty, given up before it is needed."""

import contextlib
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)
HELD = 16 << 20  # bytes (measured: 3 MB take 2,900 entries of 1 kB)
LOW = 8 << 20  # bytes free below which what can go has to go
PLENTY = 96 << 20  # bytes free above which room is held back again


class DiskRoom:
    """`file` takes up the room that is held back. On the desk thread; `free` from any.

    `make_room` throws away what can be fetched again, and says how many bytes that gave.
    """

    def __init__(self, file: Path, held: int = HELD, low: int = LOW, plenty: int = PLENTY) -> None:
        self._file = file
        self._held, self._low, self._plenty = held, low, plenty
        self.make_room: Callable[[], int] = int
        self._asked = False

    def free(self) -> int:
        """Bytes that are free now, without what is held back. Plenty where the disk does not say."""
        try:
            return shutil.disk_usage(self._file.parent).free
        except OSError:
            return self._plenty

    def has_room_for(self, size: int) -> bool:
        """Whether something that can wait may take `size` bytes."""
        return self.free() - size > self._plenty // 2

    def hold(self) -> None:
        """Hold room back, if there is plenty. Harmless when it is held already."""
        if self._file.exists() or self.free() < self._plenty + self._held:
            return
        try:
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(handle, 0, self._held)
            finally:
                os.close(handle)
        except OSError as error:
            log.warning("no room could be held back for the journal: %s", error)
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)

    def check(self) -> bool:
        """Before something is written: where room is short, media goes, and then what was held back is given up.

        True while room is short.
        """
        if self.free() >= self._low:
            self._asked = False
            return False
        if not self._asked:
            self._asked = True  # once: what could not go will not go at the next entry either
            if (gained := self.make_room()) and self.free() >= self._low:
                log.warning("the disk was full: %d bytes of media were thrown away", gained)
                return True
        with contextlib.suppress(OSError):
            self._file.unlink()
            log.error("the disk is full: the room that was held back for the journal is in use now")
        return True

    @property
    def is_held(self) -> bool:
        """Whether room is held back now."""
        return self._file.exists()
