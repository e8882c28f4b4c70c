"""Staff carry records on a stick: no stick, no key yet, done, what the hub did not take; and nobody else may."""

from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.sealing import seal_key
from kiosk.protocol.stick import journal_name
from ui.stage import Stage


def opened(stage: Stage, tmp_path: Path, pin: str = "2468") -> tuple[Any, Path]:
    stage.begin()
    if pin:
        stage.station.desk.call(stage.station.staff.unlock, pin)
    stick = stage.station.stick
    media = tmp_path / "media"
    stick._folder, stick._mounted = media, lambda path: path.parent == media
    model = cast(Any, stage.face.navigator.open("station.carry"))
    stage.settle()
    return model, media / "KINGSTON"


def test_a_stick_from_absent_to_done(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, here = opened(stage, tmp_path)
    station = stage.station
    stage.until(lambda: model.waiting > 0, "what waits")
    stage.tap("插好 U 盘，开始")
    stage.until(lambda: model.refusal.startswith("没有看到 U 盘。"), "that there is none")
    here.mkdir(parents=True)
    monkeypatch.setattr(station.store.catalogue, "only", lambda _kind: None)
    stage.tap("插好 U 盘，开始")
    stage.until(lambda: model.refusal.startswith("还没有市里的密钥"), "that there is no key")
    monkeypatch.undo()
    key = Document(kind="registration_settings", id="district", revision=1, body={"seal_key": seal_key(b"7" * 32)})
    revision = station.desk.call(station.store.catalogue.revision) + 1
    station.desk.call(station.store.catalogue.apply, CatalogueBatch(revision=revision, documents=[key]))
    stage.tap("插好 U 盘，开始")
    stage.until(lambda: "可以拔下 U 盘了" in model.outcome, "the end")
    assert model.refusal == ""
    written = (here / journal_name(station.identity.station_id)).read_bytes()
    assert f"写上了 {model.waiting} 条记录" in model.outcome
    assert written.count(b"\n") == 1


def test_nobody_else_may(stage: Stage, tmp_path: Path) -> None:
    model, here = opened(stage, tmp_path, pin="")
    here.mkdir(parents=True)
    model.begin()
    assert not model.working
    assert list(here.iterdir()) == []
