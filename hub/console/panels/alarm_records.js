// Alarms that are over: where, when, how soon somebody had them, why they ended, and everything that happened.

import { el, pick, t, tableHead, when } from "../kit.js";
import { history } from "../alarms/card.js";
import { askDrill } from "../alarms/dialogs.js";
import { SOURCES, standing } from "../alarms/words.js";

export const title = ["报警记录", "Alarm records"];
export const order = 45;
export const roles = ["duty", "manager"];

const PAGE = 50;

function soon(row) {
  if (!row.acknowledged) return t("无人接警", "nobody");
  const seconds = Math.max(0, Math.round((new Date(row.acknowledged) - new Date(row.arrived)) / 1000));
  return t(`${row.acknowledged_by}，${seconds} 秒`, `${row.acknowledged_by}, ${seconds} s`);
}

const record = (row, ctx) => el("tr", {},
  el("td", {}, when(row.raised, "full")),
  el("td", {}, pick(ctx.station(row.station)?.name, row.station)),
  el("td", {}, t(...SOURCES[row.source]), row.drill ? t("（演练）", " (drill)") : null),
  el("td", {}, soon(row)),
  el("td", {}, t(...standing(row).slice(1))),
  el("td", {}, history(row)));

export function mount(section, ctx) {
  let shown = [];
  const body = el("tbody", {});
  const none = el("p", { class: "empty" }, t("还没有结束的报警。", "No alarm has ended yet."));
  const more = el("button", { type: "button", class: "quiet" }, t("更早的", "Earlier"));
  const head = [["时间", "When"], ["驿站", "Station"], ["怎么报的", "By"], ["谁接警、多快", "Who had it, how soon"], ["结果", "Outcome"], ["经过", "Steps"]];
  const table = el("table", { class: "table" }, tableHead(head), body);

  async function load(before = "") {
    const query = new URLSearchParams({ state: "past", limit: PAGE, before });
    const rows = await ctx.api("GET", `/api/console/alarms?${query}`);
    shown = before ? [...shown, ...rows] : rows;
    body.replaceChildren(...shown.map((row) => record(row, ctx)));
    table.hidden = !shown.length;
    none.hidden = shown.length > 0;
    more.hidden = rows.length < PAGE;
  }

  more.addEventListener("click", () => load(shown.at(-1).arrived).catch(ctx.failed));
  const drill = el("button", { type: "button", onclick: () => askDrill(ctx) }, t("发起演练…", "Begin a drill…"));
  section.append(...(ctx.may("duty") ? [el("div", { class: "bar" }, drill)] : []), table, none, more);
  table.hidden = more.hidden = true;
  ctx.every(30, () => (shown.length > PAGE ? undefined : load()));
  addEventListener("alarms-changed", () => { if (section.offsetParent !== null && shown.length <= PAGE) load().catch(ctx.failed); });
}
