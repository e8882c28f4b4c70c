"""Readers of resident ID cards."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.id_reader.card import CardKind, IdCard
from kiosk.devices.id_reader.serial_reader import SerialIdReader
from kiosk.devices.ports import CardTrouble, DeviceHealth, DeviceState, IdReader
from kiosk.errors import ConfigError

if TYPE_CHECKING:
    from kiosk.devices.id_reader.simulator import IdReaderSimulator

__all__ = ["CardKind", "DemoIdReader", "IdCard", "open_id_reader"]


class DemoIdReader:
    """The real driver on a simulated reader, which is made when it starts; `hand` lays cards on it meanwhile."""

    def __init__(self) -> None:
        self.name = "id_reader:demo"
        self.hand: IdReaderSimulator | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._driver: SerialIdReader | None = None

    def start(
        self,
        on_card: Callable[[IdCard, float], object],
        on_trouble: Callable[[CardTrouble], object] | None = None,
    ) -> None:
        if self._driver is not None:
            return
        from kiosk.devices.id_reader.simulator import IdReaderSimulator

        self._folder = tempfile.TemporaryDirectory(prefix="id-reader")
        self.hand = IdReaderSimulator(Path(self._folder.name) / "reader")
        self._driver = SerialIdReader(str(self.hand.port))
        self._driver.start(on_card, on_trouble)

    def stop(self) -> None:
        if self._driver is None or self.hand is None or self._folder is None:
            return
        self._driver.stop()
        self.hand.unplug()
        self._folder.cleanup()
        self._driver = self.hand = self._folder = None

    def health(self) -> DeviceHealth:
        return self._driver.health() if self._driver is not None else DeviceHealth(DeviceState.OFF, "simulated")


def open_id_reader(spec: str, where: str = "devices.id_reader") -> IdReader | None:
    """The reader that `spec` names: a serial port, "demo:", or "" for none. Raises ConfigError."""
    if not spec:
        return None
    if spec == "demo:":
        return DemoIdReader()
    if spec.startswith("/"):
        return SerialIdReader(spec)
    raise ConfigError(where=where, problem=f"not a reader: {spec}")
