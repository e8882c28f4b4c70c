"""Orders to open a door: who, why and in which call is signed; what came late, twice or from elsewhere opens nothing.

An order is noted as begun before the lock is told, and recorded with what the lock said after it. A power cut between
the two leaves an order that may or may not have opened: it is recorded as failed at the next start, and never repeated.
"""

import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.desk import Desk
from kiosk.devices.io.lock import release_safely
from kiosk.devices.ports import Lock
from kiosk.errors import StorageError
from kiosk.events import Event, EventBus
from kiosk.protocol.cose import KeyRing
from kiosk.protocol.door import (
    CommandKey,
    DoorOrder,
    DoorOrdered,
    DoorReport,
    Order,
    OrderCode,
    OrderRefused,
    read_order,
    trusted_key,
)
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage

log = logging.getLogger(__name__)
_BEGUN = "door.begun"
_INTERRUPTED = "interrupted: the power went while it was carried out"


@dataclass(frozen=True, slots=True)
class DoorReleased(Event):
    """The desk has ordered a door to be opened, and its lock is told now."""

    door: str


class Memory(Protocol):
    """The part of the store that is needed here. On the desk thread."""

    def append(self, body: JournalBody) -> object: ...
    def meta(self, name: str) -> str | None: ...
    def set_meta(self, name: str, value: str) -> None: ...
    def transaction(self) -> AbstractContextManager[None]: ...


class Doors:
    """`take` may be called from any thread; a lock is told on a thread of its own, one order at a time.

    `keys` are the published command keys by id, `seen(id)` says whether an order is in the journal, `station` is the
    id of this one, `call` that of the call under way with somebody of the desk ("" none), `hub_now` the time as the
    hub tells it, `send` puts a report on the live link.
    """

    def __init__(
        self,
        locks: Mapping[str, Lock],
        desk: Desk,
        store: Memory,
        keys: Callable[[], Mapping[str, CommandKey]],
        seen: Callable[[str], bool],
        station: Callable[[], str],
        call: Callable[[], str],
        hub_now: Callable[[], datetime],
        send: Callable[[LinkMessage], object],
        bus: EventBus,
    ) -> None:
        self._bus = bus
        self.locks = dict(locks)
        self._desk = desk
        self._store = store
        self._keys = keys
        self._seen = seen
        self._station = station
        self._call = call
        self._hub_now = hub_now
        self._send = send
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="door")

    def start(self) -> None:
        """An order that was cut off with the power is closed in the journal."""
        self._desk.call(self._close_begun)

    def stop(self) -> None:
        """What has begun is finished."""
        self._worker.shutdown(wait=True)

    def take(self, message: DoorOrder) -> None:
        """An order has arrived. It is carried out, or refused, and answered either way."""
        try:
            self._worker.submit(self._carry_out, message.token).add_done_callback(_log_failure)
        except RuntimeError:  # the program is ending: the hub hears nothing, and says so
            log.warning("a door order came while the program was ending")

    def _carry_out(self, token: str) -> None:
        try:
            order = self._desk.call(self._begin, token)
        except OrderRefused as refused:
            log.warning("a door order was refused: %s", refused.code)
            known = refused.order
            self._send(DoorReport(id=known.id if known else "", code=refused.code))
            self._desk.call(self._store.append, _entry(known, refused.code, ""))
            return
        except StorageError as error:  # what cannot be written down is not done
            log.error("a door order was not carried out: %s", error)
            self._send(DoorReport(id="", code="lock_failed", report=error.code))
            return
        lock = self.locks.get(order.door)
        code: OrderCode = "unknown_door"
        said = ""
        if lock is not None:
            self._bus.publish(DoorReleased(order.door))  # before it moves: whoever leans on the door is faster
            report = release_safely(lock)
            code, said = ("opened" if report.released else "lock_failed"), report.detail[:200]
        log.info("door %s, ordered by %s: %s", order.door, order.by, code)
        self._send(DoorReport(id=order.id, code=code, report=said))
        self._desk.call(self._finish, order, code, said)

    def _begin(self, token: str) -> Order:
        """Check an order and note that it is being carried out. Raises OrderRefused."""
        keys = []
        for kid, published in self._keys().items():
            try:
                keys.append(trusted_key(kid, published))
            except ValueError:
                log.warning("the published command key %s is not one", kid)
        order = read_order(token, KeyRing(keys), self._hub_now(), self._station(), self._call(), self._seen)
        begun = _entry(order, "lock_failed", _INTERRUPTED)
        self._store.set_meta(_BEGUN, begun.model_dump_json())
        return order

    def _finish(self, order: Order, code: OrderCode, said: str) -> None:
        with self._store.transaction():
            self._store.append(_entry(order, code, said))
            self._store.set_meta(_BEGUN, "")

    def _close_begun(self) -> None:
        if begun := self._store.meta(_BEGUN):
            with self._store.transaction():
                self._store.append(DoorOrdered.model_validate(json.loads(begun)))
                self._store.set_meta(_BEGUN, "")


def _entry(order: Order | None, code: OrderCode, report: str) -> DoorOrdered:
    if order is None:
        return DoorOrdered(order="", code=code, report=report)
    return DoorOrdered(
        order=order.id,
        door=order.door[:40],
        call=order.call[:40],
        by=order.by[:80],
        reason=order.reason[:200],
        code=code,
        report=report,
    )


def _log_failure(future: "Future[None]") -> None:
    if (error := future.exception()) is not None:
        log.error("a door order was not carried out", exc_info=error)
