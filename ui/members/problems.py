"""Why a code is not taken, in the words of the person who holds it. Each ends with what can be done now."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problems import ProblemText

_ANYWAY = QT_TRANSLATE_NOOP("problems", "不亮码也可以喝水、休息。要帮忙，请按“呼叫帮助”。")

_HELP = QT_TRANSLATE_NOOP("problems", "喝水、休息都不用登记。要帮忙，请按“呼叫帮助”。")

PROBLEMS: dict[str, ProblemText] = {
    "member.refused": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个码现在不能用。"),
        _ANYWAY,
        "mdi6.qrcode-remove",
    ),
    "member.not_a_code": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这不是会员码。"),
        QT_TRANSLATE_NOOP("problems", "请打开手机里的“工会会员码”，或拿出会员卡，再试一次。"),
        "mdi6.qrcode-remove",
    ),
    "member.damaged": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个会员码不完整，或者不是真的。"),
        QT_TRANSLATE_NOOP("problems", "请把整个码露出来，擦干净再试；还是不行，请到发码的地方换一张。"),
        "mdi6.image-broken-variant",
    ),
    "member.unknown_issuer": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个码不是本市工会发的，这里认不出来。"),
        QT_TRANSLATE_NOOP("problems", "请用本市的会员码；外地会员请按“呼叫帮助”，值班人员帮您办。"),
        "mdi6.map-marker-question-outline",
    ),
    "member.expired": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个会员码过期了。"),
        QT_TRANSLATE_NOOP("problems", "手机上的码请刷新一下再亮；卡片请到发卡的地方换新的。"),
        "mdi6.calendar-remove-outline",
    ),
    "member.not_yet_valid": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个会员码还没有到生效的日子。"),
        QT_TRANSLATE_NOOP("problems", "请到生效那天再用；着急的话，请按“呼叫帮助”。"),
        "mdi6.calendar-clock-outline",
    ),
    "member.revoked": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个会员码已经作废了，可能挂失过，或者换过新的。"),
        QT_TRANSLATE_NOOP("problems", "请用新的码；没有新码，请按“呼叫帮助”。"),
        "mdi6.card-remove-outline",
    ),
    "member.clock_not_trusted": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这台机器的时间不准，认不了手机上的限时码。"),
        QT_TRANSLATE_NOOP("problems", "请换会员卡试试，或按“呼叫帮助”。"),
        "mdi6.clock-alert-outline",
    ),
    "member.already_used": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个限时码刚才已经用过了。"),
        QT_TRANSLATE_NOOP("problems", "请在手机上刷新出一个新码，不要用截图。"),
        "mdi6.qrcode-remove",
    ),
    "member.list_too_old": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这台机器太久没有联网，现在不能核对会员码。"),
        QT_TRANSLATE_NOOP("problems", "不亮码也可以喝水、休息。要登记身份，请按“呼叫帮助”。"),
        "mdi6.cloud-off-outline",
    ),
    "member.face_wanted": ProblemText(
        QT_TRANSLATE_NOOP("problems", "码是好的。这位会员要求再看一下脸，请看着镜头。"),
        QT_TRANSLATE_NOOP("problems", "看几秒钟就好；不想看，请按“呼叫帮助”。"),
        "mdi6.face-recognition",
    ),
    "member.face_differs": ProblemText(
        QT_TRANSLATE_NOOP("problems", "看着不像这个码的主人。"),
        QT_TRANSLATE_NOOP("problems", "请站近一点、摘下帽子再亮一次码；还是不行，请按“呼叫帮助”。"),
        "mdi6.account-question-outline",
    ),
    "printer.failed": ProblemText(
        QT_TRANSLATE_NOOP("problems", "没有打印出来。"),
        QT_TRANSLATE_NOOP("problems", "可能没有纸了。请用手机拍下屏幕上的码。"),
        "mdi6.printer-alert",
    ),
    "registration.refused": ProblemText(
        QT_TRANSLATE_NOOP("problems", "现在不能登记。"),
        _HELP,
        "mdi6.account-alert-outline",
    ),
    "registration.name": ProblemText(
        QT_TRANSLATE_NOOP("problems", "请写下姓名，至少两个字，不要数字和符号。"),
        QT_TRANSLATE_NOOP("problems", "姓名只有工会的工作人员能看到。"),
        "mdi6.account-edit-outline",
    ),
    "registration.phone": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这不是手机号，应该是 1 开头的 11 位数字。"),
        QT_TRANSLATE_NOOP("problems", "请看一下哪一位按错了，改好再按“下一步”。"),
        "mdi6.phone-alert-outline",
    ),
    "registration.not_offered": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这里现在不能用姓名和手机号登记。"),
        _HELP,
        "mdi6.account-off-outline",
    ),
    "registration.card_gone": ProblemText(
        QT_TRANSLATE_NOOP("problems", "要先读一下身份证。"),
        QT_TRANSLATE_NOOP("problems", "请按“返回”，再把身份证平放在读卡区。"),
        "mdi6.card-account-details-outline",
    ),
    "registration.too_many": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这台机器刚才登记的人太多了。"),
        QT_TRANSLATE_NOOP("problems", "请等几分钟再试，或者按“呼叫帮助”。"),
        "mdi6.timer-sand",
    ),
    "scan.file_unreadable": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个文件打不开，不是图片也不是视频。"),
        QT_TRANSLATE_NOOP("problems", "请换一个文件。"),
        "mdi6.file-alert-outline",
    ),
}
