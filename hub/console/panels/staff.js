// Accounts of the staff, and codes with which terminals are enrolled: for administrators.

import { closeButton, dialog, el, t, tableHead, when } from "../kit.js";

export const title = ["账号与登记", "Accounts"];
export const order = 70;
export const roles = ["administrator"];

const ROLES = {
  duty: [["值班", "Duty"], ["接听呼叫、开门", "answers calls, opens doors"]],
  manager: [["管理", "Manager"], ["库存、会员码、统计", "stock, member codes, figures"]],
  publisher: [["发布", "Publisher"], ["服务、课程、通知", "services, courses, notices"]],
  administrator: [["管理员", "Administrator"], ["账号和终端登记；也含管理与发布", "accounts and enrolment; includes manager and publisher"]],
};

function field(words, props) {
  const input = el("input", { class: "field", autocomplete: "off", ...props });
  return [input, el("label", { class: "row" }, t(...words), input)];
}

function roleBoxes(chosen) {
  const boxes = Object.entries(ROLES).map(([role, [name, hint]]) => {
    const box = el("input", { type: "checkbox", value: role });
    box.checked = chosen.includes(role);
    return [box, el("label", {}, box, t(...name), el("span", { class: "hint" }, t(...hint)))];
  });
  const group = el("fieldset", { class: "choices column" }, el("legend", {}, t("可以做什么", "May do")), ...boxes.map(([, label]) => label));
  return [() => boxes.filter(([box]) => box.checked).map(([box]) => box.value), group];
}

const districtField = (value) => field(["只管哪个区（只给单独的管理角色；留空是全市）", "Only this district (a manager who is nothing else; empty = the whole city)"], { value, maxLength: 80 });

/** A form in a dialog; `save` makes the request, and what the hub refuses is said in the dialog. */
function ask(words, nodes, button, save) {
  const problem = el("p", { class: "badge bad", role: "alert" });
  problem.hidden = true;
  const form = el("form", { onsubmit: async (event) => {
    event.preventDefault();
    try {
      await save();
      box.close();
    } catch (error) {
      if (!error.code) throw error;
      problem.textContent = error.title;
      problem.hidden = false;
    }
  } }, ...nodes, problem, el("div", { class: "actions" }, closeButton(), el("button", { class: "main" }, t(...button))));
  const box = dialog(words, form);
}

function addAccount(ctx, reload) {
  const [name, nameRow] = field(["账号", "Account"], { required: true, maxLength: 32 });
  const [shown, shownRow] = field(["姓名（同事看到的）", "Name, as colleagues see it"], { maxLength: 64 });
  const [password, passwordRow] = field(["密码，至少 10 个字符", "Password, at least 10 characters"], { type: "password", required: true, autocomplete: "new-password" });
  const [roles, roleRow] = roleBoxes(["duty"]);
  const [district, districtRow] = districtField("");
  ask(["新账号", "New account"], [nameRow, shownRow, passwordRow, roleRow, districtRow], ["建立账号", "Create"], async () => {
    await ctx.api("POST", "/api/staff", { name: name.value, display_name: shown.value, password: password.value, roles: roles(), district: district.value.trim() });
    await reload();
  });
}

function changeAccount(ctx, account, reload) {
  const [password, passwordRow] = field(["新密码（留空则不变）", "New password (empty = unchanged)"], { type: "password", autocomplete: "new-password" });
  const [roles, roleRow] = roleBoxes(account.roles);
  const [district, districtRow] = districtField(account.district);
  const off = el("input", { type: "checkbox" });
  off.checked = account.disabled;
  const offRow = el("fieldset", { class: "choices" }, el("label", {}, off, t("停用：退出并不能再登录", "Disabled: signed out, cannot sign in")));
  const lost = el("input", { type: "checkbox" });
  const lostRow = account.second_factor && el("fieldset", { class: "choices" },
    el("label", {}, lost, t("手机丢了：取消验证器", "Phone lost: no authenticator any more")));
  ask([`账号 ${account.display_name}`, `Account ${account.display_name}`], [roleRow, districtRow, passwordRow, offRow, lostRow].filter(Boolean), ["保存", "Save"], async () => {
    const wanted = { roles: roles(), district: district.value.trim(), disabled: off.checked, ...(password.value ? { password: password.value } : {}),
      ...(lost.checked ? { second_factor: false } : {}) };
    await ctx.api("PATCH", `/api/staff/${encodeURIComponent(account.name)}`, wanted);
    await reload();
  });
}

function enrol(ctx) {
  const [station, stationRow] = field(["驿站编号，例如 WX-0002", "Station id, for example WX-0002"], { required: true, maxLength: 32 });
  ask(["登记一台终端", "Enrol a terminal"], [stationRow], ["生成登记码", "Make a code"], async () => {
    const made = await ctx.api("POST", "/api/enrolments", { station: station.value.trim() });
    dialog(["一次性登记码", "One-time code"], el("div", { class: "body" },
      el("p", { class: "one-time code" }, made.code),
      el("p", {}, t("在终端上输入：", "On the terminal: "), el("code", {}, `python -m kiosk enrol ${made.code}`)),
      el("p", { class: "hint" }, t(`${made.station}，有效至 `, `${made.station}, valid until `), when(made.expires, "full")),
      el("div", { class: "actions" }, closeButton(["完成", "Done"]))));
  });
}

export function mount(section, ctx) {
  const body = el("tbody", {});
  const head = [["账号", "Account"], ["姓名", "Name"], ["可以做什么", "May do"], ["", ""]];
  const reload = async () => {
    const accounts = await ctx.api("GET", "/api/staff");
    body.replaceChildren(...accounts.map((account) => el("tr", {},
      el("td", {}, account.name), el("td", {}, account.display_name),
      el("td", {}, el("div", { class: "bar" }, ...account.roles.map((role) => el("span", { class: "badge" }, t(...ROLES[role][0]))),
        account.district ? el("span", { class: "badge info" }, account.district) : null,
        account.disabled ? el("span", { class: "badge bad" }, t("已停用", "Disabled")) : null)),
      el("td", { class: "number" }, el("button", { class: "quiet", type: "button", label: [`修改 ${account.name}`, `Change ${account.name}`],
        onclick: () => changeAccount(ctx, account, reload) }, t("修改", "Change"))))));
  };
  section.append(
    el("div", { class: "bar" },
      el("button", { type: "button", class: "main", onclick: () => addAccount(ctx, reload) }, t("新账号", "New account")),
      el("button", { type: "button", onclick: () => enrol(ctx) }, t("登记一台终端", "Enrol a terminal"))),
    el("div", { class: "panel" }, el("table", { class: "table" },
      tableHead(head), body)));
  ctx.every(30, reload);
}
