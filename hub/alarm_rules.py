"""Who is to hear of an alarm, and when: pure functions of the incident, the published plan and the time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.protocol.alarm import TEST_HOURS, AlarmSettings, AlarmSource, AlarmStep

GATEWAY_RETRIES = (5, 15, 30, 60)  # seconds after a failed attempt; the last one is repeated
GATEWAY_SECONDS = 12  # an attempt is over by then
MOST_TRIES = 60  # an hour of them: a gateway that is down for longer has been seen by then, or by nobody


@dataclass(frozen=True, slots=True)
class Incident:
    """An alarm as the hub holds it. Times are aware, None = not yet; `holder` is the account of who has it.

    `raised` is the station's own time, `arrived` the hub's: what is done about it counts from there. `offered` is an
    account that is asked to take over, `mistaken` the press of which the visitor said that it was a mistake.
    `closed_where` is "station" or "desk".
    """

    id: str
    station: str
    source: AlarmSource
    raised: datetime
    arrived: datetime
    drill: bool = False
    presses: int = 1
    call: str = ""
    mistaken: int = 0
    acknowledged: datetime | None = None
    acknowledged_by: str = ""
    holder: str = ""
    holder_name: str = ""
    offered: str = ""
    closed: datetime | None = None
    closed_by: str = ""
    closed_where: str = ""
    reason: str = ""

    @property
    def urgent(self) -> bool:
        """Whether it is a person who calls for help. A test that did not pass can wait until somebody looks."""
        return self.source is not AlarmSource.SELF_TEST

    @property
    def withdrawn(self) -> bool:
        """Whether the visitor has said of the last press that it was a mistake."""
        return self.mistaken >= self.presses

    @property
    def waiting(self) -> bool:
        """Whether nobody has it yet."""
        return self.closed is None and self.acknowledged is None


@dataclass(frozen=True, slots=True)
class Tries:
    """Attempts to reach the gateway about one incident: how many, when the last failed, whether one got there."""

    tried: int = 0
    last: datetime | None = None
    reached: bool = False


def level(incident: Incident, plan: AlarmSettings, now: datetime) -> int:
    """How many steps of the plan are due. None is taken for an incident somebody has, or that can wait."""
    if not incident.waiting or not incident.urgent:
        return 0
    waited = (now - incident.arrived).total_seconds()
    return sum(step.after_seconds <= waited for step in plan.steps)


def due_steps(incident: Incident, plan: AlarmSettings, now: datetime) -> list[AlarmStep]:
    """The steps that have been reached, in the order of their time, however the plan was written."""
    ordered = sorted(plan.steps, key=lambda step: step.after_seconds)
    return ordered[: level(incident, plan, now)]


def rings(incident: Incident, account: str, roles: Iterable[str], plan: AlarmSettings, now: datetime) -> bool:
    """Whether it is to sound where this person sits."""
    if incident.closed is None and incident.offered and incident.offered == account:
        return True
    me = {account, *roles}
    return any(me.intersection(step.people) for step in due_steps(incident, plan, now))


def gateway_due(incident: Incident, plan: AlarmSettings, now: datetime, tries: Tries) -> bool:
    """Whether the SMS or telephone gateway is to be tried now."""
    wanted = any(step.gateway for step in due_steps(incident, plan, now))
    if not wanted or tries.reached or tries.tried >= MOST_TRIES:
        return False
    if tries.last is None:
        return True
    pause = GATEWAY_RETRIES[min(tries.tried, len(GATEWAY_RETRIES)) - 1]
    return now - tries.last >= timedelta(seconds=pause)


def test_overdue(enrolled: datetime, passed: datetime | None, now: datetime) -> bool:
    """Whether a station's own test has not passed for longer than the rule allows."""
    return now - (passed or enrolled) > timedelta(hours=TEST_HOURS)
