"""The sentences for what can go wrong with a course or a course pack."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problems import ProblemText

_LATER = QT_TRANSLATE_NOOP("problems", "请看看别的课程，过一会儿再来。")
_TELL = QT_TRANSLATE_NOOP("problems", "请按“呼叫帮助”告诉值班人员；别的课程照常能看。")
_PUBLISHER = QT_TRANSLATE_NOOP("problems", "请把 U 盘交还给带来它的人，换一份完整的。")

PROBLEMS: dict[str, ProblemText] = {
    "learning.refused": ProblemText(QT_TRANSLATE_NOOP("problems", "这门课现在不能学。"), _LATER, "mdi6.school-outline"),
    "learning.not_here": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这门课的视频还没有传到这台机器上。"), _LATER, "mdi6.progress-download"
    ),
    "learning.over": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这次学习已经结束了，前面的进度记下了。"),
        QT_TRANSLATE_NOOP("problems", "请返回课程，再点“继续看”。"),
        "mdi6.history",
    ),
    "learning.quiz_locked": ProblemText(
        QT_TRANSLATE_NOOP("problems", "看完视频才能做小测。"),
        QT_TRANSLATE_NOOP("problems", "请返回课程，把视频看完。"),
        "mdi6.lock-outline",
    ),
    "learning.tries_used_up": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这次来，小测的 {tries} 次机会都用完了。"),
        QT_TRANSLATE_NOOP("problems", "可以再看看视频，下次来驿站时再做。"),
        "mdi6.counter",
    ),
    "learning.media_broken": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这段视频在这台机器上放不出来。"), _TELL, "mdi6.video-off-outline"
    ),
    "learning.no_certificate": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这门课还没有您的证书。"),
        QT_TRANSLATE_NOOP("problems", "看完课程、通过小测，并出示会员码，就有证书。"),
        "mdi6.certificate-outline",
    ),
    "pack.refused": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这个课程包不能用。"), _PUBLISHER, "mdi6.package-variant-remove"
    ),
    "pack.unreadable": ProblemText(
        QT_TRANSLATE_NOOP("problems", "U 盘上的课程包读不出来。"),
        QT_TRANSLATE_NOOP("problems", "请拔下 U 盘再插一次；还是不行，就换一个 U 盘。"),
        "mdi6.usb-flash-drive-outline",
    ),
    "pack.damaged": ProblemText(
        QT_TRANSLATE_NOOP("problems", "课程包坏了，或者被人改过，没有装。"), _PUBLISHER, "mdi6.package-variant-remove"
    ),
    "pack.too_large": ProblemText(
        QT_TRANSLATE_NOOP("problems", "课程包太大，这台机器不收。"), _PUBLISHER, "mdi6.package-variant-remove"
    ),
    "pack.unsafe": ProblemText(
        QT_TRANSLATE_NOOP("problems", "课程包里有不安全的内容，没有装。"), _PUBLISHER, "mdi6.shield-alert-outline"
    ),
    "pack.untrusted": ProblemText(
        QT_TRANSLATE_NOOP("problems", "课程包不是工会认可的单位发布的，没有装。"),
        QT_TRANSLATE_NOOP("problems", "请换用工会发的课程包；有疑问请按“呼叫帮助”。"),
        "mdi6.shield-alert-outline",
    ),
    "pack.invalid": ProblemText(
        QT_TRANSLATE_NOOP("problems", "课程包里的课程做得有毛病，没有装。"),
        QT_TRANSLATE_NOOP("problems", "请告诉发布课程的单位，改好后再来。"),
        "mdi6.file-alert-outline",
    ),
}
