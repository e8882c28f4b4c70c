"""One contract for every camera driver: open, use, unplug, return, close twice."""

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import pytest

from kiosk.devices.camera import CaptureCamera, SharedCamera, SyntheticCamera, open_camera
from kiosk.devices.ports import Camera, DeviceState
from tests.kiosk.devices.helpers import until
from tests.ports import steady_port


class Rig(Protocol):
    """A camera and its cable."""

    camera: Camera

    def unplug(self) -> None: ...
    def plug(self) -> None: ...
    def close(self) -> None: ...


class SyntheticRig:
    def __init__(self, folder: Path) -> None:
        self.camera = self.driver = SyntheticCamera(width=320, height=180, fps=60)

    def unplug(self) -> None:
        self.driver.unplug()

    def plug(self) -> None:
        self.driver.plug()

    def close(self) -> None: ...


def picture(number: int) -> np.ndarray:
    return np.full((180, 320, 3), (number * 9 % 200, 120, 60), dtype=np.uint8)


class FileRig:
    """A video of two seconds that ends; the cable is the file itself."""

    def __init__(self, folder: Path) -> None:
        self.path, self.away = folder / "room.avi", folder / "away.avi"
        writer = cv2.VideoWriter(str(self.path), cv2.VideoWriter.fourcc(*"MJPG"), 60.0, (320, 180))
        for number in range(30):
            writer.write(picture(number))
        writer.release()
        self.camera = CaptureCamera("file", str(self.path), file=True, first_retry=0.01)

    def unplug(self) -> None:
        self.path.rename(self.away)

    def plug(self) -> None:
        self.away.rename(self.path)

    def close(self) -> None: ...


class HttpRig:
    """A network camera: MJPEG over HTTP, as cheap ones speak it."""

    def __init__(self, folder: Path) -> None:
        self.port = steady_port()
        self.server: http.server.ThreadingHTTPServer | None = None
        self.plug()
        self.camera = CaptureCamera("http", f"http://127.0.0.1:{self.port}/live.mjpg", first_retry=0.01)

    def plug(self) -> None:
        ending = self.ending = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *args: object) -> None: ...

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                self.end_headers()
                number = 0
                while not ending.wait(0.01):
                    number += 1
                    data = cv2.imencode(".jpg", picture(number))[1].tobytes()
                    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n".encode()
                    try:
                        self.wfile.write(head + data + b"\r\n")
                    except OSError:
                        return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = False
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def unplug(self) -> None:
        if self.server is not None:
            self.ending.set()
            self.server.shutdown()
            self.server.server_close()
            self.thread.join(10)
            self.server = None

    def close(self) -> None:
        self.unplug()


RIGS: dict[str, Callable[[Path], Rig]] = {"synthetic": SyntheticRig, "file": FileRig, "http": HttpRig}


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = RIGS[request.param](tmp_path)
    yield made
    made.camera.stop()
    made.close()


def test_nothing_is_seen_before_start_and_after_stop(rig: Rig) -> None:
    camera = rig.camera
    assert camera.latest() is None
    assert camera.wait(-1, 5.0) is None  # at once: nobody captures
    assert camera.health().state is DeviceState.OFF
    camera.start()
    assert until(lambda: camera.wait(-1, 1.0))
    camera.stop()
    assert camera.latest() is None
    assert camera.health().state is DeviceState.OFF


def test_frames_are_new_and_in_order(rig: Rig) -> None:
    rig.camera.start()
    index, seen = -1, []
    while len(seen) < 5:
        frame = until(lambda after=index: rig.camera.wait(after, 1.0))
        index = frame.index
        seen.append(frame)
    assert [frame.index for frame in seen] == sorted({frame.index for frame in seen})
    assert [frame.at for frame in seen] == sorted(frame.at for frame in seen)
    assert {frame.bgr.shape for frame in seen} == {(180, 320, 3)}
    assert {frame.bgr.dtype for frame in seen} == {np.dtype(np.uint8)}
    assert rig.camera.health().state in (DeviceState.WELL, DeviceState.SICK)  # a short file may just have ended


def test_starting_and_stopping_twice_is_harmless(rig: Rig) -> None:
    rig.camera.start()
    rig.camera.start()
    until(lambda: rig.camera.wait(-1, 1.0))
    rig.camera.stop()
    rig.camera.stop()
    rig.camera.start()
    assert until(lambda: rig.camera.wait(-1, 1.0))


def test_a_pulled_cable_is_seen_and_so_is_its_return(rig: Rig) -> None:
    rig.camera.start()
    until(lambda: rig.camera.wait(-1, 1.0))
    rig.unplug()
    until(lambda: rig.camera.health().state is DeviceState.SICK and rig.camera.latest() is None)
    assert rig.camera.health().detail
    rig.plug()
    assert until(lambda: rig.camera.wait(-1, 0.1))


def test_a_slow_reader_gets_the_newest_frame(rig: Rig) -> None:
    rig.camera.start()
    first = until(lambda: rig.camera.wait(-1, 1.0))
    until(lambda: (frame := rig.camera.latest()) and frame.index > first.index + 2)
    newest = until(lambda: rig.camera.wait(first.index, 1.0))
    assert newest.index > first.index + 2


def test_shared_it_runs_while_anybody_needs_it(rig: Rig) -> None:
    shared = SharedCamera(rig.camera)
    scan, call = shared.lease("scan"), shared.lease("call")
    scan.start()
    call.start()
    until(lambda: scan.wait(-1, 1.0))
    scan.stop()
    scan.stop()
    assert until(lambda: call.wait(-1, 1.0))
    assert scan.latest() is None  # who gave it back sees nothing
    call.stop()
    assert shared.health().state is DeviceState.OFF
    call.start()
    assert until(lambda: call.wait(-1, 1.0))
    shared.stop()
    assert call.latest() is None
    assert open_camera("").health().state is DeviceState.OFF
