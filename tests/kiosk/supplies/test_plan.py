"""First expired, first out: a table of shelves, and what is sure while the clock is not."""

from datetime import date

import pytest

from kiosk.storage.supplies import Lot
from kiosk.supplies.plan import Today, make_plan, split, today

DAY = date(2026, 12, 1)
SURE = Today(DAY, True, DAY)


def lot(name: str, quantity: int, expires: date | None = None, opened: int = 1) -> Lot:
    return Lot("water", name, quantity, expires, None, opened)


EARLY, LATE = date(2026, 12, 5), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("lots", "quantity", "shares", "beyond"),
    [
        ([lot("a", 5, LATE), lot("b", 5, EARLY)], 1, {"b": 1}, 0),
        ([lot("a", 5, LATE), lot("b", 2, EARLY)], 3, {"b": 2, "a": 1}, 0),
        ([lot("a", 5, None), lot("b", 5, LATE)], 1, {"b": 1}, 0),
        ([lot("young", 5, EARLY, 9), lot("old", 5, EARLY, 2)], 1, {"old": 1}, 0),
        ([lot("young", 5, None, 9), lot("old", 5, None, 2)], 6, {"old": 5, "young": 1}, 0),
        ([lot("b", 1, EARLY, 1), lot("a", 1, EARLY, 1)], 1, {"a": 1}, 0),
        ([lot("a", 0, EARLY), lot("b", 1, LATE)], 1, {"b": 1}, 0),
        ([lot("past", 9, date(2026, 11, 30)), lot("b", 1, LATE)], 1, {"b": 1}, 0),
        ([lot("last day", 1, DAY), lot("b", 1, LATE)], 1, {"last day": 1}, 0),
        ([lot("a", 2, LATE)], 5, {"a": 2}, 3),
        ([], 2, {}, 2),
    ],
)
def test_first_expired_first_out(lots: list[Lot], quantity: int, shares: dict[str, int], beyond: int) -> None:
    plan = make_plan(split(lots, SURE), quantity, SURE)
    assert {share.lot: share.quantity for share in plan.shares} == shares
    assert list(shares) == [share.lot for share in plan.shares], "in the order they should go"
    assert plan.beyond == beyond
    assert not plan.unsure


@pytest.mark.parametrize(
    ("clock_day", "trusted", "seen", "expected"),
    [
        (DAY, True, None, Today(DAY, True, None)),
        (DAY, True, date(2026, 11, 30), Today(DAY, True, date(2026, 11, 30))),
        (DAY, False, date(2026, 11, 30), Today(DAY, False, date(2026, 11, 30))),
        # A clock that claims a day before one that was surely lived through is wrong, whatever it says of itself.
        (date(2026, 11, 2), True, DAY, Today(date(2026, 11, 2), False, DAY)),
    ],
)
def test_what_is_known_about_today(clock_day: date, trusted: bool, seen: date | None, expected: Today) -> None:
    assert today(clock_day, trusted, seen) == expected


@pytest.mark.parametrize(
    ("now", "past"),
    [
        (Today(DAY, True, None), True),
        (Today(DAY, False, None), False),  # the clock may be years ahead: nothing is called expired
        (Today(date(2036, 1, 1), False, date(2026, 11, 1)), False),
        (Today(date(2001, 1, 1), False, DAY), True),  # it was good until a day that is surely over
        (Today(date(2001, 1, 1), False, date(2026, 11, 30)), False),
    ],
)
def test_a_lot_is_past_only_when_that_is_sure(now: Today, past: bool) -> None:
    assert now.is_past(date(2026, 11, 30)) is past
    assert not now.is_past(None)


def test_what_an_unsure_clock_cannot_judge_is_said() -> None:
    unsure = Today(DAY, False, None)
    dated = make_plan(split([lot("a", 5, EARLY)], unsure), 1, unsure)
    undated = make_plan(split([lot("a", 5)], unsure), 1, unsure)
    assert (dated.unsure, undated.unsure) == (True, False)
