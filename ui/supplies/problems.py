"""The sentences for what can go wrong at the shelf and at the staff PIN."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problems import ProblemText

_AGAIN = QT_TRANSLATE_NOOP("problems", "请返回，再试一次。")
_CALL = QT_TRANSLATE_NOOP("problems", "请按“呼叫帮助”告诉值班人员。")
_BACK = QT_TRANSLATE_NOOP("problems", "请返回，看看别的。")

PROBLEMS: dict[str, ProblemText] = {
    "supply.failed": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这一条没有记下来。"),
        QT_TRANSLATE_NOOP("problems", "请再试一次；东西您照常可以用。"),
        "mdi6.package-variant-remove",
    ),
    "supply.item_gone": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这样东西现在不供应了。"), _BACK, "mdi6.package-variant-remove"
    ),
    "supply.quantity": ProblemText(
        QT_TRANSLATE_NOOP("problems", "数量不对，一次可以是 {least} 到 {most}。"),
        QT_TRANSLATE_NOOP("problems", "请改一下数量。"),
        "mdi6.counter",
    ),
    "supply.only_expired": ProblemText(
        QT_TRANSLATE_NOOP("problems", "剩下的都过期了，请不要用。"),
        QT_TRANSLATE_NOOP("problems", "已经列进值班人员的清单；急用请按“呼叫帮助”。"),
        "mdi6.calendar-alert",
    ),
    "supply.rest_expired": ProblemText(
        QT_TRANSLATE_NOOP("problems", "没过期的只剩 {good} 份，其余的请不要用。"),
        QT_TRANSLATE_NOOP("problems", "请把数量改小一点。"),
        "mdi6.calendar-alert",
    ),
    "supply.caution_first": ProblemText(
        QT_TRANSLATE_NOOP("problems", "使用前的提醒还没有确认。"),
        QT_TRANSLATE_NOOP("problems", "请先看完提醒，再点“我知道了”。"),
        "mdi6.alert-outline",
    ),
    "supply.undo_late": ProblemText(
        QT_TRANSLATE_NOOP("problems", "已经过了可以撤销的时间。"),
        QT_TRANSLATE_NOOP("problems", "没有关系：下次盘点时会改正。"),
        "mdi6.timer-off-outline",
    ),
    "supply.undo_already": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这一条已经撤销过了。"),
        QT_TRANSLATE_NOOP("problems", "不用再做什么。"),
        "mdi6.undo-variant",
    ),
    "supply.undo_not_yours": ProblemText(
        QT_TRANSLATE_NOOP("problems", "那是上一位的记录，不能撤销。"),
        QT_TRANSLATE_NOOP("problems", "没有关系：下次盘点时会改正。"),
        "mdi6.account-off-outline",
    ),
    "supply.undo_blocked": ProblemText(
        QT_TRANSLATE_NOOP("problems", "后面又有了别的记录，这一条撤销不了。"),
        QT_TRANSLATE_NOOP("problems", "请先撤销后面那一条，或者等下次盘点改正。"),
        "mdi6.undo-variant",
    ),
    "supply.loan_not_open": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个号码没有借出，或者已经还了。"),
        QT_TRANSLATE_NOOP("problems", "请再看一下号码；不记得也可以直接归还。"),
        "mdi6.numeric-off",
    ),
    "supply.lot_unknown": ProblemText(
        QT_TRANSLATE_NOOP("problems", "账上没有这一批。"), _AGAIN, "mdi6.package-variant-remove"
    ),
    "supply.lot_short": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这一批账上只有 {left} 份。"),
        QT_TRANSLATE_NOOP("problems", "请改一下数量，或者先盘点。"),
        "mdi6.counter",
    ),
    "supply.lot_expired": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个日期已经过了，过期的东西不能上架。"),
        QT_TRANSLATE_NOOP("problems", "请再看一下包装上的日期。"),
        "mdi6.calendar-alert",
    ),
    "supply.count_outdated": ProblemText(
        QT_TRANSLATE_NOOP("problems", "您数的时候有人拿了东西，账已经变了。"),
        QT_TRANSLATE_NOOP("problems", "请照新的数字再数一次。"),
        "mdi6.counter",
    ),
    "supply.opening_invalid": ProblemText(
        QT_TRANSLATE_NOOP("problems", "开站清单的格式不对。"), _CALL, "mdi6.file-alert-outline"
    ),
    "staff.needed": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这里需要值班密码。"),
        QT_TRANSLATE_NOOP("problems", "请返回，重新输入密码。"),
        "mdi6.lock-outline",
    ),
    "staff.no_pin": ProblemText(QT_TRANSLATE_NOOP("problems", "本站还没有设置值班密码。"), _CALL, "mdi6.lock-question"),
    "storage.in_use": ProblemText(
        QT_TRANSLATE_NOOP("problems", "数据正被另一个程序使用。"), _CALL, "mdi6.database-lock-outline"
    ),
}
