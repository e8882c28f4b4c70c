"""Windows of the duty desk in a real browser, for the tests of the console's parts."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page

from hub.accounts import Accounts, Role
from tests.hub.conftest import PASSWORD, Server
from tests.hub.test_console import SIZE


class Desks:
    """`desks("王敏")` opens a window of somebody with an account of their own; it is shown when `ready` is there."""

    def __init__(self, server: Server, browser: Browser, ready: str) -> None:
        self._server = server
        self._browser = browser
        self._ready = ready
        self._contexts: list[BrowserContext] = []

    def __call__(self, name: str, role: Role = Role.DUTY, locale: str = "zh-CN") -> Page:
        account = f"staff{len(self._contexts)}"
        Accounts(self._server.hub.db).add(account, PASSWORD, [role], self._server.hub.now(), display_name=name)
        context = self._browser.new_context(viewport=SIZE, locale=locale, reduced_motion="reduce")
        self._contexts.append(context)
        page = context.new_page()
        page.goto(self._server.url)
        page.fill("[name=name]", account)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector(self._ready)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@contextmanager
def desks(server: Server, browser: Browser, ready: str) -> Iterator[Desks]:
    opened = Desks(server, browser, ready)
    yield opened
    opened.close()
