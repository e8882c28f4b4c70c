"""An alarm as the station knows it, and what may truthfully be said about it: pure functions of facts and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.protocol.alarm import Alarm, AlarmSettings, AlarmSource, AlarmState

RETRIES = (1.0, 2.0, 4.0, 8.0, 15.0)  # seconds after each time it was said (specs/devices.md, section 7)
HELD_SECONDS = 60.0  # once a person has it, it is said this often: the station hears of its end


class Reached(StrEnum):
    """How far an alarm has come. The screen says this and nothing better."""

    SENDING = "sending"
    UNDELIVERED = "undelivered"  # for so long that the visitor has to know
    DELIVERED = "delivered"  # the desk's server holds it, nobody has it yet
    UNANSWERED = "unanswered"  # delivered, and for so long nobody has it
    ACKNOWLEDGED = "acknowledged"  # a person has it
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Incident:
    """One alarm. `raised` is wall time, aware; `began`, `said` and `ended` are monotonic seconds of this run.

    `consoles` are the desk's windows that were open when it was heard of last; `by` is who has it, "" nobody;
    `mistaken` is the press of which the visitor said that it was a mistake. `sent` counts how often it was said since
    it began, or since the program started again. `stored` is False when the disk refused: it is an alarm all the same.
    """

    id: str
    source: AlarmSource
    raised: datetime
    began: float
    drill: bool = False
    presses: int = 1
    mistaken: int = 0
    delivered: bool = False
    consoles: int = 0
    by: str = ""
    closed: bool = False
    closed_by: str = ""
    reason: str = ""
    ended: float = 0.0
    sent: int = 0
    said: float = 0.0
    stored: bool = True

    @classmethod
    def left(cls, row: Mapping[str, Any], now: float) -> "Incident":
        """One that the last run of the program left open (see kiosk.storage.alarm); `now` is monotonic."""
        return cls(
            id=row["id"],
            source=AlarmSource(row["source"]),
            raised=datetime.fromisoformat(row["raised"]),
            began=now,
            drill=bool(row["drill"]),
            presses=row["presses"],
            mistaken=row["mistaken"],
            delivered=bool(row["delivered"]),
            by=row["by_name"],
        )

    @property
    def withdrawn(self) -> bool:
        """Whether the visitor has said of the last press that it was a mistake."""
        return self.mistaken >= self.presses


def reached(incident: Incident, now: float, settings: AlarmSettings) -> Reached:
    """How far it has come at `now` (monotonic seconds)."""
    waited = now - incident.began
    if incident.closed:
        return Reached.CLOSED
    if incident.by:
        return Reached.ACKNOWLEDGED
    if incident.delivered:
        return Reached.UNANSWERED if waited >= settings.unanswered_seconds else Reached.DELIVERED
    return Reached.UNDELIVERED if waited >= settings.undelivered_seconds else Reached.SENDING


def due(incident: Incident, now: float) -> bool:
    """Whether it is to be said (again) at `now`."""
    if incident.closed:
        return False
    if incident.sent == 0:
        return True
    pause = HELD_SECONDS if incident.by else RETRIES[min(incident.sent, len(RETRIES)) - 1]
    return now - incident.said >= pause


def message(incident: Incident, call: str) -> Alarm:
    """What the desk is told of it. `call` is the call that goes with it, "" none."""
    return Alarm(
        incident=incident.id,
        source=incident.source,
        raised=incident.raised,
        presses=incident.presses,
        drill=incident.drill,
        call=call,
        mistaken=incident.mistaken,
        closed=incident.closed,
        closed_by=incident.closed_by,
        reason=incident.reason,
    )


def heard(incident: Incident, state: AlarmState) -> dict[str, object]:
    """What is known now that was not known before, from an answer of the desk; {} for another incident's."""
    if state.incident != incident.id or incident.closed:
        return {}
    facts: dict[str, object] = {
        "delivered": True,
        "consoles": state.consoles,
        "by": state.acknowledged_by or incident.by,  # nobody's word takes a person back
        "closed": state.closed,
        "closed_by": state.closed_by,
        "reason": state.reason,
    }
    return {name: value for name, value in facts.items() if getattr(incident, name) != value}
