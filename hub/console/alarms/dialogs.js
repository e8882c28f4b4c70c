// What is asked before something is done about an alarm.

import { closeButton, dialog, el, t } from "../kit.js";

function form(title, send, ctx, ...rows) {
  const node = dialog(title, el("form", { onsubmit: (event) => {
    event.preventDefault();
    send().then(() => node.close()).catch(ctx.failed);
  } }, ...rows, el("div", { class: "actions" }, closeButton(), el("button", { class: "main", type: "submit" }, t("确定", "OK")))));
}

const field = (words, control) => el("label", { class: "row" }, el("span", {}, t(...words)), control);

function area(most, required) {
  const node = el("textarea", { class: "field", rows: "3", required });
  node.maxLength = most;
  return node;
}

export function askNote(ctx, row, deed) {
  const text = area(500, true);
  form(["备注", "Note"], () => deed(row, "notes", { text: text.value.trim() }), ctx, field(["记下什么", "What is to be noted"], text));
}

/** Why it is over: one of the published reasons, or another. */
export function askReason(ctx, row, reasons, deed) {
  const other = area(200, false);
  const group = `reason-${row.id}`;
  const choices = reasons.map((reason, number) => {
    const radio = el("input", { type: "radio", name: group, value: reason.zh_CN, required: true });
    radio.checked = number === 0;
    return el("label", {}, radio, t(reason.zh_CN, reason.en || reason.zh_CN));
  });
  form(["结束报警", "End the alarm"], () => {
    const chosen = document.querySelector(`input[name="${group}"]:checked`)?.value ?? "";
    return deed(row, "close", { reason: other.value.trim() ? `${chosen}：${other.value.trim()}`.slice(0, 200) : chosen });
  }, ctx, el("fieldset", { class: "choices" }, el("legend", {}, t("为什么结束", "Why it is over")), ...choices),
  field(["补充（可不填）", "More (optional)"], other));
}

/** A drill at a station that is connected: the whole way, and everybody sees that it is one. */
export function askDrill(ctx) {
  const stations = (ctx.stations() ?? []).filter((station) => station.live);
  if (!stations.length) {
    ctx.notify(["现在没有在线的驿站", "No station is connected now"], "info");
    return;
  }
  const where = el("select", { class: "field" }, ...stations.map(({ id, name }) =>
    el("option", { value: id }, t(name?.zh_CN || id, name?.en || name?.zh_CN || id))));
  form(["报警演练", "Drill"], () => ctx.api("POST", `/api/console/stations/${where.value}/commands/alarm_drill`)
    .then(() => ctx.notify(["演练已开始", "The drill has begun"], "info")), ctx,
  field(["在哪个驿站", "At which station"], where),
  el("p", { class: "hint" }, t("和真的报警走同一条路，处处标明是演练；网关也会被呼叫。", "The same way as an alarm that is meant, marked as a drill everywhere; the gateway is called, too.")));
}

export async function askColleague(ctx, row, deed) {
  const people = await ctx.api("GET", "/api/console/alarms/colleagues");
  if (!people.length) {
    ctx.notify(["没有别的同事能接警", "There is no other colleague who takes alarms"], "info");
    return;
  }
  people.sort((a, b) => b.here - a.here);
  const to = el("select", { class: "field" }, ...people.map(({ account, name, here }) =>
    el("option", { value: account }, t(...(here ? [name, name] : [`${name}（不在线）`, `${name} (not here)`])))));
  const note = area(300, false);
  form(["请同事接手", "Ask a colleague to take it over"], () => deed(row, "offer", { account: to.value, note: note.value.trim() }), ctx,
    field(["请谁", "Whom"], to), field(["给同事的话（可不填）", "A note (optional)"], note),
    el("p", { class: "hint" }, t("对方接手之前，报警还在您这里。", "Until it is taken over, the alarm stays with you.")));
}
