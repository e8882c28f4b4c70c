// The call that is looked at: pictures, who takes part, what is off, texts, and what can be done.

import { el, say, t } from "../kit.js";
import { askDoor, askPage, askPerson, askTransfer } from "./dialogs.js";
import { CAMERAS, DOOR, PAGE_STATES, QUALITY, QUICK, clock } from "./words.js";

export class Stage {
  // `desk`: {names, account, staff, hangUp(), hold(on), send(object)}
  constructor(desk) {
    this.desk = desk;
    this.talk = null;
    this.theirs = video("theirs", ["对方的画面", "The visitor's picture"]);
    this.ours = video("ours", ["自己的画面", "Your own picture"]);
    this.ours.muted = true;
    this.others = el("div", { class: "others" });
    this.dark = el("p", { class: "dark" });
    this.who = el("h3", {});
    this.clock = el("span", { class: "clock" });
    this.line = el("span", { class: "badge info", role: "status" });
    this.facts = el("ul", { class: "facts", "aria-live": "polite" });
    this.mute = el("button", { class: "quiet", onclick: () => this.talk.toggle("audio") });
    this.blind = el("button", { class: "quiet", onclick: () => this.talk.toggle("video") });
    this.hold = el("button", { class: "quiet", onclick: () => this.desk.hold(!this.talk.held) });
    this.give = el("button", { class: "quiet", onclick: () => askTransfer(this.desk, this.talk) }, t("转接…", "Hand over…"));
    this.back = el("button", { class: "quiet", onclick: () => this.talk.send({ type: "take_back" }) }, t("收回转接", "Take it back"));
    this.ask = el("button", { class: "quiet", onclick: () => askPerson(this.desk, this.talk) }, t("请人加入…", "Ask somebody in…"));
    this.page = el("button", { class: "quiet", onclick: () => askPage(this.desk, this.talk) }, t("给对方看…", "Show a page…"));
    this.door = el("button", { class: "quiet", onclick: () => askDoor(this.desk, this.talk) }, t("开门…", "Open a door…"));
    this.camera = el("select", { class: "field", label: ["看哪个镜头", "Which camera"], onchange: () => this.#look() });
    this.end = el("button", { class: "main", onclick: () => this.desk.hangUp() });
    this.text = el("input", { class: "field", placeholder: ["发一行字到屏幕上", "A line for the visitor's screen"], label: ["发一行字到屏幕上", "A line for the visitor's screen"] });
    this.text.maxLength = 500;
    const form = el("form", { onsubmit: (event) => this.#write(event) }, this.text, el("button", {}, t("发送", "Send")));
    const quick = QUICK.map((pair) => el("button", { class: "quiet", onclick: () => this.#quick(pair) }, t(...pair)));
    this.log = el("ul", { class: "texts", "aria-live": "polite", label: ["文字", "Texts"] });
    this.node = el("div", { class: "stage" },
      el("div", { class: "pictures" }, this.theirs, this.dark, this.others, this.ours),
      el("div", { class: "talk" },
        el("div", { class: "title" }, this.who, this.clock, this.line), this.facts,
        el("div", { class: "keys" }, this.mute, this.blind, this.hold, this.end),
        el("div", { class: "keys" }, this.give, this.back, this.ask, this.page, this.door, this.camera),
        this.log, form, el("div", { class: "keys quick" }, ...quick)));
    this.node.hidden = true;
    this.drawn = () => this.draw();
  }

  show(talk) {
    if (talk === this.talk) return;
    this.talk?.removeEventListener("changed", this.drawn);
    this.talk?.show(false);
    this.talk = talk;
    this.node.hidden = !talk;
    for (const screen of [this.theirs, this.ours]) screen.srcObject = null;
    this.others.replaceChildren();
    this.log.replaceChildren();
    if (!talk) return;
    talk.addEventListener("changed", this.drawn);
    talk.show(true);
    this.draw();
  }

  second() {
    if (this.talk) this.clock.textContent = clock(performance.now() / 1000 - this.talk.since);
  }

  draw() {
    const talk = this.talk;
    if (!talk) return;
    const { names } = this.desk;
    const main = talk.main?.account === this.desk.account || !talk.main;
    this.node.classList.toggle("alarm", talk.topic === "alarm");
    this.node.classList.toggle("held", talk.held);
    this.who.replaceChildren(names.station(talk.station), " · ", names.topic(talk.topic));
    play(this.theirs, talk.ends.get("")?.stream, talk.held);
    play(this.ours, this.#reflect(talk.tracks.video), true);
    this.#drawOthers(talk);
    this.#drawFacts(talk, names, main);
    this.mute.disabled = !talk.tracks.audio;
    this.blind.disabled = !talk.tracks.video;
    label(this.mute, talk.muted, ["打开麦克风", "Unmute"], ["静音", "Mute"]);
    label(this.blind, talk.blind, ["打开摄像头", "Camera on"], ["关摄像头", "Camera off"]);
    label(this.hold, talk.held, ["恢复通话", "Resume"], ["保持", "Hold"]);
    label(this.end, main, ["挂断", "Hang up"], ["离开通话", "Leave the call"]);
    for (const key of [this.hold, this.ask]) key.hidden = !main;
    this.give.hidden = !main || !!talk.moving;
    this.back.hidden = !main || !talk.moving;
    this.#drawCameras(talk.own);
    this.#drawTexts(talk);
  }

  // A stream of our own picture: the same one for the same track, or it would begin anew at every change.
  #reflect(track) {
    if (track && this.mirror?.getTracks()[0] !== track) this.mirror = new MediaStream([track]);
    return track ? this.mirror : null;
  }

  #drawOthers(talk) {
    const known = new Map([...this.others.children].map((node) => [node.dataset.peer, node]));
    for (const { peer, name, stream } of talk.others) {
      let node = known.get(peer);
      if (!node) {
        node = el("figure", {}, video("", [name, name]), el("figcaption", {}, name));
        node.dataset.peer = peer;
        this.others.append(node);
      }
      known.delete(peer);
      play(node.querySelector("video"), stream, talk.held);
    }
    for (const node of known.values()) node.remove();
  }

  #drawFacts(talk, names, main) {
    const up = talk.up;
    this.line.className = `badge ${talk.held ? "warn" : up ? "good" : "warn"}`;
    this.line.replaceChildren(talk.held ? t("保持中", "On hold") : up ? t("已接通", "Connected") : t("正在接通画面和声音…", "Connecting picture and sound…"));
    const found = [];
    const tell = (mood, zh, en) => found.push([mood, zh, en]);
    if (talk.row?.away) tell("warn", "驿站断网", "Station offline");
    if (talk.own?.muted) tell("warn", "对方关了麦克风", "The visitor's microphone is off");
    if (talk.own && talk.own.volume === 0) tell("warn", "对方把声音关掉了", "The visitor turned the sound off");
    if (talk.own && talk.own.quality !== "good") tell("warn", ...QUALITY[talk.own.quality]);
    if (talk.muted) tell("warn", "您静音了", "You are muted");
    if (talk.blind) tell("info", "您关了摄像头", "Your camera is off");
    if (talk.moving) tell("info", `正在转给 ${names.target(talk.moving)[0]}`, `Handing over to ${names.target(talk.moving)[1]}`);
    for (const other of talk.others) tell("info", `${other.name} 也在`, `${other.name} takes part`);
    if (!main && talk.main) tell("info", `${talk.main.name} 负责这个通话`, `${talk.main.name} has this call`);
    for (const other of talk.others) if (!other.microphone) tell("info", `${other.name} 静音了`, `${other.name} is muted`);
    if (talk.page) tell(talk.page.state === "unknown" ? "bad" : "info", ...PAGE_STATES[talk.page.state]);
    if (talk.door?.waiting) tell("info", "开门指令已发出…", "The order to open is on its way…");
    else if (talk.door) tell(talk.door.code === "opened" ? "good" : "bad", ...(DOOR[talk.door.code] ?? DOOR.no_answer));
    if (talk.note) tell("info", `备注：${talk.note}`, `Note: ${talk.note}`);
    const said = JSON.stringify(found);
    if (said !== this.said) { // drawn anew, all of it would be read aloud again
      this.said = said;
      this.facts.replaceChildren(...found.map(([mood, zh, en]) => el("li", { class: `badge ${mood}` }, t(zh, en))));
    }
    const camera = talk.row?.media?.camera !== false;
    this.dark.hidden = camera && !talk.held;
    this.dark.replaceChildren(talk.held ? t("保持中，画面和声音暂停", "On hold: picture and sound are paused")
      : t("这个驿站没有画面，只有声音", "No picture from this station, sound only"));
  }

  #drawCameras(own) {
    const cameras = own?.cameras ?? [];
    this.camera.hidden = cameras.length < 2;
    const keys = cameras.join();
    if (keys !== this.cameraKeys) {
      this.cameraKeys = keys;
      this.camera.replaceChildren(...cameras.map((name) => {
        const option = el("option", { value: name }, t(...(CAMERAS[name] ?? [name, name])));
        return option;
      }));
    }
    if (own) this.camera.value = own.camera;
  }

  #drawTexts(talk) {
    const drawn = new Map([...this.log.children].map((row) => [row.dataset.id, row]));
    const rows = talk.lines.map((line) => drawn.get(line.id) ?? textRow(line));
    talk.lines.forEach(({ said }, at) => rows[at].classList.toggle("unsaid", !said));
    if (rows.length === drawn.size && rows.every((row, at) => row === this.log.children[at])) return;
    this.log.replaceChildren(...rows);
    this.log.scrollTop = this.log.scrollHeight;
  }

  #look() { this.talk.send({ type: "camera", camera: this.camera.value }); }

  #write(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.talk.write(text);
  }

  // The visitor's language is not known here: both, when the desk itself is not in Chinese.
  #quick(pair) { this.talk.write(say(pair) === pair[0] ? pair[0] : pair.join(" ")); }
}

function textRow({ id, by, text, mine }) {
  const who = by && !mine ? el("span", { class: "soft" }, `${by}：`) : null;
  return el("li", { class: mine ? "sent" : "got", "data-id": id }, who, text);
}

function video(name, words) {
  const node = el("video", { class: name, label: words });
  Object.assign(node, { autoplay: true, playsInline: true });
  return node;
}

function play(node, stream, muted) {
  node.muted = muted;
  if (node.srcObject === (stream ?? null)) return;
  node.srcObject = stream ?? null;
  if (stream) node.play().catch(() => {});
}

function label(key, on, yes, no) {
  key.setAttribute("aria-pressed", String(!!on));
  const words = on ? yes : no;
  if (key.firstChild?.words?.[0] !== words[0]) key.replaceChildren(t(...words));
}
