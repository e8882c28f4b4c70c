"""The station's picture for the call, and another of its cameras when the desk wants it."""

from collections.abc import Iterator

import pytest

from kiosk.devices.camera.registry import NoCamera
from kiosk.devices.camera.shared import SharedCamera
from kiosk.devices.camera.synthetic import SyntheticCamera
from kiosk.devices.ports import DeviceState
from kiosk.intercom import CallPicture


@pytest.fixture
def cameras() -> Iterator[dict[str, SharedCamera]]:
    made = {name: SharedCamera(SyntheticCamera(name, width=320, height=240, fps=60)) for name in ("room", "door")}
    yield made
    for camera in made.values():
        camera.stop()


def test_frames_go_on_when_another_camera_is_chosen(cameras: dict[str, SharedCamera]) -> None:
    picture = CallPicture({name: camera.lease("call") for name, camera in cameras.items()})
    assert picture.next(0) is None
    picture.start()
    number = 0
    for _ in range(3):
        found = picture.next(number)
        assert found is not None
        assert found[0] > number
        assert found[1][:2] == b"\xff\xd8"
        number = found[0]
    picture.choose("door")
    assert cameras["room"].health().state is DeviceState.OFF
    found = picture.next(number)
    assert found is not None
    assert found[0] > number
    picture.choose("roof")  # there is none
    picture.choose("door")  # it is on already
    assert picture.chosen == "door"
    picture.stop()
    picture.stop()
    assert cameras["door"].health().state is DeviceState.OFF
    picture.start()  # the next call begins with the first one
    assert picture.chosen == "room"
    assert picture.next(0) is not None
    picture.stop()


def test_a_station_without_a_camera() -> None:
    picture = CallPicture({"room": SharedCamera(NoCamera("room")).lease("call")})
    picture.start()
    assert not picture.present
    assert picture.next(0) is None
