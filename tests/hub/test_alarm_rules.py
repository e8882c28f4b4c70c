"""Who hears of an alarm and when, in cases and over all times."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.alarm_rules import GATEWAY_RETRIES, MOST_TRIES, Incident, Tries, gateway_due, level, rings, test_overdue
from kiosk.protocol.alarm import AlarmSettings, AlarmSource, AlarmStep

T0 = datetime(2026, 12, 1, 8, tzinfo=UTC)
PLAN = AlarmSettings()
overdue = test_overdue
test_overdue = None  # type: ignore[assignment]  # a rule, not a test of pytest's


def at(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


def incident(**more: object) -> Incident:
    values = {"id": "i", "station": "WX-1", "source": AlarmSource.SCREEN, "raised": T0, "arrived": T0, **more}
    return Incident(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seconds", "duty", "manager", "gateway"),
    [(0, True, False, False), (29, True, False, False), (30, True, True, False), (60, True, True, True)],
)
def test_the_usual_plan(seconds: float, duty: bool, manager: bool, gateway: bool) -> None:
    now = at(seconds)
    assert rings(incident(), "wang", ["duty"], PLAN, now) is duty
    assert rings(incident(), "zhao", ["manager"], PLAN, now) is manager
    assert gateway_due(incident(), PLAN, now, Tries()) is gateway


def test_somebody_by_name_and_nobody_else() -> None:
    plan = AlarmSettings(steps=(AlarmStep(after_seconds=10, people=("li",)),))
    assert level(incident(), plan, at(9)) == 0
    assert rings(incident(), "li", ["publisher"], plan, at(10))
    assert not rings(incident(), "wang", ["duty"], plan, at(1000))


def test_an_alarm_somebody_has_is_quiet_but_for_whom_it_is_offered() -> None:
    taken = incident(acknowledged=at(1), holder="wang", offered="li")
    assert not rings(taken, "wang", ["duty"], PLAN, at(100))
    assert rings(taken, "li", [], PLAN, at(100))
    assert not rings(incident(offered="li", closed=at(2)), "li", ["duty"], PLAN, at(100))


def test_a_test_that_did_not_pass_wakes_nobody() -> None:
    fault = incident(source=AlarmSource.SELF_TEST)
    assert level(fault, PLAN, at(10_000)) == 0
    assert not gateway_due(fault, PLAN, at(10_000), Tries())


def test_the_gateway_is_tried_again_ever_more_slowly_and_not_for_ever() -> None:
    seconds, tried, when = 60.0, 0, []
    while gateway_due(incident(), PLAN, at(seconds), Tries(tried, at(when[-1]) if when else None)) or seconds < 8000:
        if gateway_due(incident(), PLAN, at(seconds), Tries(tried, at(when[-1]) if when else None)):
            tried += 1
            when.append(seconds)
        seconds += 1
    pauses = [b - a for a, b in itertools.pairwise(when)]
    assert pauses[:4] == list(GATEWAY_RETRIES)
    assert set(pauses[4:]) == {GATEWAY_RETRIES[-1]}
    assert tried == MOST_TRIES
    assert not gateway_due(incident(), PLAN, at(9000), Tries(1, at(60), reached=True))


@given(
    st.floats(0, 5000),
    st.floats(0, 5000),
    st.lists(st.integers(0, 3600), min_size=1, max_size=8),
    st.sampled_from(["duty", "manager", "li"]),
)
def test_nobody_who_rings_stops_while_nobody_has_it(one: float, other: float, after: list[int], who: str) -> None:
    plan = AlarmSettings(
        steps=tuple(
            AlarmStep(after_seconds=s, people=("duty", "manager", "li")[: 1 + n % 3]) for n, s in enumerate(after)
        )
    )
    early, late = sorted((one, other))
    assert level(incident(), plan, at(early)) <= level(incident(), plan, at(late))
    assert rings(incident(), who, [who], plan, at(late)) or not rings(incident(), who, [who], plan, at(early))


def test_when_a_test_is_overdue() -> None:
    hour = 3600.0
    assert not overdue(T0, None, at(72 * hour))
    assert overdue(T0, None, at(72 * hour + 1))
    assert not overdue(T0, at(10 * hour), at(80 * hour))
    assert overdue(T0, at(10 * hour), at(83 * hour))
