// How a station stands, in words.

import { el, t, when } from "../kit.js";

export const STATES = {
  online: ["good", "在线", "Online"],
  sick: ["warn", "在线，有故障", "Online, something is broken"],
  late: ["warn", "没有按时报到", "Late"],
  offline: ["bad", "离线", "Offline"],
  shut_down: ["", "已正常关机", "Shut down properly"],
  never_seen: ["", "从未联系过", "Never seen"],
};
const URGENT = ["offline", "late", "sick", "online", "shut_down", "never_seen"];

const DEVICES = {
  camera: ["摄像头", "camera"], speech: ["语音", "speech"], disk: ["磁盘空间", "disk space"], microphone: ["麦克风", "microphone"],
  scanner: ["扫码器", "scanner"], printer: ["打印机", "printer"], backup: ["备份", "spare copy"], sound_loop: ["喇叭到麦克风", "loudspeaker to microphone"], door: ["门锁", "door lock"],
};
export const DEVICE_STATES = {
  well: ["good", "正常", "Well"],
  sick: ["bad", "有故障", "Broken"],
  starting: ["warn", "正在启动", "Starting"],
  off: ["", "没有装", "Not fitted"],
};

/** [Chinese, English] of a device, as "door.front" or "camera:room" name it. */
export function deviceWords(name) {
  const [kind, ...rest] = name.split(/[.:]/);
  const words = DEVICES[kind] ?? [kind, kind];
  return rest.length ? words.map((word) => `${word} ${rest.join(" ")}`) : words;
}

/** A terminal whose journal is not the one that is held here. */
export const COPIED = ["记录对不上", "Another journal"];

export const stateBadge = (station) => {
  const [mood, ...words] = station.revoked ? ["bad", "终端已停用", "Terminal shut out"] : STATES[station.state];
  return el("span", { class: `badge ${mood}` }, t(...words));
};

/** Those that need somebody first. */
export const rank = (station) => (station.alarms ? -1 : URGENT.indexOf(station.state));

/** What is wrong with a station, as nodes; nothing when nothing is. */
export function troubles(station) {
  const seen = station.since ? el("p", { class: "hint" }, t("最近联系 ", "last heard "), when(station.since, "ago")) : null;
  const broken = station.sick.map(deviceWords);
  const sick = broken.length
    ? el("p", { class: "hint" }, t(`要修：${broken.map(([zh]) => zh).join("、")}`, `To repair: ${broken.map(([, en]) => en).join(", ")}`)) : null;
  const alarm = station.alarms ? el("span", { class: "badge bad" }, t("报警中", "Alarm")) : null;
  const apart = station.held_apart
    ? el("span", { class: "badge bad" }, t(`${station.held_apart} 条记录有误`, `${station.held_apart} entries set apart`)) : null;
  const copied = station.diverged ? el("span", { class: "badge bad" }, t(...COPIED)) : null;
  const enrol = station.diverged
    ? el("p", { class: "hint" }, t("磁盘可能是旧的或复制的，请重新登记终端", "An old or copied disk? Enrol the terminal again")) : null;
  return [seen, sick, alarm, apart, copied, enrol].filter(Boolean);
}
