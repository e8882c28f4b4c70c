"""The alarm's part of the console in real browsers: seen and heard on every page, taken, handed over, ended."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from hub.accounts import Role
from kiosk.protocol.alarm import Alarm, AlarmSource, AlarmState, AlarmTest, AlarmTested
from kiosk.protocol.link import Command, CommandDone
from tests.hub.conftest import Server
from tests.hub.test_alarm import ONE, alarm, line
from tests.hub.test_console import CHROMIUM, RULES
from tests.hub.test_intercom import Line
from tests.hub.windows import desks

__all__ = ["line"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def desk(server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`desk("王敏", Role.DUTY)`: a window of somebody."""
    with desks(server, browser, "body[data-ready]") as opened:
        yield opened


def cards(page: Page) -> Any:
    return page.locator("#alarms .alarm")


def press(page: Page, name: str) -> None:
    page.locator("#alarms").get_by_role("button", name=name, exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="确定").click()


def sounds(page: Page, what: str) -> None:
    expect(page.locator("#alarms")).to_have_attribute("data-sound", what)


def test_it_is_seen_and_heard_on_every_page_until_somebody_has_it(desk: Callable[..., Page], line: Line) -> None:
    wang, li = desk("王敏"), desk("李强")
    li.goto(li.url + "#account")
    expect(wang.locator("#alarms")).to_be_hidden()
    line.send(Alarm(incident=ONE, source=AlarmSource.SCREEN, raised="2026-12-01T08:00:00Z", presses=3))
    for page in (wang, li):
        expect(cards(page)).to_have_count(1)
        expect(page.locator("#alarms").get_by_text("还没有人接警")).to_be_visible()
        expect(page.locator("#alarms").get_by_text("按了 3 次")).to_be_visible()
        sounds(page, "alarm")
        assert page.evaluate(RULES) == []
        expect(page).to_have_title(re.compile("有人报警"))
        expect(page).not_to_have_title(re.compile("有人报警"))  # it flashes
    press(wang, "接警")
    for page in (wang, li):
        expect(page.locator("#alarms").get_by_text("王敏 已接警")).to_be_visible()
        sounds(page, "")
        assert "有人报警" not in page.title()
        assert page.evaluate(RULES) == []
    expect(li.get_by_role("button", name="接警", exact=True)).to_have_count(0)


def test_a_note_a_colleague_and_an_end_with_a_reason(desk: Callable[..., Page], line: Line, server: Server) -> None:
    wang, zhao = desk("王敏"), desk("赵主任", Role.MANAGER)
    line.send(alarm(server))
    expect(cards(zhao)).to_have_count(1)
    sounds(zhao, "")  # not before the duty desk has let it ring for a while
    wang.keyboard.press("Alt+j")
    expect(wang.locator("#alarms").get_by_text("王敏 已接警")).to_be_visible()
    press(wang, "备注…")
    wang.get_by_label("记下什么").fill("电话没人接")
    confirm(wang)
    press(wang, "请同事接手…")
    expect(wang.get_by_label("请谁")).to_have_value("staff1")
    wang.get_by_label("给同事的话").fill("我要去现场")
    confirm(wang)
    expect(wang.locator("#alarms").get_by_text("等同事接手")).to_be_visible()
    sounds(zhao, "alarm")
    press(zhao, "我来接手")
    expect(wang.locator("#alarms").get_by_text("赵主任 已接警")).to_be_visible()
    press(zhao, "结束…")
    zhao.get_by_label("按错了").check()
    zhao.get_by_label("补充").fill("小孩按的")
    assert zhao.evaluate(RULES) == []
    confirm(zhao)
    for page in (wang, zhao):
        expect(page.locator("#alarms")).to_be_hidden()
    while not (state := line.get(AlarmState)).closed:
        pass
    assert (state.closed_by, state.reason) == ("赵主任", "按错了：小孩按的")
    wang.goto(server.url + "/#alarm_records")
    row = wang.locator(".panel-alarm_records tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("王敏，0 秒")
    row.get_by_text("经过").click()
    for words in ("王敏：电话没人接", "赵主任 接手", "赵主任结束：按错了：小孩按的"):
        expect(row.locator("li", has_text=words)).to_be_visible()
    assert wang.evaluate(RULES) == []


def test_what_did_not_work_is_said(desk: Callable[..., Page], line: Line, server: Server, hub_time: Any) -> None:
    page = desk("Wang Min", locale="en-GB")
    line.send(alarm(server, drill=True))
    expect(cards(page)).to_have_count(1)
    hub_time.advance(61)
    expect(page.locator("#alarms").get_by_text("no gateway is set up").first).to_be_visible()
    line.send(alarm(server, drill=True, mistaken=1))
    expect(page.locator("#alarms").get_by_text("The visitor says it was a mistake").first).to_be_visible()
    page.locator("#alarms .alarm summary").click()
    line.send(alarm(server, drill=True, mistaken=1, presses=2))
    expect(page.locator("#alarms .steps li").last).to_contain_text("Pressed, time 2")  # what was opened stays open
    assert page.evaluate(RULES) == []
    assert re.search(r"[\u3000-\u9fff]", page.locator("#alarms").inner_text()) is None


def test_a_test_is_answered_by_the_window_itself(desk: Callable[..., Page], line: Line) -> None:
    page = desk("王敏")
    line.send(AlarmTest(test=ONE))
    assert line.get(AlarmTested).consoles == 1
    expect(page.locator("#alarms")).to_be_hidden()


def test_a_station_whose_test_failed_waits_quietly(
    desk: Callable[..., Page], server: Server, line: Line, hub_time: Any
) -> None:
    from hub.alarm_store import Incidents

    hub_time.advance(73 * 3600)
    page = desk("王敏")
    Incidents(server.hub.db).find_overdue(hub_time.at)
    faults = page.locator("#alarms .faults")
    expect(faults).to_be_visible()
    sounds(page, "")
    faults.locator("summary").click()
    press(page, "我来处理")
    expect(faults.get_by_text("王敏 在处理")).to_be_visible()
    assert page.evaluate(RULES) == []


def test_a_drill_is_begun_from_the_desk(desk: Callable[..., Page], line: Line, server: Server) -> None:
    page = desk("王敏")
    page.goto(server.url + "/#alarm_records")
    page.get_by_role("button", name="发起演练…").click()
    confirm(page)
    order = line.get(Command)
    assert (order.name, order.by) == ("alarm_drill", "王敏")
    line.send(CommandDone(id=order.id, code="done"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate(RULES) == []
