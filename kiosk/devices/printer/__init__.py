"""Printers: a slip of paper for those who have no phone."""

from kiosk.devices.printer.drivers import CupsPrinter, EscPosPrinter, FolderPrinter, Printer, PrinterFault, open_printer
from kiosk.devices.printer.slip import Slip, render

__all__ = [
    "CupsPrinter",
    "EscPosPrinter",
    "FolderPrinter",
    "Printer",
    "PrinterFault",
    "Slip",
    "open_printer",
    "render",
]
