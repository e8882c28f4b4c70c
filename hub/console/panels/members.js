// Member codes: issue them, hand out the address for a phone, print cards, take codes back.
import { closeButton, dialog, el, pick, t, when } from "../kit.js";
import { registrations } from "../members/registrations.js";

export const title = ["会员码", "Member codes"];
export const order = 40;
export const roles = ["manager"];

const many = (ids) => `/api/members/cards?${ids.map((id) => `ids=${id}`).join("&")}`;

function state(code) {
  if (code.revoked) return el("span", { class: "badge bad" }, t("已作废", "Revoked"));
  if (new Date(code.expires) < new Date()) return el("span", { class: "badge warn" }, t("已过期", "Expired"));
  return el("span", { class: "badge good" }, t("有效", "Good"));
}

export function mount(section, ctx) {
  const chosen = new Set();
  const body = el("tbody", {});
  const empty = el("p", { class: "empty" }, t("还没有发过会员码。", "No member code was issued yet."));
  const tier = el("select", { class: "field", name: "tier", required: true });
  const days = el("input", { class: "field", name: "days", type: "number", min: "1", max: "1825", value: "365", required: true });
  const count = el("input", { class: "field", name: "count", type: "number", min: "1", max: "500", value: "1", required: true });
  const note = el("input", { class: "field", name: "note", maxlength: "80", placeholder: ["批次、单位（不写姓名）", "Batch or place; no names"] });
  const form = el(
    "form",
    { class: "bar", onsubmit: issue },
    el("label", { class: "row" }, t("等级", "Tier"), tier),
    el("label", { class: "row" }, t("有效天数", "Days it is good"), days),
    el("label", { class: "row" }, t("张数", "How many"), count),
    el("label", { class: "row grow" }, t("备注", "Note"), note),
    el("button", { class: "main", type: "submit" }, t("发码", "Issue")),
  );
  const print = el("button", { type: "button", disabled: true, onclick: () => open(many([...chosen]), "_blank", "noopener") },
    t("打印所选卡片", "Print chosen cards"));
  const table = el(
    "table",
    { class: "table" },
    el("thead", {}, el("tr", {},
      el("th", { scope: "col" }, t("选", "Pick")),
      el("th", { scope: "col" }, t("编号", "No.")),
      el("th", { scope: "col" }, t("等级", "Tier")),
      el("th", { scope: "col" }, t("状态", "State")),
      el("th", { scope: "col" }, t("有效至", "Good until")),
      el("th", { scope: "col" }, t("备注", "Note")),
      el("th", { scope: "col" }, t("操作", "Actions")))),
    body,
  );
  const registered = registrations(ctx);
  section.append(form, el("div", { class: "bar" }, print), empty, table, registered.node);

  function row(code) {
    const good = !code.revoked && new Date(code.expires) > new Date();
    const box = el("input", { type: "checkbox", label: [`选 ${code.id}`, `Pick ${code.id}`], disabled: !good,
      onchange: (event) => choose(code.id, event.target.checked) });
    box.checked = chosen.has(code.id);
    return el(
      "tr",
      {},
      el("td", {}, box),
      el("th", { scope: "row" }, String(code.id).padStart(6, "0")),
      el("td", {}, pick(code.tier_name, code.tier)),
      el("td", {}, state(code)),
      el("td", {}, when(code.expires, "date")),
      el("td", {}, code.note),
      el("td", { class: "bar" },
        good && el("button", { type: "button", class: "quiet", onclick: () => address(code) }, t("手机网址", "Phone address")),
        good && el("button", { type: "button", class: "danger", onclick: () => takeBack(code) }, t("作废", "Revoke"))),
    );
  }

  function choose(id, on) {
    if (on) chosen.add(id);
    else chosen.delete(id);
    print.disabled = chosen.size === 0;
  }

  async function refresh() {
    const [codes, names] = await Promise.all([ctx.api("GET", "/api/members/codes"), ctx.api("GET", "/api/console/names")]);
    const tiers = Object.entries(names.member_tier ?? {});
    if (tier.options.length !== tiers.length) {
      tier.replaceChildren(...tiers.map(([id, name]) => el("option", { value: id }, pick(name))));
      if (tiers.some(([id]) => id === "member")) tier.value = "member";
    }
    empty.hidden = codes.length > 0;
    table.hidden = codes.length === 0;
    body.replaceChildren(...codes.map(row));
  }

  async function issue(event) {
    event.preventDefault();
    try {
      const wanted = { tier: tier.value, days: Number(days.value), count: Number(count.value), note: note.value };
      const made = await ctx.api("POST", "/api/members/codes", wanted);
      made.forEach((code) => choose(code.id, true));
      await refresh();
      ctx.notify([`发了 ${made.length} 个会员码`, `${made.length} member codes issued`], "good");
      if (made.length === 1) show(made[0]);
    } catch (error) {
      ctx.failed(error);
    }
  }

  async function address(code) {
    try {
      show(await ctx.api("POST", `/api/members/codes/${code.id}/page`));
    } catch (error) {
      ctx.failed(error);
    }
  }

  function show(code) {
    const field = el("input", { class: "field", readonly: true, value: code.page, label: ["手机网址", "Phone address"] });
    field.value = code.page;
    dialog(
      ["给手机用的网址", "The address for a phone"],
      el("p", {}, t("只给持码人本人。打开后显示两分钟有效的码，每分钟自动更换；再次生成会使旧网址失效。",
        "For the holder alone. It shows a code that is good for two minutes and is renewed each minute; making a new address ends the old one.")),
      field,
      el("div", { class: "bar" }, closeButton(["关闭", "Close"])),
    );
    field.select();
  }

  function takeBack(code) {
    const reason = el("input", { class: "field", maxlength: "200", label: ["原因", "Reason"], placeholder: ["原因（可不填）", "Reason (optional)"] });
    const box = dialog(
      ["作废这个会员码？", "Revoke this member code?"],
      el("p", {}, t("驿站收到下一次更新后就不再接受它，不能恢复。", "Stations stop taking it with their next update. It cannot be undone.")),
      reason,
      el("div", { class: "bar" }, closeButton(), el("button", { type: "button", class: "danger", onclick: async () => {
        try {
          await ctx.api("POST", `/api/members/codes/${code.id}/revoke`, { reason: reason.value });
          choose(code.id, false);
          box.close();
          await refresh();
        } catch (error) {
          ctx.failed(error);
        }
      } }, t("作废", "Revoke"))),
    );
  }

  ctx.every(30, () => Promise.all([refresh(), registered.refresh()]));
}
