"""A code that a terminal gave, on a phone: in real Chromium, by the address whose fragment is the code."""

import base64
import io
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from hub.members_registration import Registry
from hub.revocation import set_revoked
from kiosk.protocol.members import CodeRefused, code_of_link, phone_link
from kiosk.protocol.registration import Occupation
from tests.hub.conftest import Server
from tests.hub.test_console_alarm import browser
from tests.hub.test_registration import lines, registry, settle

__all__ = ["browser", "lines", "registry"]


def read(picture: str) -> str:
    """What a scanner makes of the picture."""
    head, data = picture.split(",", 1)
    assert head == "data:image/png;base64"
    image = Image.open(io.BytesIO(base64.b64decode(data))).convert("L")
    (found,) = zxingcpp.read_barcodes(np.asarray(image))
    return str(found.text)


def fragment(link: str) -> str:
    return link.split("#", 1)[1]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone in a hand, in Chinese."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_the_code_comes_to_a_phone_before_the_hub_has_heard_of_it(
    registry: Registry, lines: Any, phone: Page, server: Server
) -> None:
    here = lines("WX-0001")
    made = here.booth.registrar.by_phone("王小明", "13800138000", Occupation.RIDER)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(made.link.replace(made.link.split("/keep")[0], server.url))
    picture = phone.get_by_alt_text("会员码二维码")
    expect(picture).to_be_visible()
    expect(phone.get_by_text("这是驿站发的临时码")).to_be_visible()
    assert read(str(picture.get_attribute("src"))) == made.code
    assert not any(fragment(made.link) in address.split("#")[0] for address in asked)


def test_once_confirmed_the_same_address_shows_a_code_that_lasts(
    registry: Registry, lines: Any, phone: Page, server: Server
) -> None:
    here, there = lines("WX-0001"), lines("WX-0002")
    made = here.booth.register_card(1)
    here.push()
    settle(registry)
    there.fetch()
    phone.goto(f"{server.url}/keep#{fragment(made.link)}")
    expect(phone.get_by_text("工会已经核对")).to_be_visible()
    longer = read(str(phone.get_by_alt_text("会员码二维码").get_attribute("src")))
    assert longer != made.code
    assert there.booth.show(longer) == f"{made.person.ref} member"


def test_what_is_over_unknown_or_without_a_line_is_said(
    registry: Registry, lines: Any, phone: Page, server: Server
) -> None:
    here = lines("WX-0001")
    made = here.booth.register_card(1)
    phone.goto(f"{server.url}/keep#AAAA")
    expect(phone.get_by_text("这不是驿站发的码")).to_be_visible()
    set_revoked(server.hub, "WX-0001", True)  # it vouches for nobody
    phone.goto(f"{server.url}/keep#{fragment(made.link)}")
    phone.reload()
    expect(phone.get_by_text("这不是驿站发的码")).to_be_visible()
    set_revoked(server.hub, "WX-0001", False)
    phone.route("**/api/members/keep", lambda route: route.abort())
    phone.reload()
    expect(phone.get_by_text("没有连上")).to_be_visible()
    expect(phone.get_by_text("没有会员码也可以进驿站")).to_be_visible()
    phone.unroute("**/api/members/keep")
    phone.get_by_role("button", name="再试一次").click()
    expect(phone.get_by_alt_text("会员码二维码")).to_be_visible()


def test_an_ended_registration_is_no_picture(registry: Registry, lines: Any, server: Server, staff: Any) -> None:
    here = lines("WX-0001")
    made = here.booth.registrar.by_phone("王小明", "13800138000", Occupation.RIDER)
    here.push()
    settle(registry)
    end = f"/api/members/registrations/{made.person.ref}/decide"
    assert staff("manager").post(end, json={"action": "end"}).status_code == 200
    with httpx.Client(base_url=server.url) as nobody:
        answer = nobody.post("/api/members/keep", json={"code": fragment(made.link)})
    assert answer.json() == {"state": "over", "picture": "", "until": ""}


def test_the_address_is_that_of_the_hub_as_phones_reach_it(registry: Registry, lines: Any, server: Server) -> None:
    server.hub.config = server.hub.config.model_copy(update={"public_url": "https://desk.example.org/"})
    Registry(server.hub)
    here = lines("WX-0001")
    assert here.booth.register_card(1).link.startswith("https://desk.example.org/keep#")


@given(st.binary(min_size=1, max_size=200))
def test_a_link_brings_back_the_code(message: bytes) -> None:
    from kiosk.protocol.cose import to_text

    code = to_text("GH1:", message)
    assert code_of_link(fragment(phone_link("https://desk.example.org/keep", code))) == code


@given(st.text(max_size=60))
def test_any_fragment_is_a_code_or_refused(text: str) -> None:
    try:
        assert code_of_link(text).startswith("GH1:")
    except CodeRefused:
        pass
