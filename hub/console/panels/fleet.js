// All stations: searched, filtered, by district; and one of them in full, with what can be done there from afar.

import { el, onLanguage, pick, say, t, tableHead } from "../kit.js";
import { StationView } from "../fleet/station.js";
import { COPIED, deviceWords, rank, STATES, stateBadge } from "../fleet/words.js";

export const title = ["驿站总览", "All stations"];
export const order = 25;
export const roles = ["duty", "manager"];

const MOST = 200; // rows that are drawn; a search narrows what is left
const HEAD = [["驿站", "Station"], ["编号", "Id"], ["状态", "State"], ["要修的", "To repair"], ["版本", "Version"]];
const NO_DISTRICT = ["未分区", "No district"];

const both = (text, instead) => [text?.zh_CN || instead, text?.en || text?.zh_CN || instead];

export function mount(section, ctx) {
  const view = new StationView(ctx);
  const list = el("div", { class: "fleet" });
  const search = el("input", { type: "search", class: "field", placeholder: ["名称、编号、地址、区", "Name, id, address, district"], label: ["查找驿站", "Find a station"] });
  const states = el("select", { class: "field", label: ["只看这种状态", "Only this state"] });
  const group = el("input", { type: "checkbox" });
  const count = el("p", { class: "hint", role: "status" });
  const body = el("div", { class: "groups" });
  group.checked = true;
  list.append(el("div", { class: "bar filters" }, search, states, el("label", { class: "check" }, group, t("按区分组", "By district"))), count, body);
  section.append(list, view.node);

  function fits(station, words) {
    if (states.value === "trouble" ? !(station.alarms || station.sick.length || station.diverged || ["late", "offline"].includes(station.state) || station.held_apart)
      : states.value && station.state !== states.value) return false;
    const text = [station.id, ...Object.values(station.name), ...Object.values(station.address), ...Object.values(station.district)].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  }

  function drawStates(stations) {
    const numbers = Map.groupBy(stations, (station) => station.state);
    const options = [["", ["所有状态", "Every state"], stations.length], ["trouble", ["要处理的", "In trouble"], null],
      ...Object.entries(STATES).map(([state, [, ...words]]) => [state, words, numbers.get(state)?.length ?? 0])];
    const key = JSON.stringify([options, say(["zh", "en"])]);
    if (states.dataset.key === key) return;
    states.dataset.key = key;
    const chosen = states.value;
    states.replaceChildren(...options.map(([value, words, number]) => {
      const node = el("option", { value });
      node.textContent = say(words) + (number === null ? "" : ` (${number})`);
      return node;
    }));
    states.value = chosen;
  }

  const row = (station) => el("tr", {},
    el("td", {}, el("a", { href: `#fleet/${station.id}` }, pick(station.name, station.id)), station.alarms ? el("span", { class: "badge bad" }, t("报警中", "Alarm")) : null,
      el("div", { class: "hint" }, pick(station.address, ""))),
    el("td", {}, el("span", { class: "code" }, station.id)),
    el("td", {}, stateBadge(station)),
    el("td", {}, ...station.sick.flatMap((name) => [t(...deviceWords(name)), " "]), station.held_apart ? t(`${station.held_apart} 条记录有误`, `${station.held_apart} entries set apart`) : null,
      station.diverged ? el("span", { class: "badge bad" }, t(...COPIED)) : null),
    el("td", {}, el("span", { class: "code" }, station.version || "—")));

  const table = (stations) => el("table", { class: "table" },
    tableHead(HEAD), el("tbody", {}, ...stations.map(row)));

  function draw() {
    const stations = ctx.stations() ?? [];
    drawStates(stations);
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = stations.filter((station) => fits(station, words)).sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
    const shown = found.slice(0, MOST);
    count.replaceChildren(t(`共 ${found.length} 个`, `${found.length} of ${stations.length}`),
      ...(found.length > MOST ? [t(`，只显示前 ${MOST} 个，请缩小范围`, `; the first ${MOST} are shown, search to narrow it`)] : []));
    const parts = group.checked
      ? [...Map.groupBy(shown, (station) => both(station.district, "")[0])].sort(([a], [b]) => (a ? 0 : 1) - (b ? 0 : 1) || a.localeCompare(b, "zh"))
      : [["", shown]];
    body.replaceChildren(...(shown.length ? parts.map(([, members]) => el("div", { class: "panel" },
      group.checked ? el("h3", {}, t(...(members[0].district.zh_CN ? both(members[0].district, "") : NO_DISTRICT)), " ", el("span", { class: "hint" }, String(members.length))) : null,
      table(members))) : [el("p", { class: "empty panel" }, stations.length ? t("没有这样的驿站", "There is no such station") : t("还没有登记的终端", "No terminal is enrolled yet"))]));
  }

  function route() {
    const [page, station] = location.hash.slice(1).split("/");
    if (page !== "fleet") return;
    list.hidden = Boolean(station);
    view.show(station ? decodeURIComponent(station) : "");
    if (!station) draw();
  }

  for (const node of [search, states, group]) node.addEventListener("input", draw);
  addEventListener("stations-changed", () => { if (!list.hidden) draw(); });
  addEventListener("hashchange", route);
  onLanguage(() => draw());
  ctx.every(5, () => view.load());
  draw();
  route();
}
