"""Sync: the journal up, the catalogue down, files by hash. One task on the network loop, woken by news and by time."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from pydantic import ValidationError

from kiosk.desk import Desk
from kiosk.errors import HubRefused, JournalDiverged, KioskError
from kiosk.events import EventBus, FileArrived, SyncChanged
from kiosk.network import Network
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.journal import Acknowledgement, Batch
from kiosk.protocol.station import JournalRestored
from kiosk.storage import Store
from kiosk.storage.files import FileStore, file_refs
from kiosk.sync.applying import Applying
from kiosk.sync.backoff import Backoff
from kiosk.sync.client import HubClient

log = logging.getLogger(__name__)
SENT = "sync.voice."
DIVERGED = "sync.diverged"  # the hub said so, and until a new enrolment it will
RESTORED = "restore.station"  # the station whose entries at the hub were asked for
_AT_ONCE = 500  # entries that are put back while somebody is here
_NEVER = frozenset({400, 413, 415, 422})  # asked again, the answer would be the same
_NOT_FOUND = 404
_BATCH = 500
_QUIET = 300.0  # seconds between rounds when nothing happens and no link tells us
LINKED = 7200.0  # the same while the live link is up and would tell us, and nothing was left undone


def retry_after(error: Exception) -> float:
    """Seconds after which the hub wants to be asked again, 0 where it did not say."""
    asked = error.details.get("retry_after") if isinstance(error, HubRefused) else None
    return float(asked or 0)


class Sync:
    """Started and stopped by the composition root. Everything durable happens on the desk thread.

    `station` is the id that this terminal was enrolled as, "" before that; `busy` whether somebody is here; `linked`
    whether the live link is up, on which the hub says when there is news;
    `attachments` are the sounds and pictures that entries of the journal name, sent or not; `has_room` says whether
    a file of so many bytes may be fetched: the journal comes first.
    """

    def __init__(
        self,
        client: HubClient,
        store: Store,
        files: FileStore,
        desk: Desk,
        network: Network,
        bus: EventBus,
        station: Callable[[], str],
        applying: Applying,
        attachments: Callable[[], list[FileRef]] = list,
        busy: Callable[[], bool] = bool,
        has_room: Callable[[int], bool] = lambda _size: True,
        linked: Callable[[], bool] = bool,
    ) -> None:
        self._client = client
        self._store = store
        self._files = files
        self._desk = desk
        self._network = network
        self._bus = bus
        self._station = station
        self._applying = applying
        self._attachments = attachments
        self._busy = busy
        self._has_room = has_room
        self._linked = linked
        self._undone = False  # the last round left something for the next
        self._wake = asyncio.Event()
        self.status = SyncChanged(online=False, waiting=0, problem="hub.unreachable")

    def start(self) -> None:
        self._store.on_appended(lambda _entry: self.nudge())
        self._network.spawn(self._run())

    def stop(self) -> None:
        self._client.close()

    def nudge(self) -> None:
        """There is news here or at the hub: begin a round now. From any thread."""
        if self._network.loop.is_running():
            self._network.loop.call_soon_threadsafe(self._wake.set)

    def round(self) -> None:
        """One whole round: everything up, everything down. Blocking; raises KioskError where it stops."""
        self._undone = False
        self._put_back()
        while self._push_once():
            pass
        self._undone |= self._desk.call(self.waiting) > 0
        for ref in self._desk.call(self._attachments_waiting):
            self._send_attachment(ref)
        self._pull_catalogue()
        for ref in self._desk.call(self._missing_files):
            if self._has_room(ref.size):
                self._fetch(ref)
            else:
                self._undone = True

    async def _run(self) -> None:
        backoff = Backoff()
        while True:
            self._wake.clear()
            if self._station():
                try:
                    await asyncio.to_thread(self.round)
                    backoff.reset()
                    self._tell(online=True)
                except (KioskError, ValidationError) as error:
                    if isinstance(error, JournalDiverged):
                        self._desk.post(self._store.set_meta, DIVERGED, "yes")
                    code = error.code if isinstance(error, KioskError) else "hub.refused"
                    log.info("sync stopped: %s", error)
                    self._tell(online=False, problem=code)
                    await asyncio.sleep(backoff.seconds(retry_after(error)))
                    continue
            await self._until_the_next()

    async def _until_the_next(self) -> None:
        """Wait for news, or until it is time to ask for it."""
        waited = 0.0
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_QUIET):
                    await self._wake.wait()
                    return
            waited += _QUIET
            if waited >= LINKED or self._undone or not self._linked():
                return

    def _tell(self, online: bool, problem: str = "") -> None:
        self._desk.post(self._tell_on_desk, online, problem)

    def _tell_on_desk(self, online: bool, problem: str) -> None:
        status = SyncChanged(online=online, waiting=self.waiting(), problem=problem)
        if status != self.status:
            self.status = status
            self._bus.publish(status)

    def waiting(self) -> int:
        """Entries that the hub has not acknowledged. On the desk thread; right before the first round, too."""
        return self._store.journal.last_seq() - self._applying.acknowledged()

    def _put_back(self) -> None:
        """Ask once for what the hub holds of this station: after a rescue, and where another terminal stood before."""
        if self._desk.call(self._store.meta, RESTORED) == self._station():
            return
        try:
            while (page := self._client.own_journal(self._desk.call(self._store.incoming_after))).entries:
                self._desk.call(self._store.keep_incoming, page.entries, page.after)
        except HubRefused as error:
            if error.details.get("status") != _NOT_FOUND:
                raise
            return  # a hub from before it could be asked: what is here goes up all the same
        self._desk.call(self._merge)

    def _merge(self) -> None:
        if self._busy() and self._store.missing_here() > _AT_ONCE:
            self._undone = True
            return  # it would be felt; the next round asks again, and has nothing to fetch
        with self._store.transaction():
            if count := self._store.merge_incoming():
                self._store.append(JournalRestored(entries=count))
                log.warning("%d entries came back from the hub", count)
            self._store.set_meta(RESTORED, self._station())

    def _push_once(self) -> bool:
        """Send one batch; True when more may follow."""
        entries = self._desk.call(lambda: self._store.journal.after(self._applying.acknowledged(), _BATCH))
        if not entries:
            return False
        answer = self._client.push(Batch(journal=self._desk.call(lambda: self._store.journal_name), entries=entries))
        return self._desk.call(self._note_acknowledged, answer, entries[-1].seq)

    def _note_acknowledged(self, answer: Acknowledgement, sent_to: int) -> bool:
        before = self._applying.acknowledged()
        now = min(answer.acknowledged, self._store.journal.last_seq())
        for poison in answer.poison:
            log.warning("the hub keeps entry %d apart: %s", poison.seq, poison.reason)
        self._applying.acknowledge(now, answer.poison)
        return (now < before or before < sent_to <= now) and now < self._store.journal.last_seq()

    def _attachments_waiting(self) -> list[FileRef]:
        return [ref for ref in self._attachments() if self._store.meta(SENT + ref.sha256) is None]

    def _send_attachment(self, ref: FileRef) -> None:
        """Up with it, and off this machine. One that the hub will never take must not stop everything behind it."""
        path = self._files.path(ref.sha256)
        if path is None:
            log.error("the attachment %s is not here any more", ref.sha256)
            outcome = "lost"
        else:
            try:
                self._client.put_attachment(ref, path.read_bytes())
                outcome = "sent"
            except HubRefused as error:
                if error.details.get("status") not in _NEVER:
                    raise
                log.error("the hub does not take the attachment %s: %s", ref.sha256, error)
                outcome = "refused"
        self._desk.call(self._store.set_meta, SENT + ref.sha256, outcome)
        if outcome == "sent":
            self._files.remove(ref.sha256)

    def _pull_catalogue(self) -> None:
        while True:
            since = self._desk.call(self._store.catalogue.revision)
            batch = self._client.catalogue(since)
            if batch.revision <= since and not batch.documents:
                return
            self._desk.call(self._applying.apply, batch)
            if batch.complete:
                return

    def _missing_files(self) -> list[FileRef]:
        refs = [ref for body in self._store.catalogue.every_body() for ref in file_refs(body)]
        return [ref for ref in {r.sha256: r for r in refs}.values() if self._files.path(ref.sha256) is None]

    def _fetch(self, ref: FileRef) -> None:
        have = self._files.have(ref.sha256)
        offset, chunks = self._client.file(ref, have if have < ref.size else 0)  # no range begins at the end
        self._files.add(ref, chunks, offset)
        self._bus.publish(FileArrived(ref.sha256))
