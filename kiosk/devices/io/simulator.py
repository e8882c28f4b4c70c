"""A simulated lock: releases at once, or is stuck, or says nothing. It counts how often it was released."""

import threading

from kiosk.devices.ports import DeviceHealth, DeviceState, LockReport


class SimulatedLock:
    """`how`: "" works, "stuck" the bolt does not move, "silent" nothing is heard of it."""

    def __init__(self, name: str, how: str = "") -> None:
        self.name = name
        self.how = how
        self.released = 0
        self._lock = threading.Lock()

    def release(self) -> LockReport:
        with self._lock:
            if self.how == "stuck":
                return LockReport(False, "bolt did not move (simulated)")
            if self.how == "silent":
                return LockReport(False, "no answer from the lock (simulated)")
            self.released += 1
            return LockReport(True, "bolt released (simulated)")

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.SICK, self.how) if self.how else DeviceHealth(DeviceState.WELL, "simulated")
