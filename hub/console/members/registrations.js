// Registrations made at terminals: what became of each, the name somebody left, and the ones a person has to decide.
import { askToForget } from "./forget.js";
import { closeButton, dialog, el, t, tableHead, when } from "../kit.js";

const WORK = {
  rider: ["外卖骑手", "Food delivery"],
  courier: ["快递员", "Courier"],
  driver: ["出租、网约车司机", "Taxi, ride-hailing"],
  trucker: ["货车司机", "Lorry driver"],
  sanitation: ["环卫工", "Street cleaning"],
  builder: ["建筑工人", "Building work"],
  guard: ["保安、物业", "Security, property"],
  housekeeper: ["家政、护工", "Home help, care"],
  vendor: ["摆摊、零售", "Stall, shop"],
  other: ["其他工作", "Other work"],
};
const WAYS = { id_card: ["身份证", "ID card"], phone: ["姓名和手机号", "Name and number"] };
const STATES = {
  waiting: ["待处理", "Waiting", "warn"],
  confirmed: ["已确认", "Confirmed", "good"],
  merged: ["并入原会员", "Same person as before", "good"],
  ended: ["已作废", "Ended", "bad"],
};
const HEAD = [["什么时候", "When"], ["驿站", "Station"], ["方式", "How"], ["工作", "Work"], ["会员", "Member"], ["状态", "State"], ["操作", "Actions"]];
const short = (member) => member.slice(0, 8);

export function registrations(ctx) {
  const body = el("tbody", {});
  const empty = el("p", { class: "empty" }, t("还没有人在终端登记过。", "Nobody has registered at a terminal yet."));
  const table = el("table", { class: "table" }, tableHead(HEAD), body);
  const panel = el("div", { class: "panel" }, table);
  const node = el("section", { class: "registrations" }, el("h3", {}, t("终端上的登记", "Registered at terminals")), empty, panel);

  const address = (row, deed) => `/api/members/registrations/${row.member}/${deed}`;

  function button(words, run, kind = "quiet") {
    return el("button", { type: "button", class: kind, onclick: () => run().catch(ctx.failed) }, t(...words));
  }

  async function decide(row, action, into = "") {
    await ctx.api("POST", address(row, "decide"), { action, into });
    await refresh();
  }

  async function open(row) {
    const person = await ctx.api("POST", address(row, "contact"));
    dialog(
      ["登记时留的", "What was left"],
      el("p", {}, el("strong", {}, person.name), " ", el("a", { href: `tel:${person.phone}` }, person.phone)),
      el("p", { class: "hint" }, t("这次查看已记入操作记录。", "That it was opened is in the audit.")),
      el("div", { class: "bar" }, closeButton(["关闭", "Close"])),
    );
  }

  function end(row) {
    const box = dialog(
      ["作废这次登记？", "End this registration?"],
      el("p", {}, t("驿站收到下一次更新后就不再接受它的码和身份证。", "Stations stop taking its code and card with their next update.")),
      el("div", { class: "bar" }, closeButton(), button(["作废", "End"], async () => {
        box.close();
        await decide(row, "end");
      }, "danger")),
    );
    return Promise.resolve();
  }

  function actions(row) {
    const waits = row.state === "waiting";
    return el("td", {}, el("div", { class: "bar" },
      row.contact && button(["看姓名电话", "Name and number"], () => open(row)),
      waits && row.known && button([`是老会员 ${short(row.known)}`, `Same as ${short(row.known)}`], () => decide(row, "merge", row.known)),
      waits && button(["是新会员", "A new member"], () => decide(row, "confirm"), "main"),
      row.state !== "ended" && button(["作废", "End"], () => end(row), "danger"),
      button(["忘记", "Forget"], () => askToForget(ctx, row.member, refresh), "danger")));
  }

  function line(row) {
    const [zh, en, mood] = STATES[row.state];
    return el("tr", {},
      el("td", {}, when(row.at, "full")),
      el("td", {}, el("span", { class: "code" }, row.station)),
      el("td", {}, t(...(WAYS[row.way] ?? [row.way]))),
      el("td", {}, t(...(WORK[row.occupation] ?? [row.occupation]))),
      el("td", {}, el("span", { class: "code" }, short(row.final || row.member))),
      el("td", {}, el("span", { class: `badge ${mood}` }, t(zh, en)),
        row.state === "waiting" && row.known && el("p", { class: "hint" }, t("手机号登记过", "The number is known"))),
      actions(row));
  }

  async function refresh() {
    const rows = await ctx.api("GET", "/api/members/registrations");
    empty.hidden = rows.length > 0;
    panel.hidden = rows.length === 0;
    body.replaceChildren(...rows.map(line));
  }

  return { node, refresh };
}
