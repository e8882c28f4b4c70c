"""The pages of a call's benchmarks: a camera with the time in it, what reads it, and the peer's two ends."""

import json

# In every page: paint the time into a camera, read it out of a picture, note when the first picture came.
TOOLS = """
const benchNow = () => performance.timeOrigin + performance.now();
function stripedCamera(room) {
  const canvas = new OffscreenCanvas(640, 480), draw = canvas.getContext('2d');
  const track = new MediaStreamTrackGenerator({ kind: 'video' }), writer = track.writable.getWriter();
  let turn = 0;
  const timer = setInterval(() => {
    if (track.readyState === 'ended') return clearInterval(timer);
    if (room) draw.drawImage(room, 0, 0);
    else { draw.fillStyle = '#9a8f80'; draw.fillRect(0, 0, 640, 480); }
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
  const step = () => {
    const shown = Math.floor(benchNow()); // before it is read, which takes some milliseconds
    draw.drawImage(video, 0, 0, video.videoWidth, video.videoHeight / 15, 0, 0, 160, 8);
    const { data } = draw.getImageData(0, 4, 160, 1);
    let code = 0;
    for (let bit = 0; bit < 16; bit++) code = code << 1 | (data[(bit * 10 + 5) * 4] > 127);
    let ms = code;
    for (let shift = 1; shift < 16; shift <<= 1) ms ^= ms >> shift;
    const late = ((shown & 0xffff) - ms + 0x10000) & 0xffff;
    if (late < 10000) into.push(late);
    if (!into.done) video.requestVideoFrameCallback(step);
  };
  video.requestVideoFrameCallback(step);
}
// How late the sound is: a packet of it, half the way there and back, what the receiver holds back, and the buffer of
// the loudspeaker. Per look, from the counters that webrtc-stats define.
const PACKET = 20; // ms
function readSound(pc, into, counted) {
  let before = null, rtt = 0;
  const look = async () => {
    const now = {};
    for (const row of (await pc.getStats()).values()) {
      if (row.type === 'inbound-rtp' && row.kind === 'audio') now.voice = row;
      if (row.type === 'inbound-rtp' && row.kind === 'video') now.picture = row;
      if (row.type === 'media-playout') now.out = row;
      if (row.type === 'candidate-pair' && row.nominated) rtt = row.currentRoundTripTime ?? rtt;
    }
    const per = (row, sum, number) => (now[row][sum] - before[row][sum]) / (now[row][number] - before[row][number]);
    if (before?.voice && before.out && now.voice.jitterBufferEmittedCount > before.voice.jitterBufferEmittedCount) {
      const held = per('voice', 'jitterBufferDelay', 'jitterBufferEmittedCount');
      const waits = per('out', 'totalPlayoutDelay', 'totalSamplesCount');
      into.push(PACKET + 1000 * (rtt / 2 + held + (waits || 0)));
    }
    counted.first ??= now;
    counted.last = before = now;
  };
  const timer = setInterval(look, 250);
  return () => clearInterval(timer);
}
function readAll(video, pc) {
  const found = { picture: [], sound: [], invented: 0, frozen: 0 };
  const counted = {};
  readStripes(video, found.picture);
  const stop = readSound(pc, found.sound, counted);
  return { stop() {
    found.picture.done = true;
    stop();
    const { first, last } = counted;
    const grew = (row, name) => (last?.[row]?.[name] ?? 0) - (first?.[row]?.[name] ?? 0);
    found.invented = 100 * (grew('voice', 'concealedSamples') - grew('voice', 'silentConcealedSamples'))
      / (grew('voice', 'totalSamplesReceived') || 1);
    found.frozen = 1000 * grew('picture', 'totalFreezesDuration');
    return found;
  } };
}
"""
DESK = (
    TOOLS
    + """
window.bench = { auto: true, answered: 0, pictured: 0 };
const calls = document.getElementById('calls');
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
    "{"
    + TOOLS
    + """
  const reading = readAll(document.querySelector('#room video'), benchClient.pc);
  setTimeout(() => { console.info('bench: ' + JSON.stringify(reading.stop())); }, SECONDS * 1000); }
"""
)
PEER = """<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:#faf6ee}#theirs{position:absolute;left:29px;top:516px;width:1022px;height:620px;object-fit:contain;
background:#000}#ours{position:absolute;right:148px;top:960px;width:208px;transform:scaleX(-1)}</style>
<video id="theirs" autoplay playsinline></video><video id="ours" autoplay playsinline muted></video>
<script type="module" src="/peer.js"></script>"""
PEER_SCRIPT = (
    TOOLS
    + """
import { CallClient, openDevices } from '/call.js';
window.readAll = readAll;
const caller = location.hash === '#a';
const theirs = document.getElementById('theirs');
const socket = new WebSocket(`ws://${location.host}/line`);
const say = (message) => socket.send(JSON.stringify(message));
window.bench = { answered: 0, pictured: 0, auto: true };
let client = null, tracks = null;
function open() {
  client = new CallClient({ offers: caller, ...(caller ? CALLER : {}), send: (data) => say({ data }) });
  client.addEventListener('remote', ({ detail }) => { theirs.srcObject = detail; theirs.play().catch(() => {}); });
  theirs.requestVideoFrameCallback(() => { bench.pictured = benchNow(); });
  tracks.then((found) => client.setTracks(found));
  client.start();
}
const room = fetch('/room.png').then((answer) => answer.blob()).then(createImageBitmap);
const devices = async () => {
  const video = stripedCamera(await room);
  document.getElementById('ours').srcObject = new MediaStream([video]);
  return { ...await openDevices({ audio: true, video: false }), video };
};
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
"""
)


def peer_script(ice: list[dict[str, object]]) -> str:
    """The peer's module. With relays (`ice`) the caller uses them alone."""
    caller = {"ice": ice, "relayOnly": True} if ice else {}
    return PEER_SCRIPT.replace("CALLER", json.dumps(caller))


def with_window(client: str) -> str:
    """The call client, the newest of which the benchmark finds as `benchClient`."""
    found = "    this.remote = new MediaStream();\n"
    assert client.count(found) == 1
    return client.replace(found, found + "    globalThis.benchClient = this;\n")
