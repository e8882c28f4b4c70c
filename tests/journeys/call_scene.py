"""What the call's journeys and its benchmark are played with: a hub, a terminal, and the desk in Chromium, all real."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.ports import steady_port

ROOT = Path(__file__).resolve().parents[2]
WAIT = 30.0  # seconds that anything may take on a busy machine
NAME, PASSWORD = "desk", "desk-demo-2026"
FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# Candidates with numeric addresses: an offline machine has nobody to resolve the .local names that hide them.
PLAIN = "--disable-features=WebRtcHideLocalIpsWithMdns"
Event = dict[str, Any]


class HubProcess:
    """`python -m hub serve` on loopback, with the demonstration's station and queues, and little patience."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = steady_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._config = folder.parent / "hub.toml"
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> list[str]:
        config = ["--config", str(self._config)] if self._config.exists() else []
        return [sys.executable, "-m", "hub", *config, "--data-dir", str(self.folder), *words]

    def configure(self, **fields: Any) -> None:
        """Fields of HubConfig, from its next start on."""
        lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items()]
        self._config.write_text("\n".join(lines), "utf-8")

    def prepare(self, *more: str, **settings: int) -> None:
        """Publish station and queues, and make the account.

        `more` are other parts of the demonstration's catalogue, `settings` are fields of CallSettings.
        """
        catalogue = self.folder.parent / "catalogue"
        for part in ("station", "intercom", *more):
            shutil.copytree(ROOT / "assets" / "demo" / "catalogue" / part, catalogue / part)
        path = catalogue / "intercom" / "settings.json"
        document = json.loads(path.read_text("utf-8"))
        document["body"] |= settings
        path.write_text(json.dumps(document), "utf-8")
        self._run("publish", str(catalogue))
        self._run("staff", "add", NAME, "--role", "duty", "--display-name", "值班台", text=f"{PASSWORD}\n{PASSWORD}\n")

    def _run(self, *words: str, text: str = "") -> bytes:
        return subprocess.run(
            self.command(*words), cwd=ROOT, check=True, stdout=subprocess.PIPE, input=text.encode()
        ).stdout

    def start(self) -> None:
        with (self.folder.parent / "hub.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command("serve", "--port", str(self.port)), cwd=ROOT, stdout=log, stderr=log
            )
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the hub did not start")

    def enrol(self, station: str) -> str:
        return str(json.loads(self._run("enrol", station, "--json"))["code"])

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(WAIT)
        self.process = None


class TerminalProcess:
    """`tests/journeys/call_terminal.py`, its events in order of arrival.

    `fake` are flags of its engine, `call_client` is JavaScript instead of that module of its media page.
    """

    def __init__(
        self,
        folder: Path,
        fake: tuple[str, ...] = FAKE,
        env: dict[str, str] | None = None,
        call_client: str = "",
        **settings: Any,
    ) -> None:
        flags = " ".join((*fake, os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", ""))).strip()
        platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        environment = os.environ | {"QT_QPA_PLATFORM": platform, "QTWEBENGINE_CHROMIUM_FLAGS": flags} | (env or {})
        if os.geteuid() == 0:
            environment["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # Chromium's sandbox refuses root; a terminal is no root
        settings["data_dir"] = str(folder)
        if call_client:
            client = folder.parent / "call.js"
            client.write_text(call_client, "utf-8")
            settings["call_client"] = str(client)
        self.log = (folder.parent / "terminal.log").open("wb")
        self._pipe, theirs = os.pipe()  # stdout belongs to whatever the engine and ALSA have to say
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.call_terminal", json.dumps(settings), str(theirs)],
            cwd=ROOT,
            env=environment,
            pass_fds=(theirs,),
            stdin=subprocess.PIPE,
            stdout=self.log,
            stderr=self.log,
            text=True,
        )
        os.close(theirs)
        self.events: list[Event] = []
        self._arrived: queue.Queue[Event] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        with os.fdopen(self._pipe, encoding="utf-8") as events:
            for line in events:
                self._arrived.put(json.loads(line))

    def do(self, what: str, **more: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self.process.stdin.flush()

    def wait(self, event: str, where: Callable[[Event], bool] = lambda _: True, pump: Page | None = None) -> Event:
        """The next event that fits; those before it are kept in `events`. `pump` lets a browser page live meanwhile."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            try:
                found = self._arrived.get(timeout=0.02 if pump else 0.5)
            except queue.Empty:
                assert self.process.poll() is None, "the terminal ended"
                if pump:
                    pump.wait_for_timeout(10)
                continue
            self.events.append(found)
            if found["event"] == event and where(found):
                return found
        raise AssertionError(f"no such {event}: {self.events[-5:]}")

    def phase(self, phase: str, pump: Page | None = None, **more: Any) -> Event:
        return self.wait("call", lambda e: e["phase"] == phase and all(e[k] == v for k, v in more.items()), pump)

    def state(self) -> Event:
        self.do("state")
        return self.wait("state")

    def settled(self, enough: Callable[[Event], bool]) -> Event:
        """The state once it is `enough`."""
        deadline = time.monotonic() + WAIT
        while not enough(now := self.state()):
            assert time.monotonic() < deadline, now
            time.sleep(0.1)
        return now

    def counted(self, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The counters of the media page once they are `enough`; it counts once a second."""
        counters = self.settled(lambda now: bool(now["counters"]) and enough(now["counters"]))["counters"]
        return dict(counters)

    def stop(self) -> None:
        if self.process.poll() is None:
            try:
                self.do("quit")
                self.process.wait(WAIT)
            except (OSError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
        self._reader.join(WAIT)
        self.log.close()
        if self.process.stdin:
            self.process.stdin.close()


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*FAKE, PLAIN, "--no-sandbox", *flags]
        )
        try:
            yield browser
        finally:
            browser.close()


def open_desk(browser: Browser, hub: HubProcess) -> Page:
    """A member of staff signs in and is on duty."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN").new_page()
    page.set_default_timeout(WAIT * 1000)
    page.goto(hub.url)
    page.fill("[name=name]", NAME)
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    on_duty(page)
    return page


def on_duty(page: Page) -> None:
    page.wait_for_selector("#calls .head .badge.good")


def answer(page: Page) -> None:
    page.click("#calls .waiting button.main:not([disabled])")
    connected(page)


def connected(page: Page) -> None:
    page.wait_for_selector("#calls[data-call=up]")


def desk_counters(page: Page) -> dict[str, float]:
    """What the desk's end of the call has received."""
    found = page.evaluate(
        """async () => {
            const { in: { audio, video } } = await document.getElementById('calls').call.stats();
            return { frames: video?.framesDecoded ?? 0, packets: audio?.packetsReceived ?? 0,
                     energy: audio?.totalAudioEnergy ?? 0, freezes: video?.freezeCount ?? 0 };
        }"""
    )
    return dict(found)


def desk_counted(page: Page, enough: Callable[[dict[str, float]], bool]) -> None:
    """Wait until what the desk has received is `enough`."""
    deadline = time.monotonic() + WAIT
    while not enough(now := desk_counters(page)):
        assert time.monotonic() < deadline, now
        page.wait_for_timeout(100)


@dataclass
class Scene:
    hub: HubProcess
    terminal: TerminalProcess
    browser: Browser
    desk: Page

    def ring(self, **args: object) -> None:
        self.terminal.do("open", **args)
        self.terminal.phase("ringing", rung=True, pump=self.desk)

    def talk(self, **args: object) -> None:
        self.ring(**args)
        answer(self.desk)
        self.terminal.phase("in_call", pump=self.desk)

    def both_see_and_hear(self) -> None:
        """Moving pictures and sound with something in it, at both ends."""
        here = self.terminal.counted(lambda c: c["framesDecoded"] > 5 and c["audioEnergy"] > 0.001)
        assert here["audioPackets"] > 5
        desk_counted(self.desk, lambda there: there["frames"] >= 5 and there["energy"] >= 0.001)

    def over(self, reason: str) -> dict[str, object]:
        """The terminal says so, gives everything back, and the journal tells it."""
        self.terminal.phase("ended", reason=reason, pump=self.desk)
        state = self.terminal.settled(lambda now: not now["view"] and not now["held"])
        kinds = [kind for kind, _ in state["journal"]]
        assert kinds.count("call.started") == kinds.count("call.ended")
        assert state["journal"][-1][1]["reason"] == reason
        return state


@contextmanager
def open_scene(hub: HubProcess, *flags: str, way: dict[str, Any] | None = None, **settings: Any) -> Iterator[Scene]:
    """A hub that is prepared begins, its terminal has its link, and somebody at the desk is on duty; then all end.

    `flags` are the browser's, `way` is how the terminal reaches the hub, `settings` are those of TerminalProcess.
    """
    with ExitStack() as things:
        hub.start()
        things.callback(hub.stop)
        folder = hub.folder.parent / "kiosk"
        terminal = TerminalProcess(folder, hub=way or {"url": hub.url}, code=hub.enrol("WX-0001"), **settings)
        things.callback(terminal.stop)
        terminal.wait("link", lambda event: event["online"])
        browser = things.enter_context(chromium(*flags))
        yield Scene(hub, terminal, browser, open_desk(browser, hub))
