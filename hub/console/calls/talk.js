// One call of this console: its connections (the station, and whoever else of the desk takes part), tracks and facts.
// It draws nothing.

import { CallClient, watchNetwork } from "/calls/call.js";

const STATION = "";

export class Talk extends EventTarget {
  // `me` is our name as others see it, `send(object)` says something about this call to the switchboard. Event: `changed`.
  constructor({ call, station, topic, note }, me, send) {
    super();
    Object.assign(this, { id: call, station, topic, note, me, send });
    this.since = performance.now() / 1000;
    this.ends = new Map(); // peer -> {client, stream, name, unwatch, microphone, camera}
    this.tracks = { audio: null, video: null };
    this.muted = this.blind = this.held = this.shown = false;
    this.own = null; // what the station says of itself: cameras, camera, muted, volume, quality
    this.lines = []; // {id, by, text, mine, said}: in the hub's order, what it has not confirmed yet at the end
    this.moving = null; // {to, topic}
    this.page = null; // {id, state}
    this.door = null; // {waiting} or {code, report}
    this.row = null;
  }

  get up() { return this.ends.get(STATION)?.client.up ?? false; }
  get client() { return this.ends.get(STATION)?.client; }
  get main() { return (this.row?.peers ?? []).find((one) => one.role === "main"); }
  get others() { return [...this.ends].filter(([peer]) => peer !== STATION).map(([peer, end]) => ({ peer, ...end })); }

  // We take part, or do so again after the line was away.
  accepted({ ice, peers = [], note }) {
    this.note = note || this.note;
    this.moving = null;
    this.held = false; // said anew after this, where it is so
    if (this.ends.has(STATION)) this.client.lineBack();
    else this.#open(STATION, { offers: false, ice });
    const there = new Set([STATION, ...peers.map(({ peer }) => peer)]);
    for (const peer of [...this.ends.keys()]) if (!there.has(peer)) this.#close(peer);
    for (const { peer, name, offers } of peers) if (!this.ends.has(peer)) this.#open(peer, { offers, ice, name });
    this.#furnish();
    this.#tellMedia();
    // What the lost line swallowed is said again; by its id it is the same line to everybody.
    for (const { id, text } of this.lines.filter((line) => line.mine).slice(-20)) this.send({ type: "text", text, id });
    this.#changed();
  }

  take(message) {
    switch (message.type) {
      case "signal": this.ends.get(message.peer ?? STATION)?.client.receive(message.data); return;
      case "relays": this.ends.get(message.peer)?.client.useRelays(message.ice); return;
      case "peer_joined": this.#open(message.peer, message); break;
      case "peer_left": this.#close(message.peer); break;
      case "text": this.#line({ ...message, mine: message.by === this.me, said: true }); break;
      case "call_media": this.own = message; break;
      case "desk_media": Object.assign(this.ends.get(message.peer) ?? {}, { microphone: message.microphone, camera: message.camera }); break;
      case "held": this.held = message.on; this.#furnish(); break;
      case "transferring": this.moving = { to: message.to, topic: message.topic }; break;
      case "transfer_failed": this.moving = null; break;
      case "page_shown": if (this.page?.id === message.id) this.page.state = message.state; break;
      case "door_report": this.door = { code: message.code, report: message.report }; break;
      default: return;
    }
    this.#changed();
  }

  async setTracks(tracks) {
    Object.assign(this.tracks, tracks);
    this.#switch();
    await this.#furnish();
    this.opened = true;
    this.#tellMedia();
    this.#changed();
  }

  toggle(kind) {
    if (kind === "audio") this.muted = !this.muted;
    else this.blind = !this.blind;
    this.#switch();
    this.#tellMedia(true);
    this.#changed();
  }

  // Whether this is the call that is looked at: only that one is heard, and hears us.
  show(on) {
    this.shown = on;
    this.#furnish();
  }

  write(text) {
    const id = crypto.randomUUID();
    this.#line({ id, by: "", text, mine: true, said: false });
    this.send({ type: "text", text, id });
    this.#changed();
  }

  push(page, args) {
    this.page = { id: crypto.randomUUID(), state: "sent" };
    this.send({ type: "page", id: this.page.id, page, args });
    this.#changed();
  }

  openDoor(door, reason) {
    this.door = { waiting: true };
    this.send({ type: "door", door, reason });
    this.#changed();
  }

  // What was asked for cannot be done: no order is on its way.
  refused(code) {
    if (this.door?.waiting && (code === "door.not_possible" || code === "calls.station_away")) this.door = null;
    this.#changed();
  }

  close() {
    for (const peer of [...this.ends.keys()]) this.#close(peer);
    Object.values(this.tracks).forEach((track) => track?.stop());
  }

  #line({ id, by, text, mine, said }) {
    // Said again after a reload: by its id it is the same line. Ours come back under our own name.
    const known = this.lines.findIndex((line) => line.id === id);
    if (known >= 0 && (this.lines[known].said || !said)) return;
    if (known >= 0) this.lines.splice(known, 1);
    const unsaid = this.lines.findIndex((line) => !line.said);
    this.lines.splice(said && unsaid >= 0 ? unsaid : this.lines.length, 0, { id, by, text, mine, said });
  }

  #open(peer, { offers, ice, name = "" }) {
    this.#close(peer);
    const client = new CallClient({ offers, ice,
      send: (data) => this.send({ type: "signal", data, peer }),
      renew: () => this.send({ type: "relays", peer }) });
    const end = { client, name, stream: null, microphone: true, camera: true, unwatch: watchNetwork(client) };
    this.ends.set(peer, end);
    client.addEventListener("remote", ({ detail }) => {
      end.stream = detail;
      this.#changed();
    });
    for (const event of ["turned", "quality"]) client.addEventListener(event, () => this.#changed());
    client.setTracks(this.#sent());
    client.start();
  }

  #close(peer) {
    const end = this.ends.get(peer);
    if (!end) return;
    this.ends.delete(peer);
    end.unwatch();
    end.client.close();
  }

  #sent() { return this.held || !this.shown ? { audio: null, video: null } : this.tracks; }

  // The switchboard takes both for on until it hears otherwise, also after we came back.
  #tellMedia(always = false) {
    const microphone = !this.muted && !!this.tracks.audio;
    const camera = !this.blind && !!this.tracks.video;
    if (always || (this.opened && !(microphone && camera))) this.send({ type: "media", microphone, camera });
  }

  #switch() {
    if (this.tracks.audio) this.tracks.audio.enabled = !this.muted;
    if (this.tracks.video) this.tracks.video.enabled = !this.blind;
  }

  async #furnish() { await Promise.all([...this.ends.values()].map(({ client }) => client.setTracks(this.#sent()))); }

  #changed() { this.dispatchEvent(new Event("changed")); }
}
