// Records of calls: who rang, who answered, how long, what happened.

import { dialog, el, closeButton, t, tableHead, when } from "../kit.js";
import { REASONS, STEPS, clock } from "./words.js";

const HEAD = [["时间", "Time"], ["驿站", "Station"], ["队列", "Queue"], ["接听人", "Answered by"], ["结果", "Outcome"],
  ["时长", "How long"], ["评价", "Judged"], ["经过", "What happened"]];

export class Records {
  constructor(desk) {
    this.desk = desk;
    this.rows = el("tbody", {});
    this.topic = el("select", { class: "field", label: ["队列", "Queue"], onchange: () => this.load() });
    this.station = el("select", { class: "field", label: ["驿站", "Station"], onchange: () => this.load() });
    this.day = el("input", { type: "date", class: "field", label: ["日期", "Day"], onchange: () => this.load().catch(this.desk.failed) });
    this.sum = el("p", { class: "soft" });
    this.node = el("details", { class: "past" }, el("summary", {}, t("最近的呼叫", "Latest calls")),
      el("div", { class: "bar" }, this.station, this.topic, this.day), this.sum,
      el("table", { class: "table" }, tableHead(HEAD), this.rows));
    this.node.addEventListener("toggle", () => this.node.open && this.load().catch(this.desk.failed));
  }

  get loaded() { return this.rows.childElementCount > 0; }

  async load() {
    this.#choices();
    const chosen = new URLSearchParams({ limit: 20 });
    if (this.station.value) chosen.set("station", this.station.value);
    if (this.topic.value) chosen.set("topic", this.topic.value);
    if (this.day.value) chosen.set("day", this.day.value);
    const { names, api } = this.desk;
    const rows = await api("GET", `/api/console/calls?${chosen}`);
    this.rows.replaceChildren(...rows.map((row) => el("tr", {},
      el("td", {}, when(row.started)), el("td", {}, names.station(row.station)), el("td", {}, names.topic(row.topic)),
      el("td", {}, row.by_name || "—", row.transfers ? t(`，转接 ${row.transfers} 次`, `, handed over ${row.transfers}×`) : null),
      el("td", {}, row.reason ? t(...(REASONS[row.reason] ?? [row.reason, row.reason])) : t("进行中", "Under way")),
      el("td", {}, row.answered ? t(`通话 ${clock(row.talk_seconds)}`, `${clock(row.talk_seconds)} talked`)
        : t(`响铃 ${clock(row.ring_seconds)}`, `${clock(row.ring_seconds)} rung`)),
      el("td", {}, row.helpful === null ? "" : row.helpful ? t("有帮助", "Helpful") : t("没帮上", "Not helpful")),
      el("td", {}, el("button", { class: "quiet", onclick: () => this.#detail(row).catch(this.desk.failed) }, t("经过", "Steps"))))));
    const sum = await api("GET", `/api/console/calls/summary?${chosen}`.replace("limit=20", ""));
    this.sum.replaceChildren(t(`${sum.calls} 次呼叫，${sum.answered} 次接通，其中 ${sum.answered_soon} 次在 20 秒内；留言 ${sum.messages} 条`,
      `${sum.calls} calls, ${sum.answered} answered, ${sum.answered_soon} of them within 20 s; ${sum.messages} messages left`));
  }

  #choices() {
    const { names } = this.desk;
    if (this.drawn === names.version) return;
    this.drawn = names.version;
    const fill = (select, all, ids, name) => {
      const chosen = select.value;
      select.replaceChildren(el("option", { value: "" }, t(...all)), ...ids.map((id) => el("option", { value: id }, name(id))));
      select.value = chosen;
    };
    fill(this.topic, ["所有队列", "Every queue"], [...names.topics.keys()], (id) => names.topic(id));
    fill(this.station, ["所有驿站", "Every station"], (names.stations() ?? []).map(({ id }) => id), (id) => names.station(id));
  }

  async #detail(row) {
    const detail = await this.desk.api("GET", `/api/console/calls/records/${row.id}`);
    dialog(["通话经过", "What happened in the call"],
      el("ol", { class: "steps" }, ...detail.steps.map((step) => el("li", {},
        when(step.at, "time"), " ", t(...(STEPS[step.kind] ?? [step.kind, step.kind])), " ", step.name, " ", this.#what(step)))),
      el("div", { class: "actions" }, closeButton(["关闭", "Close"])));
  }

  #what({ kind, detail }) {
    if (kind === "call.ended") return t(...(REASONS[detail] ?? [detail, detail]));
    if (kind === "call.started") return this.desk.names.topic(detail);
    if (kind === "call.rated") return detail === "helpful" ? t("有帮助", "helpful") : t("没帮上", "not helpful");
    return detail;
  }
}
