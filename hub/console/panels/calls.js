// Calls: who rings, who answers, and the call itself. Media is `call.js`, the same module as at the terminal; the parts of
// the page are in `console/calls/`.

import { el, pick, t } from "../kit.js";
import { openDevices } from "/calls/call.js";
import { Board } from "../calls/board.js";
import { Line } from "../line.js";
import { Messages } from "../calls/messages.js";
import { Records } from "../calls/records.js";
import { Stage } from "../calls/stage.js";
import { Talk } from "../calls/talk.js";
import { NOT_COMING, REASONS } from "../calls/words.js";
import { ringer } from "../ringer.js";

export const title = ["呼叫", "Calls"];
export const order = 10;
export const roles = ["duty"];
export const slot = "calls";

const MINE = "yizhan.calls"; // sessionStorage: the calls of this window, so that a reload takes them up again
const KEYS = { KeyA: "answerFirst", KeyM: "mute", KeyH: "holdKey", KeyE: "hangUp" };

export function mount(section, ctx) {
  new Desk(section, ctx).open();
}

class Desk {
  constructor(section, ctx) {
    Object.assign(this, { section, ctx, talks: new Map(), staff: [], devices: null });
    this.name = ctx.staff.display_name;
    this.account = ctx.staff.name;
    this.api = ctx.api;
    this.failed = ctx.failed;
    this.notify = ctx.notify;
    this.names = this.#names();
    this.line = new Line(ctx.socketUrl("/api/console/calls/live"));
    this.board = new Board(this);
    this.stage = new Stage(this);
    this.messages = new Messages(this);
    this.records = new Records(this);
    this.build();
  }

  get shown() { return this.stage.talk; }

  build() {
    this.state = el("p", { class: "badge warn", role: "status" }, t("正在连接…", "Connecting…"));
    this.bell = el("button", { class: "quiet", onclick: () => this.wakeBell() }, t("开启铃声", "Turn the bell on"));
    const help = el("p", { class: "hint shortcuts" }, t("Alt+A 接听，Alt+M 静音，Alt+H 保持，Alt+E 挂断，Alt+J 接警", "Alt+A answers, Alt+M mutes, Alt+H holds, Alt+E hangs up, Alt+J takes an alarm"));
    this.section.append(el("div", { class: "head" }, this.state, this.bell), this.board.queues, this.stage.node, this.board.list,
      help, this.messages.node, this.records.node);
    this.board.draw();
  }

  open() {
    this.line.addEventListener("up", () => this.lineUp());
    this.line.addEventListener("down", ({ detail }) => this.lineDown(detail.final));
    this.line.addEventListener("message", ({ detail }) => this.take(detail));
    this.line.open();
    this.ctx.every(1, () => this.second(), { always: true });
    this.ctx.every(20, () => this.load(), { always: true });
    addEventListener("keydown", (event) => {
      const act = event.altKey && !event.ctrlKey && !event.metaKey ? KEYS[event.code] : null;
      if (!act || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      this[act]();
    });
  }

  async load() {
    const [topics, names] = await Promise.all([this.api("GET", "/api/console/calls/topics"), this.api("GET", "/api/console/names")]);
    this.names.set(topics, names.service ?? {});
    this.board.drawQueues(() => this.serve());
    await this.messages.load();
    if (this.records.node.open || !this.records.loaded) await this.records.load();
    this.board.draw();
    this.stage.draw();
  }

  // -- the line to the switchboard ------------------------------------------------------------------------------------

  lineUp() {
    this.mood("good", ["值班中", "On duty"]);
    this.serve();
    const mine = new Set([...this.talks.keys(), ...JSON.parse(sessionStorage.getItem(MINE) ?? "[]")]);
    for (const call of mine) this.send({ type: "resume", call });
  }

  lineDown(final) {
    this.board.set([]);
    this.ring();
    this.mood("bad", final ? ["登录已失效，请重新登录", "You are signed out; please sign in again"]
      : ["与服务器断开，正在重连…", "The hub is away; reconnecting…"]);
  }

  send(message) { this.line.send(message); }

  serve() { this.send({ type: "serve", topics: this.board.served }); }

  take(message) {
    const talk = this.talks.get(message.call);
    switch (message.type) {
      case "calls": this.calls(message.calls); break;
      case "staff": this.staff = message.staff; break;
      case "accepted": this.accepted(message); break;
      case "lost": this.putAway(); this.notify([`${message.by || "同事"} 已接听`, `${message.by || "A colleague"} took it`], "info"); break;
      case "moved": if (talk) this.over(talk, "moved"); break;
      case "ended": this.ended(message, talk); break;
      case "error":
        if (!talk) this.putAway();
        talk?.refused(message.code);
        this.notify([message.title.zh_CN, message.title.en], "bad");
        break;
      case "held":
        talk?.take(message);
        if (talk) this.held(talk);
        break;
      case "invite_failed": this.notInvited(message); break;
      case "rated": this.rated(message); break;
      case "messages": this.messages.load().catch(this.failed); break;
      case "transfer_failed":
        this.notify(["没有人接，通话还在您这里", "Nobody took it: the call is still yours"], "bad");
        talk?.take(message);
        break;
      case "door_report":
        if (!talk) this.notify(["通话结束后收到门锁的回答", "The lock answered after the call was over"], "info");
        talk?.take(message);
        break;
      default: talk?.take(message);
    }
  }

  calls(calls) {
    this.board.set(calls);
    for (const row of calls) {
      const talk = this.talks.get(row.call);
      if (!talk) continue;
      talk.row = row;
      if (row.ringing) continue; // it is being handed over
      talk.moving = null;
      talk.topic = row.topic;
    }
    this.ring();
    this.stage.draw();
  }

  ring() {
    const rings = this.board.calls.filter((call) => call.rings || call.invited);
    ringer.ring("calls", !rings.length ? "" : rings.some((call) => call.alarm) ? "alarm" : "call");
    this.bell.hidden = ringer.awake;
    this.ctx.attention(rings.length);
  }

  notInvited({ account, reason }) {
    const name = this.staff.find((one) => one.account === account)?.name ?? account;
    const words = NOT_COMING[reason] ?? [reason, reason];
    this.notify([`${name}：${words[0]}`, `${name} ${words[1]}`], "info");
  }

  rated({ helpful }) {
    this.notify(helpful ? ["对方说：有帮助", "The visitor says: it helped"] : ["对方说：没帮上", "The visitor says: it did not help"], "info");
  }

  // -- calls ----------------------------------------------------------------------------------------------------------

  answer(call) {
    this.wakeBell();
    this.devices ??= openDevices();
    this.send({ type: "answer", call });
  }

  join(call) {
    this.wakeBell();
    this.devices ??= openDevices();
    this.send({ type: "join", call });
  }

  decline(call) { this.send({ type: "decline", call }); }
  resume(call) { this.send({ type: "resume", call }); }

  accepted(message) {
    let talk = this.talks.get(message.call);
    if (!talk) {
      talk = new Talk(message, this.name, (said) => this.send({ ...said, call: message.call }));
      talk.row = this.board.calls.find((row) => row.call === message.call) ?? null;
      this.talks.set(message.call, talk);
      talk.addEventListener("changed", () => this.tellUp());
      const opened = this.devices ?? openDevices();
      this.devices = null;
      opened.then((tracks) => this.furnish(talk, tracks));
    }
    talk.accepted(message);
    this.keep();
    if (!talk.held) this.look(talk);
    this.ctx.show();
  }

  // The call that is not held is the one to look at.
  held(talk) {
    const other = [...this.talks.values()].find((one) => !one.held);
    if (!talk.held) this.look(talk);
    else if (talk === this.shown && other) this.look(other);
  }

  // A call that somebody else has: nobody is to be heard or seen for it.
  putAway() {
    this.devices?.then((tracks) => Object.values(tracks).forEach((track) => track?.stop()));
    this.devices = null;
  }

  async furnish(talk, tracks) {
    if (!this.talks.has(talk.id)) {
      Object.values(tracks).forEach((track) => track?.stop());
      return;
    }
    if (!tracks.audio) this.notify(["没有麦克风：对方听不到您，请用文字", "No microphone: write instead"], "bad");
    await talk.setTracks(tracks);
  }

  look(talk) {
    this.stage.show(talk);
    this.tellUp();
    this.board.draw();
  }

  // The page says to whoever looks (tests, too) whether the call that is shown is up.
  tellUp() {
    if (this.shown) this.section.dataset.call = this.shown.up ? "up" : "down";
    else delete this.section.dataset.call;
    this.section.call = this.shown?.client ?? null;
  }

  show(call) {
    const talk = this.talks.get(call);
    if (talk.held) this.send({ type: "hold", call, on: false });
    this.look(talk);
  }

  hold(on) { this.send({ type: "hold", call: this.shown.id, on }); }

  hangUp() {
    const talk = this.shown;
    if (!talk) return;
    this.send({ type: "hang_up", call: talk.id });
    this.over(talk, "staff_hung_up");
  }

  ended({ call, reason }, talk) {
    this.forget(call);
    if (talk) this.over(talk, reason);
  }

  over(talk, reason) {
    this.talks.delete(talk.id);
    this.forget(talk.id);
    talk.close();
    if (talk === this.shown) this.look([...this.talks.values()].find((other) => !other.held) ?? null);
    this.notify(REASONS[reason] ?? [reason, reason], reason === "lost_network" ? "bad" : "info");
    this.records.load().catch(() => {});
    this.board.draw();
  }

  keep() { sessionStorage.setItem(MINE, JSON.stringify([...this.talks.keys()])); }

  forget(call) {
    const kept = JSON.parse(sessionStorage.getItem(MINE) ?? "[]");
    sessionStorage.setItem(MINE, JSON.stringify(kept.filter((one) => one !== call)));
  }

  // -- keys -----------------------------------------------------------------------------------------------------------

  answerFirst() {
    const first = this.board.first;
    if (first) this.answer(first.call);
  }

  mute() { this.shown?.toggle("audio"); }
  holdKey() { if (this.shown) this.hold(!this.shown.held); }

  // -- small things ---------------------------------------------------------------------------------------------------

  mood(colour, pair) {
    this.state.className = `badge ${colour}`;
    this.state.replaceChildren(t(...pair));
  }

  second() {
    this.board.second();
    this.stage.second();
    this.bell.hidden = ringer.awake;
  }

  wakeBell() {
    ringer.wake();
    this.bell.hidden = ringer.awake;
  }

  #names() {
    const { ctx } = this;
    return {
      topics: new Map(), services: {}, version: 0,
      set(topics, services) {
        this.topics = new Map(topics.map((topic) => [topic.id, topic.name]));
        this.services = services;
        this.version += 1;
      },
      stations: () => ctx.stations(),
      station: (id) => pick(ctx.station(id)?.name, id),
      topic(id) { return pick(this.topics.get(id), id); },
      // [Chinese, English] of a person or a queue.
      target({ to, topic }) {
        const name = this.topics.get(topic);
        return to ? [to, to] : [name?.zh_CN ?? topic, name?.en || name?.zh_CN || topic];
      },
    };
  }
}
