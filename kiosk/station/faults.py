"""Fault reports: on disk at once, at the desk when there is a line, and the end of it told to whoever made one."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from kiosk.clock import Clock
from kiosk.errors import KioskError
from kiosk.events import Event, EventBus
from kiosk.protocol.catalogue import CatalogueBody, FileRef
from kiosk.protocol.ids import uuid7
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.station_faults import FaultDocument, FaultReported, FaultState, FaultTold, Thing
from kiosk.session import Session, SessionPersonChanged
from kiosk.storage.station import Faults, ReportedFault

T = TypeVar("T", bound=CatalogueBody)
MOST = 5  # reports in one visit
PHOTO_BYTES = 1 << 20
_SHOWN_REPAIRED = timedelta(days=7)


class FaultLimit(KioskError):
    """This visit has reported enough."""

    code = "fault.limit"


class Documents(Protocol):
    """The part of the catalogue that is needed here."""

    def get(self, body: type[T], doc_id: str) -> T | None: ...


class Files(Protocol):
    """Where files are kept by their hash."""

    def add(self, ref: FileRef, chunks: Iterator[bytes], offset: int = 0) -> Path: ...


@dataclass(frozen=True, slots=True)
class FaultRow:
    """How a fault stands here: `since` it was reported, `changed` when the desk last said something of it."""

    fault: str
    thing: Thing
    state: FaultState
    since: datetime
    reports: int
    changed: datetime | None


@dataclass(frozen=True, slots=True)
class FaultsChanged(Event):
    """A report was made."""


@dataclass(frozen=True, slots=True)
class FaultsRepaired(Event):
    """Somebody is here whose reports have come to a good end."""

    things: tuple[Thing, ...]


class FaultReports:
    """On the desk thread. `record` appends to the journal and returns when it is durable."""

    def __init__(
        self,
        documents: Documents,
        kept: Faults,
        files: Files,
        clock: Clock,
        bus: EventBus,
        session: Session,
        record: Callable[[JournalBody], object],
        later: Callable[[Callable[[], None]], None],
    ) -> None:
        self._documents = documents
        self._kept = kept
        self._files = files
        self._clock = clock
        self._bus = bus
        self._session = session
        self._record = record
        self._made = ("", 0)  # session, how many
        bus.subscribe(SessionPersonChanged, lambda _event: later(self._tell))

    def rows(self) -> tuple[FaultRow, ...]:
        """What is broken, the newest first, and what was repaired in the last days."""
        now = self._clock.now()
        rows = (self._row(fault) for fault in self._kept.all())
        return tuple(row for row in rows if row.state is not FaultState.REPAIRED or _lately(row, now))

    def report(self, thing: Thing, photo: bytes = b"") -> FaultRow:
        """Say that something is broken; it is in the journal when this returns. `photo` is a JPEG.

        What is reported already counts once more. Raises FaultLimit, DiskFull, StorageError.
        """
        session = self._session.id or self._session.wake()
        before = self._made[1] if self._made[0] == session else 0
        if before >= MOST:
            raise FaultLimit(most=MOST)
        known = next((row for row in self.rows() if row.thing is thing and row.state is not FaultState.REPAIRED), None)
        person = self._session.person
        fault = known.fault if known and thing is not Thing.OTHER else uuid7(self._clock.now())
        self._record(
            FaultReported(
                fault=fault,
                thing=thing,
                session=session,
                member=person.ref if person else "",
                photo=self._keep(photo) if photo and len(photo) <= PHOTO_BYTES else None,
            )
        )
        self._made = (session, before + 1)
        self._bus.publish(FaultsChanged())
        return next(row for row in self.rows() if row.fault == fault)

    def _row(self, fault: ReportedFault) -> FaultRow:
        said = self._documents.get(FaultDocument, fault.fault)
        state, changed = (said.state, said.changed) if said else (FaultState.OPEN, None)
        return FaultRow(fault.fault, Thing(fault.thing), state, fault.since, fault.reports, changed)

    def _keep(self, photo: bytes) -> FileRef:
        ref = FileRef(sha256=hashlib.sha256(photo).hexdigest(), size=len(photo), media_type="image/jpeg")
        self._files.add(ref, iter([photo]))
        return ref

    def _tell(self) -> None:
        """Whoever was just recognised hears once what became of their reports."""
        person = self._session.person
        if person is None:
            return
        things = []
        for fault in self._kept.untold(person.ref):
            said = self._documents.get(FaultDocument, fault)
            if said is not None and said.state is FaultState.REPAIRED:
                self._record(FaultTold(fault=fault, session=self._session.id, member=person.ref))
                things.append(said.thing)
        if things:
            self._bus.publish(FaultsRepaired(tuple(dict.fromkeys(things))))


def _lately(row: FaultRow, now: datetime) -> bool:
    return row.changed is not None and now - row.changed <= _SHOWN_REPAIRED
