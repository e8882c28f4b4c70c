"""Registrations at the desk, in a real browser: what became of each, a number that is known, a name that is opened."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.accounts import Role
from hub.members_registration import Registry
from kiosk.protocol.registration import Occupation
from tests.hub.conftest import Server
from tests.hub.test_console import RULES
from tests.hub.test_console_alarm import browser, desk
from tests.hub.test_registration import lines, registry, settle

__all__ = ["browser", "desk", "lines", "registry"]


@pytest.fixture
def page(desk: Callable[..., Page], registry: Registry, lines: Any, server: Server) -> Page:
    """One by card, two by the same number at two stations."""
    here, there = lines("WX-0001"), lines("WX-0002")
    here.booth.register_card(1)
    here.booth.registrar.by_phone("王小明", "13800138000", Occupation.RIDER)
    here.push()
    settle(registry)
    there.booth.registrar.by_phone("小明", "13800138000", Occupation.TRUCKER)
    there.push()
    settle(registry)
    opened = desk("王敏", Role.MANAGER)
    opened.goto(server.url + "/#members")
    return opened


def test_a_number_that_is_known_is_decided_by_a_person(page: Page) -> None:
    rows = page.locator(".registrations tbody tr")
    expect(rows).to_have_count(3)
    waiting = rows.filter(has_text="货车司机")
    expect(rows.filter(has_text="待处理")).to_have_count(2)
    first = rows.filter(has_text="外卖骑手")
    first.get_by_role("button", name="是新会员").click()
    expect(first).to_contain_text("已确认")
    expect(waiting).to_contain_text("手机号登记过")
    assert page.evaluate(RULES) == []
    waiting.get_by_role("button", name="看姓名电话").click()
    expect(page.get_by_role("dialog")).to_contain_text("小明")
    expect(page.get_by_role("dialog")).to_contain_text("13800138000")
    page.get_by_role("dialog").get_by_role("button", name="关闭").click()
    waiting.get_by_role("button", name="是老会员").click()
    expect(rows.filter(has_text="并入原会员")).to_have_count(1)
    expect(rows.filter(has_text="待处理")).to_have_count(0)


def test_a_registration_is_ended(page: Page) -> None:
    row = page.locator(".registrations tbody tr").filter(has_text="快递员")
    expect(row).to_contain_text("已确认")
    row.get_by_role("button", name="作废").click()
    page.get_by_role("dialog").get_by_role("button", name="作废").click()
    expect(row).to_contain_text("已作废")
    expect(row.get_by_role("button")).to_have_count(1)
    row.get_by_role("button", name="忘记").click()
    expect(page.get_by_role("dialog")).to_contain_text("不能恢复")
    assert page.evaluate(RULES) == []
    page.get_by_role("dialog").get_by_role("button", name="忘记").click()
    expect(page.locator("#notices")).to_contain_text("已忘记")
    expect(row).to_have_count(0)
