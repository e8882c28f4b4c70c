// The duty desk: signs in, finds its panels, shows one page at a time. Panels stay mounted while others are shown.

import { currentLanguage, el, onLanguage, request, say, setLanguage, showLanguage, t } from "./kit.js";

const SLOTS = ["alarms", "calls", "stations", "journal"];
const TITLE = ["值班台 · 工会驿站", "Duty desk · Union rest stations"];
const ALARM = ["【报警】有人报警！", "ALARM: somebody needs help!"];
const FLASH = 1000; // ms; a hidden tab's timers are not slower than this while it sounds
const nav = document.getElementById("nav");
const main = document.getElementById("main");
const line = document.getElementById("line");
const pages = new Map(); // name -> {page, link, count}
const counts = new Map();
let session = null;
let stations = null;
let down = false;
let flashing = 0;
let lit = false;

const may = (role) => session.may.includes(role);

async function api(method, path, body) {
  try {
    const value = await request(method, path, body, session?.csrf);
    reach(true);
    return value;
  } catch (error) {
    if (error.status === 401 && session) location.replace(`/sign-in${location.hash}`);
    reach(error.code !== "unreachable");
    throw error;
  }
}

function reach(up) {
  if (down === !up) return;
  down = !up;
  line.hidden = up;
  line.replaceChildren(t("与服务器断开，正在重试", "Hub unreachable, retrying"));
}

function notify(pair, mood = "info") {
  const close = el("button", { type: "button", onclick: () => node.remove() }, t("知道了", "OK"));
  const node = el("div", { class: `notice ${mood}` }, t(...pair), close);
  document.getElementById("notices").append(node);
  if (mood !== "bad") setTimeout(() => node.remove(), 6000);
}

function failed(error) {
  if (error.code !== "unreachable") notify([error.title ?? String(error), error.title ?? String(error)], "bad");
}

function show(name) {
  const [first] = name.split("/"); // the rest is the page's own: which station
  const wanted = pages.has(first) ? first : "desk";
  for (const [key, { page, link }] of pages) {
    page.hidden = key !== wanted;
    if (key === wanted) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  dispatchEvent(new Event("page-shown"));
}

function addPage(name, title, page) {
  const count = el("span", { class: "count" });
  count.hidden = true;
  const link = el("a", { href: `#${name}` }, t(...title), count);
  nav.append(link);
  pages.set(name, { page, link, count });
}

function drawTitle() {
  const waiting = [...counts.values()].reduce((sum, n) => sum + n, 0);
  document.title = lit ? say(ALARM) : (waiting ? `(${waiting}) ` : "") + say(TITLE);
}

/** The title of the tab flashes as long as an alarm sounds here: it is seen in a tab that is not. */
function alarm(on) {
  if (on === (flashing !== 0)) return;
  clearInterval(flashing);
  lit = on;
  flashing = on ? setInterval(() => { lit = !lit; drawTitle(); }, FLASH) : 0;
  drawTitle();
}

/** Run `fn` now and every so many seconds, one at a time, while the section is visible (or always). */
function every(section, seconds, fn, { always = false } = {}) {
  let busy = false;
  let due = 0;
  const step = async () => {
    const visible = section.offsetParent !== null && !document.hidden;
    if (busy || (!always && !visible) || performance.now() < due) return;
    busy = true;
    due = performance.now() + seconds * 1000 - 50;
    try {
      await fn();
    } catch (error) {
      if (!error.code) throw error;
      failed(error);
    } finally {
      busy = false;
    }
  };
  setInterval(step, Math.min(seconds, 5) * 1000);
  for (const event of ["page-shown", "visibilitychange"]) {
    (event === "page-shown" ? window : document).addEventListener(event, step);
  }
  step();
  return () => { due = 0; return step(); };
}

function context(name, section, pageName) {
  return {
    api,
    failed,
    notify,
    may,
    staff: session.staff,
    stations: () => stations,
    station: (id) => stations?.find((one) => one.id === id),
    setStations: (value) => { stations = value; },
    every: (seconds, fn, options) => every(section, seconds, fn, options),
    show: () => { location.hash = pageName; },
    socketUrl: (path) => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`,
    alarm,
    attention: (waiting) => {
      counts.set(name, waiting);
      const { count } = pages.get(pageName);
      count.hidden = !waiting;
      count.textContent = waiting;
      drawTitle();
    },
  };
}

async function load({ name, style }) {
  if (style) document.head.append(el("link", { rel: "stylesheet", href: `/console/panels/${name}.css` }));
  try {
    return { name, ...(await import(`/console/panels/${name}.js`)) };
  } catch (error) {
    console.error(error);
    notify([`“${name}”这一部分没有载入`, `The part “${name}” did not load`], "bad");
    return null;
  }
}

function mount(panel) {
  if (panel.roles?.length && !panel.roles.some(may)) return;
  let section = SLOTS.includes(panel.slot) ? document.getElementById(panel.slot) : null;
  if (section) {
    section.hidden = false;
  } else {
    const heading = el("h2", { id: `${panel.name}-title` }, t(...panel.title));
    section = el("section", { "aria-labelledby": heading.id, class: `panel-${panel.name}` }, heading);
    const page = el("div", { class: "page" }, section);
    page.hidden = true;
    main.append(page);
    addPage(panel.name, panel.title, page);
  }
  try {
    panel.mount(section, context(panel.name, section, panel.slot ? "desk" : panel.name));
  } catch (error) {
    console.error(error);
    notify([`“${panel.title[0]}”出错了`, `“${panel.title[1]}” failed`], "bad");
  }
}

async function begin() {
  document.getElementById("language").addEventListener("click", () => setLanguage(currentLanguage() === "en" ? "zh" : "en"));
  document.getElementById("leave").addEventListener("click", async () => {
    await api("DELETE", "/api/session").catch(() => {});
    location.replace("/sign-in");
  });
  onLanguage(() => {
    const other = currentLanguage() === "en" ? ["中文", "zh-CN"] : ["English", "en"];
    [document.getElementById("language").textContent, document.getElementById("language").lang] = other;
    drawTitle();
  });
  showLanguage();
  try {
    session = await api("GET", "/api/session");
  } catch (error) {
    if (error.status === 401) location.replace(`/sign-in${location.hash}`);
    else setTimeout(() => location.reload(), 5000);
    return;
  }
  document.getElementById("who").textContent = session.staff.display_name;
  addPage("desk", may("duty") ? ["值班", "Desk"] : ["总览", "Overview"], document.getElementById("desk"));
  const { panels } = await api("GET", "/api/console/parts");
  const loaded = (await Promise.all(panels.map(load))).filter(Boolean);
  loaded.sort((a, b) => (a.order ?? 50) - (b.order ?? 50)).forEach(mount);
  addEventListener("hashchange", () => show(location.hash.slice(1)));
  show(location.hash.slice(1));
  document.body.dataset.ready = "yes";
}

begin();
