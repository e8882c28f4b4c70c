"""The two sides of a call's benchmarks: the terminal with the desk in Chromium, and beside it Chromium with Chromium.

Both use the same call client, send the same picture, and show one as large with their own beside it. They are measured
in turn, so that both meet the same machine. Latency of the picture is read from the time painted into it (sixteen
blocks, Gray code of milliseconds): for the terminal when its camera takes the frame, for Chromium when it is drawn.
Latency of the sound is added up from what the receiver counts (W3C webrtc-stats): a packet, half the way there and
back, what is held back against jitter, and the loudspeaker's buffer. All clocks are this machine's.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import cv2
import psutil
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from kiosk.devices.camera import SyntheticCamera
from kiosk.protocol.web import CALL_CLIENT, QUALITY
from tests.benchmarks.call_pages import DESK, PEER, TERMINAL, peer_script, with_window
from tests.journeys.call_scene import FAKE, PLAIN, HubProcess, TerminalProcess, open_desk
from tests.journeys.relay_scene import Relay, coturn
from tests.ports import steady_port
from tests.weather import Weather

FPS = 30
WARM = 1.5
CALLER = "--yizhan-caller"  # marks the peer's calling browser among the processes
Numbers = dict[str, list[float]]
Reading = dict[str, Any]  # picture, sound: list of ms late; invented: % of the sound; frozen: ms of the picture


def until(check: Callable[[], Any], page: Page, what: str) -> Any:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if found := check():
            return found
        page.wait_for_timeout(10)
    raise SystemExit(f"never: {what}")


def cpu_and_memory(root: psutil.Process, seconds: float, rest: Callable[[float], None]) -> tuple[float, float]:
    """Percent of one core, and MiB (proportional), of a process and all below it."""
    family = [root, *root.children(recursive=True)]
    before = sum(sum(one.cpu_times()[:2]) for one in family)
    begun = time.monotonic()
    rest(seconds)
    after = sum(sum(one.cpu_times()[:2]) for one in family)
    return 100 * (after - before) / (time.monotonic() - begun), pss(root)


def pss(root: psutil.Process) -> float:
    total = 0
    for one in [root, *root.children(recursive=True)]:
        with suppress(psutil.Error):
            total += one.memory_full_info().pss
    return total / (1 << 20)


class Ours:
    """The terminal, with the desk in Chromium. `air` is what its media pass through, if there is any."""

    def __init__(self, terminal: TerminalProcess, desk: Page, air: Weather | None) -> None:
        self.terminal, self.desk, self.air = terminal, desk, air
        self.root = psutil.Process(terminal.process.pid)
        desk.evaluate(DESK)

    def call(self, warm: bool) -> tuple[float, float, float]:
        """Begun, a picture at the caller, a picture at the desk: `time.time()`."""
        terminal, desk = self.terminal, self.desk
        desk.evaluate(f"bench.auto = {json.dumps(not warm)}")
        terminal.do("open")
        touched = terminal.wait("touched", pump=desk)["at"]
        if warm:
            terminal.phase("ringing", rung=True, pump=desk)
            desk.wait_for_timeout(WARM * 1000)
            desk.evaluate("bench.auto = true")
        here = terminal.wait("facts", lambda event: event["pictured"], desk)["at"]
        there = until(lambda: desk.evaluate("bench.pictured"), desk, "a picture at the desk") / 1000
        answered = desk.evaluate("bench.answered") / 1000
        self.end()
        return answered if warm else touched, here, there

    def end(self) -> None:
        self.terminal.do("hang_up")
        self.terminal.do("close")
        self.terminal.wait("closed", pump=self.desk)
        self.desk.wait_for_selector("#calls .stage", state="hidden")
        self.desk.wait_for_timeout(300)

    def begin_talk(self) -> None:
        self.desk.evaluate("bench.auto = true")
        self.terminal.do("open")
        self.terminal.wait("facts", lambda event: event["pictured"], self.desk)

    def read_here(self, seconds: float) -> Reading:
        """What arrives at the caller. One end at a time: reading costs what would delay the other."""
        self.terminal.do("script", code=TERMINAL.replace("SECONDS", str(seconds)))
        self.desk.wait_for_timeout(seconds * 1000)
        return dict(self.terminal.wait("bench", pump=self.desk)["value"])

    def read_there(self, seconds: float) -> Reading:
        """What arrives at the desk."""
        self.desk.evaluate("void (bench.reading = readAll(calls.querySelector('.theirs'), calls.call.pc))")
        self.desk.wait_for_timeout(seconds * 1000)
        return dict(self.desk.evaluate("bench.reading.stop()"))


class Peer:
    """Two browsers with nothing but the call client."""

    def __init__(self, caller: Page, desk: Page, url: str, air: Weather | None) -> None:
        self.caller, self.desk, self.url, self.air = caller, desk, url, air
        self.root = next(
            process
            for process in psutil.process_iter()
            if CALLER in safe_cmdline(process) and "--type=" not in safe_cmdline(process)
        )
        desk.goto(f"{url}#b")

    def call(self, warm: bool) -> tuple[float, float, float]:
        caller, desk = self.caller, self.desk
        desk.evaluate(f"bench.auto = {json.dumps(not warm)}; bench.pictured = 0")
        caller.goto("about:blank")
        touched = time.time()
        caller.goto(f"{self.url}#a", wait_until="commit")
        if warm:
            desk.wait_for_timeout(WARM * 1000)
            desk.evaluate("answer()")
        here = until(lambda: caller.evaluate("window.bench?.pictured"), caller, "a picture at the peer") / 1000
        there = until(lambda: desk.evaluate("bench.pictured"), desk, "a picture at the peer's desk") / 1000
        answered = desk.evaluate("bench.answered") / 1000
        self.end()
        return answered if warm else touched, here, there

    def end(self) -> None:
        self.caller.evaluate("over()")
        self.caller.goto("about:blank")
        self.desk.wait_for_timeout(300)

    def begin_talk(self) -> None:
        self.desk.evaluate("bench.auto = true")
        self.caller.goto(f"{self.url}#a")
        until(lambda: self.caller.evaluate("bench.pictured"), self.caller, "a picture at the peer")

    def read_here(self, seconds: float) -> Reading:
        return self._read(self.caller, seconds)

    def read_there(self, seconds: float) -> Reading:
        return self._read(self.desk, seconds)

    def _read(self, page: Page, seconds: float) -> Reading:
        page.evaluate("void (bench.reading = readAll(theirs, benchClient.pc))")
        self.desk.wait_for_timeout(seconds * 1000)
        return dict(page.evaluate("bench.reading.stop()"))


def safe_cmdline(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def room_png() -> bytes:
    """What the terminal's simulated camera sees, for the peer's camera to see too."""
    frame = next(SyntheticCamera(width=640, height=480).pictures(threading.Event()))
    return cv2.imencode(".png", frame)[1].tobytes()


@contextmanager
def peer_server(client: str, ice: Callable[[], list[dict[str, object]]] = list) -> Iterator[str]:
    """Pages for the peer with this call client, and a line between them that repeats what one says to the other.

    `ice` makes the caller's relays; with any, it uses them alone.
    """
    line: set[ServerConnection] = set()

    def file(path: str) -> tuple[str, str | bytes]:
        match path:
            case "/room.png":
                return "image/png", room_png()
            case "/":
                return "text/html", PEER
            case "/peer.js":
                return "text/javascript", peer_script(ice())
            case "/call.js":
                return "text/javascript", client
            case "/quality.js":
                return "text/javascript", QUALITY.read_text("utf-8")
        return "text/plain", ""

    def page(_: ServerConnection, request: Request) -> Response | None:
        if request.path == "/line":
            return None
        kind, text = file(request.path)
        body = text if isinstance(text, bytes) else text.encode()
        headers = Headers({"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"})
        return Response(200, "OK", headers, body)

    def talk_on(socket: ServerConnection) -> None:
        line.add(socket)
        try:
            for message in socket:
                for other in line - {socket}:
                    with suppress(ConnectionClosed):
                        other.send(message)
        finally:
            line.discard(socket)

    port = steady_port()
    server = serve(talk_on, "127.0.0.1", port, process_request=page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def both(folder: Path, weather: bool = False) -> Iterator[tuple[Ours, Peer]]:
    """Everything of both sides, open at once. With `weather` both callers' media pass through that, and a relay."""
    with ExitStack() as open_things:
        hub = HubProcess(folder / "hub")
        way: dict[str, Any] = {"url": hub.url, "relay_only": weather}
        airs: list[Weather | None] = [None, None]
        relay = open_things.enter_context(coturn(folder)) if weather else None
        if relay is not None:
            airs = [Weather("udp", relay.port) for _ in range(2)]
            for air in airs:
                open_things.callback(air.close)
            hub.configure(turn_urls=[_turn(airs[0])], turn_secret=relay.secret)
        hub.prepare()
        hub.start()
        open_things.callback(hub.stop)
        client = with_window(CALL_CLIENT.read_text("utf-8"))
        code = hub.enrol("WX-0001")
        terminal = TerminalProcess(folder / "kiosk", hub=way, code=code, fps=FPS, call_client=client)
        open_things.callback(terminal.stop)
        terminal.wait("link", lambda event: event["online"])
        url = open_things.enter_context(peer_server(client, lambda: _ice(relay, airs[1])))
        playwright = open_things.enter_context(sync_playwright())

        def browser(*more: str) -> Browser:
            flags = [*FAKE, PLAIN, "--no-sandbox", "--autoplay-policy=no-user-gesture-required", *more]
            made = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
            open_things.callback(made.close)
            return made

        desk, a, b = browser(), browser(CALLER), browser()
        caller = a.new_page(viewport={"width": 1080, "height": 1920})  # as large as the terminal's screen
        yield Ours(terminal, open_desk(desk, hub), airs[0]), Peer(caller, b.new_page(), url, airs[1])


def _turn(air: Weather | None) -> str:
    return f"turn:127.0.0.1:{air.port}?transport=udp" if air else ""


def _ice(relay: Relay | None, air: Weather | None) -> list[dict[str, object]]:
    return [] if relay is None else [server | {"urls": [_turn(air)]} for server in relay.ice("udp")]
