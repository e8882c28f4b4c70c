"""Attempts by address."""

import pytest

from hub.throttle import Pace, Throttle, TooMany


def test_a_bucket_fills_with_time() -> None:
    at = 0.0
    throttle = Throttle(6, lambda: at)
    for _ in range(6):
        throttle.attempt("a")
    with pytest.raises(TooMany) as refused:
        throttle.attempt("a")
    assert refused.value.members["retry_after"] == 10
    throttle.attempt("b")
    at = 10.0
    throttle.attempt("a")
    with pytest.raises(TooMany):
        throttle.attempt("a")


def test_addresses_are_forgotten_rather_than_filling_the_memory() -> None:
    throttle = Throttle(1, lambda: 0.0)
    for number in range(20_000):
        throttle.attempt(str(number))
    throttle.attempt("0")
    with pytest.raises(TooMany):
        throttle.attempt("19999")


def test_a_socket_may_be_hasty_and_not_for_long() -> None:
    at = 0.0
    pace = Pace(per_second=10, burst=20, monotonic=lambda: at)
    assert [pace.keeps() for _ in range(20)] == [True] * 20
    assert not pace.keeps()
    at = 1.0
    assert sum(pace.keeps() for _ in range(30)) == 9  # what was one too many counts
