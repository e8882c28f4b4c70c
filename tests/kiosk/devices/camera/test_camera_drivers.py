"""What is each driver's own: the grammar of the configuration, playing speed, cards before the simulator, JPEG."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.devices.camera import CaptureCamera, SyntheticCamera, base, encode_jpeg, open_camera
from kiosk.devices.camera.base import Picture, ThreadedCamera
from kiosk.devices.camera.registry import NoCamera
from kiosk.devices.ports import DeviceState, Frame
from kiosk.errors import ConfigError
from tests.kiosk.devices.helpers import qr, until


@pytest.mark.parametrize(
    ("spec", "driver"),
    [
        ("", NoCamera),
        ("demo:", SyntheticCamera),
        ("0", CaptureCamera),
        ("/dev/video2", CaptureCamera),
        ("/dev/v4l/by-id/usb-x", CaptureCamera),
        ("rtsp://user:secret@10.0.0.9/stream1", CaptureCamera),
        ("http://10.0.0.9/live.mjpg", CaptureCamera),
        ("file:/tmp/a.mp4?loop=1", CaptureCamera),
        ("room.mp4", CaptureCamera),
    ],
)
def test_a_line_of_the_configuration_names_a_driver(spec: str, driver: type) -> None:
    assert type(open_camera(spec)) is driver


@pytest.mark.parametrize("spec", ["ftp://x", "file:", "video", "http://[", "demo", "-1"])
def test_what_is_no_camera_is_said(spec: str) -> None:
    with pytest.raises(ConfigError):
        open_camera(spec)


def test_a_station_without_a_camera_sees_nothing() -> None:
    camera = open_camera("")
    camera.start()
    assert (camera.latest(), camera.wait(-1, 0.0), camera.health().state) == (None, None, DeviceState.OFF)
    camera.stop()


def test_a_device_that_is_not_there_is_sick_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    camera = CaptureCamera("v4l", 99, first_retry=0.01)
    with caplog.at_level(logging.WARNING):
        camera.start()
        until(lambda: camera.health().state is DeviceState.SICK)
        camera.stop()
    assert caplog.text.count("cannot open 99") == 1  # said once, not at every try


def test_a_password_does_not_reach_the_log(caplog: pytest.LogCaptureFixture) -> None:
    camera = CaptureCamera("net", "http://user:secret@127.0.0.1:1/live", first_retry=0.01)
    camera.start()
    until(lambda: camera.health().state is DeviceState.SICK)
    assert "127.0.0.1:1" in camera.health().detail
    assert "secret" not in camera.health().detail + caplog.text
    camera.stop()


def test_a_looped_file_goes_on_past_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a b.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 100.0, (64, 48))
    for _ in range(4):
        writer.write(np.zeros((48, 64, 3), np.uint8))
    writer.release()
    camera = open_camera(f"file:{str(path).replace(' ', '%20')}?loop=1")
    camera.start()
    assert until(lambda: (frame := camera.latest()) and frame.index > 12)
    assert camera.health().state is DeviceState.WELL
    camera.stop()


def test_a_file_that_is_no_video_is_sick(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(b"<html>not a video</html>" * 100)
    camera = open_camera(str(path))
    camera.start()
    until(lambda: camera.health().state is DeviceState.SICK)
    camera.stop()


def test_a_card_comes_into_view_and_goes() -> None:
    camera = SyntheticCamera(width=320, height=240, fps=60, approach=0.02)
    card = qr("hello")
    camera.start()
    plain = until(lambda: camera.wait(-1, 1.0)).bgr[200:, 100:220].std()
    camera.show(card)
    until(lambda: (frame := camera.latest()) is not None and frame.bgr[90:150, 130:190].std() > plain + 40)
    camera.hide()
    until(lambda: (frame := camera.latest()) is not None and frame.bgr[90:150, 130:190].std() < 40)
    camera.show(np.dstack([card] * 3), seconds=0.0)  # already over
    assert until(lambda: camera.latest()).bgr[90:150, 130:190].std() < 40
    camera.stop()


def test_a_frame_becomes_a_small_jpeg() -> None:
    frame = Frame(np.random.default_rng(1).integers(0, 255, (720, 1280, 3), dtype=np.uint8), 0.0, 1)
    small = cv2.imdecode(np.frombuffer(encode_jpeg(frame, 320, 60), np.uint8), cv2.IMREAD_COLOR)
    assert small is not None
    assert small.shape == (180, 320, 3)
    whole = cv2.imdecode(np.frombuffer(encode_jpeg(frame, 5000), np.uint8), cv2.IMREAD_COLOR)
    assert whole is not None
    assert whole.shape == (720, 1280, 3)
    with pytest.raises(ValueError, match="encoded"):
        encode_jpeg(Frame(np.zeros((0, 0, 3), np.uint8), 0.0, 1))


class Frozen(ThreadedCamera):
    """Gives pictures, all of them the same until it is told otherwise."""

    def __init__(self) -> None:
        super().__init__("frozen")
        self.shade = 0

    def pictures(self, ending: threading.Event) -> Iterator[Picture]:
        while not ending.is_set():
            yield np.full((64, 64, 3), self.shade, np.uint8)
            ending.wait(0.01)


def test_a_picture_that_never_changes_is_a_camera_that_is_sick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_FROZEN", 0.2)
    monkeypatch.setattr(base, "_LOOK", 0.05)
    camera = Frozen()
    camera.start()
    try:
        until(lambda: camera.health().state is DeviceState.SICK)
        assert "the same picture" in camera.health().detail
        camera.shade = 1
        until(lambda: camera.health().state is DeviceState.WELL)
    finally:
        camera.stop()
