// What is asked before something is done in a call: to whom, which page, which door and why.

import { closeButton, dialog, el, say, t } from "../kit.js";
import { PAGES } from "./words.js";

const NOTE = ["给同事的话（可不填）", "A note for your colleague (optional)"];

function form(title, done, ...rows) {
  const node = dialog(title, el("form", { onsubmit: (event) => {
    event.preventDefault();
    if (done() !== false) node.close();
  } }, ...rows, el("div", { class: "actions" }, closeButton(), el("button", { class: "main", type: "submit" }, t("确定", "OK")))));
  return node;
}

const field = (words, control) => el("label", { class: "row" }, el("span", {}, t(...words)), control);
const option = (value, words, disabled) => {
  const node = el("option", { value }, t(...words));
  node.disabled = !!disabled;
  return node;
};
const person = ({ account, name, busy }) => option(`to:${account}`, busy ? [`${name}（通话中）`, `${name} (in a call)`] : [name, name]);

export function askTransfer(desk, talk) {
  const queues = [...desk.names.topics].filter(([id]) => id !== "alarm").map(([id, name]) => option(`topic:${id}`, [`队列：${name.zh_CN}`, `Queue: ${name.en || name.zh_CN}`]));
  const people = desk.staff.filter((one) => one.account !== desk.account).map(person);
  const to = el("select", { class: "field" }, ...people, ...queues);
  const note = el("textarea", { class: "field", rows: "3" });
  note.maxLength = 500;
  form(["转接通话", "Hand the call over"], () => {
    const [kind, value] = to.value.split(/:(.*)/s);
    talk.send({ type: "transfer", [kind]: value, note: note.value });
  }, field(["转给谁", "To whom"], to), field(NOTE, note));
}

export function askPerson(desk, talk) {
  const people = desk.staff.filter((one) => one.account !== desk.account);
  if (!people.length) {
    desk.notify(["现在没有别的同事在线", "No other colleague is at the desk now"], "info");
    return;
  }
  const to = el("select", { class: "field" }, ...people.map(person));
  const note = el("textarea", { class: "field", rows: "3" });
  note.maxLength = 500;
  form(["请一位同事加入", "Ask a colleague in"], () => {
    talk.send({ type: "invite", account: to.value.slice(3), note: note.value });
    desk.notify(["已邀请，等对方加入", "Asked: waiting for them to join"], "info");
  }, field(["请谁", "Whom"], to), field(NOTE, note));
}

export function askPage(desk, talk) {
  const services = Object.entries(desk.names.services).map(([id, name]) => option(`service:${id}`, [`服务：${name.zh_CN}`, `Service: ${name.en || name.zh_CN}`]));
  const which = el("select", { class: "field" }, ...services, ...PAGES.map(([page, words]) => option(`page:${page}`, words)));
  form(["在对方屏幕上打开一页", "Open a page on the visitor's screen"], () => {
    const [kind, value] = which.value.split(/:(.*)/s);
    if (kind === "service") talk.push("services.detail", { service: value });
    else talk.push(value, {});
  }, field(["哪一页", "Which page"], which));
}

export function askDoor(desk, talk) {
  const door = el("input", { class: "field", value: "front", pattern: "[a-z][a-z0-9_]{0,30}", required: true });
  const reason = el("input", { class: "field", required: true });
  reason.maxLength = 200;
  const cameras = talk.own?.cameras ?? [];
  const seen = talk.own?.camera === "door" || !cameras.includes("door");
  const warning = el("p", { class: "badge warn" }, t("正在切到门口镜头，看清楚再开", "Switching to the door camera: look first"));
  warning.hidden = seen;
  const node = form(["开门", "Open a door"], () => talk.openDoor(door.value, reason.value),
    warning, el("p", {}, t("门会马上打开一次。谁、为什么、在哪次通话里，都会记下来。", "The door opens once, at once. Who, why and in which call is kept.")),
    field(["哪扇门", "Which door"], door), field(["为什么", "Why"], reason));
  if (!seen) talk.send({ type: "camera", camera: "door" });
  reason.focus();
  node.setAttribute("aria-description", say(["会打开一扇真的门", "Opens a real door"]));
}
