"""Forgetting: once a day, and when somebody has asked to be forgotten, the journal is gone over in slices.

What came back by a rescue, from a copy or from the hub is gone over again the next time: the rules are applied to what
is here, and not remembered as done. Databases that were set aside as damaged go after a while as well.
"""

import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kiosk.clock import Clock, ClockQuality
from kiosk.desk import Desk
from kiosk.events import CatalogueUpdated, EventBus
from kiosk.protocol.redaction import ERASURE, Erasure, Redaction, RetentionSettings, cutoffs
from kiosk.storage import Store
from kiosk.storage.redaction import redact_slice

log = logging.getLogger(__name__)
LOOK_SECONDS = 60.0
DAMAGED_DAYS = 90
_DAY = 86_400.0
_SECRET = "retention.secret"  # noqa: S105 - the name of it
_KINDS = frozenset((ERASURE, RetentionSettings.kind))


class Retention:
    """`free` says whether nobody is here; who asked to be forgotten is not made to wait for that.

    `acknowledged` is up to where the hub has the journal. Slices run on the desk thread, one at a time.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        desk: Desk,
        bus: EventBus,
        acknowledged: Callable[[], int],
        free: Callable[[], bool],
        aside: Path,
        watch: Callable[[Callable[[], bool]], object] = lambda _look: None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._desk = desk
        self._acknowledged = acknowledged
        self._free = free
        self._aside = aside
        self._watch = watch
        self._due = clock.monotonic()
        self._asked = False
        self._stopped = False
        self._busy = threading.Lock()
        bus.subscribe(CatalogueUpdated, self._on_catalogue)

    def start(self) -> None:
        self._watch(self._look)

    def stop(self) -> None:
        """A pass ends with the slice at hand, and goes on at the next start."""
        self._stopped = True
        with self._busy:
            pass

    def run(self) -> int:
        """Go over the whole journal now. Blocking, not on the desk thread. Returns how many entries were changed."""
        redaction = self._desk.call(self._begin)
        after, total = 0, 0
        while True:
            after, changed = self._desk.call(self._slice, redaction, after)
            total += changed
            if not after or self._stopped:
                break
        if not after:
            self._desk.call(self._end, total)
        return total

    def _begin(self) -> Redaction:
        """A pass that was cut short goes on with its secret, so that a record stays in one piece."""
        if (secret := self._store.meta(_SECRET) or "") == "":
            secret = secrets.token_hex(32)
            self._store.set_meta(_SECRET, secret)
        asked = self._store.catalogue.all(Erasure).values()
        erased = [name for one in asked for name in (one.member, one.entry) if name]
        known = self._clock.quality() is not ClockQuality.DOUBTFUL
        before: dict[str, datetime] = {}
        if known:
            before = cutoffs(self._clock.now(), self._store.catalogue.only(RetentionSettings))
        return Redaction(bytes.fromhex(secret), erased, before)

    def _slice(self, redaction: Redaction, after: int) -> tuple[int, int]:
        return redact_slice(self._store, redaction, after, self._acknowledged())

    def _end(self, total: int) -> None:
        self._store.set_meta(_SECRET, "")
        if total:
            log.info("%d entries do not tell of a person any more", total)
            self._store.raw.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # the log has what was there before

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        self._asked = self._asked or bool(event.kinds & _KINDS)

    def _look(self) -> bool:
        due = self._clock.monotonic() >= self._due and self._free()
        if not self._stopped and (self._asked or due) and not self._busy.locked():
            self._asked = False
            self._due = self._clock.monotonic() + _DAY
            threading.Thread(target=self._pass, name="retention", daemon=True).start()
        return not self._stopped

    def _pass(self) -> None:
        with self._busy:
            try:
                self.run()
                self._forget_damaged()
            except Exception:  # a disk that is full, say: tried again
                log.exception("the journal was not gone over")
                self._due = self._clock.monotonic() + LOOK_SECONDS
                self._asked = True

    def _forget_damaged(self) -> None:
        for folder in self._aside.glob("*") if self._aside.is_dir() else ():
            if time.time() - folder.stat().st_mtime > DAMAGED_DAYS * _DAY:
                shutil.rmtree(folder, ignore_errors=True)
                log.info("the damaged database %s is gone", folder.name)
