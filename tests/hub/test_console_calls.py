"""The call panel in real browsers: two of the desk's, and a station that speaks the protocol by hand."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kiosk.protocol.door import DoorOrder, DoorReport
from kiosk.protocol.intercom import Answered, CallEnd, CallText, EndReason, Ring
from kiosk.protocol.intercom_talk import (
    CallMedia,
    CameraWanted,
    DeskMedia,
    Held,
    Joined,
    Left,
    PageShown,
    Rated,
    ShowPage,
    Transferring,
)
from kiosk.protocol.link import LinkMessage
from tests.hub.conftest import Server
from tests.hub.test_console import CHROMIUM, RULES
from tests.hub.test_intercom import CALL, Line, link
from tests.hub.windows import desks

FAKE = ("--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FAKE))
        yield opened
        opened.close()


@pytest.fixture
def desk(server: Server, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """`desk("王敏")`: a window of somebody on duty."""
    with desks(server, browser, "#calls .head .badge.good") as opened:
        yield opened


@pytest.fixture
def line(server: Server, terminal: Any) -> Iterator[Line]:
    with link(server, terminal) as opened:
        yield opened


def calls(page: Page) -> Any:
    return page.locator("#calls")


def press(page: Page, name: str) -> None:
    calls(page).get_by_role("button", name=name, exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="确定").click()


def answered(page: Page, line: Line) -> Answered:
    """The station rings, and this desk takes it."""
    line.send(Ring(call=CALL, topic="help"))
    press(page, "接听")
    taken = line.get(Answered)
    assert isinstance(taken, Answered)
    expect(page.locator("#calls .stage")).to_be_visible()
    return taken


def told(line: Line, kind: type[LinkMessage], **wanted: Any) -> Any:
    """The next message of a kind that says this."""
    while True:
        message = line.get(kind)
        if all(getattr(message, key) == value for key, value in wanted.items()):
            return message


def test_what_is_turned_off_is_seen_at_both_ends(desk: Callable[[str], Page], line: Line) -> None:
    page = desk("王敏")
    answered(page, line)
    line.send(CallMedia(call=CALL, cameras=("room", "door"), camera="room", muted=True, volume=0, quality="poor"))
    for words in ("对方关了麦克风", "对方把声音关掉了", "对方网络不太好"):
        expect(calls(page).get_by_text(words)).to_be_visible()
    expect(calls(page).get_by_role("button", name="静音", exact=True)).to_be_enabled()
    page.keyboard.press("Alt+m")
    assert told(line, DeskMedia, microphone=False).camera
    press(page, "关摄像头")
    told(line, DeskMedia, microphone=False, camera=False)
    calls(page).get_by_label("看哪个镜头").select_option("door")
    told(line, CameraWanted, camera="door")
    assert page.evaluate(RULES) == []


def test_texts_are_said_once_also_after_a_reload(desk: Callable[[str], Page], line: Line) -> None:
    page = desk("王敏")
    answered(page, line)
    line.send(CallText(call=CALL, text="我听不见", id="m1"))
    expect(page.locator("#calls .texts li")).to_have_text(["我听不见"])
    page.fill("#calls .talk input.field", "请稍等")
    page.keyboard.press("Enter")
    assert told(line, CallText, text="请稍等").by == "王敏"
    expect(page.locator("#calls .texts li")).to_have_text(["我听不见", "请稍等"])
    expect(page.locator("#calls .texts li.unsaid")).to_have_count(0)
    page.reload()
    told(line, Answered)
    expect(page.locator("#calls .texts li")).to_have_text(["我听不见", "请稍等"])
    expect(page.locator("#calls .texts li.sent")).to_have_text(["请稍等"])


def test_texts_stand_in_the_hubs_order(desk: Callable[[str], Page]) -> None:
    """Written at both ends at once: what the hub has not confirmed yet stands last."""
    rows = desk("王敏").evaluate(
        """async () => {
            const { Talk } = await import("/console/calls/talk.js");
            const sent = [], seen = [];
            const talk = new Talk({ call: "c" }, "wang", (message) => sent.push(message));
            const look = () => seen.push(talk.lines.map(({ text }) => text).join(" "));
            talk.write("mine"); look();
            talk.take({ type: "text", id: "m1", by: "", text: "theirs" }); look();
            talk.write("again"); look();
            talk.take({ ...sent[0], by: "wang" }); talk.take({ ...sent[0], by: "wang" }); look();
            talk.take({ type: "text", id: "m2", by: "", text: "later" }); look();
            return [...seen, talk.lines.map(({ said }) => said).join()];
        }"""
    )
    assert rows == [
        "mine",
        "theirs mine",
        "theirs mine again",
        "theirs mine again",
        "theirs mine later again",
        "true,true,true,false",
    ]


def test_hold_and_another_call_meanwhile(
    desk: Callable[[str], Page], line: Line, server: Server, enrolled: Callable[..., Any]
) -> None:
    page = desk("王敏")
    answered(page, line)
    press(page, "保持")
    told(line, Held, on=True)
    expect(calls(page).get_by_text("保持中", exact=True)).to_be_visible()
    other = CALL.replace("01a2", "01a3")
    with link(server, enrolled("WX-0002")) as second:
        second.send(Ring(call=other, topic="help"))
        press(page, "接听")
        second.get(Answered)
        expect(page.locator("#calls .waiting li")).to_have_count(1)
        press(page, "接回来")  # the first again; the second is put on hold by itself
        told(line, Held, on=False)
        told(second, Held, on=True)
        line.send(CallEnd(call=CALL, reason=EndReason.HUNG_UP))
        expect(calls(page).get_by_role("button", name="接回来", exact=True)).to_have_count(1)  # not both, not for long


def test_handed_over_with_a_note_and_taken_by_the_other(desk: Callable[[str], Page], line: Line) -> None:
    page, other = desk("王敏"), desk("李华")
    first = answered(page, line)
    press(page, "转接…")
    page.get_by_role("dialog").get_by_label("转给谁").select_option(label="李华")
    page.get_by_role("dialog").get_by_label("给同事的话").fill("欠薪两个月")
    confirm(page)
    told(line, Transferring, to="李华")
    expect(calls(page).get_by_text("正在转给 李华")).to_be_visible()
    expect(calls(other).get_by_text("欠薪两个月")).to_be_visible()
    expect(calls(other).get_by_text("王敏 转来")).to_be_visible()
    press(other, "接听")
    assert told(line, Answered, by="李华").peer != first.peer
    told(line, Left, peer=first.peer)
    expect(page.locator("#calls .stage")).to_be_hidden()
    expect(calls(other).get_by_text("备注：欠薪两个月")).to_be_visible()


def test_a_hand_over_is_taken_back(desk: Callable[[str], Page], line: Line) -> None:
    page = desk("王敏")
    desk("李华")
    first = answered(page, line)
    press(page, "转接…")
    confirm(page)
    told(line, Transferring)
    press(page, "收回转接")
    assert line.get(Answered).peer == first.peer
    expect(calls(page).get_by_role("button", name="转接…")).to_be_visible()


def test_a_third_person_is_asked_in_and_leaves(desk: Callable[[str], Page], line: Line) -> None:
    page, other = desk("王敏"), desk("李华")
    answered(page, line)
    press(page, "请人加入…")
    confirm(page)
    press(other, "加入通话")
    guest = told(line, Joined, name="李华")
    expect(calls(page).get_by_text("李华 也在")).to_be_visible()
    expect(calls(other).get_by_text("王敏 负责这个通话")).to_be_visible()
    expect(calls(other).get_by_role("button", name="保持", exact=True)).to_be_hidden()
    press(other, "离开通话")
    told(line, Left, peer=guest.peer)
    expect(calls(page).get_by_text("李华 也在")).to_be_hidden()
    press(page, "请人加入…")
    confirm(page)
    press(other, "谢绝")
    expect(page.get_by_text("李华：对方谢绝了邀请")).to_be_visible()


def test_a_page_a_door_and_the_visitors_judgement(desk: Callable[[str], Page], line: Line) -> None:
    page = desk("王敏")
    answered(page, line)
    press(page, "给对方看…")
    page.get_by_role("dialog").get_by_label("哪一页").select_option("page:services.list")
    confirm(page)
    shown = told(line, ShowPage, page="services.list")
    line.send(PageShown(call=CALL, id=shown.id, state="shown"))
    expect(calls(page).get_by_text("对方正在看这一页")).to_be_visible()
    press(page, "开门…")
    page.get_by_role("dialog").get_by_label("为什么").fill("轮椅")
    confirm(page)
    assert line.get(DoorOrder).token.startswith("GD1:")
    expect(calls(page).get_by_text("开门指令已发出…")).to_be_visible()
    line.send(DoorReport(id="", code="late"))
    expect(calls(page).get_by_text("指令到得太晚，门没有开")).to_be_visible()
    page.keyboard.press("Alt+e")
    told(line, CallEnd, reason=EndReason.STAFF_HUNG_UP)
    line.send(Rated(call=CALL, helpful=True))
    expect(page.get_by_text("对方说：有帮助")).to_be_visible()


def test_messages_left_are_dealt_with_and_records_tell_their_steps(desk: Callable[[str], Page], terminal: Any) -> None:
    page = desk("王敏")
    terminal.push(
        terminal.entry("call.started", call=CALL, topic="help", session="s"),
        terminal.entry("call.ended", call=CALL, reason="no_staff", ring_seconds=15),
        terminal.entry("call.message_left", call=CALL, topic="help", text="门口的灯坏了", contact="139"),
    )
    expect(page.locator("#calls .left summary .badge")).to_have_text("1")
    page.locator("#calls .left summary").click()
    expect(calls(page).get_by_text("门口的灯坏了")).to_be_visible()
    press(page, "已处理…")
    page.get_by_role("dialog").get_by_label(re.compile("怎么处理的")).fill("已报修")
    confirm(page)
    expect(page.locator("#calls .messages .empty")).to_be_visible()
    page.locator("#calls .past summary").click()
    press(page, "经过")
    steps = page.get_by_role("dialog").locator("li")
    expect(steps).to_contain_text(["呼叫", "结束 无人值班", "留言"])
    page.keyboard.press("Escape")
    assert page.evaluate(RULES) == []
