"""What the screen says of an alarm: as much as is true, and what to do. Chinese sources, translated when asked for."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kiosk.alarm import Incident, Reached


@dataclass(frozen=True, slots=True)
class Words:
    """`numbers`: the emergency numbers belong on this screen. `mood` colours it: good, warn, bad, info."""

    title: str
    detail: str
    icon: str = "mdi6.alarm-light"
    mood: str = "bad"
    numbers: bool = True


NOTHING = Words("", "")
_NONE = Words(
    QT_TRANSLATE_NOOP("alarm", "遇到危险？"),
    QT_TRANSLATE_NOOP("alarm", "按下红色的键就报警：马上通知值班台，一直到有人接警。"),
    "mdi6.alarm-light-outline",
    "warn",
)
_REACHED = {
    Reached.SENDING: Words(
        QT_TRANSLATE_NOOP("alarm", "已报警，正在通知值班台…"),
        QT_TRANSLATE_NOOP("alarm", "还没有送到。有危险请马上用手机拨打 110。"),
    ),
    Reached.UNDELIVERED: Words(
        QT_TRANSLATE_NOOP("alarm", "报警没有送到值班台"),
        QT_TRANSLATE_NOOP("alarm", "还在不停地发送。请马上用手机拨打 110，或请旁边的人帮忙。"),
        "mdi6.wifi-off",
    ),
    Reached.DELIVERED: Words(
        QT_TRANSLATE_NOOP("alarm", "报警已送到值班台，正在响铃"),
        QT_TRANSLATE_NOOP("alarm", "还没有人接警。有危险请马上用手机拨打 110。"),
        "mdi6.bell-ring",
    ),
    Reached.UNANSWERED: Words(
        QT_TRANSLATE_NOOP("alarm", "报警已送到，还是没有人接警"),
        QT_TRANSLATE_NOOP("alarm", "还在继续响铃。请马上用手机拨打 110 或 120。"),
        "mdi6.account-off-outline",
    ),
    Reached.ACKNOWLEDGED: Words(
        QT_TRANSLATE_NOOP("alarm", "{by} 已接警"),
        QT_TRANSLATE_NOOP("alarm", "请留在安全的地方，等他们联系您。"),
        "mdi6.account-check",
        "good",
        False,
    ),
    Reached.CLOSED: Words(
        QT_TRANSLATE_NOOP("alarm", "报警已由 {closed_by} 结束"),
        QT_TRANSLATE_NOOP("alarm", "{reason}"),
        "mdi6.check-circle",
        "info",
        False,
    ),
}
_NO_DESK = replace(
    _REACHED[Reached.DELIVERED],
    title=QT_TRANSLATE_NOOP("alarm", "报警已送到，值班台现在没有人"),
    detail=QT_TRANSLATE_NOOP("alarm", "正在找下一位负责人。有危险请马上用手机拨打 110。"),
    icon="mdi6.account-clock",
)
_HERE = QT_TRANSLATE_NOOP("alarm", "现场工作人员")
_DRILL = QT_TRANSLATE_NOOP("alarm", "【演练】{title}")
_RAISED = QT_TRANSLATE_NOOP("alarm", "{time} 报警，已记下")
_RAISED_AGAIN = QT_TRANSLATE_NOOP("alarm", "{time} 报警，一共按了 {presses} 次，已记下")
_NOT_STORED = QT_TRANSLATE_NOOP("alarm", "{time} 报警；机器存满了，只能发送，没有记下")
_SENT = QT_TRANSLATE_NOOP("alarm", "已送到值班台")
_NOT_SENT = QT_TRANSLATE_NOOP("alarm", "还没有送到值班台")
_TAKEN = QT_TRANSLATE_NOOP("alarm", "{by} 已接警")
_NOT_TAKEN = QT_TRANSLATE_NOOP("alarm", "还没有人接警")
_MISTAKEN = QT_TRANSLATE_NOOP("alarm", "您说是按错了：值班人员会看到，由他们来结束")


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that has happened to the alarm, or has not yet."""

    words: str
    mood: str
    glyph: str


def say(source: str, **fill: object) -> str:
    """A sentence of ours in the language of the screen."""
    return QCoreApplication.translate("alarm", source).format_map(fill)


def words_for(incident: Incident | None, reached: Reached | None) -> Words:
    """The words for an alarm, translated."""
    if incident is None or reached is None:
        return replace(_NONE, title=say(_NONE.title), detail=say(_NONE.detail))
    chosen = _NO_DESK if reached is Reached.DELIVERED and incident.consoles == 0 else _REACHED[reached]
    fill = {"by": incident.by, "closed_by": incident.closed_by or say(_HERE), "reason": incident.reason}
    title, detail = say(chosen.title, **fill), say(chosen.detail, **fill)
    return replace(chosen, title=say(_DRILL, title=title) if incident.drill else title, detail=detail)


def steps_of(incident: Incident, time: str) -> list[StepRow]:
    """What has come about and what has not, in order. `time` is when it was raised, as a clock shows it."""
    again = incident.presses > 1
    raised = say(_RAISED_AGAIN if again else _RAISED, time=time, presses=incident.presses)
    rows = [
        StepRow(raised, "good", "mdi6.check-circle")
        if incident.stored
        else StepRow(say(_NOT_STORED, time=time), "warn", "mdi6.database-alert-outline")
    ]
    for come, words, missing in ((incident.delivered, _SENT, _NOT_SENT), (incident.by, _TAKEN, _NOT_TAKEN)):
        rows.append(
            StepRow(say(words, by=incident.by), "good", "mdi6.check-circle")
            if come
            else StepRow(say(missing), "bad", "mdi6.progress-clock")
        )
    if incident.withdrawn:
        rows.append(StepRow(say(_MISTAKEN), "info", "mdi6.information"))
    return rows
