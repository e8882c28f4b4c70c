"""A call that can only be relayed: Debian's coturn as it is packaged, with credentials as the hub makes them."""

import http.server
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from kiosk.protocol.web import FOLDER
from tests.journeys.call_scene import ROOT, WAIT, chromium
from tests.journeys.relay_scene import Relay, coturn

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("call")]
PAGE = """<!doctype html><meta charset="utf-8"><title>end</title><script type="module">
import { CallClient, openDevices } from '/call.js';
window.outbox = [];
window.asked = 0;
window.begin = async (offers, ice, relaysLive = 240) => {
  const renew = () => { asked += 1; };
  const send = (data) => outbox.push(data);
  window.client = new CallClient({ offers, ice, send, renew, relaysLive, relayOnly: true });
  const video = Object.assign(document.createElement('video'), { autoplay: true, muted: true });
  document.body.append(video);
  client.addEventListener('remote', ({ detail }) => { video.srcObject = detail; });
  client.setTracks(await openDevices());
  client.start();
};
window.count = async () => {
  const { in: { audio, video }, relay } = await client.stats();
  return { up: client.up, relay, frames: video?.framesDecoded ?? 0, packets: audio?.packetsReceived ?? 0 };
};
</script>"""


@contextmanager
def pages() -> Iterator[str]:
    """What the two ends load, from loopback, where a microphone may be asked for."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            script = FOLDER / self.path.lstrip("/")
            found = script.suffix == ".js" and script.is_file()
            body = script.read_bytes() if found else PAGE.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if found else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    with coturn(tmp_path_factory.mktemp("relay")) as made:
        yield made


def carry(ends: tuple[Page, Page]) -> None:
    """What one end says reaches the other, as over the hub."""
    for here, there in (ends, ends[::-1]):
        for data in here.evaluate("window.outbox ? outbox.splice(0) : []"):
            there.evaluate(f"window.client?.receive({json.dumps(data)})")


def until(ends: tuple[Page, Page], enough: str, seconds: float = WAIT) -> bool:
    """Whether both ends come to be `enough` (JavaScript of `c`, what was counted) in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        carry(ends)
        if all(end.evaluate(f"async () => {{ const c = await count(); return {enough}; }}") for end in ends):
            return True
        ends[0].wait_for_timeout(50)
    return False


@pytest.fixture
def ends() -> Iterator[tuple[Page, Page]]:
    with pages() as url, chromium() as browser:
        made = tuple(browser.new_page() for _ in range(2))
        for page in made:
            page.goto(url)
            page.wait_for_function("() => window.begin")
        yield made[0], made[1]


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_picture_and_sound_pass_through_the_relay_alone(relay: Relay, ends: tuple[Page, Page], transport: str) -> None:
    for offers, end in ((True, ends[0]), (False, ends[1])):
        end.evaluate(f"begin({json.dumps(offers)}, {json.dumps(relay.ice(transport))})")
    assert until(ends, "c.up && c.relay && c.frames > 5 && c.packets > 5")


def test_a_relay_that_is_restarted_after_the_credentials_have_expired(relay: Relay, ends: tuple[Page, Page]) -> None:
    """What was open is gone with it, and what opened it is worth nothing any more: each end asks for fresh ones."""
    expires = int(time.time()) + 4
    for offers, end in ((True, ends[0]), (False, ends[1])):
        end.evaluate(f"begin({json.dumps(offers)}, {json.dumps(relay.ice('udp', expires))}, 4)")
    assert until(ends, "c.up && c.frames > 5")
    ends[0].wait_for_timeout(max(0.0, expires + 1.5 - time.time()) * 1000)
    relay.stop()
    relay.start()
    assert until(ends, "!c.up")
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline and not all(end.evaluate("client.up") for end in ends):
        for end in ends:
            if end.evaluate("asked && !(asked = 0)"):
                end.evaluate(f"client.useRelays({json.dumps(relay.ice('udp'))})")
        carry(ends)
        ends[0].wait_for_timeout(50)
    assert until(ends, "c.up && c.relay && c.frames > 5 && c.packets > 5")


def test_credentials_that_have_expired_relay_nothing(relay: Relay, ends: tuple[Page, Page]) -> None:
    old = relay.ice("udp", int(time.time()) - 1)
    errors = """async (ice) => {
        const pc = new RTCPeerConnection({ iceServers: ice, iceTransportPolicy: 'relay' });
        const found = { codes: [], candidates: 0 };
        pc.onicecandidateerror = ({ errorCode }) => found.codes.push(errorCode);
        pc.onicecandidate = ({ candidate }) => { if (candidate) found.candidates += 1; };
        pc.createDataChannel('x');
        await pc.setLocalDescription();
        await new Promise((done) => {
            pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && done();
        });
        pc.close();
        return found;
    }"""
    refused = ends[0].evaluate(errors, old)
    assert refused["candidates"] == 0
    assert 401 in refused["codes"]
    assert ends[0].evaluate(errors, relay.ice("udp"))["candidates"] > 0


def test_the_packaged_configuration_relays_into_no_private_network() -> None:
    packaged = (ROOT / "packaging" / "turnserver.example.conf").read_text("utf-8")
    assert "static-auth-secret=" in re.sub(r"^[^#].*$", "", packaged, flags=re.MULTILINE)  # to be set by the operator
    for network in ("10.0.0.0", "172.16.0.0", "192.168.0.0", "169.254.0.0"):
        assert f"denied-peer-ip={network}-" in packaged
