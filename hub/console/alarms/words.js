// What the alarms' part of the console says, in two languages.

export const SOURCES = {
  screen: ["屏幕上的报警键", "the key on the screen"],
  button: ["墙上的报警按钮", "the button on the wall"],
  self_test: ["报警自检", "self-test of the alarm"],
};

const WAYS = {
  link: ["实时送到", "came at once"],
  journal: ["网络恢复后补送", "came when the network was back"],
  hub: ["服务器发现", "found by the hub"],
};

const STEPS = {
  raised: ({ detail }) => { const way = WAYS[detail] ?? [detail, detail]; return [`报警（${way[0]}）`, `Alarm (${way[1]})`]; },
  pressed: ({ detail }) => [`第 ${detail} 次按下`, `Pressed, time ${detail}`],
  mistaken: () => ["来访者说按错了", "The visitor says it was a mistake"],
  acknowledged: ({ name }) => [`${name} 接警`, `${name} took it`],
  taken_over: ({ name }) => [`${name} 接手`, `${name} took it over`],
  offered: ({ name, detail }) => [`${name} 请同事接手：${detail}`, `${name} asked a colleague: ${detail}`],
  note: ({ name, detail }) => [`${name}：${detail}`, `${name}: ${detail}`],
  escalated: ({ detail }) => [`没人接警，升级到 ${who(detail, 0)}`, `Nobody took it: on to ${who(detail, 1)}`],
  gateway_called: () => ["呼叫电话/短信网关", "Calling the SMS or telephone gateway"],
  gateway_reached: () => ["网关已收到", "The gateway has it"],
  gateway_failed: ({ detail }) => [`网关没有收到：${problem(detail)[0]}`, `The gateway did not hear: ${problem(detail)[1]}`],
  closed: ({ name, detail }) => [`${name || "自动"}结束：${detail || "自检已通过"}`, `Ended by ${name || "itself"}: ${detail || "the test has passed"}`],
};
const PEOPLE = { duty: ["全体值班员", "everybody on duty"], manager: ["管理员", "the managers"], gateway: ["电话/短信网关", "the gateway"] };

const who = (detail, language) => detail.split(", ").map((one) => PEOPLE[one]?.[language] ?? one).join(language ? ", " : "、");

/** Why the gateway has not heard, as far as we have better words than its own. */
export const problem = (why) => (why === "alarm_gateway_url is not set" ? ["没有配置网关", "no gateway is set up"]
  : why.endsWith("Timeout") ? ["超时", "it did not answer in time"]
  : why === "ConnectionError" ? ["连不上", "it cannot be reached"] : [why, why]);

export const stepWords = (step) => STEPS[step.kind]?.(step) ?? [step.kind, step.kind];

/** [mood, Chinese, English] of how an alarm stands. */
export function standing(row) {
  if (row.closed) return ["", ...(row.closed_where === "station"
    ? [`已由现场结束${row.reason ? `：${row.reason}` : ""}`, `Ended on the spot${row.reason ? `: ${row.reason}` : ""}`]
    : [`${row.closed_by} 已结束：${row.reason}`, `Ended by ${row.closed_by}: ${row.reason}`])];
  if (row.holder_name) return ["good", `${row.holder_name} 已接警`, `${row.holder_name} has it`];
  return ["bad", "还没有人接警", "Nobody has it yet"];
}
