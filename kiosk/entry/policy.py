"""Whether a door opens. A pure function of the policy, of who asks and how, and of how things stand; see the table of
cases in tests/kiosk/entry/test_policy.py.

Nobody is turned away without a next step: whoever is not let in may ring, and hears when the station opens.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.hours import Openness, OpenNow
from kiosk.protocol.entry import Access, EntryPolicy, Reason, Way

_WIDTH = {Access.NOBODY: 0, Access.MEMBERS: 1, Access.IDENTIFIED: 2, Access.EVERYBODY: 3}


class Verdict(StrEnum):
    OPEN = "open"
    ASK = "ask"  # ring the desk: somebody there decides
    REFUSE = "refuse"  # and say what the visitor can do


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as it is known. `since_last`: seconds since the same code or card opened, None never."""

    way: Way
    member: bool = False
    tier: str = ""
    since_last: float | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand. `people` is how many are inside, None unknown; `desk` whether the desk can be reached."""

    hours: OpenNow
    weather: bool = False
    people: int | None = None
    desk: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """`opens` is when everybody or anybody identified is let in again, where that is known and helps."""

    verdict: Verdict
    reason: Reason
    opens: datetime | None = None


def decide(policy: EntryPolicy, asker: Asker, now: Situation) -> Decision:
    """The first rule that applies decides. The order is that of the visitor's interest: what would let them in."""
    in_hours = _in_hours(policy, now.hours)
    usual = policy.in_hours if in_hours else policy.after_hours
    away = policy.desk_away_in_hours if in_hours else policy.desk_away_after_hours
    if asker.member and policy.tiers and asker.tier not in policy.tiers:
        return _otherwise(asker, now, Reason.TIER)
    if policy.passback_minutes and asker.since_last is not None and asker.since_last < policy.passback_minutes * 60:
        return _otherwise(asker, now, Reason.PASSBACK)
    reason = _reason(policy, asker, now, usual, away)
    if reason is None:
        return _otherwise(asker, now, _missing(usual, in_hours), None if in_hours else now.hours.opens)
    if policy.capacity and now.people is not None and now.people >= policy.capacity:
        return _otherwise(asker, now, Reason.FULL)
    return Decision(Verdict.OPEN, reason)


def _reason(policy: EntryPolicy, asker: Asker, now: Situation, usual: Access, away: Access) -> Reason | None:
    """Why the door opens, None when it does not."""
    rules = [(usual, Reason.ALLOWED)]
    if now.weather:
        rules.append((policy.in_weather, Reason.WEATHER))
    if not now.desk:
        rules.append((away, Reason.DESK_AWAY))
        if now.weather:
            rules.append((policy.desk_away_in_weather, Reason.WEATHER))
    return next((reason for access, reason in rules if _lets_in(access, asker)), None)


def _lets_in(access: Access, asker: Asker) -> bool:
    shown = Access.MEMBERS if asker.member else Access.IDENTIFIED
    needed = Access.EVERYBODY if asker.way is Way.BELL else shown
    return _WIDTH[access] >= _WIDTH[needed]


def _in_hours(policy: EntryPolicy, hours: OpenNow) -> bool:
    if hours.state is Openness.UNKNOWN:
        return policy.unsure == "in_hours"
    return hours.state is not Openness.CLOSED


def _missing(usual: Access, in_hours: bool) -> Reason:
    """What stands in the way of somebody whom no rule lets in."""
    if usual is Access.NOBODY or (not in_hours and usual is not Access.MEMBERS):
        return Reason.CLOSED
    if usual is Access.MEMBERS:
        return Reason.MEMBERS_ONLY
    return Reason.IDENTIFY


def _otherwise(asker: Asker, now: Situation, reason: Reason, opens: datetime | None = None) -> Decision:
    """Not let in: whoever rings is put through while there is a desk, everybody else is told that they may ring."""
    ringing = asker.way is Way.BELL and now.desk
    return Decision(Verdict.ASK if ringing else Verdict.REFUSE, reason, opens)
