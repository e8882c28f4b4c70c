"""A copy of the database in the second place, once a day, while nobody is here if that can be had."""

import logging
import threading
from collections.abc import Callable

from kiosk.devices.ports import DeviceHealth, DeviceState
from kiosk.errors import KioskError

log = logging.getLogger(__name__)
LOOK_SECONDS = 300.0
_DAY = 86_400.0
_PATIENCE = 3600.0  # a room that is never empty gets its copy this much later


class SpareCopy:
    """`make` writes the copy (blocking), `age` is how old the newest is in seconds, None without one.

    `free` says whether nobody is here. Without a second place (`make` None) there is nothing to do.
    """

    def __init__(
        self,
        make: Callable[[], object] | None,
        age: Callable[[], float | None],
        free: Callable[[], bool],
        monotonic: Callable[[], float],
        watch: Callable[[Callable[[], bool]], object] = lambda _look: None,
    ) -> None:
        self._make = make
        self._free = free
        self._monotonic = monotonic
        self._watch = watch
        self._stopped = False
        self._busy = threading.Lock()
        self._health = DeviceHealth(DeviceState.OFF if make is None else DeviceState.WELL)
        old = age() if make else 0.0
        self._due = monotonic() + (_DAY - min(old, _DAY) if old is not None else 0.0)

    def start(self) -> None:
        if self._make is not None:
            self._watch(self._look)

    def stop(self) -> None:
        """A copy that is being made is waited for: half of one is worth nothing."""
        self._stopped = True
        with self._busy:
            pass

    def health(self) -> DeviceHealth:
        """Sick when the last copy failed."""
        return self._health

    def now(self) -> bool:
        """Make a copy and say whether it is good. Blocking."""
        assert self._make is not None
        with self._busy:
            try:
                self._make()
            except KioskError as error:
                log.error("no copy of the database was made: %s", error)
                self._health = DeviceHealth(DeviceState.SICK, str(error.details.get("problem", "")))
                self._due = self._monotonic() + _PATIENCE
                return False
            self._health = DeviceHealth(DeviceState.WELL)
            self._due = self._monotonic() + _DAY
            return True

    def _look(self) -> bool:
        now = self._monotonic()
        late = now >= self._due + _PATIENCE
        if not self._stopped and now >= self._due and (late or self._free()) and not self._busy.locked():
            threading.Thread(target=self.now, name="spare-copy", daemon=True).start()
        return not self._stopped
