"""The seek rule: what was watched is one stretch from the beginning, and nobody gets ahead of it the first time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.learning.watching import ENOUGH, SLACK_MS, Extent, percent

LENGTH = 60_000
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("play"), st.integers(0, 4000)),
        st.tuples(st.just("seek"), st.integers(-10_000, 2 * LENGTH)),
        st.tuples(st.just("claim"), st.integers(-10_000, 2 * LENGTH)),
    ),
    max_size=60,
)


@given(MOVES)
def test_whatever_is_pressed_only_what_was_played_counts(moves: list[tuple[str, int]]) -> None:
    extent, played = Extent(LENGTH), 0.0
    for move, value in moves:
        before = extent
        if move == "play":
            extent = extent.played(extent.position + value, value)
            played += value
        elif move == "seek":
            extent = extent.sought(value)
            assert extent.position == extent.allowed(value)
        else:  # a player that says it is somewhere, at once
            extent = extent.played(value, 0)
            if value > before.position + SLACK_MS and not before.done:
                assert extent.reached == before.reached
            played += SLACK_MS
        assert 0 <= extent.position <= LENGTH
        assert before.reached <= extent.reached <= LENGTH
        assert extent.reached <= played or before.done
        assert extent.done or extent.position <= extent.reached
        assert extent.done == (before.done or extent.reached >= LENGTH * ENOUGH)


@given(st.integers(0, LENGTH), st.integers(-LENGTH, 2 * LENGTH))
def test_seeking_back_is_always_allowed_and_ahead_only_after_it_was_watched(reached: int, target: int) -> None:
    extent = Extent.kept(LENGTH, reached, reached)
    allowed = extent.allowed(target)
    if extent.done:
        assert allowed == max(0, min(target, LENGTH))
    else:
        assert allowed == max(0, min(target, reached))


@given(st.integers(-5, 10**9), st.integers(-5, 10**9), st.integers(1, 10**6), st.booleans())
def test_a_record_of_any_kind_gives_a_state_that_could_have_come_about(
    position: int, reached: int, length: int, done: bool
) -> None:
    extent = Extent.kept(length, position, reached, done)
    assert 0 <= extent.position <= length
    assert 0 <= extent.reached <= length
    assert extent.done or extent.position <= extent.reached


@pytest.mark.parametrize(("reached", "done"), [(56_999, False), (57_000, True), (60_000, True)])
def test_ninety_five_per_cent_is_enough(reached: int, done: bool) -> None:
    assert Extent.kept(LENGTH, 0, reached).done is done


def test_a_jump_ahead_is_told_from_a_late_report() -> None:
    extent = Extent(LENGTH, 10_000, 10_000)
    assert extent.played(12_400, 1000).reached == 12_400  # the report was late
    jumped = extent.played(30_000, 1000)
    assert (jumped.position, jumped.reached) == (10_000, 10_000)
    back = extent.sought(2000).played(3000, 1000)
    assert (back.position, back.reached) == (3000, 10_000)


def test_per_cent_is_a_hundred_only_when_all_was_watched() -> None:
    watched, begun = Extent.kept(1000, 0, 1000), Extent.kept(9000, 0, 8500)
    assert percent([watched, begun]) == 95
    assert percent([watched, Extent.kept(9000, 0, 8549)]) == 95
    assert percent([watched, Extent.kept(9000, 0, 9000)]) == percent([]) == 100
    assert percent([Extent.kept(10**6, 0, 949_999)]) == 94
