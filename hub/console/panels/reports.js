// The numbers of a day, a week or a month: of a station, a district or the city. Gaps are drawn as gaps.

import { currentLanguage, el, onLanguage, pick, t, tableHead, when } from "../kit.js";
import { badge, columns, number, why, withBar } from "../reports/charts.js";
import { dayShort, dayWords, LENGTHS, numberWords, periodWords, stateOf, whyWords, wholeWords } from "../reports/words.js";

export const title = ["统计报表", "Reports"];
export const order = 45;
export const roles = ["duty", "manager"];

const VISITS = ["到访", "Visits"];
const GIVEN = ["发放物资", "Supplies given"];
const EVERY = 300; // seconds: a month of a whole city is seconds of work for the hub
const FIRST_TOTALS = 4; // drawn larger
const numbers = (...at) => Object.fromEntries(at.map((column) => [column, "number"]));

/** A chart, and its table beside it. */
function pair(heading, chart, head, classes, rows) {
  const table = el("div", { class: "scroller", tabindex: "0", role: "region", label: heading }, el("table", { class: "table" },
    tableHead(head, classes), el("tbody", {}, ...rows)));
  return el("div", { class: "panel" }, el("h3", {}, t(...heading)), el("div", { class: "pair" }, chart, table));
}

function byDay({ days, stations }) {
  const rows = days.map(({ day, visits, state }) => ({ label: dayShort(day), count: visits, state, emphasis: new Date(day).getUTCDay() % 6 === 0 }));
  const many = stations > 1;
  const head = [["日期", "Day"], VISITS, ["发放", "Given"], ...(many ? [["完整驿站", "Complete"]] : []), ["状态", "State"]];
  return pair(["按日的到访", "Visits by day"], columns(["按日的到访，数字见表格", "Visits by day; the table has the numbers"], rows), head, many ? numbers(1, 2, 3) : numbers(1, 2),
    days.map((day) => el("tr", {}, el("th", { scope: "row" }, t(...dayWords(day.day))), number(day.visits, day.state), number(day.given, day.state),
      many && el("td", { class: "number" }, day.of ? `${day.complete} / ${day.of}` : "—"), el("td", {}, badge(day.state), " ", why(day)))));
}

function byHour({ hours, length }) {
  const rows = hours.map(({ hour, visits, state }) => ({ label: String(hour), count: visits, state: length === "day" || visits === null ? state : "" }));
  const head = [["钟点", "Hour"], VISITS, ...(length === "day" ? [["状态", "State"]] : [])];
  return pair(["按钟点的到访", "Visits by hour"], columns(["按钟点的到访，数字见表格", "Visits by hour; the table has the numbers"], rows), head, numbers(1),
    hours.map((hour) => el("tr", {}, el("th", { scope: "row" }, `${String(hour.hour).padStart(2, "0")}:00`), number(hour.visits, hour.state),
      length === "day" ? el("td", {}, badge(hour.state), " ", why(hour)) : null)));
}

function group({ name, lines }, state) {
  const most = Math.max(...lines.map(({ count }) => count ?? 0));
  return el("div", { class: "panel" }, el("h3", {}, pick(name)), el("table", { class: "table" },
    el("caption", { class: "unseen" }, pick(name)),
    el("tbody", {}, ...lines.map((line) => el("tr", {},
      el("th", { scope: "row" }, withBar(pick(line.name, line.key), line.count, most)),
      el("td", { class: "number" }, t(...numberWords(line.count, state)), line.unit.zh_CN ? " " : null, line.unit.zh_CN ? pick(line.unit) : null))))));
}

/** A number and, smaller, that it is the least there was. */
function figure(count, state) {
  if (count === null || (state !== "gap" && state !== "part")) return [t(...numberWords(count, state))];
  const said = count.toLocaleString("en");
  return count ? [el("small", {}, t("至少 ", "at least ")), said] : [said, el("small", {}, t("（有缺）", " (with gaps)"))];
}

function totals({ totals: lines }, state) {
  return el("dl", { class: "totals" }, ...lines.map(({ name, count }, place) =>
    el("div", { class: place < FIRST_TOTALS ? "large" : "" }, el("dt", {}, pick(name)), el("dd", {}, ...figure(count, state)))));
}

function places({ places: parts }, choose) {
  if (!parts.length) return null;
  const [{ kind }] = parts;
  const heading = kind === "district" ? ["按区", "By district"] : ["按驿站", "By station"];
  const head = [kind === "district" ? ["区", "District"] : ["驿站", "Station"], VISITS, GIVEN, ["完整的站日", "Days complete"], ["状态", "State"]];
  return el("div", { class: "panel" }, el("h3", {}, t(...heading)), el("table", { class: "table" }, tableHead(head, numbers(1, 2, 3)),
    el("tbody", {}, ...parts.map((part) => el("tr", {},
      el("th", { scope: "row" }, part.id ? el("button", { type: "button", class: "quiet", onclick: () => choose(`${kind}/${part.id}`) }, pick(part.name, part.id)) : pick(part.name)),
      number(part.visits, stateOf(part)), number(part.given, stateOf(part)), el("td", { class: "number" }, `${part.complete} / ${part.of}`),
      el("td", {}, badge(stateOf(part)), " ", why(part)))))));
}

export function mount(section, ctx) {
  const asked = { length: "month", day: "", place: "" };
  let shown = null;
  let turn = 0;
  let drawn = "";
  const lengths = el("fieldset", { class: "choices" }, el("legend", { class: "unseen" }, t("时段", "Period")),
    ...Object.entries(LENGTHS).map(([value, words]) => el("label", {}, el("input", { type: "radio", name: "report-length", value, checked: value === asked.length,
      onchange: () => ask({ length: value }) }), t(...words))));
  const place = el("select", { class: "field", label: ["哪里的", "Of what"], onchange: () => ask({ place: place.value }) });
  const back = el("button", { type: "button", class: "quiet", label: ["前一个", "The one before"], onclick: () => ask({ day: shown.previous }) }, "‹");
  const on = el("button", { type: "button", class: "quiet", label: ["后一个", "The one after"], onclick: () => ask({ day: shown.next }) }, "›");
  const day = el("input", { type: "date", class: "field", label: ["含哪一天", "With which day"], onchange: () => day.value && ask({ day: day.value }) });
  const table = el("a", { class: "button", download: "" }, t("下载表格（CSV）", "Table (CSV)"));
  const paper = el("a", { class: "button", target: "_blank", rel: "noopener" }, t("打开 PDF", "Open PDF"));
  const print = el("button", { type: "button", class: "quiet", onclick: () => window.print() }, t("打印这一页", "Print this page"));
  const body = el("div", { class: "report", "aria-live": "off" });
  const said = el("p", { class: "unseen", role: "status" });
  section.append(
    el("div", { class: "controls panel" }, lengths, el("div", { class: "steps" }, back, day, on), place, el("div", { class: "takes" }, table, paper, print)), said, body);

  function query() {
    const [kind, id] = [asked.place.split("/", 1)[0], asked.place.slice(asked.place.indexOf("/") + 1)];
    const found = { length: asked.length, ...(asked.day ? { day: asked.day } : {}), ...(asked.place ? { [kind]: id } : {}) };
    return new URLSearchParams(found).toString();
  }

  async function ask(change) {
    Object.assign(asked, change);
    try {
      await load(true);
    } catch (error) {
      ctx.failed(error);
    }
  }

  function choose(value) {
    place.value = value;
    ask({ place: value });
    place.focus();
  }

  function links() {
    const language = currentLanguage() === "en" ? "en" : "zh";
    table.href = `/api/console/reports.csv?${query()}&language=${language}`;
    paper.href = `/api/console/reports.pdf?${query()}&language=${language}`;
  }

  function drawPlaces(known) {
    const districts = Map.groupBy(known, (one) => one.district);
    const own = ctx.staff.district;
    const whole = own ? t(`${own}（全区）`, `All of ${own}`) : t("全市", "The whole city");
    const named = [...districts].filter(([district]) => district && !own);
    const option = (value, node) => el("option", { value }, node);
    place.replaceChildren(option("", whole),
      ...(named.length ? [el("optgroup", { label: ["区", "Districts"] }, ...named.map(([id, [{ district_name: name }]]) => option(`district/${id}`, pick(name, id))))] : []),
      ...[...districts].map(([, stations]) => el("optgroup", { label: [stations[0].district_name.zh_CN, stations[0].district_name.en] },
        ...stations.map(({ id, name }) => option(`station/${id}`, pick(name, id))))));
    place.value = asked.place;
  }

  function draw(report) {
    const state = stateOf(report);
    const reasons = whyWords(report);
    const period = periodWords(report);
    const heading = el("h3", { class: "about" }, pick(report.scope.name), " · ", t(...period));
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: report.time_zone }).format(new Date(report.made));
    on.disabled = !report.next || report.next > today;
    back.disabled = !report.previous;
    day.max = today;
    day.value = asked.day || (report.first <= today && today <= report.last ? today : report.first);
    const gaps = reasons[0] ? el("span", { class: "hint" }, t(`缺：${reasons[0]}`, `Gaps: ${reasons[1]}`)) : null;
    body.replaceChildren(
      el("div", { class: "summary" }, heading,
        el("p", { class: "bar" }, badge(state), t(...wholeWords(report)), gaps),
        state === "complete" || state === "running" ? null : el("p", { class: "hint" }, t("标“缺”的，是系统还没有收齐的那一天，不是没有人来。合计只含已收到的记录；有缺时，实际数量不会比它少。",
          "A gap is a day of which not everything has been received; it does not mean that nobody came. Sums are of what has been received: where there are gaps the true number is no smaller.")),
        el("p", { class: "hint made" }, t("生成于 ", "Made "), when(report.made, "full"))),
      totals(report, state), ...[report.length === "day" ? null : byDay(report), byHour(report),
        report.groups.length ? el("div", { class: "groups" }, ...report.groups.map((one) => group(one, state))) : null,
        places(report, choose)].filter(Boolean));
    return period;
  }

  async function load(tell = false) {
    const mine = ++turn;
    if (!place.options.length) drawPlaces(await ctx.api("GET", "/api/console/reports/places"));
    const report = await ctx.api("GET", `/api/console/reports?${query()}`);
    if (mine !== turn) return; // something else was asked for meanwhile
    shown = report;
    links();
    const news = JSON.stringify({ ...report, made: "" });
    if (news === drawn) return;
    drawn = news;
    const period = draw(report);
    if (tell) said.replaceChildren(t(`${report.scope.name.zh_CN}，${period[0]}`, `${report.scope.name.en}, ${period[1]}`));
  }

  onLanguage(() => { if (shown) links(); });
  ctx.every(EVERY, () => load());
}
