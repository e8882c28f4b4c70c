// What the states of a report are called, its dates, and numbers of which not everything is here. All in two languages.

export const LENGTHS = { day: ["日", "Day"], week: ["周", "Week"], month: ["月", "Month"] };
export const STATES = {
  complete: ["good", "完整", "Complete"],
  part: ["warn", "部分缺", "Partly a gap"],
  gap: ["bad", "缺", "Gap"],
  running: ["info", "进行中", "Still running"],
  ahead: ["", "未到", "Not yet"],
};
const WHY = {
  not_enrolled: ["尚未登记", "not enrolled yet"],
  hole: ["缺少记录", "entries missing"],
  clock: ["时间不明", "time not known"],
  off: ["终端没开", "terminal was off"],
  behind: ["数据未到", "not received yet"],
};
const WEEKDAYS = [["周日", "Sun"], ["周一", "Mon"], ["周二", "Tue"], ["周三", "Wed"], ["周四", "Thu"], ["周五", "Fri"], ["周六", "Sat"]];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const parts = (iso) => iso.split("-").map(Number);

/** A day "2026-11-03" as a pair, with its day of the week. */
export function dayWords(iso, { year = false } = {}) {
  const [y, m, d] = parts(iso);
  const [zh, en] = WEEKDAYS[new Date(Date.UTC(y, m - 1, d)).getUTCDay()];
  return [`${year ? `${y}年` : ""}${m}月${d}日 ${zh}`, `${en} ${d} ${MONTHS[m - 1]}${year ? ` ${y}` : ""}`];
}

/** What lies under a column of a chart. */
export const dayShort = (iso) => String(parts(iso)[2]);

export function periodWords({ length, first, last }) {
  const [y, m] = parts(first);
  if (length === "month") return [`${y}年${m}月`, `${MONTHS[m - 1]} ${y}`];
  if (length === "day") return dayWords(first, { year: true });
  return dayWords(first, { year: true }).map((words, n) => `${words} – ${dayWords(last, { year: true })[n]}`);
}

/** Why something is missing: "数据未到 3、尚未登记 1". Of one day of one station the reason is enough. */
export function whyWords({ gaps, of }) {
  const found = Object.entries(gaps).sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
  const named = found.map(([why, count]) => (WHY[why] ?? [why, why]).map((word) => (of === 1 ? word : `${word} ${count}`)));
  return [named.map(([zh]) => zh).join("、"), named.map(([, en]) => en).join(", ")];
}

/** A number as it may be said: at least so many where there are gaps, and never a nought in place of a gap. */
export function numberWords(count, state) {
  if (state === "ahead") return ["—", "—"];
  if (count === null) return state === "gap" ? ["缺", "gap"] : ["—", "—"];
  const said = count.toLocaleString("en");
  if (state !== "gap" && state !== "part") return [said, said];
  return count ? [`至少 ${said}`, `at least ${said}`] : ["0（有缺）", "0 (with gaps)"];
}

/** The state of sums over all of it. */
export const stateOf = ({ complete, of }) => (!of ? "running" : !complete ? "gap" : complete < of ? "part" : "complete");

export function wholeWords({ stations, complete, of, running }) {
  const over = of ? [`${of} 个站日中 ${complete} 个完整`, `${complete} of ${of} station-days complete`] : null;
  const still = running ? [`${running} 个站日还在进行`, running === 1 ? "1 station-day is still running" : `${running} station-days are still running`] : null;
  const said = [over, still].filter(Boolean);
  return [[`${stations} 个驿站`, ...said.map(([zh]) => zh)].join("，"), [stations === 1 ? "1 station" : `${stations} stations`, ...said.map(([, en]) => en)].join(", ")];
}
