// The latest of the journal, in words. What a kind of entry means is said in `words/*.json`.

import { el, pick, t, when } from "../kit.js";

export const title = ["最新记录", "Latest"];
export const order = 30;
export const roles = ["duty", "manager"];
export const slot = "journal";

const PAGE = 40;
const MOST = 400;
const book = new Map(); // kind -> {pattern: [zh, en], values, mood}
let names = {};

function duration(seconds) {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) return [`${Math.round(seconds)} 秒`, `${Math.round(seconds)} s`];
  if (minutes < 90) return [`${minutes} 分钟`, `${minutes} min`];
  return [`${(minutes / 60).toFixed(1)} 小时`, `${(minutes / 60).toFixed(1)} h`];
}

/** `{field}` as it is, `{field:kind}` a published name, `{field=}` one of a list, `{field~}` seconds, `{field@}` two languages. */
function fill(body, values, known, [, field, sign, kind]) {
  const value = body[field];
  if (sign === ":") {
    const name = known[kind]?.[value];
    return name ? [name.zh_CN, name.en] : [value, value];
  }
  if (sign === "=") return values[value] ?? [value, value];
  if (sign === "~") return duration(value ?? 0);
  if (sign === "@") return [value?.zh_CN ?? "", value?.en || value?.zh_CN || ""];
  return [value ?? "", value ?? ""];
}

export function inWords(kind, body, known = names) {
  const words = book.get(kind);
  if (!words) return [`未知记录 ${kind}`, `Unknown entry ${kind}`];
  return words.pattern.map((text, language) =>
    text.replace(/\{(\w+)([:=~@])?(\w+)?\}/g, (...match) => String(fill(body, words.values, known, match)[language])));
}

function row(entry, ctx) {
  const mood = book.get(entry.kind)?.mood ?? "";
  const station = ctx.station(entry.station);
  const doubt = entry.happened ? el("span", { class: "badge warn" }, t("时间已校正", "time corrected")) : entry.clock === "doubtful" ? el("span", { class: "badge warn" }, t("时间存疑", "clock doubtful")) : null;
  return el("li", { class: mood },
    el("p", {}, t(...inWords(entry.kind, entry.body))),
    el("p", { class: "hint" }, when(entry.happened || entry.at), " · ", station ? pick(station.name, entry.station) : entry.station, " ", doubt));
}

export async function readWords(ctx) {
  if (book.size) return;
  const { words } = await ctx.api("GET", "/api/console/parts");
  for (const name of words) {
    const part = await ctx.api("GET", `/console/words/${name}`);
    for (const [kind, pattern] of Object.entries(part.kinds)) {
      book.set(kind, { pattern, values: part.values, mood: part.moods[kind] });
    }
  }
}

export function mount(section, ctx) {
  let station = "";
  let oldest = 0;
  let newest = 0;
  let ready = null;
  const choice = el("select", { class: "field", label: ["看哪个驿站", "Which station"] });
  const list = el("ol", { class: "entries" });
  const more = el("button", { class: "quiet", type: "button" }, t("更早的", "Earlier"));
  const none = el("p", { class: "empty" }, t("还没有记录", "Nothing yet"));
  section.append(choice, list, none, more);
  more.hidden = true;

  const url = (before) =>
    `/api/console/journal?limit=${PAGE}&station=${encodeURIComponent(station)}${before ? `&before=${before}` : ""}`;

  function drawChoice() {
    const known = ctx.stations() ?? [];
    const key = known.map(({ id }) => id).join();
    if (choice.dataset.key === key) return;
    choice.dataset.key = key;
    const all = el("option", { value: "" }, t("全部驿站", "All stations"));
    choice.replaceChildren(all, ...known.map(({ id, name }) => el("option", { value: id }, pick(name, id))));
    choice.value = station;
  }

  async function refresh() {
    ready ??= readWords(ctx);
    await ready;
    drawChoice();
    const rows = await ctx.api("GET", url());
    const fresh = rows.filter((entry) => entry.position > newest);
    if (fresh.length) {
      names = await ctx.api("GET", "/api/console/names");
      if (fresh.length === PAGE) list.replaceChildren(); // there may be a gap to what is shown
      list.prepend(...fresh.map((entry) => row(entry, ctx)));
      while (list.childElementCount > MOST) list.lastChild.remove();
      if (!newest || fresh.length === PAGE) oldest = rows.at(-1).position;
      newest = rows[0].position;
      more.hidden = rows.length < PAGE;
    }
    none.hidden = list.childElementCount > 0;
  }

  more.addEventListener("click", async () => {
    try {
      const rows = await ctx.api("GET", url(oldest));
      list.append(...rows.map((entry) => row(entry, ctx)));
      oldest = rows.at(-1)?.position ?? oldest;
      more.hidden = rows.length < PAGE;
    } catch (error) {
      ctx.failed(error);
    }
  });
  const again = ctx.every(4, refresh);
  choice.addEventListener("change", () => {
    station = choice.value;
    newest = oldest = 0;
    list.replaceChildren();
    again();
  });
}
