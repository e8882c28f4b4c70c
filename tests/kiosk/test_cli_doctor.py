"""What an installer is told about a terminal, device by device."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.cli_doctor import (
    CHECKS,
    Finding,
    check_boards,
    check_camera,
    check_disk,
    check_faces,
    check_hub,
    check_microphone,
    check_readers,
)
from kiosk.config import StationConfig, load_config
from tests.ports import steady_port


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


def test_boards_answer_or_the_installer_is_told_what_to_look_at(tmp_path: Path) -> None:
    none = load_config(None, data_dir=tmp_path, boards={}, doors={}, room={}, cabinets={})
    assert check_boards(none) == Finding("boards", True, "none configured")
    demo = check_boards(load_config(None, data_dir=tmp_path))
    assert demo.ok
    assert "room: well" in demo.found
    board = {"connection": f"tcp://127.0.0.1:{steady_port()}"}
    away = check_boards(
        load_config(None, data_dir=tmp_path, boards={"far": board}, doors={}, room={"siren": "far.coil.0"}, cabinets={})
    )
    assert not away.ok
    assert "unit" in away.advice


def test_disk_camera_and_a_station_on_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert check_disk(config(folder)).name == "disk"
    assert not list(folder.iterdir())  # the probe is gone
    assert check_camera(config(folder, camera="demo:")).ok
    assert not check_camera(config(folder, camera=str(tmp_path / "nowhere.mp4"))).ok
    assert check_hub(config(folder)).ok
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)


def test_readers_and_ports_are_asked(tmp_path: Path) -> None:
    well = check_readers(load_config(None, data_dir=tmp_path))
    assert (well.ok, well.found) == (True, "doors.front")
    away = check_readers(load_config(None, data_dir=tmp_path, devices={"scanners": ["/dev/no-such-port"]}))
    assert not away.ok
    assert "no such port" in away.found


def test_models_of_faces_are_checked(tmp_path: Path) -> None:
    assert check_faces(load_config(None, data_dir=tmp_path)).ok
    pointer = tmp_path / "detector.onnx"
    pointer.write_text("version https://git-lfs.github.com/spec/v1\n")
    found = check_faces(load_config(None, data_dir=tmp_path, faces={"detector": str(pointer)}))
    assert not found.ok
    assert "Git LFS" in found.advice
