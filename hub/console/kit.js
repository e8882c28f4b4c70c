// What every page of the console is built with: words in two languages, elements, times, dialogs, requests.

const CHOICE = "yizhan.language";
let language = localStorage.getItem(CHOICE) ?? (navigator.language.startsWith("en") ? "en" : "zh");

export const currentLanguage = () => language;

/** Of a pair [Chinese, English] the one that is shown now. */
export const say = ([zh, en]) => (language === "en" ? en || zh : zh);

class Words extends HTMLElement {
  set pair(value) {
    this.words = value;
    this.show();
  }

  connectedCallback() { this.show(); }

  show() {
    if (this.words && this.textContent !== say(this.words)) this.textContent = say(this.words);
  }
}
customElements.define("y-words", Words);

class When extends HTMLElement {
  set moment({ iso, form }) {
    Object.assign(this, { iso, form });
    this.show();
  }

  connectedCallback() { this.show(); }

  show() {
    if (!this.iso) return;
    const at = new Date(this.iso);
    const text = this.form === "ago" ? ago(at) : absolute(at, this.form);
    if (this.firstChild?.textContent === text) return;
    const time = document.createElement("time");
    time.dateTime = this.iso;
    time.title = absolute(at, "full");
    time.textContent = text;
    this.replaceChildren(time);
  }
}
customElements.define("y-when", When);

function absolute(at, form) {
  const locale = language === "en" ? "en-GB" : "zh-CN";
  const time = { hour: "2-digit", minute: "2-digit", hour12: false };
  const today = at.toDateString() === new Date().toDateString();
  if (form === "time" || (form === "short" && today)) return at.toLocaleTimeString(locale, time);
  const day = { month: language === "en" ? "short" : "numeric", day: "numeric" };
  if (form === "full" || at.getFullYear() !== new Date().getFullYear()) day.year = "numeric";
  if (form === "date") return at.toLocaleDateString(locale, day);
  return at.toLocaleString(locale, { ...day, ...time, ...(form === "full" ? { second: "2-digit" } : {}) });
}

function ago(at) {
  const seconds = Math.max(0, (Date.now() - at) / 1000);
  const steps = [[60, 1, "second"], [3600, 60, "minute"], [86400, 3600, "hour"], [Infinity, 86400, "day"]];
  const [, size, unit] = steps.find(([limit]) => seconds < limit);
  if (unit === "second") return say(["刚刚", "just now"]);
  return new Intl.RelativeTimeFormat(language === "en" ? "en" : "zh-CN", { style: "narrow" }).format(-Math.floor(seconds / size), unit);
}

/** Words that follow the language switch. */
export function t(zh, en) {
  const node = document.createElement("y-words");
  node.pair = [zh, en ?? zh];
  return node;
}

/** Words from the catalogue: {zh_CN, en}, or what stands in for them. */
export const pick = (text, instead = "") => (text?.zh_CN ? t(text.zh_CN, text.en || text.zh_CN) : t(instead, instead));

/** A moment (ISO 8601), in words that follow the language: "short" (default), "time", "date", "full", "ago". */
export function when(iso, form = "short") {
  const node = document.createElement("y-when");
  node.moment = { iso, form };
  return node;
}

const ATTRIBUTES = { label: "aria-label", placeholder: "placeholder", title: "title", alt: "alt" };

/** An element. Pairs given as `label`, `placeholder`, `title`, `alt` follow the language; `on…` are listeners. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (Array.isArray(value)) localise(node, ATTRIBUTES[name] ?? name, value);
    else if (name === "class") node.className = value;
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(ATTRIBUTES[name] ?? name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function localise(node, attribute, pair) {
  node.pairs = { ...node.pairs, [attribute]: pair };
  node.dataset.pairs = "";
  node.setAttribute(attribute, say(pair));
}

const listeners = [];
export const onLanguage = (fn) => listeners.push(fn);

/** Show everything in "zh" or "en" from now on. Nothing is built anew, so a call in progress goes on. */
export function setLanguage(code) {
  language = code;
  localStorage.setItem(CHOICE, code);
  showLanguage();
}

export function showLanguage() {
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("y-words, y-when")) node.show();
  for (const node of document.querySelectorAll("[data-pairs]")) {
    for (const [attribute, pair] of Object.entries(node.pairs ?? {})) node.setAttribute(attribute, say(pair));
  }
  for (const node of document.querySelectorAll("[data-zh]")) node.textContent = say([node.dataset.zh, node.dataset.en]);
  for (const node of document.querySelectorAll("[data-label-zh]")) {
    node.setAttribute("aria-label", say([node.dataset.labelZh, node.dataset.labelEn]));
  }
  listeners.forEach((fn) => fn(language));
}
setInterval(() => document.querySelectorAll("y-when").forEach((node) => node.show()), 20_000);

/** A modal dialog. `close()` ends it; Escape does too. It is removed from the page by itself. */
export function dialog(title, ...nodes) {
  const heading = el("h2", { id: `dialog-${crypto.randomUUID?.() ?? Date.now()}` }, t(...title));
  const node = el("dialog", { "aria-labelledby": heading.id }, heading, ...nodes);
  document.body.append(node);
  node.addEventListener("close", () => node.remove());
  node.showModal();
  return node;
}

export const closeButton = (words = ["取消", "Cancel"]) =>
  el("button", { type: "button", class: "quiet", onclick: (event) => event.target.closest("dialog").close() }, t(...words));

/** A request to the hub. Returns parsed JSON (undefined for no content); throws {code, title, status}. */
export async function request(method, path, body, csrf) {
  const headers = { Accept: "application/json", "Accept-Language": language === "en" ? "en" : "zh-CN" };
  if (csrf) headers["X-CSRF-Token"] = csrf;
  const raw = body instanceof Blob;
  if (body !== undefined) headers["Content-Type"] = raw ? "application/octet-stream" : "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: raw || body === undefined ? body : JSON.stringify(body) });
  } catch {
    throw { code: "unreachable", status: 0, title: say(["与服务器的连接断开了", "The hub cannot be reached"]) };
  }
  const kind = answer.headers.get("Content-Type") ?? "";
  const value = kind.includes("json") && answer.status !== 204 ? await answer.json() : undefined;
  if (!answer.ok) throw value?.code ? value : { code: "unexpected", status: answer.status, title: `HTTP ${answer.status}` };
  return value;
}

// The head of a table: a word for each column. `classes` by column, where one has any.
export function tableHead(words, classes = {}) {
  return el("thead", {}, el("tr", {}, ...words.map((pair, at) => el("th", { scope: "col", class: classes[at] ?? "" }, t(...pair)))));
}
