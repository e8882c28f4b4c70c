// Alarms, over every page: they sound until a person has them and stay until a person has ended them.

import { el, pick, t } from "../kit.js";
import { alarmCard } from "../alarms/card.js";
import { askColleague, askNote, askReason } from "../alarms/dialogs.js";
import { Line } from "../line.js";
import { ringer } from "../ringer.js";

export const title = ["报警", "Alarms"];
export const order = 5;
export const roles = ["duty", "manager"];
export const slot = "alarms";

const PATIENCE = 3000; // ms without a line before that is said

export function mount(section, ctx) {
  new Watch(section, ctx).open();
}

class Watch {
  constructor(section, ctx) {
    Object.assign(this, { section, ctx, rows: [], reasons: [], account: ctx.staff.name, looks: "" });
    this.line = new Line(ctx.socketUrl("/api/console/alarms/live"));
    this.lost = el("p", { class: "badge bad", role: "status" }, t("收不到报警：与服务器断开，正在重连…", "Alarms do not arrive: the hub is away, reconnecting…"));
    this.silent = el("button", { type: "button", class: "main", onclick: () => this.wake() }, t("开启报警声", "Turn the alarm's sound on"));
    this.list = el("ul", { class: "alarms", "aria-live": "assertive" });
    this.faults = el("details", { class: "faults" });
    this.lost.hidden = this.silent.hidden = this.faults.hidden = true;
    section.append(this.lost, this.silent, this.list, this.faults);
    section.hidden = true;
  }

  open() {
    this.line.addEventListener("up", () => this.up(true));
    this.line.addEventListener("down", () => this.up(false));
    this.line.addEventListener("message", ({ detail }) => this.take(detail));
    this.line.open();
    this.ctx.every(2, () => this.second(), { always: true });
    addEventListener("keydown", (event) => {
      if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyJ" && !document.querySelector("dialog[open]")) {
        event.preventDefault();
        this.takeFirst();
      }
    });
  }

  up(on) {
    clearTimeout(this.patience);
    if (on) this.lost.hidden = true;
    else this.patience = setTimeout(() => { this.lost.hidden = false; this.draw(); }, PATIENCE);
    this.draw();
  }

  take(message) {
    if (message.type === "test") this.line.send({ type: "tested", test: message.test });
    if (message.type !== "alarms") return;
    this.rows = message.alarms;
    this.reasons = message.reasons;
    this.draw();
    dispatchEvent(new CustomEvent("alarms-changed"));
  }

  get urgent() { return this.rows.filter((row) => row.urgent); }

  draw() {
    const rings = this.rows.some((row) => row.rings);
    ringer.ring("alarms", rings ? "alarm" : "");
    this.section.dataset.sound = ringer.playing; // says to whoever looks (tests, too) what is heard
    this.ctx.alarm(rings);
    this.silent.hidden = !rings || ringer.awake;
    this.drawRows();
    this.section.hidden = !this.rows.length && this.lost.hidden;
  }

  drawRows() {
    const stations = this.ctx.stations();
    const looks = JSON.stringify([this.rows, this.account, stations?.map(({ id, name, address }) => [id, name, address])]);
    if (looks === this.looks) return; // somebody may be about to press something
    this.looks = looks;
    const opened = new Set([...this.list.querySelectorAll("li:has(details[open])")].map((node) => node.dataset.alarm));
    const cards = this.urgent.map((row) => alarmCard(row, { place: this.ctx.station(row.station), account: this.account, act: (what, about) => this.act(what, about) }));
    for (const card of cards) if (opened.has(card.dataset.alarm)) card.querySelector("details").open = true;
    this.list.replaceChildren(...cards);
    this.drawFaults();
  }

  drawFaults() {
    const rows = this.rows.filter((row) => !row.urgent);
    this.faults.hidden = !rows.length;
    const open = this.faults.open;
    this.faults.replaceChildren(
      el("summary", {}, el("span", { class: "badge warn" }, t(`${rows.length} 个驿站的报警自检三天没有通过`, `Self-test of the alarm not passed for three days: ${rows.length}`))),
      el("ul", {}, ...rows.map((row) => el("li", {}, pick(this.ctx.station(row.station)?.name, row.station), " ",
        row.holder ? t(`${row.holder_name} 在处理`, `${row.holder_name} sees to it`)
          : el("button", { type: "button", class: "quiet", onclick: () => this.act("acknowledge", row) }, t("我来处理", "I see to it")),
        el("button", { type: "button", class: "quiet", onclick: () => this.act("close", row) }, t("结束…", "End it…"))))));
    this.faults.open = open;
  }

  second() {
    this.silent.hidden = !this.rows.some((row) => row.rings) || ringer.awake;
    this.drawRows();
  }

  wake() {
    ringer.wake();
    this.silent.hidden = true;
  }

  takeFirst() {
    const first = this.rows.find((row) => row.rings) ?? this.urgent.find((row) => !row.holder);
    if (first) this.act("acknowledge", first);
  }

  act(what, row) {
    ringer.wake();
    const deed = (about, name, body) => this.ctx.api("POST", `/api/console/alarms/${about.id}/${name}`, body);
    if (what === "acknowledge") deed(row, "acknowledge", {}).catch(this.ctx.failed);
    else if (what === "note") askNote(this.ctx, row, deed);
    else if (what === "close") askReason(this.ctx, row, this.reasons, deed);
    else askColleague(this.ctx, row, deed).catch(this.ctx.failed);
  }
}
