"""The screens check themselves: every page, in every state and mode. A new page is walked without being named here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtQuick import QQuickItem

from ui.checks import check_screen
from ui.modes import all_modes
from ui.pages import Sample, all_pages
from ui.stage import Stage

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(all_pages())


@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_in_every_mode(page: str) -> None:
    """The command an installer has, a page at a time: what one page does to a process cannot blame another."""
    command = [sys.executable, "-m", "ui", "--self-test", "--only", page, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=500)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    faults = [f"{line['screen']}: {line['fault']}" for line in lines if "fault" in line]
    assert not faults, "\n".join(faults)
    assert done.returncode == 0, done.stderr[-3000:]
    assert lines[-1]["screens"] >= len(all_modes()) * len(all_pages()[page].samples())


def test_the_checks_see_what_is_wrong(long_stage: Stage) -> None:
    """The checks themselves, on a page made wrong on purpose."""
    spec = all_pages()["home.main"]
    mode = all_modes()[0]
    long_stage.set_mode(mode)
    long_stage.show(spec, Sample("normal"))
    assert check_screen(long_stage, mode, long_stage.grab()) == []
    home = long_stage.find("呼叫帮助")
    home.setProperty("spokenName", "")
    home.setProperty("implicitHeight", 10)
    faults = " ".join(check_screen(long_stage, mode, long_stage.grab()))
    assert "no accessible name" in faults


@pytest.mark.parametrize("layer", ["idle", "warning"])
def test_what_lies_over_the_pages(stage: Stage, layer: str) -> None:
    faults: list[str] = []
    if layer == "warning":
        stage.begin()
        stage.station.clock.advance(65)  # type: ignore[attr-defined]
        stage.until(lambda: stage.face.shell.secondsLeft > 0, "the warning")
    item = stage.face.window.findChild(QQuickItem, layer)
    assert item is not None
    for mode in all_modes():
        stage.set_mode(mode)
        assert item.isVisible()
        faults += [f"{mode.name}: {fault}" for fault in check_screen(stage, mode, stage.grab(), item)]
    assert not faults, "\n".join(faults)
