"""The policy's table of cases: who asks how, when, with and without a desk, and what becomes of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.entry.policy import Asker, Situation, Verdict, decide
from kiosk.hours import Openness, OpenNow
from kiosk.protocol.entry import Access, EntryPolicy, Reason, Way

MORNING = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
OPEN, SHUT = OpenNow(Openness.OPEN, until=MORNING), OpenNow(Openness.CLOSED, opens=MORNING)
ALWAYS, UNSURE = OpenNow(Openness.ALWAYS), OpenNow(Openness.UNKNOWN)
E, I, M, N = Access.EVERYBODY, Access.IDENTIFIED, Access.MEMBERS, Access.NOBODY  # noqa: E741

DAY_AND_NIGHT = EntryPolicy()  # by day whoever is identified, by night members
FREE_BY_DAY = EntryPolicy(in_hours=E, after_hours=N, desk_away_after_hours=N)
CLOSED_BY_NIGHT = EntryPolicy(in_hours=I, after_hours=N, desk_away_after_hours=N, in_weather=N)
SHELTER = EntryPolicy(in_hours=I, after_hours=N, in_weather=E, desk_away_in_weather=E)
MODELS = EntryPolicy(tiers=("model",))
ONCE = EntryPolicy(passback_minutes=10)
SMALL = EntryPolicy(capacity=4)
STRICT_CLOCK = EntryPolicy(after_hours=N, desk_away_after_hours=N, unsure="after_hours")

RIDER = Asker(Way.CODE, member=True)
CARD = Asker(Way.ID_CARD)  # somebody with an ID card who is no member
KNOWN_CARD = Asker(Way.ID_CARD, member=True)
FACE = Asker(Way.FACE, member=True)
GUEST = Asker(Way.BELL)

CASES = [
    # by day, with a desk
    (DAY_AND_NIGHT, RIDER, Situation(OPEN), Verdict.OPEN, Reason.ALLOWED),
    (DAY_AND_NIGHT, CARD, Situation(OPEN), Verdict.OPEN, Reason.ALLOWED),
    (DAY_AND_NIGHT, FACE, Situation(ALWAYS), Verdict.OPEN, Reason.ALLOWED),
    (DAY_AND_NIGHT, GUEST, Situation(OPEN), Verdict.ASK, Reason.IDENTIFY),
    (FREE_BY_DAY, GUEST, Situation(OPEN), Verdict.OPEN, Reason.ALLOWED),
    # by night, with a desk
    (DAY_AND_NIGHT, RIDER, Situation(SHUT), Verdict.OPEN, Reason.ALLOWED),
    (DAY_AND_NIGHT, KNOWN_CARD, Situation(SHUT), Verdict.OPEN, Reason.ALLOWED),
    (DAY_AND_NIGHT, CARD, Situation(SHUT), Verdict.REFUSE, Reason.MEMBERS_ONLY),
    (DAY_AND_NIGHT, GUEST, Situation(SHUT), Verdict.ASK, Reason.MEMBERS_ONLY),
    (CLOSED_BY_NIGHT, RIDER, Situation(SHUT), Verdict.REFUSE, Reason.CLOSED),
    (CLOSED_BY_NIGHT, GUEST, Situation(SHUT), Verdict.ASK, Reason.CLOSED),
    (FREE_BY_DAY, CARD, Situation(SHUT), Verdict.REFUSE, Reason.CLOSED),
    # nobody at the desk can be reached
    (DAY_AND_NIGHT, GUEST, Situation(OPEN, desk=False), Verdict.OPEN, Reason.DESK_AWAY),
    (DAY_AND_NIGHT, GUEST, Situation(SHUT, desk=False), Verdict.REFUSE, Reason.MEMBERS_ONLY),
    (DAY_AND_NIGHT, RIDER, Situation(SHUT, desk=False), Verdict.OPEN, Reason.ALLOWED),
    (CLOSED_BY_NIGHT, RIDER, Situation(SHUT, desk=False), Verdict.REFUSE, Reason.CLOSED),
    (CLOSED_BY_NIGHT, GUEST, Situation(SHUT, desk=False), Verdict.REFUSE, Reason.CLOSED),
    (FREE_BY_DAY, GUEST, Situation(OPEN, desk=False), Verdict.OPEN, Reason.ALLOWED),
    # declared heat, cold, storm
    (SHELTER, GUEST, Situation(SHUT, weather=True), Verdict.OPEN, Reason.WEATHER),
    (SHELTER, CARD, Situation(SHUT, weather=True), Verdict.OPEN, Reason.WEATHER),
    (SHELTER, GUEST, Situation(SHUT, weather=True, desk=False), Verdict.OPEN, Reason.WEATHER),
    (SHELTER, GUEST, Situation(SHUT), Verdict.ASK, Reason.CLOSED),
    (CLOSED_BY_NIGHT, GUEST, Situation(SHUT, weather=True), Verdict.ASK, Reason.CLOSED),
    # tiers, the same card again, a full room
    (MODELS, Asker(Way.CODE, True, "model"), Situation(OPEN), Verdict.OPEN, Reason.ALLOWED),
    (MODELS, Asker(Way.CODE, True, "other"), Situation(OPEN), Verdict.REFUSE, Reason.TIER),
    (MODELS, CARD, Situation(OPEN), Verdict.OPEN, Reason.ALLOWED),  # tiers are of members
    (ONCE, Asker(Way.CODE, True, since_last=599), Situation(OPEN), Verdict.REFUSE, Reason.PASSBACK),
    (ONCE, Asker(Way.CODE, True, since_last=600), Situation(OPEN), Verdict.OPEN, Reason.ALLOWED),
    (ONCE, RIDER, Situation(OPEN), Verdict.OPEN, Reason.ALLOWED),
    (SMALL, RIDER, Situation(OPEN, people=4), Verdict.REFUSE, Reason.FULL),
    (SMALL, GUEST, Situation(OPEN, people=4, desk=True), Verdict.ASK, Reason.IDENTIFY),
    (SMALL, RIDER, Situation(OPEN, people=3), Verdict.OPEN, Reason.ALLOWED),
    (SMALL, RIDER, Situation(OPEN, people=None), Verdict.OPEN, Reason.ALLOWED),  # who does not know refuses nobody
    # a clock that is not to be trusted
    (DAY_AND_NIGHT, CARD, Situation(UNSURE), Verdict.OPEN, Reason.ALLOWED),
    (STRICT_CLOCK, CARD, Situation(UNSURE), Verdict.REFUSE, Reason.CLOSED),
]


@pytest.mark.parametrize(("policy", "asker", "now", "verdict", "reason"), CASES)
def test_the_table(policy: EntryPolicy, asker: Asker, now: Situation, verdict: Verdict, reason: Reason) -> None:
    decision = decide(policy, asker, now)
    assert (decision.verdict, decision.reason) == (verdict, reason)


def test_whoever_comes_after_hours_hears_when_it_opens() -> None:
    assert decide(CLOSED_BY_NIGHT, RIDER, Situation(SHUT)).opens == MORNING
    assert decide(DAY_AND_NIGHT, GUEST, Situation(OPEN)).opens is None


ACCESS = st.sampled_from(Access)
POLICIES = st.builds(
    EntryPolicy,
    in_hours=ACCESS,
    after_hours=ACCESS,
    in_weather=ACCESS,
    desk_away_in_hours=ACCESS,
    desk_away_after_hours=ACCESS,
    desk_away_in_weather=ACCESS,
    capacity=st.integers(0, 5),
    passback_minutes=st.integers(0, 5),
    unsure=st.sampled_from(("in_hours", "after_hours")),
)
SITUATIONS = st.builds(
    Situation,
    hours=st.sampled_from((OPEN, SHUT, ALWAYS, UNSURE)),
    weather=st.booleans(),
    people=st.none() | st.integers(0, 9),
    desk=st.booleans(),
)


@given(POLICIES, SITUATIONS)
def test_who_is_better_known_is_never_worse_off(policy: EntryPolicy, now: Situation) -> None:
    opened = [decide(policy, asker, now).verdict is Verdict.OPEN for asker in (GUEST, CARD, RIDER)]
    assert opened == sorted(opened)


@given(POLICIES, SITUATIONS, st.sampled_from((GUEST, CARD, RIDER, KNOWN_CARD)))
def test_weather_and_an_absent_desk_only_open_more(policy: EntryPolicy, now: Situation, asker: Asker) -> None:
    bare = Situation(now.hours, False, now.people, True)
    if decide(policy, asker, bare).verdict is Verdict.OPEN:
        assert decide(policy, asker, now).verdict is Verdict.OPEN


@given(POLICIES, SITUATIONS)
def test_the_desk_is_asked_only_where_there_is_one_and_only_by_the_bell(policy: EntryPolicy, now: Situation) -> None:
    for asker in (GUEST, CARD, RIDER):
        if decide(policy, asker, now).verdict is Verdict.ASK:
            assert now.desk
            assert asker.way is Way.BELL


@given(POLICIES, SITUATIONS)
def test_nobody_s_policy_opens_to_nobody(policy: EntryPolicy, now: Situation) -> None:
    nobody = policy.model_copy(
        update=dict.fromkeys(
            [f"{away}{when}" for away in ("", "desk_away_") for when in ("in_hours", "after_hours", "in_weather")],
            Access.NOBODY,
        )
    )
    assert all(decide(nobody, asker, now).verdict is not Verdict.OPEN for asker in (GUEST, CARD, RIDER))
