"""The call panel in a real browser, with a station that speaks the link by hand: what both ends are told."""

from playwright.sync_api import Page, expect

from kiosk.protocol.intercom import Answered, CallText, Ring
from kiosk.protocol.intercom_talk import CallMedia, DeskMedia
from tests.hub.conftest import Server, Terminal
from tests.hub.test_console import browser, page, server, sign_in  # noqa: F401 - the console's own fixtures
from tests.hub.test_intercom import link

CALL = "01a2108b-1c11-7757-a23c-a2a668e46f{:02d}"
numbers = iter(range(10, 99))


def test_a_call_without_devices_says_so_and_writes_once(page: Page, server: Server, terminal: Terminal) -> None:  # noqa: F811
    call = CALL.format(next(numbers))
    sign_in(page, server)
    page.wait_for_selector("#calls .head .badge.good")
    with link(server, terminal) as line:
        line.send(Ring(call=call, topic="help"))
        page.wait_for_selector("#calls .waiting button.main:not([disabled])")
        page.keyboard.press("Alt+KeyA")
        page.wait_for_selector("#calls .stage:not([hidden])")
        first = line.get(Answered).peer
        media = line.get(DeskMedia)
        assert (media.peer, media.microphone, media.camera) == (first, False, False)
        line.send(CallMedia(call=call, cameras=("room", "door"), camera="room", muted=True))
        expect(page.locator("#calls .facts .warn").first).to_be_visible()
        page.fill("#calls .talk form input", "您好")
        page.keyboard.press("Enter")
        sent = line.get(CallText)
        assert sent.text == "您好"
        page.reload()
        page.wait_for_selector("#calls .stage:not([hidden])")
        again = line.get(DeskMedia)
        assert again.peer != first
        assert not again.microphone
        expect(page.locator("#calls .texts li")).to_have_text(["您好"])
        page.keyboard.press("Alt+KeyE")
        expect(page.locator("#calls .stage")).to_be_hidden()
