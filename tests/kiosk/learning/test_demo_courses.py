"""The courses of the demonstration: documents as their maker writes them, packs that a station takes."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from kiosk.app import demo_station
from kiosk.learning import CourseState
from kiosk.protocol.folder import FILES, NOT_HERE, FolderError, read_folder

DEMO = Path(__file__).parents[3] / "assets" / "demo"
HEADLESS: dict[str, object] = {"devices": {"camera": "", "speech": "silent"}}


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_courses", DEMO / "courses" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_documents_are_what_the_maker_writes(maker: ModuleType) -> None:
    import json

    for name, document in maker.documents().items():
        assert json.loads((DEMO / "catalogue" / "courses" / f"{name}.json").read_text("utf-8")) == document


def test_a_station_with_demo_data_has_its_courses(tmp_path: Path, maker: ModuleType) -> None:
    for name in maker.sources():
        assert (DEMO / "catalogue" / FILES / f"{name}.course.zip").exists(), "made by `make setup`"
    station = demo_station(tmp_path, **HEADLESS)
    try:
        rows = station.desk.call(station.learning.courses)
        assert [(row.id, row.state) for row in rows] == [
            ("ev-charging", CourseState.READY),
            ("heat", CourseState.READY),
        ]
        for row in rows:
            sitting = station.desk.call(station.learning.open, row.id)
            film = sitting.films[0]
            assert {len(one.slides) for one in sitting.films[1:]} <= {3}
            assert film.path.stat().st_size > 100_000
            for language, cues in film.captions:
                assert len(cues) >= 4, language
                assert cues[-1].end_ms <= film.length_ms
            assert {language for language, _ in film.captions} == {"zh_CN", "en"}
            station.desk.call(station.learning.close, sitting.launch)
    finally:
        station.stop()


def test_a_station_without_media_says_that_they_are_to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.protocol.folder.FILES", "nothing-was-made")
    monkeypatch.setattr("kiosk.demo.FILES", "nothing-was-made")
    station = demo_station(tmp_path, **HEADLESS)
    try:
        rows = station.desk.call(station.learning.courses)
        assert {row.state for row in rows} == {CourseState.WAITING}
    finally:
        station.stop()


def test_a_document_that_names_a_file_gets_its_hash(tmp_path: Path, make_pack: Callable[..., Path]) -> None:
    course = tmp_path / "catalogue" / "course" / "x.json"
    course.parent.mkdir(parents=True)
    named = '{"name": "x.course.zip", "media_type": "application/zip"}'
    course.write_text(f'{{"kind":"course","id":"x","body":{{"title":{{"zh_CN":"甲"}},"version":1,"pack":{named}}}}}')
    with pytest.raises(FolderError, match=r"files/x.course.zip is missing"):
        read_folder(tmp_path / "catalogue")
    assert read_folder(tmp_path / "catalogue", "leave_out") == []
    (announced,) = read_folder(tmp_path / "catalogue", "announce")
    assert announced.body["pack"]["sha256"] == NOT_HERE
    files = tmp_path / "catalogue" / FILES
    files.mkdir()
    make_pack().rename(files / "x.course.zip")
    (whole,) = read_folder(tmp_path / "catalogue")
    assert whole.body["pack"]["size"] == (files / "x.course.zip").stat().st_size
    assert whole.body["pack"]["sha256"] != NOT_HERE
