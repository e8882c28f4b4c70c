"""The sentences for what can go wrong with an alarm."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problems import ProblemText

PROBLEMS: dict[str, ProblemText] = {
    "alarm.none": ProblemText(
        QT_TRANSLATE_NOOP("problems", "现在没有报警。"),
        QT_TRANSLATE_NOOP("problems", "不用再做什么。"),
        "mdi6.check-circle",
    ),
}
