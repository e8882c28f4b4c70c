"""Waiting on conditions, and pictures of codes."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import segno
from numpy.typing import NDArray


def until(condition: Callable[[], Any], seconds: float = 20.0) -> Any:
    """The first true value of `condition`. Raises AssertionError when none came in time."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while time.monotonic() < end:
        if value := condition():
            return value
        pause.wait(0.01)
    raise AssertionError("the condition never came true")


def qr(text: str, module: int = 8, border: int = 4, error: str = "m") -> NDArray[np.uint8]:
    """The picture of a QR code, black on white."""
    matrix = np.array(segno.make_qr(text, error=error, boost_error=False).matrix, dtype=np.uint8)
    cells = np.pad(255 - matrix * 255, border, constant_values=255)
    return np.kron(cells, np.ones((module, module), dtype=np.uint8)).astype(np.uint8)
