"""What the call's screen says in each state: heading, sentence, icon. Chinese sources, translated when asked for."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kiosk.intercom import Call, Phase
from kiosk.protocol.intercom import ALARM, EndReason


@dataclass(frozen=True, slots=True)
class Words:
    """`numbers`: the emergency numbers belong on this screen. `mood` colours it: good, warn, bad, plain."""

    title: str
    detail: str
    icon: str
    mood: str = "plain"
    numbers: bool = False


STAFF = QT_TRANSLATE_NOOP("intercom", "值班人员")
_CHOOSE = Words(
    QT_TRANSLATE_NOOP("intercom", "需要帮助？"),
    QT_TRANSLATE_NOOP("intercom", "选一项，值班人员用画面和声音跟您通话。"),
    "mdi6.face-agent",
)
_CALLING = Words(
    QT_TRANSLATE_NOOP("intercom", "正在联系值班台…"),
    QT_TRANSLATE_NOOP("intercom", "请不要走开。"),
    "mdi6.phone-outgoing",
)
_NO_LINE = Words(
    QT_TRANSLATE_NOOP("intercom", "现在连不上网，呼叫送不到值班台"),
    QT_TRANSLATE_NOOP("intercom", "正在重新连接。着急的话，请直接拨打屏幕上的电话。"),
    "mdi6.wifi-off",
    "bad",
    True,
)
_RINGING = Words(
    QT_TRANSLATE_NOOP("intercom", "值班台正在响铃"),
    QT_TRANSLATE_NOOP("intercom", "值班人员接听后，您就能看到他们。"),
    "mdi6.bell-ring",
)
_NEXT = Words(
    QT_TRANSLATE_NOOP("intercom", "值班人员都在通话，您是下一位"),
    QT_TRANSLATE_NOOP("intercom", "有人空下来就会接您的呼叫。着急的话，请直接拨打屏幕上的电话。"),
    "mdi6.account-clock",
    "warn",
    True,
)
_QUEUED = Words(
    QT_TRANSLATE_NOOP("intercom", "值班人员都在通话，您排在第 {position} 位"),
    _NEXT.detail,
    "mdi6.account-clock",
    "warn",
    True,
)
_NOBODY = Words(
    QT_TRANSLATE_NOOP("intercom", "现在值班台没有人"),
    QT_TRANSLATE_NOOP("intercom", "还在继续呼叫。着急的话，请直接拨打屏幕上的电话。"),
    "mdi6.account-off-outline",
    "warn",
    True,
)
_ALARM = Words(
    QT_TRANSLATE_NOOP("intercom", "报警呼叫已送到值班台，正在响铃"),
    QT_TRANSLATE_NOOP("intercom", "还没有人接听。有危险请马上拨打屏幕上的电话。"),
    "mdi6.alarm-light",
    "bad",
    True,
)
_ALARM_CALLING = Words(
    QT_TRANSLATE_NOOP("intercom", "正在把报警呼叫送到值班台…"),
    QT_TRANSLATE_NOOP("intercom", "还没有送到。有危险请马上拨打屏幕上的电话。"),
    "mdi6.alarm-light",
    "bad",
    True,
)
_CONNECTING = Words(
    QT_TRANSLATE_NOOP("intercom", "{by} 已接听"),
    QT_TRANSLATE_NOOP("intercom", "正在接通画面和声音…"),
    "mdi6.phone-in-talk",
    "good",
)
_TALKING = Words(
    QT_TRANSLATE_NOOP("intercom", "正在与 {by} 通话"),
    "",
    "mdi6.phone-in-talk",
    "good",
)
_RECOVERING = Words(
    QT_TRANSLATE_NOOP("intercom", "线路断了，正在恢复"),
    QT_TRANSLATE_NOOP("intercom", "请稍等，不用重新呼叫。着急的话，请直接拨打屏幕上的电话。"),
    "mdi6.wifi-alert",
    "warn",
    True,
)
_DESK_AWAY = Words(
    QT_TRANSLATE_NOOP("intercom", "值班人员的窗口断开了"),
    QT_TRANSLATE_NOOP("intercom", "正在等他们回来。"),
    "mdi6.account-clock",
    "warn",
    True,
)

_HELD = Words(
    QT_TRANSLATE_NOOP("intercom", "请稍等，{by} 马上回来"),
    QT_TRANSLATE_NOOP("intercom", "通话在等待，画面和声音暂停。不用挂断。"),
    "mdi6.pause-circle",
    "info",
)
_MOVING = Words(
    QT_TRANSLATE_NOOP("intercom", "正在为您转接"),
    QT_TRANSLATE_NOOP("intercom", "不用挂断，另一位值班人员马上来接。"),
    "mdi6.phone-forward",
    "info",
)
_MOVING_TO = Words(QT_TRANSLATE_NOOP("intercom", "正在为您转给 {to}"), _MOVING.detail, "mdi6.phone-forward", "info")
_REDIAL = Words(
    QT_TRANSLATE_NOOP("intercom", "通话断了，马上自动重拨"),
    QT_TRANSLATE_NOOP("intercom", "网络一通就会再呼叫，您不用做什么。着急的话，请直接拨打屏幕上的电话。"),
    "mdi6.phone-refresh",
    "warn",
    True,
)

_AGAIN = QT_TRANSLATE_NOOP("intercom", "可以再呼叫一次，或直接拨打屏幕上的电话。")
ENDED: dict[EndReason, Words] = {
    EndReason.HUNG_UP: Words(
        QT_TRANSLATE_NOOP("intercom", "已挂断"),
        QT_TRANSLATE_NOOP("intercom", "需要的话，随时可以再呼叫。"),
        "mdi6.phone-hangup",
    ),
    EndReason.STAFF_HUNG_UP: Words(
        QT_TRANSLATE_NOOP("intercom", "通话结束"),
        QT_TRANSLATE_NOOP("intercom", "值班人员已挂断。事情没办完，可以再呼叫。"),
        "mdi6.phone-hangup",
    ),
    EndReason.STAFF_LEFT: Words(
        QT_TRANSLATE_NOOP("intercom", "值班台断开了"), _AGAIN, "mdi6.account-off-outline", "warn", True
    ),
    EndReason.NO_ANSWER: Words(QT_TRANSLATE_NOOP("intercom", "没有人接听"), _AGAIN, "mdi6.phone-missed", "warn", True),
    EndReason.NO_STAFF: Words(
        QT_TRANSLATE_NOOP("intercom", "值班台现在没有人"), _AGAIN, "mdi6.account-off-outline", "warn", True
    ),
    EndReason.BUSY: Words(
        QT_TRANSLATE_NOOP("intercom", "值班人员都在通话"), _AGAIN, "mdi6.account-clock", "warn", True
    ),
    EndReason.LOST_NETWORK: Words(
        QT_TRANSLATE_NOOP("intercom", "网络断了，没有接通值班台"),
        QT_TRANSLATE_NOOP("intercom", "请直接拨打屏幕上的电话，或过一会儿再呼叫。"),
        "mdi6.wifi-off",
        "bad",
        True,
    ),
    EndReason.NO_MEDIA: Words(
        QT_TRANSLATE_NOOP("intercom", "画面和声音没有接通"), _AGAIN, "mdi6.video-off-outline", "bad", True
    ),
    EndReason.REFUSED: Words(
        QT_TRANSLATE_NOOP("intercom", "值班台不能接这台机器的呼叫"),
        QT_TRANSLATE_NOOP("intercom", "请直接拨打屏幕上的电话。"),
        "mdi6.phone-cancel",
        "bad",
        True,
    ),
}
_DROPPED = Words(  # the line went in the middle of a talk, which is another thing than never having had one
    QT_TRANSLATE_NOOP("intercom", "通话中断了"), _AGAIN, "mdi6.wifi-off", "bad", True
)
_REDIAL_FIRST = Words(ENDED[EndReason.LOST_NETWORK].title, _REDIAL.detail, "mdi6.wifi-off", "bad", True)
NO_ENGINE = Words(
    QT_TRANSLATE_NOOP("intercom", "这台机器现在不能视频通话"),
    QT_TRANSLATE_NOOP("intercom", "请直接拨打屏幕上的电话。"),
    "mdi6.video-off-outline",
    "bad",
    True,
)


ALARM_TEXT = QT_TRANSLATE_NOOP("intercom", "【报警】来访者按下了报警键。")


def translated(words: Words) -> Words:
    """Words without a gap to fill, in the language of the screen."""
    return Words(say(words.title), say(words.detail), words.icon, words.mood, words.numbers)


def words_for(call: Call, staff: str) -> Words:
    """The words for a call, translated. `staff` stands for a member of staff without a name."""
    chosen = _choose(call)
    to = call.move.to if call.move else ""
    fill: dict[str, object] = {"position": call.position, "by": call.by or staff, "to": to}
    return Words(say(chosen.title, fill), say(chosen.detail, fill), chosen.icon, chosen.mood, chosen.numbers)


def say(source: str, fill: dict[str, object] | None = None) -> str:
    """A sentence of ours in the language of the screen."""
    return QCoreApplication.translate("intercom", source).format_map(fill or {}) if source else ""


def _choose(call: Call) -> Words:
    match call.phase:
        case Phase.IDLE:
            return _CHOOSE
        case Phase.RINGING:
            return _alarm(call) if call.topic == ALARM else _ringing(call)
        case Phase.CONNECTING:
            return _CONNECTING if call.desk else _DESK_AWAY
        case Phase.IN_CALL:
            return _in_call(call)
        case Phase.ENDED:
            if call.redialling:
                return _REDIAL if call.answered is not None else _REDIAL_FIRST
            if call.reason is EndReason.LOST_NETWORK and call.answered is not None:
                return _DROPPED
            return ENDED.get(call.reason or EndReason.HUNG_UP, ENDED[EndReason.HUNG_UP])


def _in_call(call: Call) -> Words:
    main = call.person(call.main)
    if call.move is not None and not (main and main.up):
        return _MOVING_TO if call.move.to else _MOVING
    if call.held:
        return _HELD
    if not call.desk:
        return _DESK_AWAY
    if call.media:
        return _TALKING
    return _CONNECTING if main and not main.up_ever else _RECOVERING


def _ringing(call: Call) -> Words:
    if not call.link:
        return _NO_LINE
    if not call.rung:
        return _CALLING
    if call.staff == 0:
        return _NOBODY
    if call.free == 0:
        return _NEXT if call.position <= 1 else _QUEUED
    return _RINGING


def _alarm(call: Call) -> Words:
    if not call.link:
        return _NO_LINE
    return _ALARM if call.rung and call.staff else _ALARM_CALLING
