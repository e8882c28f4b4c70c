"""What a visitor reads when a service cannot be shown."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problems import ProblemText

PROBLEMS = {
    "service.gone": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这项服务已经撤下，或者过了时间。"),
        QT_TRANSLATE_NOOP("problems", "请返回看看别的服务；想知道去哪儿办，请按“呼叫帮助”。"),
        "mdi6.calendar-remove-outline",
    ),
}
