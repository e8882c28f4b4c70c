"""What a door's contact means: let in, left, forced, held, lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.entry.watch import GRACE_SECONDS, DoorState, Notice, contact, leaving, released, tick

SHUT = DoorState(shut=True)


def opened(state: DoorState, now: float, inside: bool | None = False) -> tuple[DoorState, list[str]]:
    after, notices = contact(state, False, now, inside)
    return after, [notice.what for notice in notices]


def test_somebody_who_was_let_in_is_no_intruder() -> None:
    state = released(SHUT, 0.0, 3.0)
    after, said = opened(state, 3.0 + GRACE_SECONDS)
    assert (said, after.passed, after.left) == ([], 1, 0)
    assert opened(state, 3.1 + GRACE_SECONDS)[1] == ["forced"]


@pytest.mark.parametrize("inside", [True, None])
def test_whoever_is_inside_may_leave(inside: bool | None) -> None:
    after, said = opened(SHUT, 5.0, inside)
    assert (said, after.left) == ([], 1)


def test_the_handle_inside_is_believed_in_an_empty_room() -> None:
    after, said = opened(leaving(SHUT, 0.0), 5.0, inside=False)
    assert (said, after.left) == ([], 1)


def test_a_forced_door_is_said_once_and_taken_back_when_it_is_shut() -> None:
    forced, said = opened(SHUT, 10.0)
    assert said == ["forced"]
    assert tick(forced, 11.0, 60.0) == (forced, ())
    shut, notices = contact(forced, True, 25.0, False)
    assert notices == (Notice("shut", 15.0),)
    assert shut.told == frozenset()


def test_a_door_that_stays_open_is_said_once() -> None:
    state, _ = opened(released(SHUT, 0.0, 3.0), 1.0)
    assert tick(state, 60.9, 60.0)[1] == ()
    held, notices = tick(state, 61.0, 60.0)
    assert notices == (Notice("held", 60.0),)
    assert tick(held, 500.0, 60.0)[1] == ()
    assert contact(held, True, 100.0, True)[1] == (Notice("shut", 99.0),)
    plain, _ = opened(released(SHUT, 0.0, 3.0), 1.0)
    assert contact(plain, True, 5.0, True)[1] == ()  # an ordinary visit says nothing


def test_a_contact_that_falls_silent_and_comes_back() -> None:
    lost, notices = contact(SHUT, None, 5.0, True)
    assert notices == (Notice("lost"),)
    back, notices = contact(lost, True, 9.0, True)
    assert notices == (Notice("heard"),)
    assert back.shut
    open_, notices = contact(lost, False, 9.0, False)
    assert notices == (Notice("heard"),)  # open when it is heard again: nobody knows who opened it
    assert open_.passed == open_.left == 0


STEPS = st.one_of(
    st.tuples(st.just("contact"), st.sampled_from((True, False, None))),
    st.tuples(st.just("release"), st.just(True)),
    st.tuples(st.just("exit"), st.just(True)),
    st.tuples(st.just("wait"), st.integers(1, 200)),
)


@given(st.lists(STEPS, max_size=60), st.sampled_from((True, False, None)))
def test_said_and_taken_back_in_pairs(steps: list[tuple[str, int | bool | None]], inside: bool | None) -> None:
    state, now, open_faults = DoorState(), 0.0, set()
    for what, value in steps:
        notices: tuple[Notice, ...] = ()
        if what == "contact":
            state, notices = contact(state, value, now, inside)  # type: ignore[arg-type]
        elif what == "release":
            state = released(state, now, 3.0)
        elif what == "exit":
            state = leaving(state, now)
        else:
            now += float(value or 0)
            state, notices = tick(state, now, 60.0)
        for notice in notices:
            assert notice.seconds >= 0
            if notice.what in ("forced", "held"):
                assert notice.what not in open_faults
                open_faults.add(notice.what)
            elif notice.what in ("shut", "lost"):
                open_faults.clear()
        if inside is not False:
            assert "forced" not in open_faults
