// Stock by station, as the journal adds up.

import { el, pick, t, tableHead, when } from "../kit.js";

export const title = ["库存", "Stock"];
export const order = 40;
export const roles = ["duty", "manager"];

function state({ quantity, low, expired }) {
  const marks = [];
  if (expired) marks.push(el("span", { class: "badge bad" }, t(`${expired} 件过期`, `${expired} expired`)));
  if (!quantity) marks.push(el("span", { class: "badge bad" }, t("没有了", "None left")));
  else if (low) marks.push(el("span", { class: "badge warn" }, t("快没了", "Low")));
  return marks.length ? marks : [el("span", { class: "badge good" }, t("正常", "Fine"))];
}

function table(rows) {
  const head = [["物资", "Item"], ["数量", "Quantity"], ["最早到期", "First to expire"], ["状态", "State"]];
  return el("table", { class: "table" },
    tableHead(head, { 1: "number" }),
    el("tbody", {}, ...rows.map((row) => el("tr", {},
      el("td", {}, pick(row.name, row.item)),
      el("td", { class: "number" }, String(row.quantity)),
      el("td", {}, row.expires ? when(`${row.expires}T00:00:00`, "date") : "—"),
      el("td", {}, el("div", { class: "bar" }, ...state(row)))))));
}

export function mount(section, ctx) {
  const body = el("div", { class: "stock" });
  const only = el("input", { type: "checkbox" });
  section.append(
    el("div", { class: "choices" }, el("label", {}, only, t("只看要补的", "Only what needs restocking"))), body);
  let shown = "";
  let rows = [];
  function draw() {
    const wanted = rows.filter((row) => !only.checked || row.low || row.expired || !row.quantity);
    const groups = Map.groupBy(wanted, (row) => row.station);
    const none = el("p", { class: "panel empty" }, only.checked && rows.length
      ? t("没有要补的", "Nothing needs restocking") : t("还没有库存记录", "No stock has been recorded yet"));
    body.replaceChildren(...(groups.size ? [...groups].map(([station, items]) => {
      const known = ctx.station(station);
      return el("div", { class: "panel" }, el("h3", {}, pick(known?.name, station), " ",
        known?.name.zh_CN ? el("span", { class: "hint code" }, station) : null), table(items));
    }) : [none]));
  }
  only.addEventListener("change", draw);
  ctx.every(10, async () => {
    rows = await ctx.api("GET", "/api/console/stock");
    const now = JSON.stringify([rows, ctx.stations()?.map(({ name }) => name)]);
    if (now !== shown) draw();
    shown = now;
  });
}
