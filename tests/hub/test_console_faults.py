"""What is broken, at the desk in a real browser: in hand, repaired, and again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kiosk.protocol.station_faults import Thing
from tests.hub.conftest import Server, Terminal
from tests.hub.test_console import RULES
from tests.hub.test_console_alarm import browser, desk
from tests.hub.test_faults import PHOTO, REF, heard, report

__all__ = ["browser", "desk"]


@pytest.fixture
def page(desk: Callable[..., Page], terminal: Terminal, server: Server) -> Page:
    report(terminal, Thing.SEAT, photo=REF)
    target = f"/api/stations/files?sha256={REF.sha256}&media_type=image%2Fjpeg"
    assert terminal.send("POST", target, PHOTO, content_type="application/octet-stream").status_code == 200
    opened = desk("王敏")
    opened.goto(server.url + "/#faults")
    return opened


def test_a_fault_goes_through_the_desk(page: Page, terminal: Terminal) -> None:
    rows = page.locator(".panel-faults tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("桌椅")
    expect(rows).to_contain_text("新报修")
    expect(rows.locator("img")).to_have_attribute("src", f"/api/files/{REF.sha256}")
    assert page.evaluate(RULES) == []
    rows.get_by_role("textbox", name="备注").fill("木工周三来")
    rows.get_by_role("button", name="在修了").click()
    expect(rows).to_contain_text("在修")
    expect(rows).to_contain_text("王敏")
    expect(rows.get_by_role("textbox", name="备注")).to_have_value("木工周三来")
    rows.get_by_role("button", name="修好了").click()
    expect(rows).to_have_count(0)
    assert list(heard(terminal).values()) == ["repaired"]
    page.get_by_label("修好的也列出").check()
    expect(rows).to_contain_text("修好了")
    rows.get_by_role("button", name="又坏了").click()
    expect(rows).to_contain_text("新报修")
