// What the calls' part of the console says, in two languages.

export const REASONS = {
  hung_up: ["对方已挂断", "The visitor hung up"],
  staff_hung_up: ["您已挂断", "You hung up"],
  staff_left: ["窗口离开太久，通话已结束", "This window was away too long; the call is over"],
  lost_network: ["驿站断网，通话已结束", "The station lost its network; the call is over"],
  no_media: ["画面和声音没有接通", "Neither picture nor sound came about"],
  session_ended: ["对方已离开", "The visitor has left"],
  shutdown: ["驿站的终端已关机", "The station's terminal was shut down"],
  no_answer: ["无人接听", "Nobody answered"],
  no_staff: ["无人值班", "Nobody was on duty"],
  busy: ["全部忙线", "Everybody was in a call"],
  refused: ["呼叫被拒绝", "The call was refused"],
  interrupted: ["驿站断电", "The station lost power"],
  moved: ["通话已转到您的另一个窗口", "The call went on in your other window"],
  transferred: ["已转接给同事", "Handed over to a colleague"],
};

export const QUICK = [
  ["您好，请讲。", "Hello, please go ahead."],
  ["请稍等，正在为您处理。", "One moment, we are seeing to it."],
  ["我听不清，请写字。", "I cannot hear you well, please write."],
  ["已通知附近的工作人员。", "Somebody nearby has been told."],
];

export const QUALITY = {
  good: ["网络正常", "Network good"],
  poor: ["对方网络不太好", "Their network is weak"],
  audio_only: ["对方网络差，只传声音", "Their network is weak: sound only"],
  bad: ["对方网络很差，请用文字", "Their network is very bad: write instead"],
};

export const CAMERAS = {
  room: ["室内镜头", "Room camera"],
  door: ["门口镜头", "Door camera"],
};

export const DOOR = {
  opened: ["门已打开", "The door is open"],
  late: ["指令到得太晚，门没有开", "The order came too late; the door stayed shut"],
  replayed: ["这条指令已经用过，门没有再开", "This order was used before; the door stayed shut"],
  forged: ["终端不认这条指令的签名，门没有开", "The terminal does not believe the signature; the door stayed shut"],
  foreign: ["这条指令不属于这次通话，门没有开", "The order is not for this call; the door stayed shut"],
  unknown_door: ["这个驿站没有这扇门", "This station has no such door"],
  lock_failed: ["门锁没有动作", "The lock did not release"],
  no_answer: ["没有收到门锁的回答，不知道门开了没有", "The lock did not answer: it is not known whether the door opened"],
};

export const NOT_COMING = {
  declined: ["对方谢绝了邀请", "declined"],
  no_answer: ["对方没有回应邀请", "did not answer"],
};

export const PAGES = [
  ["services.list", ["服务列表", "List of services"]],
  ["learning.list", ["课程列表", "List of courses"]],
];

export const PAGE_STATES = {
  sent: ["页面已发出…", "The page is on its way…"],
  shown: ["对方正在看这一页", "The visitor sees this page"],
  closed: ["对方关掉了这一页", "The visitor closed the page"],
  unknown: ["这台终端没有这一页", "This terminal has no such page"],
};

export const STEPS = {
  "call.started": ["呼叫", "Rang"],
  "call.answered": ["接听", "Answered"],
  "call.transferred": ["转接", "Handed over"],
  "call.joined": ["加入", "Joined"],
  "call.rated": ["评价", "Judged"],
  "call.message_left": ["留言", "Message left"],
  "call.ended": ["结束", "Ended"],
  "door.ordered": ["开门指令", "Door order"],
};

/** Minutes and seconds. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
