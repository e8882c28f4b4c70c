"""`kiosk rebuild`, `kiosk journal` and `kiosk stock`, as an installer types them."""

import json
import sqlite3
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.app import ASSETS
from kiosk.clock import ManualClock
from kiosk.storage import Store

OPENING = str(ASSETS / "demo" / "stock.json")


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["--data-dir", str(tmp_path), "stock", "--opening", OPENING]) == 0
    capsys.readouterr()
    return tmp_path


def test_a_rebuild_of_what_is_right_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", str(folder), "rebuild", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["entries"] == len(json.loads(Path(OPENING).read_text("utf-8")))
    assert report["changed"] == []
    assert "supply_lots" in report["digests"]
    assert main(["--data-dir", str(folder), "rebuild"]) == 0
    assert "as the journal says" in capsys.readouterr().out


def test_a_rebuild_puts_right_what_was_tampered_with(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = sqlite3.connect(folder / "station.db")
    db.execute("UPDATE supply_lots SET quantity = 99")
    db.commit()
    db.close()
    assert main(["--data-dir", str(folder), "rebuild", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["changed"] == ["supply_lots"]
    assert main(["--data-dir", str(folder), "rebuild"]) == 0


def test_a_rebuild_beside_a_running_station_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = Store(folder / "station.db", ManualClock())
    assert main(["--data-dir", str(folder), "rebuild"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "storage.in_use"
    station.close()


def test_stock_is_printed_and_an_opening_happens_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", str(folder), "stock", "--opening", OPENING, "--json"]) == 0
    lots = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sum(lot["quantity"] for lot in lots if lot["item"] == "water") == 31
    assert main(["--data-dir", str(folder), "stock"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(lots)
    assert main(["--data-dir", str(folder), "journal", "--kind", "supply."]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(lots)


@pytest.mark.parametrize("text", ["", "{}", '[{"item": "water"}]', '[{"item": "../x", "quantity": 1, "place": {}}]'])
def test_an_opening_of_the_wrong_shape_writes_nothing(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "opening.json"
    file.write_text(text, "utf-8")
    assert main(["--data-dir", str(tmp_path), "stock", "--opening", str(file)]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "supply.opening_invalid"
    assert main(["--data-dir", str(tmp_path), "stock"]) == 0
    assert capsys.readouterr().out == ""
