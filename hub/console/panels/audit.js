// What people did: who, when, what, from where, and whether it was done.

import { el, t, tableHead, when } from "../kit.js";

export const title = ["操作记录", "Audit"];
export const order = 80;
export const roles = ["administrator"];

const PAGE = 100;
// By the operation's id in OpenAPI; a test asks for every one.
const WORDS = {
  alarm_desk_acknowledge: ["接警", "Took an alarm"],
  alarm_desk_add_note: ["为报警写备注", "Wrote a note about an alarm"],
  alarm_desk_offer: ["请同事接手报警", "Asked a colleague to take an alarm over"],
  alarm_desk_close: ["结束报警", "Ended an alarm"],
  distribution_publish: ["发布目录内容", "Published documents"],
  distribution_put_file: ["上传文件", "Uploaded a file"],
  door_order: ["远程开门", "Opened a door from afar"],
  erasure_forget_member: ["忘记一个人", "Forgot a person"],
  faults_fault_said: ["处理报修", "Said how a fault stands"],
  link_give_command: ["向终端发指令", "Gave a terminal a command"],
  members_issue: ["签发会员码", "Issued member codes"],
  members_revoke: ["注销会员码", "Took a member code back"],
  members_registration_choose: ["处理终端登记", "Decided about a registration"],
  members_registration_contact: ["查看登记人的姓名电话", "Opened the name and number of a registration"],
  members_page_for: ["给会员码新的手机页面", "New phone page for a member code"],
  messages_message_done: ["处理留言", "Dealt with a message"],
  revocation_revoke: ["停用终端", "Shut a terminal out"],
  revocation_restore: ["重新放行终端", "Let a terminal in again"],
  staff_sign_in: ["登录", "Signed in"],
  staff_sign_out: ["退出", "Signed out"],
  staff_sign_out_everywhere: ["在所有浏览器退出", "Signed out everywhere"],
  staff_change_password: ["修改自己的密码", "Changed their password"],
  staff_propose_second_factor: ["准备验证器", "Prepared an authenticator"],
  staff_confirm_second_factor: ["启用验证器", "Took an authenticator into use"],
  staff_remove_second_factor: ["停用验证器", "Stopped using the authenticator"],
  staff_add: ["建立账号", "Made an account"],
  staff_change: ["修改账号", "Changed an account"],
  stick_bring_journal: ["收下 U 盘上的记录", "Took in a stick"],
  stations_make_enrolment: ["生成登记码", "Made an enrolment code"],
  weather_declare: ["发布天气预警", "Declared weather"],
  weather_end: ["结束天气预警", "Ended declared weather"],
};

function outcome(status) {
  if (status < 400) return el("span", { class: "badge good" }, t("已完成", "Done"));
  if (status === 403) return el("span", { class: "badge bad" }, t("没有权限", "Not allowed"));
  return el("span", { class: "badge warn" }, t("没有做成", "Not done"));
}

const row = (deed) => el("tr", {},
  el("td", {}, when(deed.at, "full")),
  el("td", {}, deed.name, " ", el("span", { class: "hint" }, deed.account)),
  el("td", {}, t(...(WORDS[deed.action] ?? [deed.action]))),
  el("td", {}, el("span", { class: "code" }, deed.about)),
  el("td", {}, outcome(deed.status)),
  el("td", {}, el("span", { class: "code" }, deed.address)));

export function mount(section, ctx) {
  let shown = [];
  const who = el("input", { class: "field", placeholder: ["账号", "Account"], label: ["只看这个账号", "Only this account"], maxLength: 64 });
  const body = el("tbody", {});
  const none = el("p", { class: "empty" }, t("没有记录", "Nothing"));
  const more = el("button", { type: "button", class: "quiet" }, t("更早的", "Earlier"));
  const table = el("a", { href: "/api/console/audit.csv", download: "audit.csv" }, t("下载表格（CSV）", "Download as a table (CSV)"));
  const head = [["时间", "When"], ["谁", "Who"], ["做了什么", "What"], ["对象", "About"], ["结果", "Outcome"], ["从哪里", "From"]];

  async function load(before = "") {
    const account = who.value.trim();
    const query = new URLSearchParams({ limit: PAGE, before, account });
    const rows = await ctx.api("GET", `/api/console/audit?${query}`);
    shown = before ? [...shown, ...rows] : rows;
    body.replaceChildren(...shown.map(row));
    none.hidden = shown.length > 0;
    more.hidden = rows.length < PAGE;
    table.href = `/api/console/audit.csv?${new URLSearchParams({ account })}`;
  }

  const guarded = (fn) => async () => {
    try {
      await fn();
    } catch (error) {
      ctx.failed(error);
    }
  };
  who.addEventListener("change", guarded(() => load()));
  more.addEventListener("click", guarded(() => load(shown.at(-1)?.id)));
  section.append(
    el("div", { class: "bar" }, who, table),
    el("div", { class: "panel" }, el("table", { class: "table" },
      tableHead(head), body), none, more));
  ctx.every(30, () => (shown.length <= PAGE ? load() : undefined));
}
