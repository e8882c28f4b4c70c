"""The desk thread: one worker that runs every feature call and owns the database."""

import concurrent.futures
import logging
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


class Desk:
    """A one-worker executor. Calls run in the order they were submitted; a call that fails ends nothing but itself."""

    def __init__(self) -> None:
        self._pool = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="desk", initializer=self._mark)
        self._ident: int | None = None

    def _mark(self) -> None:
        self._ident = threading.get_ident()

    def submit(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> "concurrent.futures.Future[R]":
        """Run `fn` on the desk thread, later. Raises RuntimeError after `close`."""
        return self._pool.submit(fn, *args, **kwargs)

    def post(self, fn: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run `fn` on the desk thread and log what it raises; nobody waits for it. Dropped after `close`."""
        try:
            self.submit(fn, *args, **kwargs).add_done_callback(_log_failure)
        except RuntimeError:
            log.debug("the desk is closed: %s dropped", getattr(fn, "__qualname__", fn))

    def call(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `fn` on the desk thread and wait for it. On the desk thread itself it simply runs."""
        if threading.get_ident() == self._ident:
            return fn(*args, **kwargs)
        return self.submit(fn, *args, **kwargs).result()

    def close(self) -> None:
        """Finish what was submitted, then end the thread."""
        self._pool.shutdown(wait=True)


def _log_failure(future: "concurrent.futures.Future[object]") -> None:
    if not future.cancelled() and (error := future.exception()):
        log.error("a call on the desk failed", exc_info=error)
