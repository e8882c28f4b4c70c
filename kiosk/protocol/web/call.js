// The media of a call, one module for both ends: the terminal's page and the desk's browser.
//
// Negotiation is the perfect-negotiation pattern (W3C WebRTC 1.0, section 10.7) with trickled candidates. The terminal
// makes the first offer; both ends may restart ICE. What `send` is given travels to the other end's `receive`, in order
// while the line is up; what the line loses is repeated after `lineBack`.
//
// Each RTCPeerConnection has a name (`peer`). A new name at the other end means that it began afresh (a page reloaded, a
// renderer died): this end then begins afresh too, and the call goes on.

import { Quality } from './quality.js';

const RESTART_AFTER = 3000; // ms of `disconnected` before ICE is restarted; a short shadow heals by itself
const RESTART_EVERY = 6000;
const RELAYS_LIVE = 240; // s for which the credentials of relays are trusted; the hub makes them for 300 (TURN_SECONDS)
const AUDIO_BITS = 40_000;
const VIDEO_BITS = 1_200_000;
const LOOK_EVERY = 1000; // ms
const MIN_FPS_FIRST = 'maintain-framerate'; // lip reading and signing need fluency before detail (EN 301 549, 6.5.3)

// Echo, noise and level are what decide whether somebody in distress is understood.
export const VOICE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
export const FACE = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };

// Tracks of this machine, each null where there is no device or no permission. Never throws.
export async function openDevices({ audio = true, video = true } = {}) {
  const one = async (kind, constraints) => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ [kind]: constraints });
      return stream.getTracks()[0] ?? null;
    } catch (error) {
      console.info(`no ${kind}: ${error.name}`);
      return null;
    }
  };
  const [voice, face] = await Promise.all([audio ? one('audio', VOICE) : null, video ? one('video', FACE) : null]);
  return { audio: voice, video: face };
}

// Discontinuous transmission is asked for in our own description: the sender obeys what it is sent (RFC 7587, 7.1).
function withQuietOpus(sdp) {
  const opus = /a=rtpmap:(\d+) opus\/48000/i.exec(sdp);
  if (!opus) return sdp;
  return sdp.replace(new RegExp(`(a=fmtp:${opus[1]} [^\\r\\n]*)`), (line) =>
    line.includes('usedtx') ? line : `${line};usedtx=1;maxaveragebitrate=${AUDIO_BITS}`);
}

function vp8First(transceiver) {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const rank = (codec) => (codec.mimeType === 'video/VP8' ? 0 : 1);
  if (codecs.some((codec) => rank(codec) === 0)) {
    transceiver.setCodecPreferences([...codecs].sort((a, b) => rank(a) - rank(b)));
  }
}

// Events: `remote` (detail: MediaStream, once), `turned` (detail: {up}), `restarting`, `quality` (detail: {quality}: good,
// poor, audio_only when our picture was given up for the voice, bad).
export class CallClient extends EventTarget {
  #options; #pc = null; #peer = ''; #other = ''; #number = 0; #heard = 0; #making = false; #queue = Promise.resolve();
  #quality = new Quality(); #looking = 0; #before = {}; #room = true; #relaysSince = 0;
  #tracks = { audio: null, video: null }; #local = new MediaStream(); #up = false; #timer = 0; #closed = false;

  // `offers`: this end makes the first offer and wins when both do. `ice`: RTCIceServer[]. `send(object)`. `renew()` asks
  // for other relays, when a connection has to be made anew and `ice` is old: the answer goes to `useRelays`.
  constructor({ offers, ice = [], send, renew = null, videoBits = VIDEO_BITS, relayOnly = false, relaysLive = RELAYS_LIVE }) {
    super();
    this.#options = { offers, ice, send, renew, videoBits, relayOnly, relaysLive };
    this.#relaysSince = performance.now();
    this.remote = new MediaStream();
  }

  get up() { return this.#up; }
  get quality() { return this.#quality.state; }
  get pc() { return this.#pc; }

  start() {
    this.#begin();
    if (!this.#options.offers) this.#say({ hello: true });
  }

  // Tracks may come and go at any time; no new negotiation is needed for it.
  async setTracks(tracks) {
    Object.assign(this.#tracks, tracks);
    await this.#place();
  }

  receive(data) {
    this.#queue = this.#queue.then(() => this.#take(data)).catch((error) => console.warn('signal', error));
    return this.#queue;
  }

  // The line to the other end was away and is back: what was lost is said again.
  lineBack() {
    if (this.#closed) return;
    if (!this.#up) this.#restart();
    else this.#repeat();
  }

  // A relay lets nobody in with credentials that have expired; what they had opened before lives on.
  async useRelays(ice) {
    this.#options.ice = ice;
    this.#relaysSince = performance.now();
    const pc = this.#pc;
    if (!pc) return;
    pc.setConfiguration({ ...pc.getConfiguration(), iceServers: ice });
    if (this.#up) return;
    if (pc.signalingState === 'have-local-offer') await pc.setLocalDescription({ type: 'rollback' });
    pc.restartIce();
  }

  close() {
    this.#closed = true;
    this.#drop();
    this.#turn(false);
  }

  // Counters of what arrives and leaves, for the screen, the tests and the benchmark.
  async stats() {
    const found = { in: {}, out: {}, theirs: {}, rtt: null, available: 0, local: '', relay: false };
    const kinds = new Map();
    for (const row of (await this.#pc?.getStats())?.values() ?? []) {
      if (row.type === 'inbound-rtp') found.in[row.kind] = row;
      if (row.type === 'outbound-rtp') found.out[row.kind] = row;
      if (row.type === 'remote-inbound-rtp') found.theirs[row.kind] = row;
      if (row.type === 'candidate-pair' && row.nominated) {
        found.rtt = row.currentRoundTripTime ?? found.rtt;
        found.available = row.availableOutgoingBitrate ?? found.available;
        found.local = row.localCandidateId;
      }
      if (row.type === 'local-candidate') kinds.set(row.id, row.candidateType);
    }
    found.relay = kinds.get(found.local) === 'relay';
    return found;
  }

  #begin() {
    this.#drop();
    this.#turn(false);
    this.#peer = crypto.randomUUID();
    this.#number = this.#heard = 0;
    this.#making = false;
    if (this.#stale) this.#options.renew();
    const { ice, relayOnly, offers, videoBits } = this.#options;
    const pc = new RTCPeerConnection({
      iceServers: ice,
      iceTransportPolicy: relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
    });
    this.#pc = pc;
    pc.ontrack = ({ track }) => this.#arrived(track);
    pc.onicecandidate = ({ candidate }) => candidate && this.#say({ candidate });
    pc.onnegotiationneeded = () => this.#offer(pc);
    pc.onconnectionstatechange = () => pc === this.#pc && this.#changed(pc.connectionState);
    if (offers) {
      const streams = [this.#local]; // one stream: the receiver keeps lips and voice together
      pc.addTransceiver('audio', { direction: 'sendrecv', streams });
      const video = pc.addTransceiver('video', { direction: 'sendrecv', streams, sendEncodings: [{ maxBitrate: videoBits }] });
      vp8First(video);
      this.#place();
    }
  }

  get #stale() {
    const { ice, renew, relaysLive } = this.#options;
    return renew !== null && ice.length > 0 && performance.now() - this.#relaysSince > relaysLive * 1000;
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const pc = this.#pc;
    this.#pc = null;
    if (!pc) return;
    pc.ontrack = pc.onicecandidate = pc.onnegotiationneeded = pc.onconnectionstatechange = null;
    pc.close();
  }

  #say(data) { if (!this.#closed) this.#options.send({ peer: this.#peer, to: this.#other, ...data }); }

  #describe() {
    const { type, sdp } = this.#pc.localDescription;
    return { description: { type, sdp: withQuietOpus(sdp) }, number: this.#number };
  }

  async #offer(pc) {
    if (!this.#options.offers && !this.#other) return; // the other end begins
    this.#making = true;
    try {
      await pc.setLocalDescription();
      if (pc !== this.#pc) return;
      this.#number += 1;
      this.#say(this.#describe());
    } catch (error) {
      console.warn('offer', error);
    } finally {
      this.#making = false;
    }
  }

  async #take(data) {
    if (this.#closed || !this.#pc || typeof data !== 'object' || typeof data.peer !== 'string') return;
    if (data.peer !== this.#other) {
      const fresh = data.hello || data.description?.type === 'offer';
      const first = !this.#other && data.to === this.#peer; // an answer to us, of one who began afresh for it
      if (!fresh && !first) return; // a straggler of a connection that is gone
      if (this.#other) this.#begin();
      this.#other = data.peer;
      this.#heard = 0;
    }
    if (data.hello) this.#repeat();
    else if (data.description) await this.#described(data);
    else if (data.candidate) await this.#candidate(data.candidate);
  }

  async #described({ description, number = 0 }) {
    const pc = this.#pc;
    if (description.type === 'answer') {
      if (pc.signalingState === 'have-local-offer') await pc.setRemoteDescription(description);
      await this.#tune();
      return;
    }
    if (number && number === this.#heard) return this.#repeat(); // our answer was lost
    const collision = this.#making || pc.signalingState !== 'stable';
    this.ignored = this.#options.offers && collision;
    if (this.ignored) return;
    await pc.setRemoteDescription(description);
    this.#heard = number;
    for (const transceiver of pc.getTransceivers()) {
      if (transceiver.direction !== 'stopped') transceiver.direction = 'sendrecv';
      transceiver.sender.setStreams(this.#local);
      if (transceiver.receiver.track.kind === 'video') vp8First(transceiver);
    }
    await this.#place();
    await pc.setLocalDescription();
    if (pc !== this.#pc) return;
    this.#say(this.#describe());
    await this.#tune();
  }

  async #candidate(candidate) {
    try {
      await this.#pc.addIceCandidate(candidate);
    } catch (error) {
      if (!this.ignored) console.info('candidate', error.name);
    }
  }

  // Say the last description again, with every candidate gathered so far.
  #repeat() {
    const type = this.#pc?.localDescription?.type;
    const state = this.#pc?.signalingState;
    if ((type === 'offer' && state === 'have-local-offer') || (type === 'answer' && state === 'stable')) {
      this.#say(this.#describe());
    }
  }

  async #place() {
    for (const transceiver of this.#pc?.getTransceivers() ?? []) {
      const track = this.#tracks[transceiver.receiver.track.kind] ?? null;
      if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
    }
  }

  async #tune() {
    for (const { sender, receiver } of this.#pc?.getTransceivers() ?? []) {
      const parameters = sender.getParameters();
      const encoding = parameters.encodings?.[0];
      if (!encoding) continue;
      if (receiver.track.kind === 'video') {
        encoding.maxBitrate = this.#options.videoBits;
        encoding.active = this.#room; // the voice comes first
        encoding.priority = 'low';
        parameters.degradationPreference = MIN_FPS_FIRST;
      } else {
        encoding.priority = encoding.networkPriority = 'high';
      }
      try {
        await sender.setParameters(parameters);
      } catch (error) {
        console.info('parameters', error.name);
      }
    }
  }

  #arrived(track) {
    for (const old of this.remote.getTracks()) if (old.kind === track.kind) this.remote.removeTrack(old);
    this.remote.addTrack(track);
    this.dispatchEvent(new CustomEvent('remote', { detail: this.remote }));
  }

  #changed(state) {
    if (state === 'connected') {
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#turn(true);
    } else if (state === 'disconnected' || state === 'failed') {
      this.#turn(false);
      if (!this.#timer) this.#timer = setTimeout(() => this.#restart(), state === 'failed' ? 0 : RESTART_AFTER);
    }
  }

  #restart() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#closed || this.#up || !this.#pc) return;
    this.dispatchEvent(new CustomEvent('restarting'));
    if (this.#stale) this.#options.renew();
    else if (this.#pc.signalingState === 'have-local-offer') this.#repeat();
    else if (this.#other || this.#options.offers) this.#pc.restartIce();
    else this.#say({ hello: true });
    const patience = this.#options.offers ? RESTART_EVERY : RESTART_EVERY * 1.5; // rarely both at once
    this.#timer = setTimeout(() => this.#restart(), patience);
  }

  // Every second: how it goes, and whether our picture leaves room for the voice.
  async #look() {
    const { in: { audio }, theirs, rtt, available } = await this.stats();
    if (!this.#up) return;
    const { packetsLost: lost = 0, packetsReceived: received = 0 } = audio ?? {};
    const before = this.#before;
    this.#before = { lost, received };
    if (before.lost === undefined) return;
    const said = this.#quality.state;
    const { state, video } = this.#quality.second({
      lost: Math.max(0, lost - before.lost),
      received: Math.max(0, received - before.received),
      theirLoss: Math.max(theirs.audio?.fractionLost ?? 0, 0),
      rtt: rtt ?? 0,
      available,
    });
    if (video !== this.#room) {
      this.#room = video;
      await this.#tune();
    }
    if (state !== said) this.dispatchEvent(new CustomEvent('quality', { detail: { quality: state } }));
  }

  #turn(up) {
    if (up === this.#up) return;
    this.#up = up;
    clearInterval(this.#looking);
    this.#before = {};
    if (up) this.#looking = setInterval(() => this.#look().catch((error) => console.info('look', error)), LOOK_EVERY);
    this.dispatchEvent(new CustomEvent('turned', { detail: { up } }));
  }
}

// The network under us changed: do not wait for silence to notice.
export function watchNetwork(client) {
  const changed = () => client.lineBack();
  addEventListener('online', changed);
  navigator.connection?.addEventListener?.('change', changed);
  return () => {
    removeEventListener('online', changed);
    navigator.connection?.removeEventListener?.('change', changed);
  };
}
