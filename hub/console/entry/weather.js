// Declared weather: what holds, a form to declare more, and a key to end it before its time.
import { el, t, when } from "../kit.js";

const MODES = { heat: ["高温", "Heat"], cold: ["寒潮", "Cold"], storm: ["暴雨大风", "Storm"] };
const HOURS = [[6, "6 小时", "6 hours"], [12, "12 小时", "12 hours"], [24, "一天", "1 day"], [72, "三天", "3 days"], [168, "一周", "1 week"]];

export function weather(ctx) {
  const list = el("div", {});
  const mode = el("select", { class: "field" }, ...Object.entries(MODES).map(([value, words]) => el("option", { value }, t(...words))));
  const hours = el("select", { class: "field" }, ...HOURS.map(([value, ...words]) => el("option", { value, selected: value === 24 }, t(...words))));
  const form = el("form", { class: "bar", onsubmit: declare },
    el("label", { class: "row" }, t("天气预警", "Declare weather"), mode), el("label", { class: "row" }, t("多久", "For how long"), hours),
    el("button", { type: "submit" }, t("发布预警", "Declare")),
    el("p", { class: "hint grow" }, t("预警期间，规则允许的驿站对所有人开门。", "While it holds, stations whose policy says so are open to everybody.")));
  form.hidden = !ctx.may("manager");
  const node = el("section", { class: "weather" }, list, form);

  function draw(rows) {
    list.replaceChildren(...rows.map((row) => el("p", { class: "panel bar" },
      el("span", { class: "badge warn" }, t(...MODES[row.mode])),
      el("span", { class: "grow" }, t("到 ", "until "), when(row.ends, "full")),
      ctx.may("manager") && el("button", { type: "button", class: "quiet", onclick: () => end(row) }, t("提前结束", "End it now")))));
  }

  async function declare(event) {
    event.preventDefault();
    try {
      draw(await ctx.api("POST", "/api/console/weather", { mode: mode.value, hours: Number(hours.value) }));
    } catch (error) {
      ctx.failed(error);
    }
  }

  async function end(row) {
    try {
      draw(await ctx.api("DELETE", `/api/console/weather/${row.id}`));
    } catch (error) {
      ctx.failed(error);
    }
  }

  return { node, refresh: async () => draw(await ctx.api("GET", "/api/console/weather")) };
}
