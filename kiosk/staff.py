"""The staff PIN: opens the staff pages for one session. Five wrong tries lock it for five minutes, power cut or not."""

import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from kiosk.clock import Clock
from kiosk.errors import KioskError, StaffPinLocked, StaffPinWrong
from kiosk.events import Event, EventBus
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.staff import StaffLocked, StaffUnlocked
from kiosk.session import Session

log = logging.getLogger(__name__)
TRIES, LOCK_SECONDS = 5, 300
_FAILED, _LOCKED_AT = "staff.failed", "staff.locked_at"
_LONGEST = 32  # characters of a PIN
_MEMORY = 128 << 20  # bytes that scrypt may use; a published cost above it is refused


class StaffNeeded(KioskError):
    """This is for staff: the PIN was not typed in this session."""

    code = "staff.needed"


class StaffPinUnset(KioskError):
    """No usable PIN was published for this station."""

    code = "staff.no_pin"


class Memory(Protocol):
    """A place for small values that outlive the program, durable when `set_meta` returns."""

    def meta(self, name: str) -> str | None: ...
    def set_meta(self, name: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class StaffArrived(Event):
    """The right PIN was typed in the running session."""


class Staff:
    """On the desk thread; the two properties can be read from any.

    `pin` gives `scrypt$n$r$p$salt-hex$hash-hex` as the hub published it, "" = none.
    """

    def __init__(
        self,
        pin: Callable[[], str],
        memory: Memory,
        clock: Clock,
        bus: EventBus,
        session: Session,
        record: Callable[[JournalBody], object],
    ) -> None:
        self._pin = pin
        self._memory = memory
        self._clock = clock
        self._bus = bus
        self._session = session
        self._record = record
        self._session_unlocked = ""
        self._locked_until = self._remembered_lock()  # monotonic seconds

    @property
    def unlocked(self) -> bool:
        """Whether the running session belongs to staff."""
        return self._session_unlocked != "" and self._session_unlocked == self._session.id

    @property
    def locked_seconds(self) -> int:
        """For how long no PIN is taken, 0 = one may be typed."""
        return max(0, -int(-(self._locked_until - self._clock.monotonic()) // 1))

    def require(self) -> None:
        """Raises StaffNeeded unless the PIN was typed in this session."""
        if not self.unlocked:
            raise StaffNeeded()

    def unlock(self, pin: str) -> None:
        """Check a PIN. Raises StaffPinLocked(seconds, minutes), StaffPinWrong(left), StaffPinUnset.

        A wrong try is durable before it is answered.
        """
        if self.locked_seconds:
            raise self._locked()
        right = _matches(self._pin(), pin)
        session, failed = self._session.wake(), int(self._memory.meta(_FAILED) or 0)
        if right:
            self._memory.set_meta(_FAILED, "0")
            self._session_unlocked = session
            self._record(StaffUnlocked(session=session))
            self._bus.publish(StaffArrived())
            return
        if failed + 1 < TRIES:
            self._memory.set_meta(_FAILED, str(failed + 1))
            raise StaffPinWrong(left=TRIES - failed - 1)
        self._memory.set_meta(_LOCKED_AT, self._clock.now().isoformat())
        self._memory.set_meta(_FAILED, "0")
        self._locked_until = self._clock.monotonic() + LOCK_SECONDS
        self._record(StaffLocked(session=session, seconds=LOCK_SECONDS))
        raise self._locked()

    def leave(self) -> None:
        """Close the staff pages before the session ends."""
        self._session_unlocked = ""

    def _locked(self) -> StaffPinLocked:
        seconds = self.locked_seconds
        return StaffPinLocked(seconds=seconds, minutes=-(-seconds // 60))

    def _remembered_lock(self) -> float:
        text = self._memory.meta(_LOCKED_AT)
        if not text:
            return 0.0
        # The wall clock may have gone back while the power was off: a lock is then as long as a new one, not longer.
        passed = (self._clock.now() - datetime.fromisoformat(text).astimezone(UTC)).total_seconds()
        left = LOCK_SECONDS - passed if passed >= 0 else LOCK_SECONDS
        return self._clock.monotonic() + left if left > 0 else 0.0


def hash_pin(pin: str, salt: bytes, n: int = 16384, r: int = 8, p: int = 1) -> str:
    """The text that is published for a PIN."""
    digest = hashlib.scrypt(pin.encode("utf-8", "replace"), salt=salt, n=n, r=r, p=p, dklen=32, maxmem=_MEMORY)
    return f"scrypt${n}${r}${p}${salt.hex()}${digest.hex()}"


def _matches(published: str, pin: str) -> bool:
    """Whether `pin` is the published one. Raises StaffPinUnset."""
    try:
        name, n, r, p, salt, digest = published.split("$")
        if name != "scrypt" or len(bytes.fromhex(digest)) != 32:
            raise ValueError(name)
        typed = hash_pin(pin[:_LONGEST], bytes.fromhex(salt), int(n), int(r), int(p))
    except (ValueError, TypeError, OverflowError, MemoryError) as error:
        if published:
            log.error("the published staff PIN cannot be used: %s", error)
        raise StaffPinUnset() from error
    return len(pin) <= _LONGEST and hmac.compare_digest(typed, published.lower())
