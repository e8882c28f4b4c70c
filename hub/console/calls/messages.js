// Messages left while nobody could be reached: heard, read, dealt with.

import { closeButton, dialog, el, t, when } from "../kit.js";

export class Messages {
  // `desk`: {api, failed, names}. `onopen(number)` hears how many wait.
  constructor(desk) {
    this.desk = desk;
    this.count = el("span", { class: "badge warn" });
    this.list = el("ul", { class: "messages" });
    this.all = el("input", { type: "checkbox", onchange: () => this.load() });
    this.node = el("details", { class: "left" }, el("summary", {}, t("留言", "Messages left"), " ", this.count),
      el("label", { class: "all" }, this.all, t("也看处理过的", "Show those dealt with too")), this.list);
    this.count.hidden = true;
  }

  async load() {
    const rows = await this.desk.api("GET", `/api/console/messages?state=${this.all.checked ? "all" : "open"}&limit=50`);
    const open = rows.filter((row) => !row.done).length;
    this.count.hidden = !open;
    this.count.textContent = open;
    this.node.classList.toggle("waiting-messages", open > 0);
    const looks = JSON.stringify([rows, this.desk.names.version === 0, this.desk.names.stations()?.length]);
    if (looks === this.looks) return; // one that is being listened to must not start again
    this.looks = looks;
    this.list.replaceChildren(...rows.map((row) => this.#row(row)));
    if (!rows.length) this.list.append(el("li", { class: "empty" }, t("没有留言", "No messages")));
  }

  #row(row) {
    const { names } = this.desk;
    const parts = [el("div", {}, el("strong", {}, names.station(row.station)), " ", names.topic(row.topic), " ", when(row.at))];
    if (row.text) parts.push(el("p", { class: "said" }, row.text));
    if (row.voice && row.here) parts.push(el("audio", { controls: true, preload: "none", src: `/api/files/${row.voice}`, label: ["听留言", "Listen to the message"] }));
    else if (row.voice) parts.push(el("p", { class: "soft" }, t("录音还在路上（驿站断网时会晚到）", "The recording is still on its way (later when the station is offline)")));
    if (row.contact) parts.push(el("p", {}, t("回电：", "Call back: "), el("strong", {}, row.contact)));
    if (row.done) parts.push(el("p", { class: "soft" }, t(`${row.done_by} 已处理`, `dealt with by ${row.done_by}`), row.note ? ` · ${row.note}` : "", " ", when(row.done)));
    else parts.push(el("button", { onclick: () => this.#done(row) }, t("已处理…", "Dealt with…")));
    return el("li", {}, ...parts);
  }

  #done(row) {
    const note = el("textarea", { class: "field", rows: "3" });
    note.maxLength = 500;
    const node = dialog(["这条留言处理好了", "This message has been dealt with"], el("form", { onsubmit: (event) => {
      event.preventDefault();
      this.desk.api("POST", `/api/console/messages/${row.id}/done`, { note: note.value })
        .then(() => { node.close(); return this.load(); })
        .catch(this.desk.failed);
    } }, el("label", { class: "row" }, el("span", {}, t("怎么处理的（可不填）", "What was done (optional)")), note),
      el("div", { class: "actions" }, closeButton(), el("button", { class: "main", type: "submit" }, t("确定", "OK")))));
  }
}
