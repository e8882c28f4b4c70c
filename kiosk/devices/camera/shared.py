"""One capture, many users: the device runs while anybody holds a lease that was started."""

import threading

from kiosk.devices.ports import Camera, DeviceHealth, Frame


class SharedCamera:
    """Wraps the one driver of a device. Scanning, preview and a call each take a `lease`, which is a Camera itself."""

    def __init__(self, driver: Camera) -> None:
        self.driver = driver
        self.name = driver.name
        self._lock = threading.Lock()
        self._users: set[CameraLease] = set()

    def lease(self, who: str) -> "CameraLease":
        """A Camera of `who`'s own: starting and stopping it does not disturb the others."""
        return CameraLease(self, who)

    def health(self) -> DeviceHealth:
        return self.driver.health()

    def stop(self) -> None:
        """End the capture for everybody."""
        with self._lock:
            self._users.clear()
            self.driver.stop()

    def _using(self, lease: "CameraLease") -> bool:
        return lease in self._users

    def _use(self, lease: "CameraLease", on: bool) -> None:
        with self._lock:
            before = bool(self._users)
            self._users.add(lease) if on else self._users.discard(lease)
            after = bool(self._users)
            if after and not before:
                self.driver.start()
            elif before and not after:
                self.driver.stop()


class CameraLease:
    """One user's hold on a shared camera."""

    def __init__(self, shared: SharedCamera, who: str) -> None:
        self._shared = shared
        self.name = f"{shared.name}:{who}"

    def start(self) -> None:
        self._shared._use(self, on=True)

    def stop(self) -> None:
        self._shared._use(self, on=False)

    def latest(self) -> Frame | None:
        return self._shared.driver.latest() if self._shared._using(self) else None

    def wait(self, after: int, timeout: float) -> Frame | None:
        return self._shared.driver.wait(after, timeout) if self._shared._using(self) else None

    def health(self) -> DeviceHealth:
        return self._shared.driver.health()
