"""One's own account on the console: a second factor from its QR code to the next sign-in."""

import pyotp
from playwright.sync_api import Page

from hub.accounts import Accounts, Role
from tests.hub.conftest import PASSWORD, Server
from tests.hub.test_console import browser, page, server  # noqa: F401 - the console's own fixtures


def sign_in(page: Page, server: Server) -> None:  # noqa: F811
    page.goto(f"{server.url}/sign-in")
    page.fill("[name=name]", "wang.fang")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")


def test_a_second_factor_from_the_picture_to_the_next_sign_in(page: Page, server: Server) -> None:  # noqa: F811
    if not any(one.name == "wang.fang" for one in Accounts(server.hub.db).all()):
        Accounts(server.hub.db).add("wang.fang", PASSWORD, [Role.DUTY], server.hub.now(), "王芳")
    sign_in(page, server)
    page.wait_for_selector("body[data-ready]")
    page.click("#nav a[href='#account']")
    page.click(".own-account .factor")
    page.wait_for_selector("dialog img.code-picture")
    assert page.evaluate("document.querySelector('img.code-picture').naturalWidth") > 0
    totp = pyotp.TOTP(page.inner_text("dialog code"))
    page.fill("dialog [autocomplete=one-time-code]", totp.at(server.hub.now()))
    page.fill("dialog [type=password]", PASSWORD)
    page.click("dialog button.main")
    recovery = page.locator("dialog .codes code")
    recovery.first.wait_for()
    codes = recovery.all_inner_texts()
    assert len(codes) == 8
    page.click("dialog button")
    page.click("#leave")
    page.wait_for_url("**/sign-in")
    sign_in(page, server)
    page.wait_for_selector("#second:visible")
    page.fill("[name=code]", codes[0])
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-ready]")
    page.click("#nav a[href='#account']")
    page.locator(".own-account .badge.good").wait_for()
    page.click(".own-account .factor")
    page.fill("dialog [type=password]", PASSWORD)
    page.click("dialog button.main")
    page.locator(".own-account .badge.good").wait_for(state="detached")
