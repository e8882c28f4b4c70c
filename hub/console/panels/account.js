// One's own account: password, second factor, every browser.

import { closeButton, dialog, el, t } from "../kit.js";

export const title = ["我的账号", "My account"];
export const order = 90;
export const roles = [];

function secret(words, autocomplete) {
  const input = el("input", { class: "field", type: "password", required: true, autocomplete, maxLength: 200 });
  return [input, el("label", { class: "row" }, t(...words), input)];
}

const present = () => secret(["现在的密码", "Present password"], "current-password");

/** A form in a dialog; what the hub refuses is said in it. `save` returns what is shown next, if anything. */
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

function changePassword(ctx) {
  const [old, oldRow] = present();
  const [fresh, freshRow] = secret(["新密码，至少 10 个字符", "New password, at least 10 characters"], "new-password");
  ask(["修改密码", "Change the password"], [oldRow, freshRow,
    el("p", { class: "hint" }, t("改完后请在每个浏览器重新登录", "You will sign in again in every browser"))], ["修改", "Change"], async () => {
    await ctx.api("POST", "/api/session/password", { password: old.value, new_password: fresh.value });
    location.replace("/sign-in");
  });
}

async function addFactor(ctx, reload) {
  const proposed = await ctx.api("POST", "/api/session/second-factor");
  const picture = el("img", { class: "code-picture", alt: ["验证器的二维码", "QR code for the authenticator"],
    src: `data:image/svg+xml,${encodeURIComponent(proposed.picture)}` });
  const code = el("input", { class: "field", required: true, autocomplete: "one-time-code", maxLength: 10 });
  const [old, oldRow] = present();
  ask(["启用验证器", "Use an authenticator"], [
    el("p", {}, t("用手机上的验证器应用扫这个码：", "Scan this with the authenticator on your phone:")), picture,
    el("p", { class: "hint" }, t("扫不了就输入：", "Or type in: "), el("code", {}, proposed.secret)),
    el("label", { class: "row" }, t("验证器上的六位数字", "The six digits it shows"), code), oldRow,
  ], ["启用", "Use it"], async () => {
    const made = await ctx.api("PUT", "/api/session/second-factor",
      { password: old.value, secret: proposed.secret, code: code.value.replace(/\s/g, "") });
    dialog(["备用码", "Recovery codes"],
      el("p", {}, t("手机丢了时，每个码可代替一次验证器。请抄下来放好，只显示这一次。",
        "If the phone is lost, each stands in for it once. Write them down; they are shown only now.")),
      el("ul", { class: "codes" }, ...made.codes.map((one) => el("li", {}, el("code", {}, one)))),
      el("div", { class: "actions" }, closeButton(["已抄好", "Written down"])));
    await reload();
  });
}

function removeFactor(ctx, reload) {
  const [old, oldRow] = present();
  ask(["停用验证器", "Stop using the authenticator"], [oldRow], ["停用", "Stop"], async () => {
    await ctx.api("POST", "/api/session/second-factor/removal", { password: old.value });
    await reload();
  });
}

export function mount(section, ctx) {
  const state = el("p", { role: "status" });
  const factor = el("button", { type: "button", class: "factor" });
  factor.hidden = true;
  let on = false;
  const reload = async () => {
    on = (await ctx.api("GET", "/api/session")).staff.second_factor;
    state.replaceChildren(on
      ? el("span", { class: "badge good" }, t("已启用验证器", "Authenticator in use"))
      : el("span", { class: "badge" }, t("只用密码登录", "Password only")));
    factor.hidden = false;
    factor.replaceChildren(on ? t("停用验证器", "Stop using the authenticator") : t("启用验证器", "Use an authenticator"));
  };
  factor.addEventListener("click", async () => {
    try {
      await (on ? removeFactor : addFactor)(ctx, reload);
    } catch (error) {
      ctx.failed(error);
    }
  });
  section.append(el("div", { class: "panel own-account" },
    el("p", {}, ctx.staff.display_name, " · ", ctx.staff.name), state,
    el("div", { class: "bar" }, factor,
      el("button", { type: "button", onclick: () => changePassword(ctx) }, t("修改密码", "Change the password")),
      el("button", { type: "button", class: "quiet", onclick: async () => {
        await ctx.api("DELETE", "/api/session/everywhere");
        location.replace("/sign-in");
      } }, t("在所有浏览器退出", "Sign out in every browser")))));
  ctx.every(60, reload);
}
