"""What an installer is told about a terminal, device by device."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.cli_doctor import CHECKS, Finding, check_camera, check_disk, check_hub, check_locks, check_microphone
from kiosk.config import StationConfig, load_config


def config(folder: Path, **devices: Any) -> StationConfig:
    return load_config(None, data_dir=folder, devices=devices)


def test_a_microphone_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHAN_SOURCE_SPEED", "10")
    finding = check_microphone(config(tmp_path, microphone="demo:"))
    assert finding.ok, finding
    assert "loudest 0." in finding.found


def test_a_microphone_that_is_not_there(tmp_path: Path) -> None:
    none = check_microphone(config(tmp_path, microphone=""))
    assert (none.ok, bool(none.advice)) == (True, True)  # a station may have none, and hears what follows from it
    named = check_microphone(config(tmp_path, microphone="alsa:plughw:9,9"))
    assert not named.ok
    assert named.advice


def test_locks_say_how_they_are(tmp_path: Path) -> None:
    assert check_locks(config(tmp_path, doors={})) == Finding("locks", True, "none configured")
    stuck = check_locks(config(tmp_path, doors={"front": "demo:", "back": "demo:stuck"}))
    assert not stuck.ok
    assert "back: sick stuck" in stuck.found


def test_disk_camera_and_a_station_on_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert check_disk(config(folder)).name == "disk"
    assert not list(folder.iterdir())  # the probe is gone
    assert check_camera(config(folder, camera="demo:")).ok
    assert not check_camera(config(folder, camera=str(tmp_path / "nowhere.mp4"))).ok
    assert check_hub(config(folder)).ok
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)
