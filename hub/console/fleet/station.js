// One station in full: devices, program, stock, last events, and orders that are good for seconds.

import { el, pick, t, when } from "../kit.js";
import { inWords, readWords } from "../panels/journal.js";
import { DEVICE_STATES, deviceWords, stateBadge, troubles } from "./words.js";

const CLOCKS = { synced: ["已校准", "Synchronised"], held: ["可信", "Plausible"], doubtful: ["不可信", "Not to be trusted"] };
const ORDERS = [
  ["sync", ["现在同步", "Synchronise now"]],
  ["alarm_test", ["测一次报警", "Test the alarm"]],
  ["alarm_drill", ["报警演练", "Alarm drill"]],
  ["lights_on", ["开灯", "Lights on"]],
  ["lights_off", ["关灯", "Lights off"]],
  ["sockets_on", ["插座通电", "Sockets on"]],
  ["sockets_off", ["插座断电", "Sockets off"]],
];
const OUTCOMES = {
  done: ["good", "终端已照办", "The terminal did it"],
  expired: ["bad", "指令到得太晚，没有执行", "The order came too late and was not carried out"],
  "room.occupied": ["warn", "里面有人，没有关", "Somebody is in there: it stays on"],
  "room.no_relay": ["warn", "这个驿站没有接这个开关", "This station has no relay for it"],
  unknown: ["bad", "这台终端不认识这条指令", "This terminal does not know the order"],
};
const EVENTS = 20;

const card = (words, ...nodes) => el("section", { class: "panel" }, el("h3", {}, t(...words)), ...nodes);
const fact = (words, ...values) => [el("dt", {}, t(...words)), el("dd", {}, ...values)];

export class StationView {
  constructor(ctx) {
    Object.assign(this, { ctx, id: "", looks: "" });
    this.node = el("div", { class: "station" });
    this.node.hidden = true;
    this.answer = el("p", { class: "badge", role: "status" });
    this.answer.hidden = true;
    this.orders = el("div", { class: "orders" }, ...ORDERS.map(([name, words]) => el("button", { type: "button", onclick: () => this.order(name) }, t(...words))), this.answer);
  }

  show(id) {
    this.node.hidden = !id;
    if (id === this.id) return;
    Object.assign(this, { id, looks: "" });
    this.answer.hidden = true;
    this.node.replaceChildren();
    if (id) this.load().catch(this.ctx.failed);
  }

  async load() {
    const { id } = this;
    if (!id) return;
    await readWords(this.ctx);
    const at = encodeURIComponent(id);
    const [detail, stock, events, names] = await Promise.all([
      this.ctx.api("GET", `/api/console/fleet/${at}`), this.ctx.api("GET", `/api/console/stock?station=${at}`),
      this.ctx.api("GET", `/api/console/journal?limit=${EVENTS}&station=${at}`), this.ctx.api("GET", "/api/console/names"),
    ]);
    const looks = JSON.stringify([detail, stock, events]);
    if (id !== this.id || looks === this.looks) return;
    this.looks = looks;
    this.draw(detail, stock, events, names);
  }

  draw(detail, stock, events, names) {
    const { station } = detail;
    this.orders.hidden = !this.ctx.may("duty");
    this.node.replaceChildren(
      el("p", {}, el("a", { href: "#fleet" }, t("← 全部驿站", "← All stations"))),
      el("div", { class: "bar" }, el("h2", { class: "grow" }, pick(station.name, station.id)), stateBadge(station)),
      el("p", { class: "hint" }, el("span", { class: "code" }, station.id), " · ", pick(station.district, "—"), " · ", pick(station.address, "—")),
      ...troubles(station), this.orders,
      el("div", { class: "cards" }, this.#devices(detail), this.#program(detail), this.#stock(stock), this.#events(events, names)));
  }

  #devices({ devices }) {
    const rows = devices.map(({ name, state, detail }) => {
      const [mood, ...words] = DEVICE_STATES[state] ?? ["", state, state];
      return el("tr", {}, el("td", {}, t(...deviceWords(name)), detail ? el("div", { class: "hint" }, detail) : null), el("td", {}, el("span", { class: `badge ${mood}` }, t(...words))));
    });
    return card(["设备", "Devices"], rows.length ? el("table", { class: "table" }, el("tbody", {}, ...rows))
      : el("p", { class: "hint" }, t("终端还没有说过", "The terminal has not said yet")));
  }

  #program({ station, heard, enrolled, terminal, clock, disk_free, waiting, catalogue, published, tested }) {
    const behind = published > catalogue && station.version;
    return card(["程序", "Program"], el("dl", { class: "facts" },
      ...fact(["版本", "Version"], station.version || "—"),
      ...fact(["最近联系", "Last heard"], heard ? when(heard, "ago") : "—"),
      ...fact(["目录", "Catalogue"], behind ? t(`第 ${catalogue} 版，最新是 ${published}`, `revision ${catalogue}, the newest is ${published}`) : t("最新", "The newest")),
      ...fact(["未上传的记录", "Entries not sent yet"], String(waiting)),
      ...fact(["已收记录", "Entries taken"], String(station.acknowledged)),
      ...fact(["时钟", "Clock"], t(...(CLOCKS[clock] ?? ["—"]))),
      ...fact(["磁盘剩余", "Disk free"], disk_free < 0 ? "—" : `${(disk_free / 1024).toFixed(1)} GiB`),
      ...fact(["报警自检通过", "Alarm test passed"], tested ? when(tested, "short") : t("还没有", "not yet")),
      ...fact(["登记", "Enrolled"], when(enrolled, "date"), t(`，第 ${terminal} 台终端`, `, terminal ${terminal}`))));
  }

  #stock(rows) {
    const items = rows.map((row) => el("tr", {}, el("td", {}, pick(row.name, row.item)), el("td", { class: "number" }, String(row.quantity)),
      el("td", {}, row.expired ? el("span", { class: "badge bad" }, t(`${row.expired} 件过期`, `${row.expired} expired`)) : row.low ? el("span", { class: "badge warn" }, t("快没了", "Low")) : null)));
    return card(["库存", "Stock"], items.length ? el("table", { class: "table" }, el("tbody", {}, ...items)) : el("p", { class: "hint" }, t("还没有库存记录", "No stock has been recorded yet")));
  }

  #events(events, names) {
    const rows = events.map((entry) => el("li", {}, el("span", { class: "hint" }, when(entry.at)), " ", t(...inWords(entry.kind, entry.body, names))));
    return card(["最新记录", "Latest"], rows.length ? el("ol", { class: "entries" }, ...rows) : el("p", { class: "hint" }, t("还没有记录", "Nothing yet")));
  }

  async order(name) {
    const { id } = this;
    try {
      const { code } = await this.ctx.api("POST", `/api/console/stations/${encodeURIComponent(id)}/commands/${name}`);
      const [mood, ...words] = OUTCOMES[code] ?? ["bad", `终端拒绝了（${code}）`, `The terminal refused (${code})`];
      this.#say(mood, words);
    } catch (error) {
      this.#say("bad", [error.title ?? String(error), error.title ?? String(error)]);
    }
    this.load().catch(this.ctx.failed);
  }

  #say(mood, words) {
    this.answer.className = `badge ${mood}`;
    this.answer.replaceChildren(t(...words));
    this.answer.hidden = false;
  }
}
