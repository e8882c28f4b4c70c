"""Prints slips without keeping anybody waiting: a printer without paper may hold whoever writes to it for ever."""

import logging
import threading
from dataclasses import dataclass

from kiosk.devices.printer import Printer, PrinterFault, Slip, render
from kiosk.events import Event, EventBus

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 25.0


@dataclass(frozen=True, slots=True)
class SlipPrinted(Event):
    """A slip was printed, or (`ok` False) was not."""

    ok: bool


class Slips:
    """`printer` is None where there is none. From any thread."""

    def __init__(self, printer: Printer | None, bus: EventBus, patience: float = PATIENCE_SECONDS) -> None:
        self.printer = printer
        self._bus = bus
        self._patience = patience
        self._busy = threading.Lock()

    @property
    def usable(self) -> bool:
        """Whether there is a printer at all."""
        return self.printer is not None

    def print(self, slip: Slip) -> None:
        """Begin to print; `SlipPrinted` says how it ended. While one is being printed another is refused."""
        printer = self.printer
        if printer is None or not self._busy.acquire(blocking=False):
            self._bus.publish(SlipPrinted(False))
            return
        told = threading.Lock()

        def tell(ok: bool) -> None:
            if told.acquire(blocking=False):
                late.cancel()
                self._bus.publish(SlipPrinted(ok))

        def work() -> None:
            try:
                printer.print(render(slip))
                tell(True)
            except PrinterFault as fault:
                log.warning("a slip was not printed: %s", fault.details.get("problem"))
                tell(False)
            except Exception:  # a driver of somebody else's may raise anything
                log.exception("a slip was not printed")
                tell(False)
            finally:
                self._busy.release()

        late = threading.Timer(self._patience, tell, (False,))
        late.daemon = True
        late.start()
        threading.Thread(target=work, name="printer", daemon=True).start()
