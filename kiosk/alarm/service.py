"""The alarm of this station: one incident at a time, on disk before anything else, said until a person has it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from kiosk.alarm.incident import Incident, Reached, due, heard, message, reached
from kiosk.clock import Clock
from kiosk.errors import KioskError, StorageError
from kiosk.events import Event, EventBus, LinkChanged
from kiosk.protocol.alarm import (
    AlarmAcknowledged,
    AlarmClosed,
    AlarmDelivered,
    AlarmMistaken,
    AlarmPressed,
    AlarmRaised,
    AlarmSettings,
    AlarmSource,
    AlarmState,
)
from kiosk.protocol.ids import uuid7
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage
from kiosk.session import Session, SessionFinished

log = logging.getLogger(__name__)
TICK_SECONDS = 0.5
SHOWN_SECONDS = 300.0  # for so long the end of an alarm can be read by whoever comes in


class AlarmNone(KioskError):
    """There is no alarm that could be ended."""

    code = "alarm.none"


@dataclass(frozen=True, slots=True)
class AlarmChanged(Event):
    """The alarm is now like this; None when nothing is to be said of one any more."""

    incident: Incident | None


class Guard(Protocol):
    """Who may end an alarm on the spot. Raises StaffNeeded."""

    def require(self) -> None: ...


class Alarm:
    """`press`, `say_mistaken` and `close` on the desk thread; everything else from any thread.

    `append` writes to the journal and waits until it is durable, `record` does so later; `send` puts a message on the
    live link (dropped without a line), `hurry` asks for the line at once; `watch` calls what it is given every
    `TICK_SECONDS` until that returns False; `unfinished` is the incident the last run left open; `call` is the id of
    the call to the desk that goes with an alarm, "" none.
    """

    def __init__(
        self,
        clock: Clock,
        bus: EventBus,
        session: Session,
        guard: Guard,
        append: Callable[[JournalBody], object],
        record: Callable[[JournalBody], object],
        send: Callable[[LinkMessage], object],
        watch: Callable[[Callable[[], bool]], object],
        settings: Callable[[], AlarmSettings] = AlarmSettings,
        hurry: Callable[[], object] = lambda: None,
        unfinished: Callable[[], Incident | None] = lambda: None,
        call: Callable[[], str] = lambda: "",
    ) -> None:
        self._clock = clock
        self._bus = bus
        self._session = session
        self._guard = guard
        self._append = append
        self._record = record
        self._send = send
        self._watch = watch
        self._settings = settings
        self._hurry = hurry
        self._unfinished = unfinished
        self._call = call
        self._lock = threading.RLock()
        self._incident: Incident | None = None
        self._told: Reached | None = None
        self._watched = False
        bus.subscribe(LinkChanged, self._on_link)
        bus.subscribe(SessionFinished, lambda _event: self.dismiss())

    @property
    def incident(self) -> Incident | None:
        """The alarm that lasts, or the one that ended and has not been read yet."""
        return self._incident

    @property
    def lasts(self) -> bool:
        """Whether there is an alarm that nobody has ended."""
        return self._incident is not None and not self._incident.closed

    @property
    def settings(self) -> AlarmSettings:
        return self._settings()

    def reached(self) -> Reached | None:
        """How far it has come, None when there is none."""
        incident = self._incident
        return reached(incident, self._clock.monotonic(), self._settings()) if incident else None

    # -- at the station -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """An alarm lasts over a power cut: it is said again at once."""
        left = self._unfinished()
        if left is not None:
            log.warning("alarm %s goes on", left.id)
            with self._lock:
                self._incident = replace(left, began=self._clock.monotonic())
            self._go_on()

    def stop(self) -> None:
        """The program ends; the alarm does not."""

    def press(self, source: AlarmSource, drill: bool = False) -> Incident:
        """Raise the alarm: durable first, then everybody else. Again while it lasts, it is the same one, pressed again.

        A drill gives way to an alarm that is meant; during an alarm nobody drills.
        """
        current = self._incident
        if current is not None and not current.closed:
            if drill and not current.drill:
                return current
            if current.drill and not drill:
                self._end(current, "", self._write)  # an alarm that is meant does not wait for a disk either
            else:
                return self._press_again(current, source)
        now = self._clock.now()
        incident = Incident(uuid7(now), source, now, self._clock.monotonic(), drill)
        raised = AlarmRaised(incident=incident.id, source=source, drill=drill, session=self._session.id)
        incident = replace(incident, stored=self._write(raised))
        log.warning("alarm %s from %s%s", incident.id, source, ", a drill" if drill else "")
        with self._lock:
            self._incident = incident
        self._go_on()
        return incident

    def say_mistaken(self) -> None:
        """The visitor says that it was a mistake. The desk reads it, and the alarm lasts."""
        current = self._incident
        if current is not None and not current.closed and not current.withdrawn:
            self._write(AlarmMistaken(incident=current.id, presses=current.presses))
            self._change(mistaken=current.presses, sent=0)

    def close(self, reason: str) -> None:
        """Staff end it on the spot. Raises StaffNeeded, AlarmNone, StorageError: an end that is not kept is none."""
        self._guard.require()
        current = self._incident
        if current is None or current.closed:
            raise AlarmNone()
        self._end(current, reason, self._append)

    def dismiss(self) -> None:
        """The end has been read: nothing more is shown."""
        with self._lock:
            if self._incident is None or not self._incident.closed:
                return
            self._incident = None
        self._tell()

    def _press_again(self, current: Incident, source: AlarmSource) -> Incident:
        presses = min(current.presses + 1, 9999)
        aloud = source if current.source is AlarmSource.SILENT and source is not AlarmSource.SILENT else None
        self._write(AlarmPressed(incident=current.id, presses=presses, source=aloud))
        self._change(presses=presses, sent=0, source=aloud or current.source)
        return self._incident or current

    def _end(self, current: Incident, reason: str, write: Callable[[JournalBody], object]) -> None:
        write(AlarmClosed(incident=current.id, where="station", reason=reason))
        self._change(closed=True, reason=reason, ended=self._clock.monotonic())
        self._say()

    # -- the link -----------------------------------------------------------------------------------------------------

    def on_message(self, state: AlarmState) -> None:
        """The desk has said how the alarm stands there."""
        with self._lock:
            before = self._incident
            if before is None or not (facts := heard(before, state)):
                return
            if facts.get("closed"):
                facts["ended"] = self._clock.monotonic()
            after = self._incident = replace(before, **facts)  # type: ignore[arg-type]  # `heard` names its fields
        if after.delivered and not before.delivered:
            self._record(AlarmDelivered(incident=after.id))
        if after.by and after.by != before.by:
            self._record(AlarmAcknowledged(incident=after.id, by=after.by))
        if after.closed:
            self._record(AlarmClosed(incident=after.id, by=after.closed_by, where="desk", reason=after.reason))
        self._tell()

    def tick(self) -> bool:
        """Time has passed. Returns whether there is an alarm, or the end of one to be read."""
        current, now = self._incident, self._clock.monotonic()
        if current is not None and due(current, now):
            self._say()
        if current is not None and current.closed and now - current.ended >= SHOWN_SECONDS:
            self.dismiss()
        elif self.reached() != self._told:
            self._tell()
        return self._incident is not None

    def _on_link(self, event: LinkChanged) -> None:
        if event.online and self.lasts:
            self._say()

    # -- inside -------------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Say it, show it, and keep saying it."""
        self._hurry()
        self._say()
        self._tell()
        with self._lock:
            watched, self._watched = self._watched, True
        if not watched:
            self._watch(self._beat)

    def _beat(self) -> bool:
        going = self.tick()
        with self._lock:
            self._watched = going = going or self._incident is not None
        return going

    def _say(self) -> None:
        with self._lock:
            current = self._incident
            if current is None:
                return
            self._incident = replace(current, sent=current.sent + 1, said=self._clock.monotonic())
        self._send(message(current, self._call()))

    def _change(self, **facts: object) -> None:
        with self._lock:
            if self._incident is not None:
                self._incident = replace(self._incident, **facts)  # type: ignore[arg-type]
        self._tell()

    def _tell(self) -> None:
        self._told = self.reached()
        self._bus.publish(AlarmChanged(self._incident))

    def _write(self, body: JournalBody) -> bool:
        """Durable if the disk lets us. An alarm does not wait for a disk."""
        try:
            self._append(body)
        except StorageError:
            log.exception("the alarm could not be written down; it is raised all the same")
            return False
        return True
