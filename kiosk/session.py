"""Who is at the terminal. A session ends by itself and leaves nothing behind."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kiosk.clock import Clock
from kiosk.events import Event, EventBus
from kiosk.protocol import station as wire
from kiosk.protocol.ids import uuid7
from kiosk.protocol.journal import JournalBody

Reason = Literal["finished", "idle", "next_person", "shutdown"]


@dataclass(frozen=True, slots=True)
class Person:
    """A recognised member: a pseudonym (hex), never a name. `way` is how they were recognised ("code", "id_card")."""

    ref: str
    tier: str = ""
    way: str = "code"


class SessionState(StrEnum):
    IDLE = "idle"
    ACTIVE = "active"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class SessionBegan(Event):
    session: str


@dataclass(frozen=True, slots=True)
class SessionPersonChanged(Event):
    """Somebody was recognised in the running session."""

    person: Person | None


@dataclass(frozen=True, slots=True)
class SessionWarned(Event):
    seconds_left: int


@dataclass(frozen=True, slots=True)
class SessionExtended(Event):
    pass


@dataclass(frozen=True, slots=True)
class SessionFinished(Event):
    """A session is over. Every screen and model that belonged to it must be gone."""

    session: str
    reason: str


class Session:
    """The one session of the terminal, safe to call from any thread.

    `append` writes to the journal (posted to the desk thread by the composition root). Time comes from
    `clock.monotonic()`.
    """

    def __init__(
        self,
        clock: Clock,
        bus: EventBus,
        append: Callable[[JournalBody], object],
        idle_seconds: Callable[[], tuple[int, int]] = lambda: (60, 30),
    ) -> None:
        self._clock = clock
        self._bus = bus
        self._append = append
        self._limits = idle_seconds
        self._lock = threading.RLock()
        self._id = ""
        self._person: Person | None = None
        self._began = 0.0
        self._touched = 0.0
        self._warned = False
        self._holds: set[str] = set()

    @property
    def id(self) -> str:
        """The id of the running session, "" while idle."""
        return self._id

    @property
    def person(self) -> Person | None:
        return self._person

    @property
    def state(self) -> SessionState:
        with self._lock:
            if not self._id:
                return SessionState.IDLE
            return SessionState.WARNING if self._warned else SessionState.ACTIVE

    def wake(self) -> str:
        """Begin a session unless one is running. Returns its id."""
        with self._lock:
            if self._id:
                self.touch()
                return self._id
            self._id = uuid7(self._clock.now())
            self._began = self._touched = self._clock.monotonic()
            self._append(wire.SessionStarted(session=self._id))
            self._bus.publish(SessionBegan(self._id))
            return self._id

    def touch(self) -> None:
        """Somebody did something: the quiet time starts again. Does nothing while idle."""
        with self._lock:
            if not self._id:
                return
            self._touched = self._clock.monotonic()
            if self._warned:
                self._warned = False
                self._bus.publish(SessionExtended())

    def recognise(self, person: Person) -> None:
        """`person` is here now. If the session belongs to somebody else it ends first, and a new one begins."""
        with self._lock:
            if self._person is not None and self._person.ref != person.ref:
                self.finish("next_person")
            self.wake()
            self._person = person
            self._bus.publish(SessionPersonChanged(person))

    def hold(self, reason: str) -> None:
        """Suspend the idle timer (a video, a call) until `release` of the same reason."""
        with self._lock:
            if self._id:
                self._holds.add(reason)
                self.touch()

    def release(self, reason: str) -> None:
        with self._lock:
            if reason in self._holds:
                self._holds.discard(reason)
                self.touch()

    def finish(self, reason: Reason = "finished") -> None:
        """End the session. Harmless while idle."""
        with self._lock:
            if not self._id:
                return
            ended, seconds = self._id, self._clock.monotonic() - self._began
            self._id, self._person, self._warned = "", None, False
            self._holds.clear()
            self._append(wire.SessionEnded(session=ended, reason=reason, seconds=max(0.0, round(seconds, 1))))
            self._bus.publish(SessionFinished(ended, reason))

    def seconds_left(self) -> float:
        """Seconds until the session ends by itself; infinity while held or idle."""
        with self._lock:
            if not self._id or self._holds:
                return float("inf")
            idle, warning = self._limits()
            return max(0.0, self._touched + idle + warning - self._clock.monotonic())

    def tick(self) -> None:
        """Called about once a second: warns, and ends a session that stayed quiet."""
        with self._lock:
            left = self.seconds_left()
            if left == float("inf"):
                return
            _, warning = self._limits()
            if left <= 0:
                self.finish("idle")
            elif left <= warning:
                self._warned = True
                self._bus.publish(SessionWarned(round(left)))
