"""All stations, and one of them, in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.health import Beat, Health
from kiosk.protocol.link import Command, CommandDone
from tests.hub.conftest import Server, Terminal
from tests.hub.test_console import RULES
from tests.hub.test_console_alarm import browser, desk
from tests.hub.test_intercom import Line, link

__all__ = ["browser", "desk"]
PLACES = {
    "WX-0001": ("惠山古镇驿站", "Huishan", "惠山区"),
    "WX-0002": ("南禅寺驿站", "Nanchan Temple", "梁溪区"),
    "WX-0003": ("运河公园驿站", "Canal Park", "梁溪区"),
}


@pytest.fixture
def line(server: Server, enrolled: Callable[..., Terminal]) -> Iterator[Line]:
    """Three stations, of which the first is linked and has a sick camera; two have settings in one district."""
    for station, (name, english, district) in PLACES.items():
        body = {
            "name": {"zh_CN": name, "en": english},
            "address": {"zh_CN": f"{name}旁"},
            "district": {"zh_CN": district},
        }
        document = PlainDocument(kind="station_settings", id=station, station=station, body=body)
        server.hub.catalogue.publish([document], owner=station)
        terminal = enrolled(station)
        if station == "WX-0001":
            first = terminal
            terminal.push(
                terminal.entry("station.started", version="0.1.0", clean=True),
                terminal.entry("alarm.tested", test="01a2108b-1c11-7757-a23c-a2a668e46f01", code="passed", seconds=0.4),
            )
    with link(server, first) as opened:
        devices = {"camera": "sick", "speech": "well", "door.front": "off"}
        opened.send(Beat(health=Health(version="0.1.0", devices=devices, disk_free=52_000, clock="synced")))
        yield opened


def rows(page: Page) -> Any:
    return page.locator(".panel-fleet tbody tr:visible")


def test_a_station_is_found(desk: Callable[..., Page], line: Line, server: Server) -> None:
    page = desk("王敏")
    expect(page.locator("#stations li")).to_have_count(3)
    expect(page.locator("#stations li").first).to_contain_text("惠山古镇驿站")  # what is broken comes first
    page.goto(server.url + "/#fleet")
    expect(rows(page)).to_have_count(3)
    expect(page.locator(".panel-fleet h3")).to_have_text(["惠山区 1", "梁溪区 2"])
    assert page.evaluate(RULES) == []
    page.get_by_label("查找驿站").fill("梁溪 南禅")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("查找驿站").fill("wx-0003")
    expect(rows(page)).to_contain_text(["运河公园驿站"])
    page.get_by_label("查找驿站").fill("没有")
    expect(page.get_by_text("没有这样的驿站")).to_be_visible()
    page.get_by_label("查找驿站").fill("")
    page.get_by_label("只看这种状态").select_option("trouble")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("只看这种状态").select_option("never_seen")
    expect(rows(page)).to_have_count(2)
    page.get_by_label("按区分组").uncheck()
    expect(page.locator(".panel-fleet h3")).to_have_count(0)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_station_in_full_and_an_order(desk: Callable[..., Page], line: Line, server: Server, locale: str) -> None:
    english = locale.startswith("en")
    page = desk("王敏", locale=locale)
    page.goto(server.url + "/#fleet/WX-0001")
    station = page.locator(".panel-fleet .station")
    for words in ("Broken", "Well", "50.8 GiB", "Synchronised", "Liangxi")[: 4 if english else 0]:
        expect(station.get_by_text(words, exact=True).first).to_be_visible()
    if not english:
        for words in ("有故障", "正常", "50.8 GiB", "已校准", "报警自检：通过，0 秒"):
            expect(station.get_by_text(words, exact=True).first).to_be_visible()
    assert page.evaluate(RULES) == []
    page.get_by_role("button", name="Synchronise now" if english else "现在同步").click()
    order = line.get(Command)
    assert (order.name, order.by) == ("sync", "王敏")
    line.send(CommandDone(id=order.id, code="done"))
    expect(station.get_by_text("The terminal did it" if english else "终端已照办")).to_be_visible()
    page.get_by_role("link", name="← All stations" if english else "← 全部驿站").click()
    expect(rows(page)).to_have_count(3)
    page.go_back()
    expect(station).to_be_visible()
    assert page.evaluate(RULES) == []


def test_an_order_to_a_station_that_is_away_says_so(desk: Callable[..., Page], line: Line, server: Server) -> None:
    page = desk("王敏")
    page.goto(server.url + "/#fleet/WX-0002")
    page.get_by_role("button", name="现在同步").click()
    expect(page.get_by_text("这台终端现在没有连上").first).to_be_visible()
