"""Why a report was not taken, in the words of the person who made it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problems import ProblemText

PROBLEMS: dict[str, ProblemText] = {
    "fault.limit": ProblemText(
        QT_TRANSLATE_NOOP("problems", "您这次已经报了好几样了。"),
        QT_TRANSLATE_NOOP("problems", "都记下了。还有急事，请按“呼叫帮助”。"),
        "mdi6.wrench-clock",
    ),
    "room.occupied": ProblemText(
        QT_TRANSLATE_NOOP("problems", "里面有人，没有关。"),
        QT_TRANSLATE_NOOP("problems", "等人走了再关。"),
        "mdi6.account-alert-outline",
    ),
    "room.no_relay": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个驿站没有接这个开关。"),
        QT_TRANSLATE_NOOP("problems", "请看配置文件里的接线。"),
        "mdi6.electric-switch",
    ),
}
