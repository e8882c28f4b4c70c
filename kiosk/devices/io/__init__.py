"""Doors, lights and contacts. Locks so far, and of those the simulator: drivers for real ones come with `entry`."""

from kiosk.devices.io.simulator import SimulatedLock
from kiosk.devices.ports import Lock
from kiosk.errors import ConfigError

__all__ = ["SimulatedLock", "open_lock"]


def open_lock(spec: str, name: str) -> Lock:
    """The lock that `spec` names. "demo:" is simulated, "demo:stuck" one that does not move. Raises ConfigError."""
    kind, _, how = spec.partition(":")
    if kind == "demo" and how in ("", "stuck", "silent"):
        return SimulatedLock(name, how)
    raise ConfigError(where=f"devices.doors.{name}", problem=spec)
