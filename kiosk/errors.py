"""Errors are classes with a stable code and no prose.

The sentence a visitor sees, and the next step, live in `ui/problems.py`; a test checks that every code has one.
"""

from typing import ClassVar


class KioskError(Exception):
    """Base of everything the station refuses or fails at.

    `code` is stable; `details` are plain values for a log or to fill a sentence.
    """

    code: ClassVar[str] = "unexpected"

    def __init__(self, **details: str | int | float | bool | None) -> None:
        self.details = details
        super().__init__(self.code, details)


def all_codes(root: type[KioskError] = KioskError) -> frozenset[str]:
    """The code of every error class imported so far."""
    return frozenset({root.code}).union(*(all_codes(sub) for sub in root.__subclasses__()))


class ConfigError(KioskError):
    code = "config.invalid"


class DeviceError(KioskError):
    code = "device.failed"


class DeviceAbsent(DeviceError):
    code = "device.absent"


class StorageError(KioskError):
    code = "storage.failed"


class DiskFull(StorageError):
    code = "storage.disk_full"


class StorageDamaged(StorageError):
    """The file under the database is not whole. At the next start what can be read of it is saved."""

    code = "storage.damaged"


class NotFound(KioskError):
    code = "not_found"


class StaffPinWrong(KioskError):
    code = "staff.pin_wrong"


class StaffPinLocked(KioskError):
    code = "staff.pin_locked"


class HubUnreachable(KioskError):
    code = "hub.unreachable"


class HubRefused(KioskError):
    code = "hub.refused"


class JournalDiverged(HubRefused):
    """The hub holds another journal of this terminal: an old image, or a copy of its disk. A person has to decide."""

    code = "hub.diverged"
