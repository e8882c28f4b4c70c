// Calls: who rings, who answers, and the call itself. Media is `call.js`, the same module as at the terminal.

import { el, pick, say, t, when } from "../kit.js";
import { CallClient, openDevices, watchNetwork } from "/calls/call.js";
import { Ringer } from "../ringer.js";

export const title = ["呼叫", "Calls"];
export const order = 10;
export const roles = ["duty"];
export const slot = "calls";

const SIGNED_OUT = 4401;
const RETRY = [500, 1000, 2000, 4000, 8000]; // ms
const ENDED_SECONDS = 8;
const MINE = "yizhan.call"; // sessionStorage: the call of this window, so that a reload takes it up again
const TOPICS = "yizhan.topics"; // localStorage: the queues this desk does not serve
const REASONS = {
  hung_up: ["对方已挂断", "The visitor hung up"],
  staff_hung_up: ["您已挂断", "You hung up"],
  staff_left: ["窗口离开太久，通话已结束", "This window was away too long; the call is over"],
  lost_network: ["驿站断网，通话已结束", "The station lost its network; the call is over"],
  no_media: ["画面和声音没有接通", "Neither picture nor sound came about"],
  session_ended: ["对方已离开", "The visitor has left"],
  shutdown: ["驿站的终端已关机", "The station's terminal was shut down"],
  no_answer: ["无人接听", "Nobody answered"],
  no_staff: ["无人值班", "Nobody was on duty"],
  busy: ["全部忙线", "Everybody was in a call"],
  refused: ["呼叫被拒绝", "The call was refused"],
  interrupted: ["驿站断电", "The station lost power"],
  moved: ["通话已转到您的另一个窗口", "The call went on in your other window"],
};
const QUICK = [
  ["您好，请讲。", "Hello, please go ahead."],
  ["请稍等，正在为您处理。", "One moment, we are seeing to it."],
  ["已通知附近的工作人员。", "Somebody nearby has been told."],
];

export function mount(section, ctx) {
  new CallsPanel(section, ctx).open();
}

class CallsPanel {
  constructor(section, ctx) {
    Object.assign(this, { section, ctx, socket: null, tries: 0, calls: [], topics: new Map(), rows: new Map() });
    this.talk = null; // {id, client, since, tracks, unwatch, up}
    this.ringer = new Ringer();
    this.hidden = new Set(JSON.parse(localStorage.getItem(TOPICS) ?? "[]"));
    this.build();
  }

  build() {
    this.state = el("p", { class: "badge warn", role: "status" }, t("正在连接…", "Connecting…"));
    this.bell = el("button", { class: "quiet", onclick: () => this.wakeBell() }, t("开启铃声", "Turn the bell on"));
    this.queues = el("div", { class: "queues" });
    this.list = el("ul", { class: "waiting" });
    this.none = el("li", { class: "empty" }, t("现在没有人呼叫", "Nobody is calling"));
    this.theirs = el("video", { class: "theirs", label: ["对方的画面", "The visitor's picture"] });
    this.ours = el("video", { class: "ours", label: ["自己的画面", "Your own picture"] });
    for (const video of [this.theirs, this.ours]) Object.assign(video, { autoplay: true, playsInline: true });
    this.ours.muted = true;
    this.dark = el("p", { class: "dark" }, t("这个驿站没有画面，只有声音", "No picture from this station, sound only"));
    this.dark.hidden = true;
    this.who = el("h3", {});
    this.clock = el("span", { class: "clock" });
    this.line = el("p", { class: "badge info", role: "status" });
    this.mute = el("button", { class: "quiet", onclick: () => this.toggle("audio") });
    this.blind = el("button", { class: "quiet", onclick: () => this.toggle("video") });
    this.end = el("button", { class: "main", onclick: () => this.hangUp() }, t("挂断", "Hang up"));
    this.text = el("input", { class: "field", placeholder: ["发一行字到屏幕上", "A line for the visitor's screen"] });
    this.text.maxLength = 500;
    const form = el("form", { onsubmit: (event) => this.sendText(event) },
      this.text, el("button", {}, t("发送", "Send")));
    const quick = QUICK.map((pair) => el("button", { class: "quiet", onclick: () => this.quick(pair) }, t(...pair)));
    this.log = el("ul", { class: "texts" });
    this.stage = el("div", { class: "stage" },
      el("div", { class: "pictures" }, this.theirs, this.dark, this.ours),
      el("div", { class: "talk" }, this.who, el("p", {}, this.clock), this.line,
        el("div", { class: "keys" }, this.mute, this.blind, this.end),
        el("div", { class: "keys" }, ...quick), form, this.log));
    this.stage.hidden = true;
    this.records = el("tbody", {});
    this.past = el("details", {}, el("summary", {}, t("最近的呼叫", "Latest calls")),
      el("table", { class: "table" }, this.records));
    this.section.append(el("div", { class: "head" }, this.state, this.bell), this.queues, this.stage, this.list, this.past);
    this.drawList();
  }

  open() {
    this.connect();
    this.ctx.every(1, () => this.second(), { always: true });
    this.ctx.every(20, () => this.loadNames(), { always: true });
    addEventListener("pagehide", () => this.ringer.quiet());
  }

  async loadNames() {
    const topics = await this.ctx.api("GET", "/api/console/calls/topics");
    this.topics = new Map(topics.map((topic) => [topic.id, topic.name]));
    this.drawQueues();
    if (this.past.open || !this.records.childElementCount) await this.loadRecords();
    this.drawList();
  }

  async loadRecords() {
    const rows = await this.ctx.api("GET", "/api/console/calls?limit=12");
    this.records.replaceChildren(...rows.map((row) => el("tr", {},
      el("td", {}, when(row.started)), el("td", {}, this.station(row.station)), el("td", {}, this.topic(row.topic)),
      el("td", {}, row.by_name || "—"),
      el("td", {}, row.reason ? t(...(REASONS[row.reason] ?? [row.reason, row.reason])) : t("进行中", "Under way")),
      el("td", {}, row.answered ? clock(row.talk_seconds) : clock(row.ring_seconds)))));
  }

  // -- the line to the hub --------------------------------------------------------------------------------------------

  connect() {
    const socket = new WebSocket(this.ctx.socketUrl("/api/console/calls/live"));
    this.socket = socket;
    socket.onopen = () => {
      this.tries = 0;
      this.mood("good", ["值班中", "On duty"]);
      this.serve();
      const mine = this.talk?.id ?? sessionStorage.getItem(MINE);
      if (mine) this.send({ type: "resume", call: mine });
    };
    socket.onmessage = ({ data }) => this.take(JSON.parse(data));
    socket.onclose = ({ code }) => this.lost(code);
  }

  lost(code) {
    this.socket = null;
    this.calls = [];
    this.drawList();
    if (code === SIGNED_OUT) {
      this.mood("bad", ["登录已失效，请重新登录", "You are signed out; please sign in again"]);
      return;
    }
    this.mood("bad", ["与服务器断开，正在重连…", "The hub is away; reconnecting…"]);
    const wait = RETRY[Math.min(this.tries++, RETRY.length - 1)] * (0.5 + Math.random() / 2);
    setTimeout(() => this.connect(), wait);
  }

  send(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  serve() {
    const served = [...this.topics.keys()].filter((topic) => !this.hidden.has(topic));
    this.send({ type: "serve", topics: this.hidden.size ? served : null });
  }

  take(message) {
    const mine = message.call !== undefined && message.call === this.talk?.id;
    if (message.type === "calls") this.board(message.calls);
    else if (message.type === "accepted") this.accepted(message);
    else if (message.type === "lost") this.ctx.notify([`${message.by || "同事"} 已接听`, `${message.by || "A colleague"} took it`], "info");
    else if (message.type === "signal" && mine) this.talk.client.receive(message.data);
    else if (message.type === "text" && mine) this.note(message.text, "got");
    else if (message.type === "moved" && mine) this.over("moved");
    else if (message.type === "ended") {
      sessionStorage.removeItem(MINE);
      if (mine) this.over(message.reason);
    }
  }

  board(calls) {
    const at = performance.now() / 1000;
    this.calls = calls.map((call) => ({ ...call, since: at - call.seconds }));
    this.drawList();
    const row = this.calls.find((call) => call.call === this.talk?.id);
    if (row && this.talk) this.talk.row = row;
  }

  // -- the call -------------------------------------------------------------------------------------------------------

  answer(call) {
    this.wakeBell();
    this.devices = openDevices();
    this.send({ type: "answer", call });
  }

  accepted({ call, station, topic, ice }) {
    if (this.talk?.id === call) { // the line was away; picture and sound went on
      this.talk.client.lineBack();
      return;
    }
    if (this.talk) this.drop();
    sessionStorage.setItem(MINE, call);
    const client = new CallClient({ offers: false, ice, send: (data) => this.send({ type: "signal", call, data }) });
    const talk = { id: call, client, since: performance.now() / 1000, tracks: {}, unwatch: watchNetwork(client) };
    this.talk = talk;
    this.section.call = client;
    client.addEventListener("remote", ({ detail }) => { this.theirs.srcObject = detail; this.theirs.play().catch(() => {}); });
    client.addEventListener("turned", () => this.drawLine());
    client.start();
    this.who.replaceChildren(this.station(station), " · ", this.topic(topic));
    this.log.replaceChildren();
    this.stage.hidden = false;
    this.stage.classList.toggle("alarm", topic === "alarm");
    this.drawLine();
    this.ctx.show();
    (this.devices ?? openDevices()).then((tracks) => this.furnish(talk, tracks));
    this.devices = null;
  }

  async furnish(talk, tracks) {
    if (this.talk !== talk) {
      Object.values(tracks).forEach((track) => track?.stop());
      return;
    }
    talk.tracks = tracks;
    this.ours.srcObject = tracks.video ? new MediaStream([tracks.video]) : null;
    if (!tracks.audio) this.ctx.notify(["没有麦克风：对方听不到您，请用文字", "No microphone: write instead"], "bad");
    this.drawKeys();
    await talk.client.setTracks(tracks);
  }

  hangUp() {
    if (!this.talk) return;
    this.send({ type: "hang_up", call: this.talk.id });
    this.over("staff_hung_up");
  }

  over(reason) {
    this.drop();
    sessionStorage.removeItem(MINE);
    this.stage.hidden = true;
    this.ctx.notify(REASONS[reason] ?? [reason, reason], reason === "lost_network" ? "bad" : "info");
    this.loadRecords().catch(() => {});
  }

  drop() {
    const talk = this.talk;
    this.talk = this.section.call = null;
    talk.unwatch();
    talk.client.close();
    Object.values(talk.tracks).forEach((track) => track?.stop());
    this.theirs.srcObject = this.ours.srcObject = null;
  }

  toggle(kind) {
    const track = this.talk?.tracks[kind];
    if (track) track.enabled = !track.enabled;
    this.drawKeys();
  }

  sendText(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.write(text);
  }

  // The visitor's language is not known here: both, when the desk itself is not in Chinese.
  quick(pair) { this.write(say(pair) === pair[0] ? pair[0] : pair.join(" ")); }

  write(text) {
    if (!this.talk) return;
    this.send({ type: "text", call: this.talk.id, text });
    this.note(text, "sent");
  }

  note(text, whose) { this.log.append(el("li", { class: whose }, text)); }

  // -- drawing --------------------------------------------------------------------------------------------------------

  mood(colour, pair) {
    this.state.className = `badge ${colour}`;
    this.state.replaceChildren(t(...pair));
  }

  station(id) { return pick(this.ctx.stations()?.find((station) => station.id === id)?.name, id); }

  topic(id) { return pick(this.topics.get(id), id); }

  drawQueues() {
    const keys = [...this.topics.keys()].filter((id) => id !== "alarm").join();
    if (keys === this.queueKeys) return;
    this.queueKeys = keys;
    this.queues.replaceChildren(...keys.split(",").filter(Boolean).map((id) => {
      const box = el("input", { type: "checkbox", onchange: () => this.choose(id, box.checked) });
      box.checked = !this.hidden.has(id);
      return el("label", {}, box, this.topic(id));
    }));
    this.serve();
  }

  choose(topic, wanted) {
    if (wanted) this.hidden.delete(topic);
    else this.hidden.add(topic);
    localStorage.setItem(TOPICS, JSON.stringify([...this.hidden]));
    this.serve();
  }

  drawList() {
    const waiting = this.calls.filter((call) => call.ringing);
    const rings = waiting.filter((call) => call.rings);
    this.ringer.ring(rings.length > 0, rings.some((call) => call.alarm));
    this.bell.hidden = this.ringer.awake;
    this.ctx.attention(rings.length);
    const shown = this.calls.filter((call) => call.call !== this.talk?.id);
    const rows = shown.map((call) => this.keep(call));
    if (!rows.length) rows.push(this.none);
    // What is already in its place is left alone: a key must not vanish under the finger that presses it.
    for (const node of [...this.list.children]) if (!rows.includes(node)) node.remove();
    rows.forEach((node, place) => {
      if (this.list.children[place] !== node) this.list.insertBefore(node, this.list.children[place] ?? null);
    });
    for (const id of this.rows.keys()) if (!shown.some((call) => call.call === id)) this.rows.delete(id);
  }

  keep(call) {
    const looks = JSON.stringify([call.ringing, call.by, call.away, call.alarm, this.talk === null, this.topics.size,
      (this.ctx.stations() ?? []).length]);
    let kept = this.rows.get(call.call);
    if (kept?.looks !== looks) {
      const node = this.row(call);
      kept?.node.replaceWith(node);
      kept = { looks, node };
      this.rows.set(call.call, kept);
    }
    return kept.node;
  }

  row(call) {
    const time = el("span", { class: "clock" }, clock(performance.now() / 1000 - call.since));
    time.dataset.since = call.since;
    const words = [el("strong", {}, this.station(call.station)), " ", this.topic(call.topic), " ", time];
    if (call.alarm) words.unshift(el("span", { class: "badge bad" }, t("报警", "Alarm")), " ");
    if (call.away) words.push(" ", el("span", { class: "badge warn" }, t("驿站断网", "Station offline")));
    const key = [];
    if (call.ringing) {
      const button = el("button", { class: "main", onclick: () => this.answer(call.call) }, t("接听", "Answer"));
      button.disabled = this.talk !== null || call.away;
      button.dataset.call = call.call;
      key.push(button);
    } else if (call.account === this.ctx.staff.name && !this.talk) {
      key.push(el("button", { onclick: () => this.send({ type: "resume", call: call.call }) }, t("接回来", "Take it up again")));
    } else {
      words.push(" ", t(`${call.by || "…"} 正在通话`, `with ${call.by || "…"}`));
    }
    return el("li", { class: call.alarm ? "alarm" : "" }, el("span", {}, ...words), ...key);
  }

  drawLine() {
    if (!this.talk) return;
    const up = this.talk.client.up;
    this.line.className = `badge ${up ? "good" : "warn"}`;
    this.line.replaceChildren(up ? t("已接通", "Connected") : t("正在接通画面和声音…", "Connecting picture and sound…"));
    this.section.dataset.call = up ? "up" : "down";
    this.drawKeys();
  }

  drawKeys() {
    const { audio, video } = this.talk?.tracks ?? {};
    this.mute.disabled = !audio;
    this.blind.disabled = !video;
    this.mute.replaceChildren(audio?.enabled === false ? t("打开麦克风", "Unmute") : t("静音", "Mute"));
    this.blind.replaceChildren(video?.enabled === false ? t("打开摄像头", "Camera on") : t("关摄像头", "Camera off"));
  }

  second() {
    for (const time of this.list.querySelectorAll("[data-since]")) {
      time.textContent = clock(performance.now() / 1000 - Number(time.dataset.since));
    }
    if (!this.talk) {
      delete this.section.dataset.call;
      return;
    }
    this.clock.textContent = clock(performance.now() / 1000 - this.talk.since);
    this.dark.hidden = this.talk.row?.media?.camera !== false;
  }

  wakeBell() {
    this.ringer.wake();
    this.bell.hidden = this.ringer.awake;
  }
}

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
