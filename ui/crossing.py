"""The way from any thread to the Qt thread: what is handed over runs there, later, in the order it came."""

import logging
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject

log = logging.getLogger(__name__)


class Crossing(QObject):
    """Made on the Qt thread. Events are posted, not signals emitted: a queued connection has to be named by the `Qt`
    namespace, and its first use builds a hundred enumerations (15 ms of a start)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()

    def post(self, fn: Callable[[], object]) -> None:
        """Run `fn` on the Qt thread, never at once. From any thread; dropped once this is gone."""
        self._waiting.append(fn)
        try:
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        except RuntimeError:  # Qt has deleted it with its parent
            self._waiting.clear()

    def customEvent(self, event: QEvent) -> None:
        if not self._waiting:
            return
        try:
            self._waiting.popleft()()
        except Exception:
            log.exception("what was handed to the screen failed")
