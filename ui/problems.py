"""The sentence and the next step for every error code. Features add theirs in `ui/<feature>/problems.py`."""

import importlib
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, Property, QCoreApplication, QObject

from kiosk.errors import KioskError
from ui.discovery import feature_modules


class ProblemText(NamedTuple):
    """Chinese source strings, marked with QT_TRANSLATE_NOOP("problems", …). `{name}` is filled from error.details."""

    sentence: str
    next_step: str
    icon: str = "mdi6.alert-circle-outline"


@dataclass(frozen=True, slots=True)
class ProblemWords:
    sentence: str
    next_step: str
    icon: str


_UNEXPECTED = ProblemText(
    QT_TRANSLATE_NOOP("problems", "出了点问题，刚才的操作没有完成。"),
    QT_TRANSLATE_NOOP("problems", "请再试一次；还是不行，请按“呼叫帮助”。"),
)

PROBLEMS: dict[str, ProblemText] = {
    "unexpected": _UNEXPECTED,
    "config.invalid": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这台机器的设置有误，有的功能用不了。"),
        QT_TRANSLATE_NOOP("problems", "请按“呼叫帮助”告诉值班人员。"),
        "mdi6.cog-off-outline",
    ),
    "device.failed": ProblemText(
        QT_TRANSLATE_NOOP("problems", "设备没有反应。"),
        QT_TRANSLATE_NOOP("problems", "请过一会儿再试，或按“呼叫帮助”。"),
        "mdi6.power-plug-off-outline",
    ),
    "device.absent": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这台机器没有装这个设备。"),
        QT_TRANSLATE_NOOP("problems", "请用别的办法，或按“呼叫帮助”。"),
        "mdi6.power-plug-off-outline",
    ),
    "storage.failed": ProblemText(
        QT_TRANSLATE_NOOP("problems", "这一条没有记下来。"),
        QT_TRANSLATE_NOOP("problems", "请再试一次；东西您照常可以用。"),
        "mdi6.database-alert-outline",
    ),
    "storage.disk_full": ProblemText(
        QT_TRANSLATE_NOOP("problems", "机器存满了，这一条没有记下来。"),
        QT_TRANSLATE_NOOP("problems", "东西您照常可以用；请按“呼叫帮助”告诉值班人员。"),
        "mdi6.database-alert-outline",
    ),
    "storage.damaged": ProblemText(
        QT_TRANSLATE_NOOP("problems", "机器里的记录读不出来了，重新启动时会自己修复。"),
        QT_TRANSLATE_NOOP("problems", "请按“呼叫帮助”告诉值班人员。"),
        "mdi6.database-alert-outline",
    ),
    "backup.failed": ProblemText(
        QT_TRANSLATE_NOOP("problems", "没有备份成：放备份的地方不在、满了，或者写坏了。"),
        QT_TRANSLATE_NOOP("problems", "记录本身没有事；请告诉值班人员。"),
        "mdi6.database-alert-outline",
    ),
    "storage.too_new": ProblemText(
        QT_TRANSLATE_NOOP("problems", "机器里的记录是新版程序写的，这一版读不了。"),
        QT_TRANSLATE_NOOP("problems", "记录没有动过；请告诉值班人员，换上新版程序。"),
        "mdi6.database-lock-outline",
    ),
    "file.damaged": ProblemText(
        QT_TRANSLATE_NOOP("problems", "收到的文件不完整，没有采用。"),
        QT_TRANSLATE_NOOP("problems", "请过一会儿再试；机器会重新下载。"),
        "mdi6.file-alert-outline",
    ),
    "catalogue.invalid": ProblemText(
        QT_TRANSLATE_NOOP("problems", "市里发来的内容有误，没有采用。"),
        QT_TRANSLATE_NOOP("problems", "原来的内容照常可用；请告诉值班人员。"),
        "mdi6.file-document-alert-outline",
    ),
    "catalogue.unproven": ProblemText(
        QT_TRANSLATE_NOOP("problems", "发来的内容没有发布单位的签名，没有采用。"),
        QT_TRANSLATE_NOOP("problems", "原来的内容照常可用；请告诉值班人员。"),
        "mdi6.file-document-alert-outline",
    ),
    "not_found": ProblemText(
        QT_TRANSLATE_NOOP("problems", "没有找到，可能已经撤下了。"),
        QT_TRANSLATE_NOOP("problems", "请返回，看看别的。"),
        "mdi6.magnify-close",
    ),
    "staff.pin_wrong": ProblemText(
        QT_TRANSLATE_NOOP("problems", "密码不对。"),
        QT_TRANSLATE_NOOP("problems", "请再输一次；连错五次会锁五分钟。"),
        "mdi6.lock-alert-outline",
    ),
    "staff.pin_locked": ProblemText(
        QT_TRANSLATE_NOOP("problems", "密码错了太多次，暂时锁住了。"),
        QT_TRANSLATE_NOOP("problems", "请过几分钟再来。"),
        "mdi6.lock-clock",
    ),
    "hub.unreachable": ProblemText(
        QT_TRANSLATE_NOOP("problems", "现在连不上网。"),
        QT_TRANSLATE_NOOP("problems", "喝水、休息、领用、学习都照常；要联网的请过一会儿再试。"),
        "mdi6.wifi-off",
    ),
    "hub.diverged": ProblemText(
        QT_TRANSLATE_NOOP("problems", "本机的记录和中心的对不上，可能装了旧的或者复制的磁盘。"),
        QT_TRANSLATE_NOOP("problems", "本机照常记录，一条不丢；请值班人员给这台终端重新登记。"),
        "mdi6.server-off",
    ),
    "hub.refused": ProblemText(
        QT_TRANSLATE_NOOP("problems", "市里的系统没有接受。"),
        QT_TRANSLATE_NOOP("problems", "请按“呼叫帮助”告诉值班人员。"),
        "mdi6.server-off",
    ),
}


@cache
def all_problems() -> dict[str, ProblemText]:
    """Every sentence, ours and the features'. Raises ValueError when two claim one code."""
    found = dict(PROBLEMS)
    for name in feature_modules("problems"):
        for code, text in importlib.import_module(name).PROBLEMS.items():
            if code in found:
                raise ValueError(f"two sentences for {code}")
            found[code] = text
    return found


def words_for(error: KioskError) -> ProblemWords:
    """The sentence and next step for `error` in the current language."""
    return words_for_code(error.code, {name: "" if value is None else value for name, value in error.details.items()})


def words_for_code(code: str, fill: dict[str, str | int | float | bool] | None = None) -> ProblemWords:
    """The same for a code that an event brought, without or with details."""
    text = all_problems().get(code, _UNEXPECTED)

    def say(source: str) -> str:
        words = QCoreApplication.translate("problems", source)
        try:
            return words.format_map(fill or {})
        except (KeyError, ValueError, IndexError):
            return words

    return ProblemWords(say(text.sentence), say(text.next_step), text.icon)


class Problem(QObject):
    """A problem for QML: `code`, `sentence`, `nextStep`, `icon`. Made anew when the language changes."""

    def __init__(self, error: KioskError, parent: QObject) -> None:
        super().__init__(parent)
        self.error = error
        self._words = words_for(error)

    code = Property(str, lambda self: self.error.code, constant=True)
    sentence = Property(str, lambda self: self._words.sentence, constant=True)
    nextStep = Property(str, lambda self: self._words.next_step, constant=True)
    icon = Property(str, lambda self: self._words.icon, constant=True)
