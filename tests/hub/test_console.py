"""The duty desk in a real browser: signing in, both languages, the keyboard, and rules every page must keep."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import kiosk.protocol.registry  # noqa: F401 - every kind is known
from hub.cli_serve import DEMO_NAME, DEMO_PASSWORD, fill_demo
from hub.config import HubConfig
from kiosk.protocol import catalogue, journal
from tests.hub.conftest import Server, Terminal, Time

CONSOLE = Path(__file__).resolve().parents[2] / "hub" / "console"
CHROMIUM = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), None)
CHINESE = re.compile(r"[\u3000-\u9fff]")
SIZE = {"width": 1366, "height": 768}

# Walks what is visible and reports what breaks the rules of the house: contrast, names, words that do not fit.
RULES = """() => {
  const found = [];
  const channel = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const colour = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const parts = colour(getComputedStyle(at).backgroundColor);
      if (parts.length < 4 || parts[3] === 1) return parts;
    }
    return [255, 255, 255];
  };
  const visible = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  for (const node of document.querySelectorAll("body *")) {
    if (!visible(node) || node.classList.contains("skip")) continue;
    const words = [...node.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
    const said = (node.getAttribute("aria-label") || node.textContent).trim().slice(0, 40);
    if (words) {
      const [a, b] = [luminance(colour(getComputedStyle(node).color)), luminance(behind(node))].sort((x, y) => y - x);
      const contrast = (a + 0.05) / (b + 0.05);
      if (contrast < 7 && !node.closest(":disabled")) found.push(`contrast ${contrast.toFixed(1)}: ${said}`);
      if (parseFloat(getComputedStyle(node).fontSize) < 13) found.push(`small: ${said}`);
    }
    if (node.matches("button, a[href], input, select, textarea")) {
      const named = said || node.labels?.[0]?.textContent.trim() || node.title;
      if (!named) found.push(`no name: ${node.outerHTML.slice(0, 80)}`);
      const box = node.getBoundingClientRect();
      if (node.matches("button") && box.height < 30) found.push(`low target: ${said}`);
    }
    if (node.matches("button, th, .badge, h1, h2, h3") && node.scrollWidth > node.clientWidth + 1 && node.clientWidth) {
      found.push(`does not fit: ${said}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("scrolls sideways");
  return found;
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    now = Time()
    running = Server(HubConfig(data_dir=tmp_path_factory.mktemp("console"), attempts_per_minute=1000), now)
    fill_demo(running.hub)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "chromium is in packaging/debian-packages.txt"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=["zh-CN", "en-GB"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZE, locale=request.param, reduced_motion="reduce")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda m: wrong.append(m.text) if m.type == "error" and "status of 401" not in m.text else None,
    )
    yield opened
    context.close()
    assert wrong == []


def sign_in(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.fill("[name=name]", DEMO_NAME)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-ready]")


def test_every_page_keeps_the_rules_in_both_languages(page: Page, server: Server, terminal: Terminal) -> None:
    day = {"session": "s", "day": "2026-12-01"}
    place = {"zh_CN": "左边纸箱", "en": "Left box"}
    terminal.push(
        terminal.entry("station.started", version="0.1.0", clean=True),
        terminal.entry(
            "supply.restocked", item="water", lot="L1", quantity=48, expires="2027-03-01", place=place, **day
        ),
        terminal.entry("supply.taken", item="water", quantity=2, lots=[{"lot": "L1", "quantity": 2}], **day),
        terminal.entry("future.happened"),
        terminal.entry("member.refused", session="s", reason="member.expired"),
    )
    page.goto(server.url)
    page.wait_for_selector("#form")
    assert page.evaluate(RULES) == []
    sign_in(page, server)
    page.wait_for_selector(".entries li")
    names = page.eval_on_selector_all("#nav a", "links => links.map((a) => a.getAttribute('href').slice(1))")
    assert names[0] == "desk"
    assert {"stock", "publishing", "staff"} <= set(names)
    english = page.evaluate("document.documentElement.lang") == "en"
    for name in names:
        page.click(f"#nav a[href='#{name}']")
        page.wait_for_function(
            "name => document.querySelector(`#nav a[href='#${name}']`).ariaCurrent === 'page'", arg=name
        )
        page.wait_for_load_state("networkidle")
        assert page.evaluate(RULES) == [], name
        heading = page.inner_text("h2:visible")
        assert heading.isascii() == english, (name, heading)


def test_switching_the_language_builds_nothing_anew(page: Page, server: Server) -> None:
    sign_in(page, server)
    page.wait_for_selector(".stations li")
    page.evaluate("document.querySelector('#calls').marked = true")
    before = page.inner_text("#nav")
    page.click("#language")
    assert page.inner_text("#nav") != before
    assert page.evaluate("document.querySelector('#calls').marked")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.inner_text("#nav") != before


def test_wrong_passwords_are_answered_in_words_and_the_field_is_ready_again(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.locator("[name=name]").press("Enter")  # by name: under load the page may not have given it the focus yet
    page.wait_for_selector("#problem:not([hidden])")
    page.fill("[name=name]", "nobody in particular")
    page.fill("[name=password]", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.activeElement.name === 'password' && !document.querySelector('#problem').hidden"
    )
    assert page.evaluate(RULES) == []


def test_with_the_keyboard_alone(page: Page, server: Server) -> None:
    page.goto(server.url)
    page.wait_for_selector("[name=name]:focus")  # which comes with the first picture, not with the page
    page.keyboard.type(DEMO_NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-ready]")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hash") == "#staff":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel-staff td")
    page.focus(".panel-staff button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog")
    assert page.evaluate(RULES) == []
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.click("#leave")
    page.wait_for_url("**/sign-in")
    page.goto(server.url)
    page.wait_for_url("**/sign-in")


def kinds_in_words() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in (CONSOLE / "words").glob("*.json"):
        part = json.loads(path.read_text("utf-8"))
        for kind, pattern in part["kinds"].items():
            assert kind not in found, kind
            found[kind] = pattern
        assert set(part["moods"]) <= set(part["kinds"]), path
        assert all(len(pair) == 2 and not CHINESE.search(pair[1]) for pair in part["values"].values()), path
    return found


def test_every_kind_of_entry_has_words_and_every_kind_of_document_a_name() -> None:
    words = kinds_in_words()
    ours = {kind for kind, body in journal._BODIES.items() if body.__module__.startswith("kiosk.")}  # not a test's own
    assert set(words) == ours
    for kind, (chinese, english) in words.items():
        fields = set(re.findall(r"\{(\w+)", chinese))
        assert fields == set(re.findall(r"\{(\w+)", english)), kind
        assert fields <= set(journal._BODIES[kind].model_fields), kind
        assert not CHINESE.search(english), kind
    names = re.findall(r"^  (\w+): \[", (CONSOLE / "panels" / "publishing.js").read_text("utf-8"), re.MULTILINE)
    assert set(names) >= set(catalogue._BODIES)


def test_the_console_takes_nothing_from_elsewhere() -> None:
    for path in CONSOLE.rglob("*"):
        if path.suffix in (".html", ".css", ".js"):
            text = path.read_text("utf-8")
            assert not re.search(r"(https?:)?//(?!www\.w3\.org)[a-z0-9.-]+\.[a-z]{2,}/", text), path
            assert "innerHTML" not in text, path
        if path.suffix == ".html":
            assert not re.search(r"\son\w+=|style=|<script(?![^>]*src)", text), path
