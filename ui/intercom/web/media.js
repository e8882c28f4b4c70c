// The terminal's end of the call: media only. What is to be said to the desk goes through `bridge`, the terminal's own
// link; this page reaches no network but the call itself. Everybody of the desk has a connection and a picture.

import { CallClient, openDevices, watchNetwork } from './call.js';
import { openFeed } from './feed.js';
import { worst } from './quality.js';

const room = document.getElementById('room');
const ours = document.getElementById('ours');
const STATS_EVERY = 1000; // ms
const STILL_COUNTS = 4;

new QWebChannel(qt.webChannelTransport, (channel) => main(channel.objects.bridge));

async function main(bridge) {
  const others = new Map(); // peer -> Other
  const tracks = { audio: null, video: null };
  const state = { held: false, muted: false, volume: 1 };
  let timer = 0;
  let microphone = null;
  let camera = null;

  class Other {
    constructor(peer, way) {
      this.peer = peer;
      this.view = document.createElement('video');
      this.view.autoplay = this.view.playsInline = true;
      this.view.volume = state.volume;
      this.decoded = this.still = 0;
      room.append(this.view);
      this.client = new CallClient({
        offers: true,
        ...way,
        send: (data) => bridge.said(this.peer, JSON.stringify(data)),
        renew: () => bridge.wantsRelays(this.peer),
      });
      this.client.addEventListener('remote', ({ detail }) => { this.view.srcObject = detail; });
      this.client.addEventListener('turned', ({ detail }) => {
        bridge.turned(this.peer, detail.up);
        if (detail.up) this.view.requestVideoFrameCallback(() => this.show(true));
      });
      this.client.addEventListener('quality', rate);
      this.client.setTracks(sent());
      this.client.start();
      this.unwatch = watchNetwork(this.client);
    }

    show(there) {
      if (this.view.classList.contains('shown') === there) return;
      this.view.classList.toggle('shown', there);
      arrange();
    }

    async count() {
      const found = await this.client.stats();
      const frames = found.in.video?.framesDecoded ?? 0;
      this.still = frames === this.decoded ? this.still + 1 : 0;
      this.decoded = frames;
      this.show(frames > 0 && this.still < STILL_COUNTS && !state.held); // a frozen face looks like one that listens
      return found;
    }

    close() {
      this.unwatch();
      this.client.close();
      this.view.srcObject = null;
      this.view.remove();
    }
  }

  const rate = () => bridge.quality(worst([...others.values()].map((other) => other.client.quality)));
  const report = () => bridge.devices(camera === true, microphone === true, camera === null || microphone === null);
  const sent = () => (state.held ? { audio: null, video: null } : tracks);
  const place = () => others.forEach((other) => other.client.setTracks(sent()));

  const picture = openFeed(ours, (present) => {
    camera = present;
    tracks.video = present ? picture : null;
    ours.classList.toggle('shown', present);
    place();
    report();
  });

  // Whoever is shown shares the room: one large, two side by side.
  function arrange() {
    const shown = [...room.children].filter((view) => view.classList.contains('shown'));
    room.classList.toggle('two', shown.length > 1);
    const there = shown.length > 0;
    document.body.classList.toggle('talking', there);
    bridge.pictured(there);
  }

  async function count() {
    const all = await Promise.all([...others.values()].map((other) => other.count()));
    if (!all.length) return;
    const { in: { audio, video }, out, rtt } = all.at(-1);
    bridge.counted(JSON.stringify({
      framesDecoded: video?.framesDecoded ?? 0,
      frameWidth: video?.frameWidth ?? 0,
      framesPerSecond: video?.framesPerSecond ?? 0,
      audioPackets: audio?.packetsReceived ?? 0,
      audioEnergy: audio?.totalAudioEnergy ?? 0,
      audioSeconds: audio?.totalSamplesDuration ?? 0,
      framesEncoded: out.video?.framesEncoded ?? 0,
      audioPacketsSent: out.audio?.packetsSent ?? 0,
      rtt,
    }));
  }

  function open(peer, way) {
    close(peer);
    others.set(peer, new Other(peer, way));
    if (!timer) timer = setInterval(count, STATS_EVERY);
  }

  function close(peer) {
    others.get(peer)?.close();
    others.delete(peer);
    rate();
    if (!others.size) {
      clearInterval(timer);
      timer = 0;
    }
    arrange();
  }

  function rename(old, peer) {
    const other = others.get(old);
    if (!other) return;
    others.delete(old);
    others.set(peer, other);
    other.peer = peer;
    other.client.lineBack();
  }

  bridge.renamed.connect(rename);
  bridge.opened.connect((peer, way) => open(peer, JSON.parse(way)));
  bridge.closed.connect((peer) => (peer ? [peer] : [...others.keys()]).forEach(close));
  bridge.delivered.connect((peer, data) => others.get(peer)?.client.receive(JSON.parse(data)));
  bridge.relays.connect((peer, ice) => others.get(peer)?.client.useRelays(JSON.parse(ice)));
  bridge.lineBack.connect(() => others.forEach((other) => other.client.lineBack()));
  bridge.held.connect((on) => {
    state.held = on;
    place();
    others.forEach((other) => { other.view.muted = on; });
    count();
  });
  bridge.muted.connect((on) => {
    state.muted = on;
    if (tracks.audio) tracks.audio.enabled = !on;
  });
  bridge.volume.connect((volume) => {
    state.volume = volume / 100;
    others.forEach((other) => { other.view.volume = state.volume; });
  });
  bridge.ready(); // before the devices: an answer that comes now must not wait for a permission

  const devices = await openDevices({ audio: true, video: false });
  tracks.audio = devices.audio;
  microphone = devices.audio !== null;
  if (devices.audio) {
    devices.audio.enabled = !state.muted;
    devices.audio.onended = () => { microphone = false; report(); };
  }
  place();
  report();
}
