"""Scanners: a camera pipeline, a USB serial scanner, and a scanner that types like a keyboard."""

from kiosk.devices.scanner.camera_scanner import CameraScanner
from kiosk.devices.scanner.serial_scanner import SerialScanner
from kiosk.devices.scanner.simulator import ScannerSimulator
from kiosk.devices.scanner.wedge import Wedge, WedgeResult, WedgeScanner

__all__ = ["CameraScanner", "ScannerSimulator", "SerialScanner", "Wedge", "WedgeResult", "WedgeScanner"]
