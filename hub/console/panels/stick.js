// Stations without a line: what they wrote to a stick comes in here, and what they are to have goes out.

import { el, t } from "../kit.js";

export const title = ["U 盘", "USB sticks"];
export const order = 64;
export const roles = ["manager"];

export function mount(section, ctx) {
  const said = el("div", { role: "status" });
  const file = el("input", { type: "file", accept: ".journal", class: "field", label: ["驿站写的文件", "The file a station wrote"] });
  const bring = el("button", { type: "button", class: "main", disabled: true }, t("收下", "Take it in"));
  file.addEventListener("change", () => { bring.disabled = !file.files.length; });
  bring.addEventListener("click", async () => {
    bring.disabled = true;
    said.replaceChildren(el("p", { class: "hint" }, t("正在收…", "Taking it in…")));
    try {
      const done = await ctx.api("POST", "/api/console/stick/journal", file.files[0]);
      said.replaceChildren(el("p", {}, el("span", { class: "badge good" }, t(
        `${done.station}：新收到 ${done.fresh} 条，到第 ${done.acknowledged} 条都齐了`,
        `${done.station}: ${done.fresh} new entries, all up to ${done.acknowledged} is here`)), " ",
      done.attachments ? t(`录音和照片 ${done.attachments} 个。`, `${done.attachments} recordings and photos. `) : "",
      done.poison.length ? el("span", { class: "badge warn" }, t(`${done.poison.length} 条格式不对，另外存着`, `${done.poison.length} kept apart: their form is wrong`)) : ""),
      el("p", { class: "hint" }, t("请给这个驿站写一份新的带回去，它才知道这些已经收到。",
        "Give this station a new file to take back: only then it knows that these have arrived.")));
      if (done.station) station.value = done.station;
      aim();
    } catch (error) {
      said.replaceChildren(el("p", {}, el("span", { class: "badge bad" }, error.title)));
    }
    file.value = "";
  });

  const names = el("datalist", { id: "stick-stations" });
  const station = el("input", { class: "field", list: "stick-stations", label: ["驿站", "Station"], placeholder: ["驿站编号", "Station id"], maxLength: 32 });
  const out = el("a", { class: "button main", download: "", "aria-disabled": "true" }, t("下载", "Download"));
  const unsigned = el("p", { hidden: "" }, el("span", { class: "badge warn" }, t(
    "目录还没有发布单位的签名，驿站不会采用 U 盘上的内容。", "The catalogue is not signed by a publisher: stations would not use what is on a stick.")));
  let signed = false;
  function aim() {
    const known = [...names.children].some((option) => option.value === station.value);
    if (known && signed) out.href = `/api/console/stick/${encodeURIComponent(station.value)}.zip`;
    else out.removeAttribute("href");
    out.setAttribute("aria-disabled", String(!(known && signed)));
  }
  station.addEventListener("input", aim);

  section.append(
    el("div", { class: "panel" }, el("h3", {}, t("收下驿站写的", "Take in what a station wrote")),
      el("p", { class: "hint" }, t("U 盘上名为 yizhan-驿站编号.journal 的文件。收两次也没有关系。",
        "The file named yizhan-STATION.journal on the stick. Taking it in twice does no harm.")),
      el("div", { class: "bar" }, file, bring), said),
    el("div", { class: "panel" }, el("h3", {}, t("给驿站写一份", "Write one for a station")),
      el("p", { class: "hint" }, t("下载以后原样拷到 U 盘最外层，不要改名，也不要解开。在驿站的值班页面里点“联网和 U 盘”。",
        "Copy it to the top of the stick as it is: do not rename or unpack it. At the station: staff pages, “Line and stick”.")),
      unsigned, el("div", { class: "bar" }, station, names, out)));

  ctx.every(30, async () => {
    const { stations, signed: yes } = await ctx.api("GET", "/api/console/stick");
    signed = yes;
    unsigned.hidden = yes;
    names.replaceChildren(...stations.map((id) => el("option", { value: id })));
    aim();
  });
}
