"""The sentences for what can go wrong with a message."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problems import ProblemText

PROBLEMS: dict[str, ProblemText] = {
    "intercom.message_empty": ProblemText(
        QT_TRANSLATE_NOOP("problems", "还没有说，也没有写。"),
        QT_TRANSLATE_NOOP("problems", "请先说几句，或者写几个字。"),
        "mdi6.message-alert-outline",
    ),
    "intercom.message_limit": ProblemText(
        QT_TRANSLATE_NOOP("problems", "已经留了 {most} 条言，值班人员都会收到。"),
        QT_TRANSLATE_NOOP("problems", "着急的话，请拨打屏幕上的电话。"),
        "mdi6.message-badge-outline",
    ),
    "intercom.no_microphone": ProblemText(
        QT_TRANSLATE_NOOP("problems", "没有录到声音。"),
        QT_TRANSLATE_NOOP("problems", "请再说一次，看见条在动再往下说；还是不行，就写字留言。"),
        "mdi6.microphone-off",
    ),
}
