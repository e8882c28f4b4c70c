"""Slips on paper: what comes out of each printer is read again by the station's own decoder."""

import threading
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.devices.ports import DeviceState
from kiosk.devices.printer import FolderPrinter, Printer, PrinterFault, Slip, open_printer, render
from kiosk.devices.printer.slip import WIDTH
from kiosk.errors import ConfigError
from kiosk.events import EventBus
from kiosk.members import SlipPrinted, Slips
from tests.kiosk.devices.helpers import until

CODE = "GH1:" + "NCFOXN%TS3DH3ZSUZK" * 11
SLIP = Slip(
    "工会会员码", CODE, ("有效到 2027年3月1日", "Next time hold it up to the camera of any rest station", "站" * 60)
)


def read(page: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(np.asarray(page.convert("L")))]


def raster(data: bytes) -> Image.Image:
    """What a receipt printer would print: the rasters of ESC/POS (GS v 0), one below the other."""
    rows: list[bytes] = []
    while (at := data.find(b"\x1dv0")) >= 0:
        width, height = int.from_bytes(data[at + 4 : at + 6], "little"), int.from_bytes(data[at + 6 : at + 8], "little")
        body, data = data[at + 8 : at + 8 + width * height], data[at + 8 + width * height :]
        assert len(body) == width * height
        assert width * 8 == WIDTH
        rows.append(body)
    whole = b"".join(rows)
    return Image.frombytes("1", (WIDTH, len(whole) * 8 // WIDTH), bytes(byte ^ 0xFF for byte in whole))


def test_a_slip_is_as_wide_as_the_paper_and_can_be_read() -> None:
    page = render(SLIP)
    assert (page.width, page.mode) == (WIDTH, "1")
    assert read(page) == [CODE]
    assert render(Slip("", "x", ())).height > 0


def test_a_receipt_printer_prints_it(tmp_path: Path) -> None:
    port = tmp_path / "lp0"
    port.touch()
    printer = open_printer(f"escpos:{port}")
    assert printer is not None
    printer.print(render(SLIP))
    data = port.read_bytes()
    assert data.startswith(b"\x1b@")  # whatever the last slip left is gone
    assert b"\x1dV" in data  # cut
    assert read(raster(data)) == [CODE]
    assert printer.health().state is DeviceState.WELL


def test_a_folder_has_pdfs(tmp_path: Path) -> None:
    printer = open_printer(f"folder:{tmp_path / 'out'}")
    assert printer is not None
    for _ in range(2):
        printer.print(render(SLIP))
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == ["slip-0001.pdf", "slip-0002.pdf"]
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """CUPS' own commands, which keep what they were given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, script in (("lp", f'cp "$3" {tmp_path}/printed.pdf'), ("lpstat", "exit 0")):
        (folder / name).write_text(
            f'#!/bin/sh\n[ "$2" = office ] || {{ echo "no such printer" >&2; exit 1; }}\n{script}\n'
        )
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return tmp_path / "printed.pdf"


def test_cups_is_given_a_pdf(lp: Path) -> None:
    printer = open_printer("cups:office")
    assert printer is not None
    printer.print(render(SLIP))
    assert lp.read_bytes().startswith(b"%PDF")
    assert printer.health().state is DeviceState.WELL
    away = open_printer("cups:home")
    assert away is not None
    with pytest.raises(PrinterFault) as fault:
        away.print(render(SLIP))
    assert fault.value.details["problem"] == "no such printer"
    assert away.health().state is DeviceState.SICK


def test_what_is_away_is_said(tmp_path: Path) -> None:
    printer = open_printer(f"escpos:{tmp_path}/none/lp0")
    assert printer is not None
    assert printer.health().state is DeviceState.SICK
    with pytest.raises(PrinterFault):
        printer.print(render(SLIP))
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(PrinterFault):
        FolderPrinter(blocked).print(render(SLIP))


def test_the_configuration_names_a_printer_or_is_refused() -> None:
    assert open_printer("") is None
    for spec in ("escpos:lp0", "cups:", "folder:", "laser:x", "lp0"):
        with pytest.raises(ConfigError):
            open_printer(spec)


class Jammed(FolderPrinter):
    """Out of paper: it never returns while it is."""

    def __init__(self) -> None:
        super().__init__(Path("/"))
        self.paper = threading.Event()

    def print(self, page: Image.Image) -> None:
        self.paper.wait(10)


def test_a_printer_without_paper_keeps_nobody_waiting() -> None:
    bus, said, printer = EventBus(), [], Jammed()
    bus.subscribe(SlipPrinted, lambda event: said.append(event.ok))
    slips = Slips(printer, bus, patience=0.2)
    slips.print(SLIP)
    slips.print(SLIP)  # one at a time
    assert said == [False]
    until(lambda: len(said) == 2)
    assert said == [False, False]
    printer.paper.set()
    until(lambda: slips._busy.acquire(blocking=False))
    assert len(said) == 2  # what was given up is not said again


def test_a_slip_is_printed(tmp_path: Path) -> None:
    bus, said = EventBus(), []
    bus.subscribe(SlipPrinted, lambda event: said.append(event.ok))
    printer: Printer = FolderPrinter(tmp_path)
    Slips(printer, bus).print(SLIP)
    until(lambda: said)
    assert said == [True]
    Slips(None, bus).print(SLIP)
    assert said == [True, False]
