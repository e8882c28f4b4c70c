// How people get in: openings, refusals with their reasons, locks that failed, doors that want somebody to look.

import { weather } from "../entry/weather.js";
import { el, pick, t, tableHead, when } from "../kit.js";

export const title = ["进站", "Entry"];
export const order = 35;
export const roles = ["duty", "manager"];

const WAYS = { code: ["会员码", "code"], id_card: ["身份证", "ID card"], face: ["人脸", "face"], bell: ["门铃", "bell"] };
const REASONS = {
  closed: ["不在开放时间", "closed"],
  identify: ["没有出示码或证件", "no code or card"],
  members_only: ["不是会员", "not a member"],
  tier: ["会员类别不符", "other membership"],
  full: ["人满", "full"],
  passback: ["刚刚用过", "just used"],
  not_valid: ["码或证件无效", "not valid"],
};
const FAULTS = {
  forced: ["被强行打开", "forced open"],
  held: ["一直开着", "held open"],
  lost: ["门磁没有信号", "contact lost"],
};
const PERIODS = [[1, "一天", "1 day"], [7, "一周", "1 week"], [30, "30 天", "30 days"]];

const listed = (counts, words) => Object.entries(counts).sort(([, a], [, b]) => b - a)
  .map(([key, count]) => el("span", { class: "badge" }, t(...(words[key] ?? [key, key])), ` ${count}`));

function cells(row, station) {
  const refused = Object.values(row.refused).reduce((sum, count) => sum + count, 0);
  return [
    el("td", {}, pick(station?.name, row.station)),
    el("td", { class: "number" }, String(row.opened)),
    el("td", {}, el("div", { class: "bar" }, ...listed(row.ways, WAYS))),
    el("td", { class: "number" }, String(refused)),
    el("td", {}, el("div", { class: "bar" }, ...listed(row.refused, REASONS))),
    el("td", { class: "number" }, String(row.asked)),
    el("td", { class: "number" }, row.failed ? el("span", { class: "badge bad" }, String(row.failed)) : "0"),
    el("td", { class: "number" }, row.seconds === null ? "—" : `${row.seconds.toFixed(2)} / ${row.slowest.toFixed(2)} s`),
  ];
}

const HEAD = [["驿站", "Station"], ["开门", "Opened"], ["方式", "How"], ["未放行", "Not let in"], ["原因", "Why"],
  ["按铃", "Rang"], ["锁故障", "Lock failed"], ["平均 / 最慢", "Mean / slowest"]];

export function mount(section, ctx) {
  const days = el("select", { class: "field", "aria-label": t("时段", "Period") }, ...PERIODS.map(([value, ...words]) =>
    el("option", { value, selected: value === 7 }, t(...words))));
  const faults = el("div", {});
  const body = el("tbody", {});
  const numbers = Object.fromEntries([1, 3, 5, 6, 7].map((column) => [column, "number"]));
  const declared = weather(ctx);
  section.append(
    declared.node, el("div", { class: "choices" }, el("label", {}, t("时段", "Period"), " ", days)), faults,
    el("div", { class: "panel" }, el("table", { class: "table" }, tableHead(HEAD, numbers), body)),
    el("p", { class: "hint" }, t("时间从读到码、证件或按铃算起，到锁报告打开为止。未放行的人都被告知可以按门铃。",
      "Time runs from reading the code or card, or the bell, until the lock says that it is open. Whoever is not let in is told of the bell.")));
  const draw = (rows) => {
    const open = rows.flatMap((row) => row.faults.map((fault) => [row.station, fault]));
    faults.replaceChildren(...open.map(([station, fault]) => el("p", { class: "panel" },
      el("span", { class: "badge bad" }, t(...(FAULTS[fault.what] ?? [fault.what, fault.what]))), " ",
      pick(ctx.station(station)?.name, station), ` · ${fault.door} · `, when(fault.since))));
    body.replaceChildren(...(rows.length ? rows.map((row) => el("tr", {}, ...cells(row, ctx.station(row.station))))
      : [el("tr", {}, el("td", { colspan: String(HEAD.length), class: "empty" }, t("还没有进站记录", "Nobody has come in yet")))]));
    ctx.attention(open.length);
  };
  const again = ctx.every(10, async () => {
    const [rows] = await Promise.all([ctx.api("GET", `/api/console/entry?days=${days.value}`), declared.refresh()]);
    draw(rows);
  });
  days.addEventListener("change", again);
}
