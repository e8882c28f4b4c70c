"""The reader with real scanners' manners: threads of their own, failing starts, a camera on request only."""

import logging
import threading
from collections.abc import Callable, Iterator

import pytest

from kiosk.desk import Desk
from kiosk.devices.ports import DeviceHealth, DeviceState, Scan, ScanHint
from kiosk.events import EventBus
from kiosk.members import CodeFound, CodeHinted, CodeReader


class LineScanner:
    """A scanner whose driver thread the test holds in its hand."""

    def __init__(self, name: str, broken: bool = False) -> None:
        self.name = name
        self.broken = broken
        self.running = False
        self.starts = 0
        self._on_scan: Callable[[Scan], None] | None = None
        self._on_hint: Callable[[ScanHint], None] | None = None

    def start(self, on_scan: Callable[[Scan], None], on_hint: Callable[[ScanHint], None] | None = None) -> None:
        if self.broken:
            raise OSError(self.name)
        self.running, self.starts = True, self.starts + 1
        self._on_scan, self._on_hint = on_scan, on_hint

    def stop(self) -> None:
        if self.broken:
            raise OSError(self.name)
        self.running = False

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.SICK if self.broken else DeviceState.WELL)

    def read(self, scan: Scan) -> None:
        assert self._on_scan is not None
        thread = threading.Thread(target=self._on_scan, args=(scan,))
        thread.start()
        thread.join(5)

    def hint(self, hint: ScanHint) -> None:
        assert self._on_hint is not None
        self._on_hint(hint)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_scans_arrive_on_the_desk_thread_in_order(desk: Desk, bus: EventBus) -> None:
    taken: list[tuple[str, str]] = []
    serial = LineScanner("serial")
    reader = CodeReader([serial], None, desk, bus, lambda s: taken.append((threading.current_thread().name, s.text)))
    reader.start()
    for text in "abc":
        serial.read(Scan(text, "", "serial", 0.0))
    reader.submit(Scan("d", "", "wedge", 0.0))
    desk.call(lambda: None)
    assert [text for _, text in taken] == ["a", "b", "c", "d"]
    assert {name.split("_")[0] for name, _ in taken} == {"desk"}
    reader.stop()
    reader.stop()
    assert not serial.running


def test_the_camera_looks_only_while_somebody_asks(desk: Desk, bus: EventBus) -> None:
    camera = LineScanner("camera")
    reader = CodeReader([], camera, desk, bus, lambda _: None)
    reader.watch("early", True)
    assert not camera.running
    reader.start()
    assert camera.running
    reader.watch("page", True)
    reader.watch("early", False)
    assert camera.running
    reader.watch("page", False)
    assert not camera.running
    reader.watch("page", True)
    assert (camera.running, camera.starts) == (True, 2)
    reader.stop()
    assert not camera.running


def test_corners_and_hints_become_events(desk: Desk, bus: EventBus) -> None:
    seen: list[object] = []
    bus.subscribe(CodeFound, seen.append)
    bus.subscribe(CodeHinted, seen.append)
    camera = LineScanner("camera")
    reader = CodeReader([], camera, desk, bus, lambda _: None)
    reader.start()
    reader.watch("page", True)
    corners = ((0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.2))
    camera.hint(ScanHint.CLOSER)
    camera.read(Scan("x", "QRCode", "camera", 0.0, corners))
    assert seen == [CodeHinted(ScanHint.CLOSER), CodeFound(corners)]


def test_a_scanner_that_does_not_start_stops_nobody(
    desk: Desk, bus: EventBus, caplog: pytest.LogCaptureFixture
) -> None:
    broken, good = LineScanner("broken", broken=True), LineScanner("good")
    reader = CodeReader([broken, good], LineScanner("camera", broken=True), desk, bus, lambda _: None)
    with caplog.at_level(logging.ERROR):
        reader.start()
        reader.stop()
    assert good.starts == 1
    assert "scanner broken did not start" in caplog.text
    assert not reader.has_camera
    assert {name: h.state.value for name, h in reader.health().items()} == {
        "broken": "sick",
        "good": "well",
        "camera": "sick",
    }
