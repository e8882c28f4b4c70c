"""The shelf by touch: taking, hearing a caution, undoing, borrowing and bringing back; the volunteer behind the PIN."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.errors import all_codes
from kiosk.session import Person
from kiosk.storage.supplies import SupplyTables
from ui.problems import all_problems
from ui.reading import page_text
from ui.stage import Stage

RIDER = Person("aa" * 10)


def begin(stage: Stage, page: str = "supplies.list", **args: object) -> None:
    stage.begin()
    stage.face.navigator.open(page, args)
    stage.settle()


def text_of(stage: Stage) -> str:
    assert stage.face.page is not None
    return page_text(stage.face.page)


def book(stage: Stage, item: str) -> int:
    tables = stage.station.store.projection(SupplyTables)
    return sum(lot.quantity for lot in stage.station.desk.call(tables.lots, item))


def kinds(stage: Stage) -> list[str]:
    entries = stage.station.desk.call(lambda: list(stage.station.store.journal.all()))
    return [entry.kind for entry in entries if entry.kind.startswith("supply.") and entry.kind != "supply.restocked"]


def advance(stage: Stage, seconds: float) -> None:
    clock = stage.station.clock
    assert isinstance(clock, ManualClock)
    clock.advance(seconds)


def tap_until(stage: Stage, name: str, done: Callable[[], bool]) -> None:
    """Press until it counts: a second touch within half a second is taken for a slip of the first."""

    def attempt() -> bool:
        if not done():
            stage.tap(name)
        return done()

    stage.until(attempt, name)


def test_two_bottles_and_back_again(stage: Stage) -> None:
    begin(stage)
    before = book(stage, "water")
    stage.tap("瓶装水")
    assert "左边的箱子" in text_of(stage), "the lot that expires first, in words"
    stage.tap("增加瓶装水")
    stage.tap("拿 2 瓶")
    assert stage.face.navigator.page_name == "supplies.done"
    assert "已记下：瓶装水 2 瓶" in text_of(stage)
    assert book(stage, "water") == before - 2
    advance(stage, 4)
    stage.tap("撤销（还有")
    assert "已撤销" in text_of(stage)
    assert book(stage, "water") == before
    assert kinds(stage) == ["supply.taken", "supply.undone"]
    stage.tap("再拿点别的")
    assert stage.face.navigator.page_name == "supplies.list"


def test_after_ten_seconds_there_is_nothing_to_undo(stage: Stage) -> None:
    begin(stage, "supplies.take", item="hot_water")
    stage.tap("拿 1 杯")
    model = stage.face.navigator.model
    assert model is not None
    undo = model.undo  # type: ignore[attr-defined]
    assert undo.open
    advance(stage, 9.5)
    assert undo.secondsLeft == 1
    advance(stage, 0.5)
    stage.until(lambda: "撤销" not in text_of(stage), "the end of the time for undoing")
    stage.tap("好了")
    assert stage.face.navigator.page_name == "home.main"


def test_a_caution_card_comes_before_the_medicine(stage: Stage) -> None:
    begin(stage, "supplies.take", item="huoxiang")
    assert "含酒精" in text_of(stage)
    assert "药箱上层" not in text_of(stage), "one question at a time"
    assert stage.face.voice.words == "", "a silent machine shows it once, on the card"
    stage.tap("我知道了")
    assert kinds(stage) == [], "acknowledging takes nothing"
    tap_until(stage, "拿 1 支", lambda: stage.face.navigator.page_name == "supplies.done")
    assert kinds(stage) == ["supply.cautioned", "supply.taken"]
    entry = stage.station.desk.call(lambda: stage.station.store.journal.newest("supply.cautioned", 1)[0])
    assert entry.body["spoken"] is False, "this machine is silent, and the journal says so"


def test_a_double_touch_takes_once(stage: Stage) -> None:
    begin(stage, "supplies.take", item="plaster")
    model = stage.face.navigator.model
    model.take()  # type: ignore[union-attr]
    model.take()  # type: ignore[union-attr]
    stage.settle()
    assert kinds(stage) == ["supply.taken"]


def test_what_has_expired_cannot_be_taken_and_what_the_book_lacks_can(stage: Stage) -> None:
    begin(stage, "supplies.take", item="biscuits")
    assert "剩下的都过期了" in text_of(stage)
    stage.tap("看看别的")
    begin(stage, "supplies.take", item="watermelon")
    assert "账上已经没有了" in text_of(stage)
    stage.tap("拿 1 份")
    assert "盘点清单" in text_of(stage)


def test_the_daily_limit_is_a_sentence_and_no_wall(stage: Stage) -> None:
    stage.begin()
    stage.station.session.recognise(RIDER)
    begin(stage, "supplies.take", item="laba")
    stage.tap("拿 1 碗")
    begin(stage, "supplies.take", item="laba")
    assert "您今天已经拿过 1 碗" in text_of(stage)
    stage.tap("拿 1 碗")
    assert kinds(stage) == ["supply.taken", "supply.taken"]


def test_an_umbrella_goes_out_and_comes_back_by_its_number(stage: Stage) -> None:
    begin(stage)
    before = book(stage, "umbrella")
    stage.face.navigator.open("supplies.take", {"item": "umbrella"})
    stage.settle()
    stage.tap("借用")
    assert "借用号" in text_of(stage)
    stage.tap("再拿点别的")
    stage.tap("归还借的东西")
    stage.tap("1 号")
    assert "已归还：雨伞" in text_of(stage)
    assert book(stage, "umbrella") == before
    stage.tap("撤销（还有")
    assert book(stage, "umbrella") == before - 1
    stage.face.navigator.open("supplies.loans")
    stage.settle()
    stage.tap("归还雨伞")
    assert book(stage, "umbrella") == before


def enter(stage: Stage, pin: str) -> None:
    for digit in pin:
        stage.tap(digit)
    model = stage.face.navigator.model
    tap_until(stage, "确定", lambda: stage.face.navigator.model is not model or model.count == 0)  # type: ignore[union-attr]


def test_the_volunteer_restocks_counts_and_takes_out_what_has_expired(stage: Stage) -> None:
    begin(stage)
    stage.face.navigator.open("supplies.pin")
    stage.settle()
    enter(stage, "1111")
    assert "密码不对" in text_of(stage)
    stage.tap("知道了")
    enter(stage, "2468")
    assert stage.face.navigator.page_name == "supplies.staff"
    assert "已过期，请取下来" in text_of(stage)
    stage.tap("藿香正气水")
    stage.tap("报损：药箱下层")
    stage.tap("取下：3 支")
    assert stage.face.navigator.page_name == "supplies.stock"
    assert "报损记下了" in text_of(stage)
    assert book(stage, "huoxiang") == 4
    stage.tap("撤销（还有")
    assert book(stage, "huoxiang") == 7
    stage.tap("补货")
    stage.tap("数量加 10")
    stage.tap("放上架：20 支")
    assert book(stage, "huoxiang") == 27
    stage.tap("盘点")
    stage.tap("药箱上层减 1")
    stage.tap("记下盘点")
    assert book(stage, "huoxiang") == 26
    assert kinds(stage) == ["supply.spoiled", "supply.undone", "supply.counted"]
    stage.face.navigator.back()
    stage.settle()
    stage.tap("离开值班页面")
    assert not stage.station.staff.unlocked


def test_the_staff_pages_close_with_the_session(stage: Stage) -> None:
    begin(stage, "supplies.pin")
    enter(stage, "2468")
    stage.station.session.finish()
    stage.settle()
    begin(stage, "supplies.pin")
    assert stage.face.navigator.page_name == "supplies.pin"
    begin(stage, "supplies.restock", item="water")
    stage.tap("放上架")
    stage.until(lambda: stage.face.navigator.page_name == "supplies.pin", "the PIN pad")
    assert kinds(stage) == []


def test_five_wrong_tries_lock_the_pad(stage: Stage) -> None:
    begin(stage, "supplies.pin")
    for _ in range(4):
        enter(stage, "0000")
    enter(stage, "0000")
    assert "请等 5 分 0 秒" in text_of(stage)
    stage.station.session.hold("the volunteer waits")
    advance(stage, 299)
    stage.until(lambda: "0 分 1 秒" in text_of(stage), "the countdown")
    advance(stage, 1)
    enter(stage, "2468")
    assert stage.face.navigator.page_name == "supplies.staff"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_page_follows_the_language(stage: Stage, language: str) -> None:
    begin(stage, "supplies.take", item="water")
    stage.face.settings.set_language(language)  # type: ignore[arg-type]
    stage.settle()
    assert ("the left box" in text_of(stage)) is (language == "en")
    stage.face.settings.set_language("zh_CN")


def test_every_error_of_the_shelf_has_its_sentence() -> None:
    import kiosk.staff
    import kiosk.supplies.errors
    import kiosk.supplies.opening

    ours = {code for code in all_codes() if code.startswith(("supply.", "staff."))}
    assert ours <= set(all_problems())
    assert Path(kiosk.staff.__file__).exists()
