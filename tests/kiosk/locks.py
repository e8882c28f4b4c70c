"""A lock for tests of what stands above locks; the drivers have a contract suite of their own."""

import threading

from kiosk.devices.ports import DeviceHealth, DeviceState, LockReport


class TestLock:
    """`how`: "" works, "stuck" the bolt does not move, "silent" nothing is heard of it, "broken" its driver raises."""

    __test__ = False  # no test of pytest's

    def __init__(self, name: str, how: str = "") -> None:
        self.name = name
        self.how = how
        self.released = 0
        self._lock = threading.Lock()

    def release(self) -> LockReport:
        with self._lock:
            if self.how == "broken":
                raise RuntimeError("a driver of somebody else's")
            if self.how:
                return LockReport(False, "bolt did not move" if self.how == "stuck" else "no answer from the lock")
            self.released += 1
            return LockReport(True, "bolt released")

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.SICK, self.how) if self.how else DeviceHealth(DeviceState.WELL)
