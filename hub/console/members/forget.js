// Somebody asked to be forgotten: asked once more, for it cannot be undone.

import { closeButton, dialog, el, t } from "../kit.js";

export function askToForget(ctx, member, after) {
  const box = dialog(
    ["忘记这个人？", "Forget this person?"],
    el("p", {}, t("他的会员码和登记都作废；这里和各驿站的记录不再与他有关，次数照旧。不能恢复。",
      "Their codes and registrations end, and no record here or at any station tells of them any more; sums stay. It cannot be undone.")),
    el("p", { class: "hint" }, t("各驿站收到下一次更新后照做；断网的驿站在联网或收到 U 盘后照做。",
      "Stations do the same with their next update, those without a line when they have one or get a stick.")),
    el("div", { class: "bar" }, closeButton(), el("button", { type: "button", class: "danger", onclick: async () => {
      try {
        const done = await ctx.api("POST", `/api/console/members/${member}/forget`);
        box.close();
        ctx.notify([`已忘记：${done.entries} 条记录不再与他有关`, `Forgotten: ${done.entries} entries do not tell of them any more`]);
        await after();
      } catch (error) {
        ctx.failed(error);
      }
    } }, t("忘记", "Forget"))),
  );
}
