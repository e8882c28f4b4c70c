"""One contract for every scanner: open, use, unplug, return, close twice, flood, garbage."""

import itertools
import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.devices.camera import SyntheticCamera
from kiosk.devices.ports import DeviceState, Scan, Scanner
from kiosk.devices.scanner.camera_scanner import CameraScanner
from kiosk.devices.scanner.serial_scanner import SerialScanner
from kiosk.devices.scanner.simulator import ScannerSimulator
from kiosk.devices.scanner.wedge import WedgeScanner
from tests.kiosk.devices.helpers import qr, until

CODE = "GH1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 ETEF2A %/:"


class Rig(Protocol):
    """A scanner, its cable, and a hand that shows it codes."""

    scanner: Scanner

    def show(self, text: str) -> None: ...
    def unplug(self) -> None: ...
    def plug(self) -> None: ...
    def noise(self) -> None:
        """What the device may send that is no code."""
        ...

    def close(self) -> None: ...


class SerialRig:
    def __init__(self, folder: Path) -> None:
        self.device = ScannerSimulator(folder / "usb-scanner")
        self.scanner = SerialScanner(str(self.device.port), first_retry=0.01)

    def show(self, text: str) -> None:
        self.device.scan(text)

    def unplug(self) -> None:
        self.device.unplug()

    def plug(self) -> None:
        self.device.plug()

    def noise(self) -> None:
        self.device.send(b"\r\n\0\r\r\n")
        self.device.send(bytes(range(256)) * 8 + b"\r")

    def close(self) -> None:
        self.device.unplug()


class CameraRig:
    def __init__(self, folder: Path) -> None:
        self.camera = SyntheticCamera(width=640, height=360, fps=60, approach=0.02)
        self.scanner = CameraScanner(self.camera)

    def show(self, text: str) -> None:
        self.camera.show(qr(text))

    def unplug(self) -> None:
        self.camera.unplug()

    def plug(self) -> None:
        self.camera.plug()

    def noise(self) -> None:
        self.camera.show(qr("x")[:60])  # half a code

    def close(self) -> None: ...


class WedgeRig:
    """A keyboard that is pulled out simply sends nothing; its clock stands still within a burst."""

    def __init__(self, folder: Path) -> None:
        self.now = 0.0
        self.plugged = True
        self.driver = self.scanner = WedgeScanner(lambda: self.now)

    def show(self, text: str) -> None:
        self.now += 1.0
        for char in (text + "\r") if self.plugged else "":
            self.now += 0.003
            self.driver.key(char)

    def unplug(self) -> None:
        self.plugged = False

    def plug(self) -> None:
        self.plugged = True

    def noise(self) -> None:
        self.show("\x00\x07\ufffd\ud800 " * 400)

    def close(self) -> None: ...


RIGS: dict[str, Callable[[Path], Rig]] = {"serial": SerialRig, "camera": CameraRig, "wedge": WedgeRig}


class Taker:
    """Collects scans from the driver's thread."""

    def __init__(self) -> None:
        self.scans: queue.Queue[Scan] = queue.Queue()

    def __call__(self, scan: Scan) -> None:
        self.scans.put(scan)

    def until(self, text: str) -> Scan:
        for _ in range(10_000):
            scan = self.scans.get(timeout=20)
            if scan.text == text:
                return scan
        raise AssertionError(text)


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = RIGS[request.param](tmp_path)
    yield made
    made.scanner.stop()
    made.close()


def well(rig: Rig) -> bool:
    return rig.scanner.health().state is DeviceState.WELL


def test_a_code_arrives_whole_with_its_source(rig: Rig) -> None:
    taken = Taker()
    assert rig.scanner.health().state is DeviceState.OFF
    rig.scanner.start(taken)
    until(lambda: well(rig))
    rig.show(CODE)
    scan = taken.until(CODE)
    assert scan.source in rig.scanner.name
    assert scan.raw == CODE.encode()
    assert (scan.corners is not None) == (scan.source == "camera")


def test_a_code_that_ends_with_a_space_keeps_it(rig: Rig) -> None:
    taken = Taker()
    rig.scanner.start(taken)
    until(lambda: well(rig))
    rig.show("GH1:ABC 123 ")
    assert taken.until("GH1:ABC 123 ").text.endswith(" ")


def test_starting_and_stopping_twice_is_harmless_and_silence_follows(rig: Rig) -> None:
    taken = Taker()
    rig.scanner.stop()
    rig.scanner.start(taken)
    rig.scanner.start(taken)
    until(lambda: well(rig))
    rig.show("GH1:ONE")
    taken.until("GH1:ONE")
    rig.scanner.stop()
    rig.scanner.stop()
    assert rig.scanner.health().state is DeviceState.OFF
    rig.show("GH1:TWO")
    again = Taker()
    rig.scanner.start(again)
    until(lambda: well(rig))
    rig.show("GH1:THREE")
    again.until("GH1:THREE")
    assert taken.scans.empty()


def test_a_pulled_plug_and_its_return(rig: Rig) -> None:
    taken = Taker()
    rig.scanner.start(taken)
    until(lambda: well(rig))
    rig.unplug()
    if not isinstance(rig, WedgeRig):
        until(lambda: rig.scanner.health().state is DeviceState.SICK)
    rig.plug()
    until(lambda: well(rig))
    rig.show(CODE)
    assert taken.until(CODE)


def test_garbage_is_survived(rig: Rig) -> None:
    taken = Taker()
    rig.scanner.start(taken)
    until(lambda: well(rig))
    rig.noise()
    rig.show("GH1:AFTER-GARBAGE")
    assert taken.until("GH1:AFTER-GARBAGE")
    assert well(rig)


def test_a_flood_is_bounded_and_survived(rig: Rig) -> None:
    taken = Taker()
    rig.scanner.start(taken)
    until(lambda: well(rig))
    for number in range(200):
        rig.show("A" * 3000 + str(number) if number % 2 and not isinstance(rig, CameraRig) else f"http://{number}")
    for number in itertools.count():
        rig.show(f"GH1:LAST{number}")  # a line that overflowed has lost some
        try:
            if taken.scans.get(timeout=0.5).text.startswith("GH1:LAST"):
                break
        except queue.Empty:
            continue
    assert all(len(scan.text) <= 1100 for scan in list(taken.scans.queue))
    assert well(rig)


def test_a_taker_that_fails_ends_nothing(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    taken = Taker()

    def take(scan: Scan) -> None:
        taken(scan)
        if scan.text == "GH1:BAD-DAY":
            raise RuntimeError("the screen is gone")

    rig.scanner.start(take)
    until(lambda: well(rig))
    rig.show("GH1:BAD-DAY")
    taken.until("GH1:BAD-DAY")
    rig.show("GH1:NEXT")
    assert taken.until("GH1:NEXT")
    assert "the screen is gone" in caplog.text
