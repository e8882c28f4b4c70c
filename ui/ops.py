"""Operations: the one way a screen starts work. `fn` runs on the desk thread, callbacks come back on the Qt thread."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from kiosk.desk import Desk
from kiosk.errors import KioskError
from ui.crossing import Crossing

log = logging.getLogger(__name__)
R = TypeVar("R")
Failure = Callable[[KioskError], object]


class _Courier:
    """Carries finished operations to the Qt thread. It lives as long as the program, operations come and go."""

    def __init__(self) -> None:
        self.pending: set[Op[Any]] = set()
        self._crossing = Crossing()

    def finished(self, op: "Op[Any]") -> None:
        self._crossing.post(lambda: self._deliver(op))

    def _deliver(self, op: "Op[Any]") -> None:
        self.pending.discard(op)
        op._settle()


class _Rooms:
    """Where operations run, and who carries them back. Set once by `connect`."""

    desk: Desk | None = None
    courier: _Courier | None = None


def connect(desk: Desk) -> None:
    """Operations run on `desk` from now on. On the Qt thread, after the application object exists."""
    _Rooms.desk = desk
    _Rooms.courier = _Rooms.courier or _Courier()


def disconnect() -> None:
    """Forget what is still running: its callbacks are never called."""
    if _Rooms.courier is not None:
        for op in list(_Rooms.courier.pending):
            op.drop()
        _Rooms.courier.pending.clear()
    _Rooms.desk = None


def pending() -> int:
    """How many operations have not been delivered yet."""
    return len(_Rooms.courier.pending) if _Rooms.courier else 0


class Op(Generic[R]):
    """One call of the core: `Op(station.supplies.take, item).success(…).failure(…).start()`.

    `success` gets the result, `failure` a KioskError (anything else is logged and wrapped as `unexpected`), `always` is
    called after either. Starting twice does nothing. Handlers may be added until control returns to the event loop.
    """

    def __init__(self, fn: Callable[..., R], *args: object, **kwargs: object) -> None:
        self._call = (fn, args, kwargs)
        self._success: list[Callable[[R], object]] = []
        self._failure: list[Failure] = []
        self._always: list[Callable[[], object]] = []
        self._future: Future[R] | None = None
        self._dropped = False

    def success(self, callback: Callable[[R], object]) -> "Op[R]":
        self._success.append(callback)
        return self

    def failure(self, callback: Failure) -> "Op[R]":
        self._failure.append(callback)
        return self

    def always(self, callback: Callable[[], object]) -> "Op[R]":
        self._always.append(callback)
        return self

    @property
    def failure_handlers(self) -> int:
        return len(self._failure)

    def drop(self) -> None:
        """Nobody wants the answer any more. The work itself is not undone."""
        self._dropped = True

    def start(self) -> "Op[R]":
        if self._future is not None:
            return self
        desk, courier = _Rooms.desk, _Rooms.courier
        if desk is None or courier is None:
            raise RuntimeError("operations are not connected to a desk")
        fn, args, kwargs = self._call
        try:
            self._future = desk.submit(fn, *args, **kwargs)
        except RuntimeError:  # the station is closing: nobody waits for this any more
            self._dropped = True
            return self
        courier.pending.add(self)
        self._future.add_done_callback(lambda _: courier.finished(self))
        return self

    def _settle(self) -> None:
        future = self._future
        if self._dropped or future is None or future.cancelled():
            return
        error = future.exception()
        if error is None:
            result = future.result()
            for success in self._success:
                success(result)
        else:
            known = error if isinstance(error, KioskError) else KioskError(kind=type(error).__name__)
            if not isinstance(error, KioskError):
                log.error("an operation failed unexpectedly", exc_info=error)
            for failure in self._failure:
                failure(known)
        for callback in self._always:
            callback()
