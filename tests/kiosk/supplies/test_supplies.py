"""Taking and borrowing: nobody is refused for a limit or a book, and ten seconds take it all back."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.clock import ClockQuality
from kiosk.supplies import StockState, SupplyReturned, SupplyTaken, SupplyUndone
from kiosk.supplies.errors import (
    CautionFirst,
    ItemGone,
    LoanNotOpen,
    OnlyExpiredLeft,
    QuantityOutOfRange,
    RestExpired,
    UndoAlready,
    UndoBlocked,
    UndoNotYours,
    UndoTooLate,
)
from tests.kiosk.supplies.conftest import ANNA, BO, World, item


def test_taking_goes_across_lots_and_is_written_without_a_name(world: World) -> None:
    late, early = world.stock("water", 5, 90, "右边"), world.stock("water", 2, 9, "左边")
    offer = world.supplies.offer("water")
    assert [share.lot for share in offer.plans[0].shares] == [early]
    done = world.supplies.take("water", 3)
    assert [(s.lot, s.quantity, s.place and s.place.zh_CN) for s in done.shares] == [
        (early, 2, "左边"),
        (late, 1, "右边"),
    ]
    assert world.book("water") == {late: 4}
    (entry,) = world.journal("supply.taken")
    assert entry.id == done.entry
    assert entry.body["person"] == ""
    assert entry.body["session"] == world.session.id
    assert entry.body["day"] == "2026-12-01", "the station's local day, not that of UTC"
    assert isinstance(world.events[-1], SupplyTaken)


def test_the_day_is_the_stations_own(world: World) -> None:
    world.clock.set(datetime(2026, 12, 1, 16, 30, tzinfo=UTC))  # half past midnight in Wuxi
    world.supplies.take("water")
    assert world.journal("supply.taken")[0].body["day"] == "2026-12-02"


@pytest.mark.parametrize("quantity", [0, -1, 6, 10**9])
def test_quantities_have_bounds(world: World, quantity: int) -> None:
    world.stock("water", 50)
    with pytest.raises(QuantityOutOfRange) as caught:
        world.supplies.take("water", quantity)
    assert caught.value.details == {"least": 1, "most": 5}
    assert world.journal("supply.taken") == []


def test_a_limit_is_said_and_lets_go_on(world: World) -> None:
    world.stock("water", 50)
    world.session.recognise(ANNA)
    assert not world.supplies.take("water", 3).over_limit
    offer = world.supplies.offer("water")
    assert (offer.daily_limit, offer.taken_today, offer.over_limit(1)) == (3, 3, True)
    done = world.supplies.take("water", 2)
    assert done.over_limit
    assert [e.body["over_limit"] for e in world.journal("supply.taken")] == [False, True]
    assert world.supplies.offer("water").taken_today == 5


def test_limits_are_per_person_and_day_and_not_for_the_unknown(world: World) -> None:
    world.stock("water", 50)
    world.session.recognise(ANNA)
    world.supplies.take("water", 3)
    world.session.recognise(BO)
    assert world.supplies.offer("water").taken_today == 0
    world.session.finish()
    world.session.wake()
    assert world.supplies.offer("water").taken_today is None
    for _ in range(5):
        assert not world.supplies.take("water", 5).over_limit
    world.clock.advance(24 * 3600)
    world.session.recognise(ANNA)
    assert world.supplies.offer("water").taken_today == 0, "a new day"


def test_a_doubtful_clock_counts_nobodys_day(world: World) -> None:
    world.stock("water", 50)
    world.session.recognise(ANNA)
    world.supplies.take("water", 3)
    world.clock.set(world.clock.now(), ClockQuality.DOUBTFUL)
    assert world.supplies.offer("water").taken_today is None
    assert not world.supplies.take("water", 3).over_limit


def test_an_empty_book_refuses_nobody_and_is_noted(world: World) -> None:
    world.stock("water", 1)
    done = world.supplies.take("water", 3)
    assert done.beyond == 2
    assert world.shelf.row("water").state is StockState.NONE
    assert world.tables.beyond() == {"water": (2, 0)}
    assert world.supplies.take("water", 1).beyond == 1
    (difference,) = world.shelf.warnings().differences
    assert (difference.item, difference.beyond) == ("water", 3)


def test_what_has_no_stock_is_only_logged(world: World) -> None:
    done = world.supplies.take("tap", 2)
    assert (done.shares, done.beyond) == ((), 0)
    assert world.tables.beyond() == {}
    assert world.shelf.row("tap").state is StockState.UNCOUNTED


def test_expired_lots_are_blocked(world: World) -> None:
    past = world.stock("water", 9, -1)
    with pytest.raises(OnlyExpiredLeft):
        world.supplies.take("water")
    assert world.supplies.offer("water").most == 0
    assert world.shelf.row("water").state is StockState.EXPIRED
    good = world.stock("water", 2, 5)
    offer = world.supplies.offer("water")
    assert (offer.most, offer.expired) == (2, 9)
    with pytest.raises(RestExpired) as caught:
        world.supplies.take("water", 3)
    assert caught.value.details["good"] == 2
    assert [share.lot for share in world.supplies.take("water", 2).shares] == [good]
    assert world.book("water") == {past: 9}


def test_a_lot_is_good_through_its_last_day_and_not_after(world: World) -> None:
    world.stock("water", 2, 0)
    world.supplies.take("water")
    world.clock.set(datetime(2026, 12, 1, 15, 59, tzinfo=UTC))  # a minute to midnight
    world.supplies.take("water")
    world.stock("water", 2, 0)
    world.clock.set(datetime(2026, 12, 1, 16, 0, tzinfo=UTC))
    with pytest.raises(OnlyExpiredLeft):
        world.supplies.take("water")


def test_a_clock_ahead_does_not_block_and_says_so(world: World) -> None:
    world.stock("water", 2, 30)
    world.clock.set(world.clock.now() + timedelta(days=4000), ClockQuality.DOUBTFUL)
    offer = world.supplies.offer("water")
    assert (offer.clock_sure, offer.plans[0].unsure, offer.most) == (False, True, 5)
    world.supplies.take("water")


def test_a_clock_that_fell_back_does_not_make_old_things_good(world: World) -> None:
    world.stock("water", 2, -1)
    world.clock.set(datetime(2026, 11, 2, tzinfo=UTC), ClockQuality.HELD)  # an empty battery, and it looks plausible
    assert not world.supplies.offer("water").clock_sure
    with pytest.raises(OnlyExpiredLeft):
        world.supplies.take("water")


def test_a_caution_card_comes_first_in_its_present_version(world: World) -> None:
    world.stock("drops", 9)
    for stale in ("", "v0"):
        with pytest.raises(CautionFirst):
            world.supplies.take("drops", caution=stale)
    assert world.journal("supply.taken") == world.journal("supply.cautioned") == []
    done = world.supplies.take("drops", caution="v1", spoken=True)
    heard, taken = world.journal("supply.cautioned")[0], world.journal("supply.taken")[0]
    assert (heard.seq + 1, taken.id) == (taken.seq, done.entry)
    assert heard.body | {"day": ""} == {
        "item": "drops",
        "session": world.session.id,
        "day": "",
        "version": "v1",
        "spoken": True,
    }


@pytest.mark.parametrize("item_id", ["nothing", "umbrella"])
def test_what_cannot_be_taken(world: World, item_id: str) -> None:
    with pytest.raises(ItemGone):
        world.supplies.take(item_id)


@pytest.mark.parametrize("recognised", [True, False])
def test_undo_restores_everything_once(world: World, recognised: bool) -> None:
    world.stock("water", 2, 9)
    world.stock("water", 9, 90)
    if recognised:
        world.session.recognise(ANNA)
    before = world.state()
    done = world.supplies.take("water", 4)
    assert world.state() != before
    world.clock.advance(done.undo_seconds)
    world.supplies.undo(done.entry)
    assert world.state() == before
    assert world.journal("supply.undone")[0].body["of"] == done.entry
    assert isinstance(world.events[-1], SupplyUndone)
    with pytest.raises(UndoAlready):
        world.supplies.undo(done.entry)
    assert world.state() == before


def test_undo_has_ten_seconds(world: World) -> None:
    world.stock("water", 2)
    done = world.supplies.take("water")
    world.clock.advance(11)
    with pytest.raises(UndoTooLate):
        world.supplies.undo(done.entry)
    with pytest.raises(UndoTooLate):
        world.supplies.undo("01900000-0000-7000-8000-000000000000")
    assert sum(world.book("water").values()) == 1


def test_undo_counts_by_a_clock_that_nobody_sets(world: World) -> None:
    world.stock("water", 2)
    done = world.supplies.take("water")
    world.clock.set(world.clock.now() + timedelta(days=365))
    world.supplies.undo(done.entry)


def test_undo_belongs_to_the_visitor_who_did_it(world: World) -> None:
    world.stock("water", 2)
    world.session.recognise(ANNA)
    done = world.supplies.take("water")
    world.session.recognise(BO)
    with pytest.raises(UndoNotYours):
        world.supplies.undo(done.entry)
    world.session.finish()
    with pytest.raises(UndoNotYours):
        world.supplies.undo(done.entry)
    assert world.journal("supply.undone") == []


def test_undo_of_what_was_beyond_the_book(world: World) -> None:
    before = world.state()
    done = world.supplies.take("water", 2)
    assert done.beyond == 2
    world.supplies.undo(done.entry)
    assert world.state() == before


def test_borrowing_and_bringing_back(world: World) -> None:
    stand = world.stock("umbrella", 2)
    world.session.recognise(ANNA)
    mine = world.supplies.borrow("umbrella")
    world.session.finish()
    world.session.wake()
    other = world.supplies.borrow("umbrella")
    assert (mine.number, other.number) == (1, 2)
    loans = world.supplies.loans()
    assert loans.mine == ()
    assert [(row.number, row.since) for row in loans.others] == [(1, None), (2, None)], "no times, no persons"
    world.session.recognise(ANNA)
    loans = world.supplies.loans()
    assert [row.number for row in loans.mine] == [1]
    assert loans.mine[0].since is not None
    back = world.supplies.give_back(loans.mine[0].loan)
    assert back.number == 1
    assert isinstance(world.events[-1], SupplyReturned)
    assert world.book("umbrella") == {stand: 1}
    with pytest.raises(LoanNotOpen):
        world.supplies.give_back(loans.mine[0].loan)
    assert world.supplies.borrow("umbrella").number == 1, "the smallest number that is free"


def test_anybody_may_bring_back_anything(world: World) -> None:
    world.stock("umbrella", 1)
    world.session.recognise(ANNA)
    world.supplies.borrow("umbrella")
    world.session.recognise(BO)
    world.supplies.give_back(world.supplies.loans().others[0].loan)
    assert world.tables.loans() == []


def test_one_without_its_number_comes_back_and_the_loan_stays_open(world: World) -> None:
    stand = world.stock("umbrella", 1)
    world.supplies.borrow("umbrella")
    world.supplies.give_back_unnumbered("umbrella")
    assert world.book("umbrella") == {stand: 1}
    assert len(world.tables.loans()) == 1
    (unmatched,) = world.shelf.warnings().unmatched
    assert (unmatched.item, unmatched.quantity) == ("umbrella", 1)
    room = world.as_staff()
    before = world.state()
    closed = room.close_loan(world.tables.loans()[0].loan)
    assert world.tables.loans() == []
    assert world.shelf.warnings().unmatched == ()
    world.supplies.undo(closed.entry)
    assert world.state() == before


def test_a_loan_the_book_did_not_have_comes_back_into_it(world: World) -> None:
    done = world.supplies.borrow("umbrella")
    assert done.beyond == 1
    world.supplies.give_back(done.entry)
    assert world.book("umbrella") == {"returned": 1}
    before = world.state()
    again = world.supplies.borrow("umbrella")
    world.supplies.undo(again.entry)
    assert world.state() == before


def test_undoing_a_return_opens_the_very_loan_again(world: World) -> None:
    world.stock("umbrella", 2)
    world.session.recognise(ANNA)
    world.supplies.borrow("umbrella")
    before = world.state()
    back = world.supplies.give_back(world.supplies.loans().mine[0].loan)
    world.supplies.undo(back.entry)
    assert world.state() == before


def test_undo_is_refused_when_something_builds_on_it(world: World) -> None:
    world.stock("umbrella", 2)
    lent = world.supplies.borrow("umbrella")
    back = world.supplies.give_back(lent.entry)
    with pytest.raises(UndoBlocked):
        world.supplies.undo(lent.entry)  # it has come back: that would make two of it
    again = world.supplies.borrow("umbrella")
    assert again.number == lent.number
    with pytest.raises(UndoBlocked):
        world.supplies.undo(back.entry)  # its number is somebody else's now
    for entry in (again.entry, back.entry, lent.entry):
        world.supplies.undo(entry)
    assert sum(world.book("umbrella").values()) == 2


def test_an_item_that_is_no_longer_published_can_still_come_back(world: World) -> None:
    world.stock("umbrella", 1)
    done = world.supplies.borrow("umbrella")
    world.publish(item("umbrella").model_copy(update={"deleted": True, "body": {}}))
    assert [row.name.zh_CN for row in world.supplies.loans().others] == ["umbrella"]
    world.supplies.give_back(done.entry)
    assert world.tables.loans() == []


def test_the_list_is_by_category_and_says_how_things_stand(world: World) -> None:
    world.stock("water", 4)
    world.stock("umbrella", 5)
    (category,) = world.supplies.categories()
    assert category.name is None, "nobody published the category"
    states = {row.id: row.state for row in category.items}
    assert states == {
        "cable": StockState.NONE,
        "drops": StockState.NONE,
        "tap": StockState.UNCOUNTED,
        "umbrella": StockState.PLENTY,
        "water": StockState.LOW,
    }
