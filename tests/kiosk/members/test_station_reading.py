"""The whole way in a station: pixels before the camera, bytes on a serial line, keys of a wedge, to the session."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from kiosk.app import ASSETS, Station, demo_station
from kiosk.clock import ManualClock
from kiosk.devices.camera import SyntheticCamera
from kiosk.devices.ports import DeviceState, Scan
from kiosk.devices.scanner.simulator import ScannerSimulator
from kiosk.errors import all_codes
from kiosk.members import CodeFound, MemberRecognised, MemberRefused
from kiosk.members.errors import MemberCodeRefused
from kiosk.session import SessionState
from tests.kiosk.devices.helpers import qr, until

CODES = {path.stem: path.read_text().strip() for path in (ASSETS / "demo" / "codes").glob("*.txt")}


class Watched:
    """A station and what was said in it."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.events: list[Any] = []
        self.changed = threading.Event()
        for kind in (MemberRecognised, MemberRefused, CodeFound):
            station.bus.subscribe(kind, self.events.append)

    def until(self, condition: Callable[[], Any]) -> Any:
        return until(condition)

    def person(self) -> str:
        return self.station.session.person.ref if self.station.session.person else ""

    def refused(self) -> list[str]:
        return [event.code for event in self.events if isinstance(event, MemberRefused)]


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[ScannerSimulator]:
    with ScannerSimulator(tmp_path / "usb-scanner") as device:
        yield device


@pytest.fixture
def watched(tmp_path: Path, simulator: ScannerSimulator) -> Iterator[Watched]:
    devices = {"camera": "demo:", "scanners": (str(simulator.port),), "speech": "silent"}
    station = demo_station(tmp_path / "data", ManualClock(), devices=devices)
    station.start()
    yield Watched(station)
    station.stop()


def looking(station: Station) -> bool:
    return station.camera.health().state is not DeviceState.OFF


def test_a_code_before_the_camera_in_a_session_and_the_next_person_s_after_it(watched: Watched) -> None:
    station, camera = watched.station, watched.station.camera.driver
    assert isinstance(camera, SyntheticCamera)
    assert not looking(station)  # nobody is here: nobody is looked at
    first = station.session.wake()
    until(lambda: looking(station))
    camera.show(qr(CODES["rider"]))
    rider = until(watched.person)
    assert station.session.id == first
    camera.show(qr(CODES["driver"]))
    until(lambda: watched.person() not in ("", rider))
    assert station.session.id != first
    assert looking(station)
    assert [event for event in watched.events if isinstance(event, CodeFound)]
    ended = [e.body for e in station.desk.call(lambda: list(station.store.journal.all())) if e.kind == "session.ended"]
    assert [(body["session"], body["reason"]) for body in ended] == [(first, "next_person")]
    camera.hide()
    station.session.finish()
    until(lambda: not looking(station))


def test_a_serial_scanner_wakes_a_station_that_nobody_touched(watched: Watched, simulator: ScannerSimulator) -> None:
    until(lambda: all(health.state is not DeviceState.STARTING for health in watched.station.reader.health().values()))
    simulator.scan(CODES["cleaner"])
    assert until(watched.person)
    assert watched.station.session.state is SessionState.ACTIVE


def test_keys_of_a_wedge_are_a_scan(watched: Watched) -> None:
    for char in CODES["revoked"].lower() + "\r":
        assert watched.station.wedge.key(char).replay == ""
    until(lambda: watched.refused() == ["member.revoked"])
    assert watched.station.session.person is None


def test_during_a_call_nothing_is_read(watched: Watched, simulator: ScannerSimulator) -> None:
    station = watched.station
    station.session.wake()
    until(lambda: looking(station))
    station.reader.suspend(True)
    assert not looking(station)
    station.reader.submit(Scan(CODES["rider"], "", "wedge", 0.0))
    station.desk.call(lambda: None)
    assert watched.person() == ""
    station.reader.suspend(False)
    assert looking(station)
    station.reader.submit(Scan(CODES["rider"], "", "wedge", 0.0))
    assert until(watched.person)


def test_a_scanner_run_wild_is_cut_short(watched: Watched) -> None:
    for number in range(5000):
        watched.station.reader.submit(Scan(f"http://{number}", "", "serial", 0.0))
    watched.station.reader.submit(Scan(CODES["rider"], "QRCode", "camera", 0.0))  # another source is not its victim
    assert until(watched.person)
    assert len(watched.refused()) < 100


CONTENTS = st.one_of(
    st.text(max_size=200),
    st.binary(max_size=3000).map(lambda data: data.decode("latin-1")),
    st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=10_000).map(lambda text: "GH1:" + text),
    st.sampled_from(["HC1:6BF+70790T9WJWG", "shc:/567629095243", "WIFI:S:x;;", "BEGIN:VCARD\r\nEND:VCARD", "]C1"]),
    st.just("x" * 10_240),
    st.builds(lambda code, at, char: code[:at] + char + code[at + 1 :], st.just(CODES["rider"]), st.integers(0, 200),
              st.characters()),
    st.builds(lambda code, at: code[:at], st.sampled_from(list(CODES.values())), st.integers(0, 220)),
)  # fmt: skip


@given(text=CONTENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_any_content_is_a_person_or_a_refusal_with_a_known_code(watched: Watched, text: str) -> None:
    def outcome() -> str:
        try:
            return watched.station.members.verify(text).ref
        except MemberCodeRefused as error:
            return error.code

    said = watched.station.desk.call(outcome)
    if text.strip("\r\n\t\0").upper() in {code.upper() for code in CODES.values()}:
        assert said
    else:
        assert said in all_codes() - {"unexpected"}


@given(raw=st.one_of(st.binary(min_size=1, max_size=1200), st.text(min_size=1, max_size=300).map(str.encode)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_any_content_of_a_printed_code_goes_the_whole_way(watched: Watched, raw: bytes) -> None:
    """Not the text alone: the pixels, the decoder, its text, the verification."""
    import zxingcpp

    from kiosk.devices.scanner.stills import read_still

    barcode = zxingcpp.create_barcode(raw, zxingcpp.BarcodeFormat.QRCode)
    picture = np.pad(np.array(barcode.to_image(scale=4), dtype=np.uint8), 30, constant_values=255)
    found = read_still(picture, patience=0.5)
    assert [code.raw for code in found] == [raw]
    for code in found:
        with pytest.raises(MemberCodeRefused):
            watched.station.desk.call(watched.station.members.verify, code.text)
