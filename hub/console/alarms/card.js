// One alarm that lasts: where, how it stands, what can be done about it, what happened.

import { el, pick, t, when } from "../kit.js";
import { problem, SOURCES, standing, stepWords } from "./words.js";

const LATE = 60_000; // ms between raising and arriving, after which that is said

const badge = (mood, words) => el("span", { class: `badge ${mood}` }, t(...words));

/** `place` is its station as far as it is known; `act(what, row)` does "acknowledge", "note", "offer" or "close". */
export function alarmCard(row, { place, account, act }) {
  const [mood, ...words] = standing(row);
  const mine = row.holder === account;
  const offered = row.offered === account;
  const button = (what, label, kind) => el("button", { type: "button", class: kind, onclick: () => act(what, row) }, t(...label));
  const take = offered ? ["我来接手", "I take it over"] : ["接警", "I have it"];
  return el("li", { class: `alarm ${row.holder ? "taken" : "open"}`, "data-alarm": row.id },
    el("div", { class: "what" },
      el("strong", { class: "where" }, pick(place?.name, row.station)),
      place?.address?.zh_CN ? el("span", { class: "hint" }, pick(place.address)) : null,
      el("span", { class: "badges" }, el("span", { class: `badge ${mood}` }, t(...words)),
        row.drill ? badge("info", ["演练", "Drill"]) : null,
        row.mistaken ? badge("info", ["来访者说按错了", "The visitor says it was a mistake"]) : null,
        row.presses > 1 ? badge("warn", [`按了 ${row.presses} 次`, `Pressed ${row.presses} times`]) : null,
        row.gateway === "failed" ? badge("bad", [`电话/短信网关没有收到：${problem(row.gateway_problem)[0]}`, `SMS or telephone gateway: ${problem(row.gateway_problem)[1]}`]) : null,
        row.gateway === "reached" ? badge("good", ["已通知电话/短信网关", "The SMS or telephone gateway has it"]) : null,
        row.offered && !offered ? badge("info", ["等同事接手", "A colleague was asked"]) : null)),
    el("p", { class: "hint" }, when(row.raised, "time"), " · ", t(...SOURCES[row.source]), " · ", when(row.arrived, "ago"),
      new Date(row.arrived) - new Date(row.raised) > LATE ? t(" · 晚到了：驿站当时没有网络", " · late: the station had no network") : null),
    el("div", { class: "bar" },
      !row.holder || offered ? button("acknowledge", take, "main") : null,
      row.holder ? button("close", ["结束…", "End it…"], mine ? "main" : "") : null,
      row.holder && row.holder !== account && !offered ? null : row.holder ? button("offer", ["请同事接手…", "Hand over…"], "quiet") : null,
      button("note", ["备注…", "Note…"], "quiet")),
    history(row));
}

export const history = (row) => el("details", {}, el("summary", {}, t("经过", "What happened")),
  el("ol", { class: "steps" }, ...row.steps.map((step) => el("li", {}, when(step.at, "time"), " ", t(...stepWords(step))))));
