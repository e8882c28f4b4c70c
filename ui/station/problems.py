"""Why a report was not taken, in the words of the person who made it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problems import ProblemText

PROBLEMS: dict[str, ProblemText] = {
    "fault.limit": ProblemText(
        QT_TRANSLATE_NOOP("problems", "您这次已经报了好几样了。"),
        QT_TRANSLATE_NOOP("problems", "都记下了。还有急事，请按“呼叫帮助”。"),
        "mdi6.wrench-clock",
    ),
    "stick.absent": ProblemText(
        QT_TRANSLATE_NOOP("problems", "没有看到 U 盘。"),
        QT_TRANSLATE_NOOP("problems", "请插好 U 盘，等几秒钟再按一次。"),
        "mdi6.usb-flash-drive-outline",
    ),
    "stick.full": ProblemText(
        QT_TRANSLATE_NOOP("problems", "U 盘满了，这次什么也没有写上。"),
        QT_TRANSLATE_NOOP("problems", "请换一个 U 盘，或者在电脑上腾出地方。"),
        "mdi6.harddisk",
    ),
    "stick.unwritable": ProblemText(
        QT_TRANSLATE_NOOP("problems", "U 盘写不进去，或者写完读出来不一样。"),
        QT_TRANSLATE_NOOP("problems", "请看看 U 盘上的锁扣，或者换一个 U 盘。"),
        "mdi6.usb-flash-drive-outline",
    ),
    "stick.foreign": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个 U 盘是给别的驿站的。"),
        QT_TRANSLATE_NOOP("problems", "请换一个 U 盘，或者让市里给本站写一份。"),
        "mdi6.map-marker-question-outline",
    ),
    "stick.damaged": ProblemText(
        QT_TRANSLATE_NOOP("problems", "U 盘上的内容坏了，没有采用。"),
        QT_TRANSLATE_NOOP("problems", "请让市里重新写一份。"),
        "mdi6.file-alert-outline",
    ),
    "stick.unproven": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这台机器还不知道内容该由谁签名，没有采用 U 盘上的内容。"),
        QT_TRANSLATE_NOOP("problems", "请告诉值班人员：在配置里写上发布单位的公钥，或者重新登记。"),
        "mdi6.file-document-alert-outline",
    ),
    "stick.no_key": ProblemText(
        QT_TRANSLATE_NOOP("problems", "还没有市里的密钥，记录不能写到 U 盘上，免得被别人看到。"),
        QT_TRANSLATE_NOOP("problems", "请先用 U 盘把市里的内容带来一次。"),
        "mdi6.key-alert",
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
