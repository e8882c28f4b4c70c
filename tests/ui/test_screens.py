"""The screens check themselves: every page, in every state and mode. A new page is walked without being named here."""

import pytest
from PySide6.QtQuick import QQuickItem

from ui.checks import check_screen
from ui.modes import all_modes
from ui.pages import PageSpec, Sample, all_pages
from ui.stage import Stage

CASES = [(spec, sample) for _, spec in sorted(all_pages().items()) for sample in spec.samples()]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("spec", "sample"), CASES, ids=[f"{spec.name}-{sample.state}" for spec, sample in CASES])
def test_every_page_in_every_mode(long_stage: Stage, spec: PageSpec, sample: Sample) -> None:
    faults: list[str] = []
    long_stage.complaints.clear()
    for mode in all_modes():
        long_stage.set_mode(mode)
        long_stage.show(spec, sample)
        long_stage.set_mode(mode)
        faults += [f"{mode.name}: {fault}" for fault in check_screen(long_stage, mode, long_stage.grab())]
    faults += long_stage.complaints
    assert not faults, "\n".join(faults)


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
