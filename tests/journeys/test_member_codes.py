"""A member code's whole life: issued in the console, shown on a phone, photographed, read, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hub.cli_serve import DEMO_NAME, DEMO_PASSWORD, fill_demo
from hub.config import HubConfig
from kiosk.clock import ManualClock
from kiosk.devices.scanner.files import scan_file
from kiosk.events import EventBus
from kiosk.members import Members
from kiosk.members.errors import MemberCodeRefused
from kiosk.protocol.catalogue import CatalogueBatch
from kiosk.session import Session
from kiosk.storage import Store
from tests.hub.conftest import Server, Time

pytestmark = pytest.mark.journey


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    made = Server(HubConfig(data_dir=tmp_path / "hub", attempts_per_minute=1000), Time())
    fill_demo(made.hub)
    yield made
    made.stop()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield opened
        opened.close()


class Reader:
    """What a terminal makes of a photograph, with everything the hub has published so far."""

    def __init__(self, server: Server, store: Store) -> None:
        self.server, self.store = server, store
        self.clock = ManualClock(server.hub.now())

    def says(self, photograph: Path) -> str:
        catalogue = self.server.hub.catalogue
        documents = [plain.at(number) for number, plain in enumerate(catalogue.documents(), start=1)]
        self.store.catalogue.apply(CatalogueBatch(revision=len(documents), documents=documents))
        bus = EventBus()
        session = Session(self.clock, bus, self.store.append)
        members = Members(self.store.catalogue, self.store, self.clock, bus, session, self.store.append)
        text = next(iter(scan_file(photograph))).found.text
        try:
            return members.verify(text).tier
        except MemberCodeRefused as error:
            return error.code


def console(browser: Browser, server: Server) -> Page:
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page.goto(server.url)
    page.fill("[name=name]", DEMO_NAME)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-ready]")
    page.goto(f"{server.url}/#members")
    return page


def test_issued_shown_on_a_phone_read_and_taken_back(
    running: Server, browser: Browser, store: Store, tmp_path: Path
) -> None:
    reader = Reader(running, store)
    desk = console(browser, running)
    desk.wait_for_selector("form.bar select[name=tier] option[value=craft]", state="attached")
    desk.select_option("form.bar select[name=tier]", "craft")
    desk.fill("form.bar input[name=note]", "柜台")
    desk.click("form.bar button.main")
    desk.wait_for_selector("dialog input.field")
    address = desk.input_value("dialog input.field")
    desk.click("dialog button:has-text('关闭')")

    phone = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, locale="zh-CN")
    assert phone.goto(address).status == 200  # type: ignore[union-attr]
    assert "工匠会员" in phone.inner_text("main")
    phone.screenshot(path=str(tmp_path / "phone.png"))
    assert reader.says(tmp_path / "phone.png") == "craft"

    row = desk.locator("tbody tr", has_text="柜台")
    row.get_by_role("button", name="作废").click()
    desk.click("dialog button.danger")
    row.get_by_text("已作废").wait_for()
    assert reader.says(tmp_path / "phone.png") == "member.revoked"
    assert phone.goto(address).status == 404  # type: ignore[union-attr]
    assert "不能用了" in phone.inner_text("main")
