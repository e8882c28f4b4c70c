"""How long a terminal waits before it asks again."""

import random

from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import HubRefused, HubUnreachable
from kiosk.sync.backoff import FIRST, LAST, Backoff
from kiosk.sync.runner import retry_after


@given(st.integers(0, 10_000), st.integers(1, 40))
def test_longer_each_time_and_never_for_ever(seed: int, times: int) -> None:
    backoff = Backoff(chance=random.Random(seed))
    waits = [backoff.seconds() for _ in range(times)]
    for number, wait in enumerate(waits):
        full = min(FIRST * 2**number, LAST)
        assert full / 2 <= wait <= full
    backoff.reset()
    assert backoff.seconds() <= FIRST


@given(st.integers(0, 10_000), st.floats(1, 1e9))
def test_what_the_hub_asks_for_is_spread_and_bounded(seed: int, asked: float) -> None:
    wait = Backoff(chance=random.Random(seed)).seconds(asked)
    assert min(asked, 900) * 0.75 <= wait <= min(asked, 900) * 1.75


def test_a_city_does_not_come_back_together() -> None:
    waits = sorted(Backoff(chance=random.Random(seed)).seconds(60) for seed in range(801))
    closest = max(sum(1 for other in waits if wait <= other < wait + 1) for wait in waits)
    assert closest < 40, "of 801, no second sees more than a few per cent"


def test_only_a_hub_is_listened_to() -> None:
    assert retry_after(HubRefused(status=503, problem="journal.busy", retry_after=7)) == 7
    assert retry_after(HubRefused(status=500, problem="")) == 0
    assert retry_after(HubUnreachable(problem="")) == 0
