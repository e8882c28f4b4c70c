// Bars in plain CSS. A chart is a picture for who sees it; its table beside it says the same to everybody.

import { el, t } from "../kit.js";
import { numberWords, STATES, whyWords } from "./words.js";

/** The greatest number, and a round one above it for the scale. */
function scale(rows) {
  const most = Math.max(1, ...rows.map(({ count }) => count ?? 0));
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((n) => n * step).find((n) => n >= most && Number.isInteger(n)) ?? most;
}

function column({ label, count, state, emphasis }, top) {
  const bar = el("div", { class: "fill" });
  bar.style.height = `${((count ?? 0) / top) * 100}%`;
  const said = state === "gap" && count === null ? t("缺", "gap") : count && state !== "ahead" ? el("span", {}, count.toLocaleString("en")) : null;
  const value = el("div", { class: "value" }, said);
  const all = typeof label === "string" ? label : "";
  return el("div", { class: `column ${state}`, title: numberWords(count, state).map((words) => `${all}: ${words}`) }, el("div", { class: "well" }, value, bar), el("div", { class: emphasis ? "label strong" : "label" }, label));
}

/** Columns of `{label, count, state}`. `words` name the picture. */
export function columns(words, rows) {
  const top = scale(rows);
  const states = new Set(rows.map(({ state }) => state));
  const legend = [["gap", "缺：还没有收齐，不是没有人来", "Gap: not all of it is here; it does not mean that nobody came"],
    ["part", "部分驿站缺", "Some stations are a gap"], ["running", "进行中", "Still running"]].filter(([state]) => states.has(state));
  const dense = rows.length > 12 && top >= 100; // there is no room for numbers of three digits over so many columns
  return el("figure", { class: `chart${rows.length > 12 ? " many" : ""}${dense ? " dense" : ""}` },
    el("div", { class: "plot", role: "img", label: words },
      el("div", { class: "scale", "aria-hidden": "true" }, el("span", {}, top.toLocaleString("en")), el("span", {}, "0")),
      el("div", { class: "columns", "aria-hidden": "true" }, ...rows.map((row) => column(row, top)))),
    legend.length ? el("figcaption", {}, ...legend.map(([state, ...said]) => el("span", { class: "key" }, el("span", { class: `swatch ${state}` }), t(...said)))) : null);
}

export const badge = (state) => {
  const [mood, ...words] = STATES[state];
  return el("span", { class: `badge ${mood}` }, t(...words));
};

/** A cell with a number, or with the word for a gap. "At least" is a sign for the eye, and words for the ear. */
export function number(count, state) {
  const words = numberWords(count, state);
  if (!count || (state !== "gap" && state !== "part")) return el("td", { class: state === "gap" && count === null ? "number gap" : "number" }, t(...words));
  return el("td", { class: "number" }, el("span", { "aria-hidden": "true" }, `≥\u00a0${count.toLocaleString("en")}`), el("span", { class: "unseen" }, t(...words)));
}

/** What is the matter, under the badge; nothing where nothing is. */
export const why = (whole) => (Object.keys(whole.gaps).length ? el("span", { class: "hint" }, t(...whyWords(whole))) : null);

/** A bar behind a word of a table, as long as its number is great. */
export function withBar(node, count, most) {
  const bar = el("span", { class: "share", "aria-hidden": "true" });
  bar.style.width = `${((count ?? 0) / Math.max(1, most)) * 100}%`;
  return el("div", { class: "measured" }, bar, el("span", { class: "over" }, node));
}
