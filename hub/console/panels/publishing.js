// What is published: the catalogue by kind, and its files.

import { el, t } from "../kit.js";

export const title = ["发布", "Publishing"];
export const order = 60;
export const roles = ["publisher", "manager"];

const KINDS = {
  activity: ["活动", "Activities"],
  alarm_settings: ["报警设置", "Alarm settings"],
  call_settings: ["呼叫设置", "Call settings"],
  call_topic: ["呼叫事项", "Call topics"],
  command_key: ["指令签名密钥", "Keys for orders"],
  course: ["课程", "Courses"],
  course_publisher: ["课程发布单位", "Course publishers"],
  erasure: ["要忘记的人", "People to forget"],
  entry_policy: ["进站规则", "Entry policies"],
  id_card_key: ["身份证号散列密钥", "Key for ID card hashes"],
  id_card_link: ["登记过的身份证", "Registered ID cards"],
  weather_mode: ["天气预警", "Declared weather"],
  hub_grant: ["对本机的授权", "What this hub may sign"],
  holiday_calendar: ["节假日", "Holidays"],
  journal_ack: ["收到记录的回执", "Acknowledgements"],
  learning_settings: ["课程设置", "Course settings"],
  issuer_key: ["会员码发行密钥", "Member code keys"],
  retention_settings: ["保留期限", "Retention"],
  item: ["物资", "Supplies"],
  item_category: ["物资分类", "Categories of supplies"],
  member_standing: ["登记结果", "Registrations"],
  registration_settings: ["登记设置", "Registration settings"],
  member_settings: ["会员设置", "Member settings"],
  member_tier: ["会员等级", "Member tiers"],
  notice: ["通知", "Notices"],
  publisher_key: ["发布单位公钥", "Publishers' keys"],
  poster: ["海报", "Posters"],
  service: ["服务", "Services"],
  service_category: ["服务分类", "Categories of services"],
  station_fault: ["报修", "Repairs"],
  station_settings: ["驿站设置", "Station settings"],
  status_list: ["会员码注销名单", "Revoked member codes"],
  supply_place: ["存放位置", "Places"],
};
const OWNERS = { folder: ["文件夹", "Folder"], members: ["会员", "Members"], registration: ["终端登记", "Registrations"], faults: ["报修", "Repairs"], weather: ["天气预警", "Declared weather"], learning: ["课程", "Learning"], door: ["远程开门", "Door orders"], publisher: ["发布单位", "The publisher"], erasure: ["忘记", "Forgetting"] };
const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

// Who has to sign what goes out, what waits for that, and until when this hub may sign by itself.
function signatures(state) {
  const until = state.granted_until ? new Date(state.granted_until) : null;
  const over = !until || until - Date.now() < 14 * 864e5;
  const words = [];
  words.push(state.waiting
    ? el("span", { class: "badge warn" }, t(`${state.waiting} 份等发布单位签名，还没有发到驿站`, `${state.waiting} wait for the publisher's signature and have not gone out`))
    : el("span", { class: "badge good" }, t("全部有发布单位的签名", "Everything is signed")));
  words.push(" ", el("span", { class: over ? "badge warn" : "soft" }, until
    ? t(`本机日常签名有效到 ${until.toLocaleDateString("zh-CN")}`, `this hub may sign daily news until ${until.toLocaleDateString("en-GB")}`)
    : t("本机还没有得到日常签名的授权", "this hub has not been granted to sign daily news")));
  return words;
}

function figure(value, ...words) {
  return el("div", { class: "panel figure" }, el("strong", {}, value), el("span", { class: "soft" }, t(...words)));
}

export function mount(section, ctx) {
  const figures = el("div", { class: "figures" });
  const body = el("tbody", {});
  const head = [["内容", "What"], ["份数", "Documents"], ["来源", "From"], ["最近版本", "Newest revision"]];
  const proofs = el("p", { class: "panel", hidden: "" });
  section.append(figures, proofs, el("div", { class: "panel" }, el("table", { class: "table" },
    el("thead", {}, el("tr", {}, ...head.map((pair, n) => el("th", { scope: "col", class: n % 2 ? "number" : "" }, t(...pair))))), body)),
  el("p", { class: "hint" }, t("内容以文件夹的形式编辑，用 ", "Content is edited as a folder of files and published with "),
    el("code", {}, "python -m hub publish DIR"), t(" 发布，用 ", ", taken out with "), el("code", {}, "python -m hub export DIR"),
    t(" 取出。", ".")));
  ctx.every(10, async () => {
    const state = await ctx.api("GET", "/api/console/catalogue");
    const documents = state.kinds.reduce((sum, { documents: n }) => sum + n, 0);
    figures.replaceChildren(
      figure(String(state.revision), "当前版本", "revision"), figure(String(documents), "份文档", "documents"),
      figure(String(state.files), "个文件", "files"), figure(size(state.bytes), "文件大小", "of files"));
    proofs.hidden = !state.publishers;
    proofs.replaceChildren(...(state.publishers ? signatures(state) : []));
    body.replaceChildren(...(state.kinds.length ? state.kinds.map((row) => el("tr", {},
      el("td", {}, t(...(KINDS[row.kind] ?? [row.kind, row.kind]))),
      el("td", { class: "number" }, String(row.documents)),
      el("td", {}, t(...(OWNERS[row.owner] ?? [row.owner, row.owner]))),
      el("td", { class: "number" }, String(row.newest))))
      : [el("tr", {}, el("td", { colspan: "4", class: "empty" }, t("还没有发布任何内容", "Nothing is published yet")))]));
  });
}
