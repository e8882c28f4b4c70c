// The terminal's end of the call: media only. What is to be said to the desk goes through `bridge`, the terminal's own
// link; this page reaches no network but the call itself.

import { CallClient, openDevices, watchNetwork } from './call.js';
import { openFeed } from './feed.js';

const theirs = document.getElementById('theirs');
const ours = document.getElementById('ours');
const STATS_EVERY = 1000; // ms
const STILL_COUNTS = 4;
const LARGE = 320; // px, one's own picture before somebody is there, and beside them
const SMALL = 160;

new QWebChannel(qt.webChannelTransport, (channel) => main(channel.objects.bridge));

async function main(bridge) {
  let client = null;
  let unwatch = () => {};
  let timer = 0;
  let decoded = 0;
  let still = 0;
  let microphone = null;
  let camera = null;
  const tracks = { audio: null, video: null };

  const report = () => bridge.devices(camera === true, microphone === true, camera === null || microphone === null);

  const feed = openFeed(ours, (present) => {
    camera = present;
    tracks.video = present ? feed.track : null;
    ours.classList.toggle('shown', present);
    client?.setTracks({ video: tracks.video });
    report();
  });

  function open(ice) {
    close();
    client = new CallClient({ offers: true, ice, send: (data) => bridge.said(JSON.stringify(data)) });
    client.addEventListener('remote', ({ detail }) => { theirs.srcObject = detail; });
    client.addEventListener('turned', ({ detail }) => {
      bridge.turned(detail.up);
      if (detail.up) theirs.requestVideoFrameCallback(() => picture(true));
    });
    client.setTracks(tracks);
    client.start();
    unwatch = watchNetwork(client);
    timer = setInterval(count, STATS_EVERY);
  }

  function picture(there) {
    if (theirs.classList.contains('shown') === there) return;
    theirs.classList.toggle('shown', there);
    document.body.classList.toggle('talking', there);
    ours.width = there ? SMALL : LARGE;
    bridge.pictured(there);
  }

  async function count() {
    if (!client) return;
    const { in: { audio, video }, out, rtt } = await client.stats();
    const frames = video?.framesDecoded ?? 0;
    still = frames === decoded ? still + 1 : 0;
    decoded = frames;
    picture(frames > 0 && still < STILL_COUNTS); // a frozen face looks like a person who listens
    bridge.counted(JSON.stringify({
      framesDecoded: frames,
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

  function close() {
    unwatch();
    clearInterval(timer);
    client?.close();
    client = null;
    decoded = still = 0;
    picture(false);
    theirs.srcObject = null;
  }

  bridge.opened.connect((ice) => open(JSON.parse(ice)));
  bridge.closed.connect(close);
  bridge.delivered.connect((data) => client?.receive(JSON.parse(data)));
  bridge.lineBack.connect(() => client?.lineBack());
  bridge.ready(); // before the devices: an answer that comes now must not wait for a permission

  const devices = await openDevices({ audio: true, video: false });
  tracks.audio = devices.audio;
  microphone = devices.audio !== null;
  if (devices.audio) devices.audio.onended = () => { microphone = false; report(); };
  client?.setTracks({ audio: tracks.audio });
  report();
}
