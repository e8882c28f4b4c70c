"""A first visit with the finger: a card or a name and a number, a picture, a code that is good at once."""

from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.devices.id_reader import DemoIdReader
from kiosk.devices.id_reader.simulator import somebody
from kiosk.devices.printer import FolderPrinter
from kiosk.members import CardSeen, Slips
from kiosk.protocol.catalogue import CatalogueBatch
from kiosk.protocol.members import code_of_link
from kiosk.protocol.registration import PROVISIONAL, Contact, MemberRegistered, unseal
from tests.kiosk.booths import HUB_KEY, settings
from ui.stage import Stage


def page(stage: Stage, name: str) -> Any:
    stage.until(lambda: stage.face.navigator.page_name == name and stage.face.page is not None, name)
    stage.settle()
    return stage.face.navigator.model


def lay(stage: Stage, seed: int) -> None:
    """Lay somebody's card on the simulated reader of the terminal, which stands at a door here."""
    reader = cast(DemoIdReader, stage.station.card_readers[stage.station.terminal_door].reader)
    stage.until(lambda: reader.hand is not None, "the reader")
    assert reader.hand is not None
    reader.hand.lay(somebody(seed))


def with_hub(stage: Stage) -> None:
    """The hub's news: registrations are wanted, and there is a key to seal names with."""
    store = stage.station.store
    batch = CatalogueBatch(revision=1, documents=[settings()])
    stage.station.desk.call(store.catalogue.apply, batch)


def written(stage: Stage) -> MemberRegistered:
    entry = stage.station.desk.call(stage.station.store.journal.newest, "member.registered", 1)[0]
    return cast(MemberRegistered, entry.parsed())


def is_taken(stage: Stage, code: str) -> str:
    return stage.station.desk.call(stage.station.members.verify, code).ref


def seen(stage: Stage) -> None:
    """Until the card that was laid down has been read."""
    stage.until(lambda: stage.station.desk.call(lambda: stage.station.registrar.has_card), "the card")
    stage.settle()


def test_a_card_that_was_read_leads_to_a_code(stage: Stage) -> None:
    stage.begin()
    lay(stage, 7)
    seen(stage)
    stage.face.navigator.open("members.register")
    page(stage, "members.register")
    stage.tap("用刚才的身份证登记")
    page(stage, "members.occupation")
    stage.tap("环卫工")
    made = page(stage, "members.code")
    person = stage.station.session.person
    assert person is not None
    assert (person.tier, is_taken(stage, made.code)) == (PROVISIONAL, person.ref)
    assert (written(stage).occupation, written(stage).way) == ("sanitation", "id_card")
    assert not made.again
    stage.tap("用完了")
    stage.until(lambda: stage.station.session.person is None, "the end of the visit")


def test_away_from_a_door_a_card_that_nobody_knows_asks_the_question(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(stage.station), "terminal_door", "")
    stage.begin()
    stage.station.bus.publish(CardSeen(known=False, valid=False))
    stage.settle()
    assert stage.face.navigator.page_name == "home.main"
    stage.station.bus.publish(CardSeen(known=False, valid=True))
    page(stage, "members.register")


def test_from_show_your_code_with_a_card(stage: Stage) -> None:
    stage.begin()
    stage.face.navigator.open("members.show")
    stage.settle()
    stage.tap("没有码，登记一个")
    page(stage, "members.register")
    lay(stage, 8)
    page(stage, "members.occupation")
    stage.tap("快递员")
    page(stage, "members.code")
    stage.tap("选服务")
    page(stage, "home.main")
    assert stage.station.session.person is not None


def test_a_name_and_a_number(stage: Stage) -> None:
    stage.begin()
    with_hub(stage)
    stage.face.navigator.open("members.register")
    stage.settle()
    stage.tap("写姓名和手机号")
    person = page(stage, "members.person")
    stage.tap("下一步")
    assert person.problem is not None  # no name yet
    stage.tap("知道了")
    person.named("王小明")
    stage.tap("下一步")
    assert not person.naming
    for digit in "23800138000":
        stage.tap(digit)
    stage.tap("下一步")
    assert person.problem is not None
    stage.tap("知道了")
    for _ in range(11):
        stage.tap("删掉一位")
    for digit in "13800138000":
        stage.tap(digit)
    stage.tap("下一步")
    page(stage, "members.occupation")
    stage.tap("外卖骑手")
    made = page(stage, "members.code")
    body = written(stage)
    assert unseal(body.sealed, HUB_KEY, body.member) == Contact("王小明", "13800138000")
    assert is_taken(stage, made.code) == body.member


def test_the_code_is_printed_for_who_has_no_phone(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "slips"
    stage.station.slips = Slips(FolderPrinter(folder), stage.station.bus)
    stage.begin()
    lay(stage, 10)
    seen(stage)
    stage.face.navigator.open("members.occupation", {"way": "id_card"})
    page(stage, "members.occupation")
    stage.tap("货车司机")
    made = page(stage, "members.code")
    stage.tap("打印在纸上")
    stage.until(lambda: made.printed == "good", "the slip")
    (file,) = folder.glob("*.pdf")
    assert file.stat().st_size > 1000
    stage.station.slips = Slips(FolderPrinter(Path("/dev/null/slips")), stage.station.bus)
    stage.tap("打印在纸上")
    stage.until(lambda: made.printed == "bad", "the failure")


def test_the_code_goes_to_a_phone_by_an_address(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.station.registrar, "_hub_url", "https://desk.example.org")
    stage.begin()
    lay(stage, 9)
    seen(stage)
    stage.face.navigator.open("members.occupation", {"way": "id_card"})
    page(stage, "members.occupation")
    stage.tap("快递员")
    made = page(stage, "members.code")
    stage.tap("发到手机")
    assert made.sending
    address, fragment = made.link.split("#")
    assert (address, code_of_link(fragment)) == ("https://desk.example.org/keep", made.code)
    stage.tap("看会员码")
    assert not made.sending


def test_nothing_of_a_visitor_is_left_for_the_next(stage: Stage) -> None:
    stage.begin()
    lay(stage, 9)
    seen(stage)
    stage.station.session.finish()
    stage.settle()
    stage.begin()
    model = cast(Any, stage.face.navigator.open("members.register"))
    stage.settle()
    assert not model.hasCard
