// Who rings, who is on hold, who talks to whom; and which queues this desk serves.

import { el, pick, t } from "../kit.js";
import { clock } from "./words.js";

const TOPICS = "yizhan.topics"; // localStorage: the queues this desk does not serve

export class Board {
  // `desk`: {names, account, talks, shown, answer(call), resume(call), show(call), join(call), decline(call)}
  constructor(desk) {
    this.desk = desk;
    this.rows = new Map();
    this.calls = [];
    this.hidden = new Set(JSON.parse(localStorage.getItem(TOPICS) ?? "[]"));
    this.queues = el("div", { class: "queues", role: "group", label: ["我接听的队列", "The queues I serve"] });
    this.list = el("ul", { class: "waiting", label: ["呼叫列表", "Calls"], "aria-live": "polite" });
    this.none = el("li", { class: "empty" }, t("现在没有人呼叫", "Nobody is calling"));
  }

  get served() {
    if (!this.hidden.size) return null;
    return [...this.desk.names.topics.keys()].filter((topic) => !this.hidden.has(topic));
  }

  get first() { return this.calls.find((call) => call.rings && !call.away); }

  set(calls) {
    const at = performance.now() / 1000;
    this.calls = calls.map((call) => ({ ...call, since: at - call.seconds }));
    this.draw();
  }

  drawQueues(onchange) {
    const keys = [...this.desk.names.topics.keys()].filter((id) => id !== "alarm").join();
    if (keys === this.queueKeys) return;
    this.queueKeys = keys;
    this.queues.replaceChildren(...keys.split(",").filter(Boolean).map((id) => {
      const box = el("input", { type: "checkbox", onchange: () => {
        if (box.checked) this.hidden.delete(id);
        else this.hidden.add(id);
        localStorage.setItem(TOPICS, JSON.stringify([...this.hidden]));
        onchange();
      } });
      box.checked = !this.hidden.has(id);
      return el("label", {}, box, this.desk.names.topic(id));
    }));
    onchange();
  }

  draw() {
    const shown = this.calls.filter((call) => call.call !== this.desk.shown?.id);
    const rows = shown.map((call) => this.#keep(call));
    if (!rows.length) rows.push(this.none);
    // What is already in its place is left alone: a key must not vanish under the finger that presses it.
    for (const node of [...this.list.children]) if (!rows.includes(node)) node.remove();
    rows.forEach((node, place) => {
      if (this.list.children[place] !== node) this.list.insertBefore(node, this.list.children[place] ?? null);
    });
    for (const id of this.rows.keys()) if (!shown.some((call) => call.call === id)) this.rows.delete(id);
  }

  second() {
    for (const time of this.list.querySelectorAll("[data-since]")) {
      time.textContent = clock(performance.now() / 1000 - Number(time.dataset.since));
    }
  }

  #keep(call) {
    const { since, seconds, ...facts } = call;
    const talk = this.desk.talks.get(call.call);
    const looks = JSON.stringify([facts, !!talk, !!this.desk.shown && !this.desk.shown.held, this.desk.names.version]);
    let kept = this.rows.get(call.call);
    if (kept?.looks !== looks) {
      const node = this.#row(call, talk);
      kept?.node.replaceWith(node);
      kept = { looks, node };
      this.rows.set(call.call, kept);
    }
    return kept.node;
  }

  #row(call, talk) {
    const { names } = this.desk;
    const time = el("span", { class: "clock", "aria-live": "off" }, clock(performance.now() / 1000 - call.since));
    time.dataset.since = call.since;
    const words = [el("strong", {}, names.station(call.station)), " ", names.topic(call.topic), " ", time];
    if (call.alarm) words.unshift(el("span", { class: "badge bad" }, t("报警", "Alarm")), " ");
    if (call.away) words.push(" ", el("span", { class: "badge warn" }, t("驿站断网", "Station offline")));
    if (call.ringing && call.position > 1) words.push(" ", el("span", { class: "soft" }, t(`第 ${call.position} 位`, `no. ${call.position} in line`)));
    if (call.from) words.push(" ", el("span", { class: "badge info" }, t(`${call.from} 转来`, `from ${call.from}`)));
    if (call.note && (call.ringing || call.invited)) words.push(el("div", { class: "soft" }, t(call.note, call.note)));
    return el("li", { class: call.alarm ? "alarm" : "" }, el("span", {}, ...words), el("span", { class: "keys" }, ...this.#keys(call, talk, words)));
  }

  #keys(call, talk, words) {
    if (call.invited) {
      return [
        el("button", { class: "main", onclick: () => this.desk.join(call.call) }, t("加入通话", "Join the call")),
        el("button", { onclick: () => this.desk.decline(call.call) }, t("谢绝", "Decline")),
      ];
    }
    if (talk) return [el("button", { onclick: () => this.desk.show(call.call) }, call.held ? t("接回来", "Take it up again") : t("看这个通话", "Show this call"))];
    if (call.ringing) {
      const button = el("button", { class: "main", onclick: () => this.desk.answer(call.call) }, t("接听", "Answer"));
      // Whoever talks puts that call on hold first; the alarm does it for them.
      button.disabled = call.away || (!call.alarm && !!this.desk.shown && !this.desk.shown.held);
      button.dataset.call = call.call;
      return [button];
    }
    if (call.account === this.desk.account) {
      return [el("button", { onclick: () => this.desk.resume(call.call) }, t("接回来", "Take it up again"))];
    }
    words.push(" ", t(`${call.by || "…"} 正在通话`, `with ${call.by || "…"}`));
    return [];
  }
}
