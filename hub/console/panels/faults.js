// What visitors reported broken: who has it in hand, and when it was repaired, which its station tells them.

import { el, pick, t, tableHead, when } from "../kit.js";

export const title = ["报修", "Repairs"];
export const order = 36;
export const roles = ["duty", "manager"];

const THINGS = {
  water: ["饮水机", "Water dispenser"],
  microwave: ["微波炉", "Microwave"],
  fridge: ["冰箱", "Fridge"],
  climate: ["空调", "Air conditioning"],
  charging: ["充电插座", "Charging socket"],
  battery_swap: ["换电柜", "Battery-swap cabinet"],
  light: ["灯", "Light"],
  door: ["门", "Door"],
  toilet: ["厕所", "Toilet"],
  seat: ["桌椅", "Table or seat"],
  terminal: ["这台机器", "The terminal"],
  other: ["其他", "Something else"],
};
const STATES = { open: ["bad", "新报修", "New"], work: ["warn", "在修", "In hand"], repaired: ["good", "修好了", "Repaired"] };
const HEAD = [["驿站", "Station"], ["什么", "What"], ["什么时候", "When"], ["几人报", "Reports"], ["照片", "Picture"],
  ["状态", "State"], ["备注", "Note"], ["操作", "Actions"]];

export function mount(section, ctx) {
  const all = el("input", { type: "checkbox", onchange: () => again() });
  const body = el("tbody", {});
  const empty = el("p", { class: "empty" }, t("没有待修的东西。", "Nothing is reported broken."));
  const panel = el("div", { class: "panel" }, el("table", { class: "table" }, tableHead(HEAD, { 3: "number" }), body));
  section.append(
    el("div", { class: "choices" }, el("label", {}, all, " ", t("修好的也列出", "Repaired ones too"))), empty, panel,
    el("p", { class: "hint" }, t("标为“修好了”以后，驿站会在报修的人下次来时告诉他。",
      "Once it is marked as repaired, the station tells whoever reported it at their next visit.")));

  function picture(fault) {
    if (!fault.photo) return "—";
    if (!fault.here) return el("span", { class: "hint" }, t("还没传到", "On its way"));
    const address = `/api/files/${fault.photo}`;
    return el("a", { href: address, target: "_blank", rel: "noopener", label: ["看大图", "Open the picture"] },
      el("img", { src: address, alt: "", class: "thumb", loading: "lazy" }));
  }

  function line(fault) {
    const note = el("input", { class: "field", maxlength: "500", value: fault.note, label: ["备注", "Note"] });
    note.value = fault.note;
    const say = (state, words, kind) => el("button", { type: "button", class: kind, onclick: async () => {
      try {
        await ctx.api("POST", `/api/console/faults/${fault.fault}`, { state, note: note.value });
        await again();
      } catch (error) {
        ctx.failed(error);
      }
    } }, t(...words));
    const [mood, ...words] = STATES[fault.state];
    return el("tr", {},
      el("th", { scope: "row" }, pick(ctx.station(fault.station)?.name, fault.station)),
      el("td", {}, t(...(THINGS[fault.thing] ?? [fault.thing]))),
      el("td", {}, when(fault.since, "full")),
      el("td", { class: "number" }, String(fault.reports)),
      el("td", {}, picture(fault)),
      el("td", {}, el("span", { class: `badge ${mood}` }, t(...words)), fault.by_name && el("p", { class: "hint" }, fault.by_name)),
      el("td", {}, note),
      el("td", {}, el("div", { class: "bar" },
        fault.state === "open" && say("work", ["在修了", "In hand"], "quiet"),
        fault.state !== "repaired" && say("repaired", ["修好了", "Repaired"], "main"),
        fault.state === "repaired" && say("open", ["又坏了", "Broken again"], "quiet"))));
  }

  async function refresh() {
    if (body.contains(document.activeElement) && document.activeElement.tagName === "INPUT") return; // somebody writes
    const rows = await ctx.api("GET", `/api/console/faults?state=${all.checked ? "all" : "open"}`);
    empty.hidden = rows.length > 0;
    panel.hidden = rows.length === 0;
    body.replaceChildren(...rows.map(line));
    ctx.attention(rows.filter((row) => row.state === "open").length);
  }

  const again = ctx.every(10, refresh);
}
