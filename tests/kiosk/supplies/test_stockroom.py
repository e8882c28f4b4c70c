"""Behind the PIN: restock, spoilage, stocktake, and what the volunteer is warned of."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.clock import ClockQuality
from kiosk.protocol.text import LocalText
from kiosk.staff import StaffNeeded
from kiosk.supplies import Counted, LotState, Stockroom
from kiosk.supplies.errors import (
    CountOutdated,
    ItemGone,
    LoanNotOpen,
    LotAlreadyExpired,
    LotShort,
    LotUnknown,
    QuantityOutOfRange,
    UndoBlocked,
)
from tests.kiosk.supplies.conftest import World, item

PLACE = LocalText(zh_CN="左边的箱子", en="the left box")


@pytest.mark.parametrize(
    "act",
    [
        lambda room: room.restock("water", 1, PLACE),
        lambda room: room.spoil("water", "lot-1", 1, "damaged"),
        lambda room: room.stocktake("water", [Counted("lot-1", 5, 5)]),
        lambda room: room.close_loan("x"),
    ],
)
def test_all_that_writes_is_behind_the_pin(world: World, act: Callable[[Stockroom], object]) -> None:
    world.stock("water", 5)
    count = world.store.journal.last_seq()
    with pytest.raises(StaffNeeded):
        act(world.stockroom)
    assert world.store.journal.last_seq() == count


def test_the_pin_is_good_for_its_session_only(world: World) -> None:
    room = world.as_staff()
    room.restock("water", 1, PLACE)
    world.session.finish()
    world.session.wake()
    with pytest.raises(StaffNeeded):
        room.restock("water", 1, PLACE)
    world.as_staff()
    world.staff.leave()
    with pytest.raises(StaffNeeded):
        room.restock("water", 1, PLACE)


def test_restock_makes_a_lot_or_adds_to_one(world: World) -> None:
    room = world.as_staff()
    expires = world.today() + timedelta(days=40)
    made = room.restock("water", 12, PLACE, expires)
    room.restock("water", 3, lot=made.lot)
    (lot,) = room.lots("water")
    assert (lot.quantity, lot.expires, lot.place, lot.state) == (15, expires, PLACE, LotState.GOOD)
    second = room.restock("water", 1, PLACE)
    assert second.lot != made.lot
    assert made.item.quantity == 12


def test_undo_of_a_restock_leaves_no_lot_behind(world: World) -> None:
    room = world.as_staff()
    before = world.state()
    made = room.restock("water", 12, PLACE)
    world.supplies.undo(made.entry)
    assert world.state() == before
    assert room.lots("water") == ()


def test_undo_of_a_restock_that_was_taken_from_is_refused(world: World) -> None:
    made = world.as_staff().restock("water", 2, PLACE)
    taken = world.supplies.take("water", 1)
    with pytest.raises(UndoBlocked):
        world.supplies.undo(made.entry)
    world.supplies.undo(taken.entry)
    world.supplies.undo(made.entry)


def test_what_cannot_be_restocked(world: World) -> None:
    room = world.as_staff()
    with pytest.raises(ItemGone):
        room.restock("nothing", 1, PLACE)
    with pytest.raises(ItemGone):
        room.restock("tap", 1, PLACE)
    with pytest.raises(LotUnknown):
        room.restock("water", 1, lot="nothing")
    with pytest.raises(LotAlreadyExpired):
        room.restock("water", 1, PLACE, world.today() - timedelta(days=1))
    for quantity in (0, -5, 10_000):
        with pytest.raises(QuantityOutOfRange):
            room.restock("water", quantity, PLACE)
    full = room.restock("water", 9_000, PLACE)
    with pytest.raises(QuantityOutOfRange) as caught:
        room.restock("water", 1_000, lot=full.lot)
    assert caught.value.details["most"] == 999


def test_spoilage(world: World) -> None:
    lot = world.stock("water", 5, -1)
    room = world.as_staff()
    before = world.state()
    for quantity, error in ((6, LotShort), (0, QuantityOutOfRange)):
        with pytest.raises(error):
            room.spoil("water", lot, quantity, "expired")
    with pytest.raises(LotUnknown):
        room.spoil("water", "nothing", 1, "expired")
    gone = room.spoil("water", lot, 5, "expired")
    assert world.book("water") == {}
    world.supplies.undo(gone.entry)
    assert world.state() == before


def test_a_stocktake_puts_the_book_right_and_settles_what_was_beyond_it(world: World) -> None:
    first, second = world.stock("water", 1, 3), world.stock("water", 1, 9)
    world.supplies.take("water", 4)  # two beyond the book
    world.stock("water", 5, lot=second)
    room = world.as_staff()
    before = world.state()
    assert [(row.lot, row.quantity) for row in room.lots("water")] == [(second, 5)]
    done = room.stocktake("water", [Counted(second, 5, 3), Counted(first, 0, 1)])
    assert world.book("water") == {first: 1, second: 3}
    assert world.shelf.warnings().differences == ()
    world.supplies.undo(done.entry)
    assert world.state() == before


def test_a_count_that_somebody_walked_into_is_done_again(world: World) -> None:
    lot = world.stock("water", 5)
    room = world.as_staff()
    world.supplies.take("water")
    with pytest.raises(CountOutdated):
        room.stocktake("water", [Counted(lot, 5, 5)])
    room.stocktake("water", [Counted(lot, 4, 4)])
    with pytest.raises(LotUnknown):
        room.stocktake("water", [])
    with pytest.raises(QuantityOutOfRange):
        room.stocktake("water", [Counted(lot, 4, -1)])


def test_a_loan_that_nobody_ends_is_given_up(world: World) -> None:
    world.stock("umbrella", 1)
    world.supplies.borrow("umbrella")
    room = world.as_staff()
    (row,) = room.loans()
    assert row.since is not None
    before = world.state()
    done = room.close_loan(row.loan)
    assert world.tables.loans() == []
    assert world.book("umbrella") == {}, "it is gone"
    with pytest.raises(LoanNotOpen):
        room.close_loan(row.loan)
    world.supplies.undo(done.entry)
    assert world.state() == before


def test_warnings(world: World) -> None:
    world.publish(item("tea", expiry_warning_days=7, low_stock=1), item("summer"))
    world.stock("water", 3)
    world.stock("umbrella", 5)
    past, soon, fine = world.stock("tea", 2, -1), world.stock("tea", 2, 7), world.stock("tea", 2, 8)
    found = world.shelf.warnings()
    assert [row.id for row in found.low] == ["water"], "what has no threshold is not missed"
    assert [row.lot for row in found.expired] == [past]
    assert [row.lot for row in found.expiring] == [soon]
    assert fine not in {row.lot for row in (*found.expired, *found.expiring)}
    assert found.count == 3
    world.clock.set(world.clock.now() + timedelta(days=3000), ClockQuality.DOUBTFUL)
    unsure = world.shelf.warnings()
    assert (unsure.clock_sure, unsure.expiring) == (False, ())
    assert [row.lot for row in unsure.expired] == [past], "that one is surely over"
    assert {row.state for row in world.shelf.lots("tea")} == {LotState.EXPIRED, LotState.UNKNOWN}
