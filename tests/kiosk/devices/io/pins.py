"""A GPIO chip in memory with the calls of gpiod 2 that we use; the kernel's own simulator needs a module and root."""

import os
import threading
from enum import Enum
from types import SimpleNamespace
from typing import Any


class Direction(Enum):
    INPUT = 1
    OUTPUT = 2


class Value(Enum):
    INACTIVE = 0
    ACTIVE = 1


class Edge(Enum):
    BOTH = 3


class Bias(Enum):
    AS_IS = 0
    PULL_UP = 1


class Request:
    def __init__(self, chip: "FakeChip", config: dict[int, Any]) -> None:
        self._chip = chip
        self._config = config
        self.fd, self._wake = os.pipe()
        self.open = True
        for line, settings in config.items():
            if settings.direction is Direction.OUTPUT:
                chip.levels[line] = (settings.output_value is Value.ACTIVE) != settings.active_low

    def _check(self, line: int) -> Any:
        if not self.open or self._chip.gone:
            raise OSError("no such device")
        return self._config[line]

    def get_value(self, line: int) -> Value:
        settings = self._check(line)
        return Value(int(self._chip.levels.get(line, False) != settings.active_low))

    def set_value(self, line: int, value: Value) -> None:
        settings = self._check(line)
        if settings.direction is not Direction.OUTPUT:
            raise OSError("not an output")
        self._chip.levels[line] = (value is Value.ACTIVE) != settings.active_low

    def read_edge_events(self) -> list[Any]:
        if self._chip.gone:
            raise OSError("no such device")
        os.read(self.fd, 4096)
        return []

    def moved(self) -> None:
        os.write(self._wake, b"!")

    def release(self) -> None:
        if self.open:
            self.open = False
            os.close(self._wake)
            os.close(self.fd)


class FakeChip:
    """`levels` are the physical levels of the lines."""

    def __init__(self) -> None:
        self.levels: dict[int, bool] = {}
        self.gone = False
        self._lock = threading.Lock()
        self._requests: list[Request] = []
        line = SimpleNamespace(Direction=Direction, Value=Value, Edge=Edge, Bias=Bias)
        self.library = SimpleNamespace(line=line, LineSettings=self._settings, request_lines=self._request)

    def _settings(self, **values: Any) -> Any:
        defaults = {"direction": Direction.INPUT, "output_value": Value.INACTIVE, "active_low": False}
        return SimpleNamespace(**(defaults | values))

    def _request(self, _path: str, consumer: str, config: dict[int, Any]) -> Request:
        assert consumer
        if self.gone:
            raise OSError("no such device")
        with self._lock:
            request = Request(self, config)
            self._requests = [r for r in self._requests if r.open] + [request]
        return request

    def drive(self, line: int, on: bool) -> None:
        self.levels[line] = on
        with self._lock:
            for request in self._requests:
                if request.open:
                    request.moved()

    def unplug(self) -> None:
        self.gone = True
        with self._lock:
            for request in self._requests:
                if request.open:
                    request.moved()

    def plug(self) -> None:
        self.gone = False
