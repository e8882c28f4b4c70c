"""At the desk in a real browser: a station's file is taken in, and one for it is downloaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hub.accounts import Accounts, Role
from hub.members_registration import Registry
from kiosk.clock import ManualClock
from kiosk.protocol.stick import journal_name
from tests.hub.conftest import PASSWORD
from tests.hub.test_console import RULES
from tests.hub.test_console_alarm import browser
from tests.hub.test_pair import Pair
from tests.hub.test_stick import KEY, Carrier

__all__ = ["browser"]


@pytest.fixture
def carrier(tmp_path: Path, clock: ManualClock) -> Iterator[Carrier]:
    pair = Pair(tmp_path, clock)
    Registry(pair.server.hub)
    pair.enrol()
    yield Carrier(pair, tmp_path / "media")
    pair.stop()


def opened(browser: Browser, carrier: Carrier) -> Page:
    url = carrier.pair.server.url
    Accounts(carrier.hub.db).add("m", PASSWORD, [Role.MANAGER], carrier.hub.now())
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN").new_page()
    page.goto(url)
    page.fill("[name=name]", "m")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-ready]")
    page.goto(url + "/#stick")
    return page


def test_a_stick_at_the_desk(browser: Browser, carrier: Carrier) -> None:
    page = opened(browser, carrier)
    panel = page.locator(".panel-stick")
    expect(panel.get_by_text("驿站不会采用")).to_be_visible()
    carrier.hub.proofs.publisher_is_here(KEY)
    carrier.pair.enrol()
    carrier.trust()
    page.reload()
    expect(panel.get_by_text("驿站不会采用")).to_be_hidden()
    assert page.evaluate(RULES) == []
    panel.get_by_role("combobox", name="驿站").fill("WX-0001")
    with page.expect_download() as download:
        panel.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename == "yizhan-WX-0001.zip"
    download.value.save_as(carrier.here / download.value.suggested_filename)
    carrier.pair.record(3)
    assert carrier.stick.exchange().written == 3
    panel.get_by_label("驿站写的文件").set_input_files(carrier.here / journal_name("WX-0001"))
    panel.get_by_role("button", name="收下").click()
    expect(panel.get_by_role("status")).to_contain_text("WX-0001：新收到 3 条，到第 3 条都齐了")
    panel.get_by_label("驿站写的文件").set_input_files({"name": "x.journal", "mimeType": "", "buffer": b"hello\n"})
    panel.get_by_role("button", name="收下").click()
    expect(panel.get_by_role("status")).to_contain_text("不完整")
    page.context.close()
