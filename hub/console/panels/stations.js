// Stations on the desk's page: those that need somebody first, then those that are there. The whole city is a page of its own.

import { el, pick, t } from "../kit.js";
import { Fleet } from "../fleet/fleet.js";
import { rank, stateBadge, troubles } from "../fleet/words.js";

export const title = ["驿站", "Stations"];
export const order = 20;
export const roles = [];
export const slot = "stations";

const MOST = 60;

function row(station) {
  return el("li", {},
    el("div", { class: "bar" }, el("a", { class: "grow", href: `#fleet/${station.id}` }, pick(station.name, station.id)), stateBadge(station)),
    el("p", { class: "hint" }, ...(station.name.zh_CN
      ? [el("span", { class: "code" }, station.id), " · ", pick(station.address, "—")]
      : [t("还没有发布这个站点的设置", "Its settings are not published yet")])),
    ...troubles(station));
}

export function mount(section, ctx) {
  const summary = el("p", { class: "hint" });
  const list = el("ul", { class: "stations" });
  const fleet = new Fleet(ctx);
  section.append(summary, list);
  let drawn = null;
  ctx.every(5, async () => {
    await fleet.load();
    if (drawn === fleet.version) return;
    drawn = fleet.version;
    const stations = fleet.stations;
    const live = stations.filter((station) => station.live).length;
    summary.replaceChildren(t(`共 ${stations.length} 个，${live} 个在线`, `${live} of ${stations.length} online`),
      ...(stations.length > MOST ? [" · ", el("a", { href: "#fleet" }, t("看全部", "See all"))] : []));
    summary.hidden = !stations.length;
    const shown = stations.toSorted((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id)).slice(0, MOST);
    const empty = el("li", { class: "empty" }, t("还没有登记的终端。", "No terminal is enrolled yet. "), ctx.may("administrator")
      ? el("a", { href: "#staff" }, t("登记一台终端", "Enrol one")) : null);
    list.replaceChildren(...(shown.length ? shown.map(row) : [empty]));
  }, { always: true });
}
