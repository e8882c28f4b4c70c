"""How this terminal is, for the desk: what its devices say of themselves, the disk, the clock, what waits."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.ports import DeviceHealth
from kiosk.protocol.health import Health

if TYPE_CHECKING:
    from kiosk.app_trials import Tried

_LOW_DISK = 512 << 20  # bytes: below this, media goes and somebody should come
_DETAIL = 200


def disk_problem(folder: Path) -> str:
    """What is wrong with the disk of a folder, "" for nothing: something is written, made durable and read back."""
    probe, written = folder / "health.probe", os.urandom(1024)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with probe.open("wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        same = probe.read_bytes() == written
        probe.unlink()
    except OSError as error:
        return str(error)
    return "" if same else "what was written was not read back"


def health_of(station: "Tried") -> Health:
    """Ask every part. Quick, but it waits for the desk thread: from a worker thread."""
    from kiosk.app_core import VERSION

    found = {"camera": station.camera.health(), "speech": station.speech.health(), **station.reader.health()}
    found |= {"microphone": station.microphone.health()}
    found |= station.wires.health()
    found |= {f"door.{name}": lock.health() for name, lock in station.locks.items()}
    found |= {f"id_reader.{name}": desk.reader.health() for name, desk in station.card_readers.items()}
    found |= {"backup": station.spare_copy.health()}
    found |= {"sound_loop": station.sound_loop.health()}
    if (printer := station.slips.printer) is not None:
        found["printer"] = printer.health()
    found.pop(f"camera:{station.camera.driver.name}", None)  # the scanner that looks through the same camera
    devices = {name: health.state.value for name, health in found.items()}
    details = {name: health.detail[:_DETAIL] for name, health in found.items() if _worth_telling(health)}
    free = shutil.disk_usage(station.config.data_dir).free
    problem = disk_problem(station.config.data_dir)
    devices["disk"] = "well" if free >= _LOW_DISK and not problem else "sick"
    if free < _LOW_DISK and not station.disk.is_held:
        problem = problem or "the room held back for the journal is in use"
    if problem:
        details["disk"] = problem[:_DETAIL]
    waiting = station.desk.call(station.sync.waiting) if station.sync else 0
    revision = station.desk.call(station.store.catalogue.revision)
    return Health.model_validate(
        {
            "version": VERSION,
            "devices": devices,
            "details": details,
            "waiting": waiting,
            "catalogue": revision,
            "clock": station.clock.quality().value,
            "disk_free": free >> 20,
        }
    )


def _worth_telling(health: DeviceHealth) -> bool:
    return health.state.value == "sick" and bool(health.detail)
