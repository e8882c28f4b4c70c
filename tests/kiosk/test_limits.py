"""The small memories: bounded, and right at their edges."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.limits import Bucket, Recent


class Now:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_recent_forgets_after_its_time_and_asking_keeps_alive() -> None:
    now = Now()
    recent: Recent[str] = Recent(now, 2.0)
    recent.put(b"a", "kept")
    for _ in range(5):
        now.at += 2.0
        assert recent.get(b"a") == "kept"
    now.at += 2.001
    assert recent.get(b"a") is None


@given(st.lists(st.binary(max_size=3), max_size=200))
def test_recent_is_bounded_and_keeps_the_newest(keys: list[bytes]) -> None:
    recent: Recent[int] = Recent(Now(), 2.0, capacity=8)
    for number, key in enumerate(keys):
        recent.put(key, number)
    newest = list(dict.fromkeys(reversed(keys)))
    assert all(recent.get(key) is not None for key in newest[:8])
    assert all(recent.get(key) is None for key in newest[8:])


@given(st.lists(st.floats(0, 20), max_size=200))
def test_bucket_never_lets_through_more_than_its_rate_and_counts_the_rest(pauses: list[float]) -> None:
    now = Now()
    bucket = Bucket(now, burst=5, every=2.0)
    admitted = 0
    for pause in pauses:
        now.at += pause
        admitted += bucket.admit()
    assert admitted <= 5 + now.at / 2.0 + 1e-6
    assert admitted + bucket.drain() == len(pauses)
    assert bucket.drain() == 0
