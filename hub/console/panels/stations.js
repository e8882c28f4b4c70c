// Stations: who is connected now, who was last seen when.

import { el, pick, t, when } from "../kit.js";

export const title = ["驿站", "Stations"];
export const order = 20;
export const roles = [];
export const slot = "stations";

const STATES = {
  online: ["good", "在线", "Online"],
  sick: ["warn", "在线，有故障", "Online, something is broken"],
  late: ["warn", "没有按时报到", "Late"],
  offline: ["bad", "离线", "Offline"],
  shut_down: ["", "已正常关机", "Shut down properly"],
  never_seen: ["", "从未联系过", "Never seen"],
};
const DEVICES = { camera: ["摄像头", "camera"], speech: ["语音", "speech"], disk: ["磁盘空间", "disk space"] };

function row(station) {
  const [mood, ...words] = STATES[station.state];
  const state = el("span", { class: `badge ${mood}` }, t(...words));
  const seen = station.state === "online" || !station.since ? null
    : el("span", {}, t("最近联系 ", "last heard "), when(station.since, "ago"));
  const broken = station.sick.map((name) => DEVICES[name] ?? [name, name]);
  const sick = broken.length
    ? el("p", { class: "hint" }, t(`要修：${broken.map(([zh]) => zh).join("、")}`, `To repair: ${broken.map(([, en]) => en).join(", ")}`)) : null;
  const apart = station.held_apart
    ? el("span", { class: "badge bad" }, t(`${station.held_apart} 条记录有误`, `${station.held_apart} entries set apart`)) : null;
  return el("li", {},
    el("div", { class: "bar" }, el("strong", { class: "grow" }, pick(station.name, station.id)), state),
    el("p", { class: "hint" }, ...(station.name.zh_CN
      ? [el("span", { class: "code" }, station.id), " · ", pick(station.address, "—")]
      : [t("还没有发布这个站点的设置", "Its settings are not published yet")])),
    el("p", { class: "hint" }, seen, seen ? " · " : null, t(`已收记录 ${station.acknowledged} 条`, `${station.acknowledged} entries taken`)),
    sick, apart);
}

export function mount(section, ctx) {
  const summary = el("p", { class: "hint" });
  const list = el("ul", { class: "stations" });
  section.append(summary, list);
  ctx.every(5, async () => {
    const stations = await ctx.api("GET", "/api/console/stations");
    ctx.setStations(stations);
    const live = stations.filter((station) => station.live).length;
    summary.replaceChildren(t(`共 ${stations.length} 个，${live} 个在线`, `${live} of ${stations.length} online`));
    summary.hidden = !stations.length;
    stations.sort((a, b) => b.live - a.live || a.id.localeCompare(b.id));
    const empty = el("li", { class: "empty" }, t("还没有登记的终端。", "No terminal is enrolled yet. "), ctx.may("administrator")
      ? el("a", { href: "#staff" }, t("登记一台终端", "Enrol one")) : null);
    list.replaceChildren(...(stations.length ? stations.map(row) : [empty]));
  }, { always: true });
}
