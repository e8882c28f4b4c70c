"""A lock on a relay: it opens for some seconds, by the board's own clock where the board has one."""

import logging

from kiosk.devices.ports import Board, BoardFault, DeviceHealth, Lock, LockReport, Point

log = logging.getLogger(__name__)


class BoardLock:
    """`seconds` is how long the bolt stays drawn."""

    def __init__(self, name: str, board: Board, point: Point, seconds: float = 3.0) -> None:
        self.name = name
        self.seconds = seconds
        self._board = board
        self._point = point

    def release(self) -> LockReport:
        try:
            own = self._board.pulse(self._point, self.seconds)
        except BoardFault as fault:
            return LockReport(False, f"{self._point}: {fault}")
        return LockReport(True, f"{self._point} on for {self.seconds:g} s{', timed by the board' if own else ''}")

    def health(self) -> DeviceHealth:
        return self._board.health()


def release_safely(lock: Lock | None) -> LockReport:
    """What the lock says, also when there is none or its driver raises."""
    if lock is None:
        return LockReport(False, "this door has no lock")
    try:
        return lock.release()
    except Exception as error:  # a driver of somebody else's hardware may raise anything
        log.exception("the lock %s failed", lock.name)
        return LockReport(False, f"{type(error).__name__}: {error}")
