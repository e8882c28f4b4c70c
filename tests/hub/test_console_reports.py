"""Reports at the desk in a real browser: gaps are drawn as gaps, and everything can be reached and read."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from hub.accounts import Role
from tests.hub.conftest import Server, Terminal, Time
from tests.hub.test_console import RULES
from tests.hub.test_console_alarm import browser, desk
from tests.hub.test_reports import push, settings

__all__ = ["browser", "desk"]
ENGLISH_PDF = "/api/console/reports.pdf?length=month&day=2026-11-30&station=WX-0002&language=en"
NARROW = {"width": 420, "height": 860}


@pytest.fixture
def month(server: Server, enrolled: Callable[..., Terminal], hub_time: Time) -> None:
    """Two stations in two districts: one whole but for the first day, one not heard of since the third."""
    names = (("WX-0001", "运河公园驿站", "梁溪区"), ("WX-0002", "惠山古镇驿站", "惠山区"))
    server.hub.catalogue.publish([settings(*one) for one in names], "folder")
    first, second = enrolled("WX-0001"), enrolled("WX-0002")
    for day, terminals in ((2, [first, second]), (3, [first, second]), (4, [first]), (6, [first])):
        hub_time.at = datetime(2026, 12, day, 4, 0, tzinfo=UTC)
        for terminal in terminals:
            push(terminal, *(terminal.entry("session.started", session=str(n)) for n in range(day)))
            push(terminal, terminal.entry("supply.taken", item="water", quantity=1, session="s", day="2026-12-02"))
    hub_time.at = datetime(2026, 12, 7, 4, 0, tzinfo=UTC)
    push(first, first.entry("session.started", session="s"))


def columns(page: Page, which: int = 0) -> list[str]:
    chart = page.locator(".panel-reports .columns").nth(which)
    return [str(kind) for kind in chart.locator(".column").evaluate_all("all => all.map((one) => one.className)")]


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_month_a_station_a_week_a_day(desk: Callable[..., Page], month: None, server: Server, locale: str) -> None:
    english = locale.startswith("en")
    page = desk("赵主任", Role.MANAGER, locale=locale)
    page.goto(server.url + "/#reports")
    report = page.locator(".panel-reports")
    expect(report.locator(".about")).to_have_text("The whole city · Dec 2026" if english else "全市 · 2026年12月")
    expect(report.locator(".summary")).to_contain_text(
        "2 stations, 6 of 12 station-days complete" if english else "2 个驿站，12 个站日中 6 个完整"
    )
    expect(report.locator("dl dd").first).to_have_text("at least 21" if english else "至少 21")
    assert columns(page)[:8] == [f"column {state}" for state in ("gap", "complete", *["part"] * 4, "running", "ahead")]
    gap = report.locator(".column.gap").first
    expect(gap).to_have_text("gap1" if english else "缺1")
    assert "repeating-linear-gradient" in gap.locator(".well").evaluate(
        "well => getComputedStyle(well).backgroundImage"
    )
    row = report.get_by_role("row", name="Tue 1 Dec" if english else "12月1日")
    expect(row).to_contain_text("not enrolled yet" if english else "尚未登记")
    expect(row.locator("td").first).to_have_text("gap" if english else "缺")
    assert page.evaluate(RULES) == []

    report.get_by_label("Of what" if english else "哪里的").select_option("station/WX-0002")
    expect(report.locator(".about")).to_contain_text("惠山古镇驿站")
    assert columns(page)[:7] == ["column gap", "column complete", *["column gap"] * 4, "column running"]
    expect(report.locator("table").first.locator("tbody tr").nth(3).locator("td").first).to_have_text(
        "gap" if english else "缺"
    )
    page.get_by_label("Week" if english else "周", exact=True).check()
    expect(report.locator(".about")).to_contain_text("13 Dec 2026" if english else "12月13日")
    expect(report.locator(".about")).to_contain_text("7 Dec 2026" if english else "12月7日")
    report.get_by_role("button", name="The one before" if english else "前一个").click()
    expect(report.locator(".about")).to_contain_text("30 Nov 2026" if english else "11月30日")
    page.get_by_label("Day" if english else "日", exact=True).check()
    report.get_by_label("With which day" if english else "含哪一天").fill("2026-12-03")
    expect(report.locator(".about")).to_contain_text("3 Dec 2026" if english else "2026年12月3日")
    assert columns(page)[10:15] == ["column complete"] * 2 + ["column gap"] * 3
    assert page.evaluate(RULES) == []
    for name, suffix in ((("表格" if not english else "CSV"), ".csv"), ("PDF", ".pdf")):
        address = report.get_by_role("link", name=name).get_attribute("href")
        asked = f"length=day&day=2026-12-03&station=WX-0002&language={'en' if english else 'zh'}"
        assert address == f"/api/console/reports{suffix}?{asked}"


def test_from_the_city_to_a_district_to_a_station_and_with_the_keyboard(
    desk: Callable[..., Page], month: None, server: Server
) -> None:
    page = desk("赵主任", Role.MANAGER)
    page.goto(server.url + "/#reports")
    report = page.locator(".panel-reports")
    report.get_by_role("button", name="惠山区").press("Enter")
    expect(report.locator(".about")).to_have_text("惠山区 · 2026年12月")
    expect(report.get_by_label("哪里的")).to_be_focused()
    expect(report.get_by_label("哪里的")).to_have_value("district/惠山区")
    report.get_by_role("button", name="惠山古镇驿站").click()
    expect(report.get_by_role("status")).to_have_text("惠山古镇驿站，2026年12月")
    expect(report.get_by_role("button", name="后一个")).to_be_disabled()
    report.get_by_role("button", name="前一个").click()
    expect(report.locator(".about")).to_have_text("惠山古镇驿站 · 2026年11月")
    expect(report.locator("dl dd").first).to_have_text("缺")
    page.click("#language")
    expect(report.locator(".about")).to_have_text("惠山古镇驿站 · Nov 2026")
    expect(report.get_by_role("link", name="Open PDF")).to_have_attribute("href", ENGLISH_PDF)
    page.set_viewport_size(NARROW)
    assert page.evaluate(RULES) == []
    report.get_by_role("button", name="The one after").click()
    expect(report.locator(".about")).to_contain_text("Dec 2026")
    assert page.evaluate(RULES) == []


def test_on_paper_there_is_the_report_alone_and_all_of_it(
    desk: Callable[..., Page], month: None, server: Server
) -> None:
    page = desk("赵主任", Role.MANAGER)
    page.goto(server.url + "/#reports")
    expect(page.locator(".panel-reports .about")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator(".panel-reports .controls")).to_be_hidden()
    table = page.locator(".panel-reports .scroller").first
    assert table.evaluate("node => node.scrollHeight <= node.clientHeight + 2")
