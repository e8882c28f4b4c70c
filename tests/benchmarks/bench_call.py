"""A call: touch to first picture at both ends, one-way latency of the picture, CPU and memory of the terminal.

Beside it, in the same run, Chromium to Chromium with the same call client, the caller in a browser of its own. Latency
is read from the time painted into the picture (sixteen blocks, Gray code of milliseconds): for the terminal when its
camera takes the frame, for Chromium when the frame is drawn. All clocks are this machine's.

"Cold": nothing was open, and the desk answers by itself the moment it rings. "Warm": the caller's page has been open
for a second and a half, as when a person has to reach for the button; measured from the answer.
"""

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from kiosk.protocol.web import CALL_CLIENT, QUALITY
from tests.journeys.call_scene import FAKE, PLAIN, HubProcess, TerminalProcess, open_desk
from tests.ports import steady_port

FPS = 30
WARM = 1.5
CALLER = "--yizhan-caller"  # marks the peer's calling browser among the processes

# In every page: paint the time into a camera, read it out of a picture, note when the first picture came.
TOOLS = """
const benchNow = () => performance.timeOrigin + performance.now();
function stripedCamera() {
  const canvas = new OffscreenCanvas(640, 480), draw = canvas.getContext('2d');
  const track = new MediaStreamTrackGenerator({ kind: 'video' }), writer = track.writable.getWriter();
  let turn = 0;
  const timer = setInterval(() => {
    if (track.readyState === 'ended') return clearInterval(timer);
    draw.fillStyle = '#9a8f80'; draw.fillRect(0, 0, 640, 480);
    draw.fillStyle = '#e8dcc6'; draw.beginPath();
    draw.arc(320 + 250 * Math.sin(turn++ / 40), 220, 40, 0, 7); draw.fill();
    const ms = Math.floor(benchNow()) & 0xffff, code = ms ^ (ms >> 1);
    for (let bit = 0; bit < 16; bit++) {
      draw.fillStyle = code >> (15 - bit) & 1 ? '#fff' : '#000';
      draw.fillRect(bit * 40, 0, 40, 32);
    }
    const frame = new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) });
    writer.write(frame).catch(() => frame.close());
  }, 1000 / 30);
  return track;
}
function readStripes(video, into) {
  const canvas = new OffscreenCanvas(160, 8), draw = canvas.getContext('2d', { willReadFrequently: true });
  const step = (now, about) => {
    draw.drawImage(video, 0, 0, video.videoWidth, video.videoHeight / 15, 0, 0, 160, 8);
    const { data } = draw.getImageData(0, 4, 160, 1);
    let code = 0;
    for (let bit = 0; bit < 16; bit++) code = code << 1 | (data[(bit * 10 + 5) * 4] > 127);
    let ms = code;
    for (let shift = 1; shift < 16; shift <<= 1) ms ^= ms >> shift;
    const late = ((Math.floor(benchNow()) & 0xffff) - ms + 0x10000) & 0xffff;
    if (late < 5000) into.push(late);
    if (!into.done) video.requestVideoFrameCallback(step);
  };
  video.requestVideoFrameCallback(step);
}
"""
DESK = (
    TOOLS
    + """
window.bench = { auto: true, answered: 0, pictured: 0, late: [] };
navigator.mediaDevices.getUserMedia = ((real) => async (wanted) =>
  wanted.video ? new MediaStream([stripedCamera()]) : real(wanted))(
  navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices));
setInterval(() => {
  const key = document.querySelector('#calls .waiting button.main:not([disabled])');
  if (!bench.auto || !key) return;
  bench.answered = benchNow();
  bench.pictured = 0;
  document.querySelector('#calls .theirs').requestVideoFrameCallback(() => { bench.pictured = benchNow(); });
  key.click();
}, 4);
"""
)
TERMINAL = (
    TOOLS
    + """
{ const late = []; readStripes(document.getElementById('theirs'), late);
  setTimeout(() => { late.done = true; console.info('bench: ' + JSON.stringify(late)); }, SECONDS * 1000); }
"""
)
PEER = """<!doctype html><meta charset="utf-8"><video id="theirs" autoplay playsinline></video>
<script type="module" src="/peer.js"></script>"""
PEER_SCRIPT = (
    TOOLS
    + """
import { CallClient, openDevices } from '/call.js';
const caller = location.hash === '#a';
const theirs = document.getElementById('theirs');
const socket = new WebSocket(`ws://${location.host}/line`);
const say = (message) => socket.send(JSON.stringify(message));
window.bench = { answered: 0, pictured: 0, late: [], auto: true };
let client = null, tracks = null;
function open() {
  client = new CallClient({ offers: caller, send: (data) => say({ data }) });
  client.addEventListener('remote', ({ detail }) => { theirs.srcObject = detail; theirs.play().catch(() => {}); });
  theirs.requestVideoFrameCallback(() => { bench.pictured = benchNow(); });
  tracks.then((found) => client.setTracks(found));
  client.start();
}
const devices = async () => ({ ...await openDevices({ audio: true, video: false }), video: stripedCamera() });
window.answer = () => { bench.answered = benchNow(); tracks = devices(); open(); say({ answered: true }); };
socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (message.ring && bench.auto) answer();
  else if (message.answered) open();
  else if (message.over) { client?.close(); client = null; theirs.srcObject = null; }
  else if (message.data) client?.receive(message.data);
};
socket.onopen = () => { if (caller) { tracks = devices(); say({ ring: true }); } };
window.over = () => { say({ over: true }); client?.close(); client = null; };
window.read = (seconds) => new Promise((done) => {
  const late = []; readStripes(theirs, late);
  setTimeout(() => { late.done = true; done(late); }, seconds * 1000);
});
"""
)
Numbers = dict[str, list[float]]


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
    """The terminal, with the desk in Chromium."""

    def __init__(self, terminal: TerminalProcess, desk: Page) -> None:
        self.terminal, self.desk = terminal, desk
        self.root = psutil.Process(terminal.process.pid)
        desk.evaluate(DESK)

    def call(self, numbers: Numbers | None, warm: bool) -> None:
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
        note(numbers, warm, answered if warm else touched, here, there)
        self.end()

    def end(self) -> None:
        self.terminal.do("close")
        self.terminal.wait("closed", pump=self.desk)
        self.desk.wait_for_selector("#calls .stage", state="hidden")
        self.desk.wait_for_timeout(300)

    def begin_talk(self) -> None:
        self.desk.evaluate("bench.auto = true")
        self.terminal.do("open")
        self.terminal.wait("facts", lambda event: event["pictured"], self.desk)

    def read(self, seconds: float) -> tuple[list[float], list[float]]:
        self.desk.evaluate("bench.late = []; readStripes(document.querySelector('#calls .theirs'), bench.late)")
        self.terminal.do("script", code=TERMINAL.replace("SECONDS", str(seconds)))
        here = self.terminal.wait("bench", pump=self.desk)["value"]
        return here, self.desk.evaluate("(bench.late.done = true, bench.late)")


@contextmanager
def peer_server() -> Iterator[str]:
    """Pages for the peer, and a line between them that repeats what one says to the other."""
    line: set[ServerConnection] = set()
    files = {
        "/": ("text/html", PEER),
        "/peer.js": ("text/javascript", PEER_SCRIPT),
        "/call.js": ("text/javascript", CALL_CLIENT.read_text("utf-8")),
        "/quality.js": ("text/javascript", QUALITY.read_text("utf-8")),
    }

    def page(_: ServerConnection, request: Request) -> Response | None:
        if request.path == "/line":
            return None
        kind, text = files.get(request.path, ("text/plain", ""))
        body = text.encode()
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


class Peer:
    """Two browsers with nothing but the call client."""

    def __init__(self, caller: Page, desk: Page, url: str) -> None:
        self.caller, self.desk, self.url = caller, desk, url
        self.root = next(
            process
            for process in psutil.process_iter()
            if CALLER in safe_cmdline(process) and "--type=" not in safe_cmdline(process)
        )
        desk.goto(f"{url}#b")

    def call(self, numbers: Numbers | None, warm: bool) -> None:
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
        note(numbers, warm, answered if warm else touched, here, there)
        self.end()

    def end(self) -> None:
        self.caller.evaluate("over()")
        self.caller.goto("about:blank")
        self.desk.wait_for_timeout(300)

    def begin_talk(self) -> None:
        self.desk.evaluate("bench.auto = true")
        self.caller.goto(f"{self.url}#a")
        until(lambda: self.caller.evaluate("bench.pictured"), self.caller, "a picture at the peer")

    def read(self, seconds: float) -> tuple[list[float], list[float]]:
        self.desk.evaluate("(s) => { bench.late = null; read(s).then((late) => { bench.late = late; }); }", seconds)
        here = self.caller.evaluate("(s) => read(s)", seconds)
        return here, until(lambda: self.desk.evaluate("bench.late"), self.desk, "latency")


def safe_cmdline(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def note(numbers: Numbers | None, warm: bool, begun: float, here: float, there: float) -> None:
    if numbers is not None:
        name = "warm" if warm else "cold"
        numbers[f"{name}, at the caller, ms"].append(1000 * (here - begun))
        numbers[f"{name}, at the desk, ms"].append(1000 * (there - begun))


def talk(side: Ours | Peer, seconds: float, numbers: Numbers) -> None:
    """One longer call: latency both ways, then CPU and memory while nobody reads stripes."""
    side.begin_talk()
    side.desk.wait_for_timeout(2000)
    here, there = side.read(seconds)
    numbers["picture desk to caller, ms"].extend(here)
    numbers["picture caller to desk, ms"].extend(there)
    numbers["frames a second at the caller"].append(len(here) / seconds)
    numbers["frames a second at the desk"].append(len(there) / seconds)
    cpu, memory = cpu_and_memory(side.root, seconds, lambda wait: side.desk.wait_for_timeout(wait * 1000))
    numbers["CPU of the caller, % of a core"].append(cpu)
    numbers["in a call, MiB"].append(memory)
    side.end()
    side.desk.wait_for_timeout(9700)
    numbers["ten seconds after, MiB"].append(pss(side.root))


@contextmanager
def both(folder: Path) -> Iterator[tuple[Ours, Peer]]:
    """Everything of both sides, open at once: they are measured in turn, so that both meet the same weather."""
    hub = HubProcess(folder / "hub")
    hub.prepare()
    hub.start()
    terminal = TerminalProcess(folder / "kiosk", hub={"url": hub.url}, code=hub.enrol("WX-0001"), fps=FPS)
    flags = [*FAKE, PLAIN, "--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    try:
        terminal.wait("link", lambda event: event["online"])
        with peer_server() as url, sync_playwright() as playwright:
            launch = playwright.chromium.launch
            desk, a, b = (
                launch(executable_path="/usr/bin/chromium", args=[*flags, *more]) for more in ([], [CALLER], [])
            )
            yield Ours(terminal, open_desk(desk, hub)), Peer(a.new_page(), b.new_page(), url)
            for browser in (desk, a, b):
                browser.close()
    finally:
        terminal.stop()
        hub.stop()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=5, help="calls cold, and as many warm (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=12, help="how long latency is read (default: %(default)s)")
    args = parser.parse_args()
    names = [f"{how}, at the {where}, ms" for how in ("cold", "warm") for where in ("caller", "desk")]
    names += ["picture caller to desk, ms", "picture desk to caller, ms", "frames a second at the desk"]
    names += ["frames a second at the caller", "CPU of the caller, % of a core", "idle, MiB", "in a call, MiB"]
    names += ["ten seconds after, MiB"]
    ours, peer = ({name: [] for name in names} for _ in range(2))
    with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as sides:
        turns = tuple(zip(sides, (ours, peer), strict=True))
        for side, numbers in turns:
            numbers["idle, MiB"].append(pss(side.root))
        for number in range(args.calls + 1):  # the first of each warms the disk cache and is not counted
            for warm in (False, True):
                for side, numbers in turns:
                    side.call(numbers if number else None, warm)
        for _ in range(2):
            for side, numbers in turns:
                talk(side, args.seconds / 2, numbers)
    for name in names:
        rows = [("median", statistics.median)]
        if "ms" in name:
            rows.append(("p95", lambda values: percentile(values, 0.95)))
        for what, of in rows:
            mine, theirs = of(ours[name]), of(peer[name])
            print(f"{name:32} {what:7} terminal {mine:8.1f}   Chromium {theirs:8.1f}   ratio {mine / theirs:5.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
