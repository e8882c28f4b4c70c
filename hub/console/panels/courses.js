// Courses: which packs are published, whether stations take them, and how often they were begun, completed and passed.
import { el, pick, t } from "../kit.js";

export const title = ["课程", "Courses"];
export const order = 50;
export const roles = ["publisher", "manager"];

const COLUMNS = [
  ["launched", "打开", "Opened"],
  ["completed", "看完", "Completed"],
  ["passed", "通过", "Passed"],
  ["failed", "未通过", "Not passed"],
  ["abandoned", "中断", "Cut off"],
  ["certified", "发证", "Certificates"],
];

function row(course) {
  const state = course.problem
    ? el("span", { class: "badge bad", title: course.problem }, t("课程包有问题", "The pack is not good"))
    : course.published
      ? el("span", { class: "badge good" }, t(`第 ${course.published} 版已发布`, `Version ${course.published} published`))
      : el("span", { class: "badge info" }, t("未发布（由 U 盘带来）", "Not published (brought on a stick)"));
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, pick(course.title)),
    el("td", {}, state),
    ...COLUMNS.map(([name]) => el("td", {}, String(course.total[name]))),
    el("td", {}, String(course.stations.length)),
  );
}

export function mount(section, ctx) {
  const body = el("tbody", {});
  const empty = el("p", { class: "empty" }, t("还没有课程。", "There are no courses yet."));
  const head = el(
    "tr",
    {},
    el("th", { scope: "col" }, t("课程", "Course")),
    el("th", { scope: "col" }, t("状态", "State")),
    ...COLUMNS.map(([, zh, en]) => el("th", { scope: "col" }, t(zh, en))),
    el("th", { scope: "col" }, t("驿站数", "Stations")),
  );
  const table = el("table", { class: "table" }, el("thead", {}, head), body);
  section.append(empty, table);
  section.append(el("p", {}, el("a", { href: "/verify/" }, t("查验学习证书", "Check a certificate of learning"))));
  ctx.every(30, async () => {
    const courses = await ctx.api("GET", "/api/console/courses");
    empty.hidden = courses.length > 0;
    table.hidden = courses.length === 0;
    body.replaceChildren(...courses.map(row));
  });
}
