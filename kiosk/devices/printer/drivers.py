"""The printers: ESC/POS on a device file, CUPS by its name, and a folder of PDF files."""

import subprocess
import tempfile
from pathlib import Path
from typing import Protocol

from PIL import Image

from kiosk.devices.ports import DeviceHealth, DeviceState
from kiosk.devices.printer.slip import DPI
from kiosk.errors import ConfigError, KioskError

_SECONDS = 20


class PrinterFault(KioskError):
    """It did not print: away, out of paper, or not willing."""

    code = "printer.failed"


class Printer(Protocol):
    def print(self, page: Image.Image) -> None:
        """Print a page (mode "1"), and return when the printer has it. Blocking. Raises PrinterFault."""
        ...

    def health(self) -> DeviceHealth: ...


class EscPosPrinter:
    """A receipt printer that speaks ESC/POS, behind a device file (/dev/usb/lp0, a serial port)."""

    def __init__(self, port: str) -> None:
        self._port = port

    def print(self, page: Image.Image) -> None:
        from escpos.exceptions import Error
        from escpos.printer import File

        try:
            printer = File(self._port, auto_flush=False)
            try:
                printer.hw("INIT")
                printer.image(page, impl="bitImageRaster", fragment_height=256)
                printer.cut()
                printer.flush()
            finally:
                printer.close()
        except (OSError, Error) as error:
            raise PrinterFault(problem=str(error)[:200]) from error

    def health(self) -> DeviceHealth:
        there = Path(self._port).exists()
        return DeviceHealth(DeviceState.WELL if there else DeviceState.SICK, "" if there else f"{self._port} is away")


class FolderPrinter:
    """Writes PDF files into a folder, for whoever prints from there, and for tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print(self, page: Image.Image) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            number = 1 + sum(1 for _ in self._folder.glob("*.pdf"))
            fresh = self._folder / f"slip-{number:04}.part"
            page.save(fresh, "PDF", resolution=DPI)
            fresh.replace(fresh.with_suffix(".pdf"))
        except OSError as error:
            raise PrinterFault(problem=str(error)[:200]) from error

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.WELL)


class CupsPrinter:
    """A printer of CUPS, by its name; the page goes there as a PDF."""

    def __init__(self, name: str) -> None:
        self._name = name

    def print(self, page: Image.Image) -> None:
        with tempfile.TemporaryDirectory(prefix="slip") as folder:
            FolderPrinter(Path(folder)).print(page)
            (file,) = Path(folder).glob("*.pdf")
            self._run("lp", "-d", self._name, str(file))

    def health(self) -> DeviceHealth:
        try:
            self._run("lpstat", "-p", self._name)
        except PrinterFault as fault:
            return DeviceHealth(DeviceState.SICK, str(fault.details["problem"]))
        return DeviceHealth(DeviceState.WELL)

    def _run(self, *command: str) -> None:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrinterFault(problem=str(error)[:200]) from error
        if done.returncode != 0:
            raise PrinterFault(problem=done.stderr.strip()[:200] or f"{command[0]} ended with {done.returncode}")


def open_printer(spec: str) -> Printer | None:
    """The printer that `spec` names: "escpos:/dev/usb/lp0", "cups:NAME", "folder:PATH", "" none. Raises ConfigError."""
    kind, _, where = spec.partition(":")
    match kind:
        case "":
            return None
        case "escpos" if where.startswith("/"):
            return EscPosPrinter(where)
        case "cups" if where:
            return CupsPrinter(where)
        case "folder" if where:
            return FolderPrinter(Path(where))
    raise ConfigError(where="devices.printer", problem=f"not a printer: {spec}")
