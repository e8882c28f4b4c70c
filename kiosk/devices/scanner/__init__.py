"""Scanners: a camera pipeline, a USB serial scanner, and a scanner that types like a keyboard."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.devices.ports import Scanner

EVDEV = "evdev:"


def open_scanner(spec: str) -> "Scanner":
    """The scanner that `spec` names: a serial port, or "evdev:/dev/input/by-id/…" for one that types."""
    if spec.startswith(EVDEV):
        from kiosk.devices.scanner.evdev_scanner import EvdevScanner

        return EvdevScanner(spec.removeprefix(EVDEV))
    from kiosk.devices.scanner.serial_scanner import SerialScanner

    return SerialScanner(spec)
