"""Sentences about the way to the hub. Chinese sources of the context "carry", translated when asked for."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from kiosk.station.carrying import Carried
from ui.station.words import say

_CONTEXT = "carry"
_ALL_THERE = QT_TRANSLATE_NOOP("carry", "记录都送到市里了。")
_WAITING = QT_TRANSLATE_NOOP("carry", "有 {count} 条记录还没有送到市里，最早的是 {when}。")
_ONLINE = QT_TRANSLATE_NOOP("carry", "网络正常，记录会自己送到，不用 U 盘。")
_OFFLINE = QT_TRANSLATE_NOOP("carry", "网络现在不通。记录在这台机器上，不会丢；网络一通就自己送到。")
_NO_LINE = QT_TRANSLATE_NOOP("carry", "这台机器没有接网络，记录要用 U 盘带到市里。")
_PULL = QT_TRANSLATE_NOOP("carry", "可以拔下 U 盘了。")
_WRITTEN = QT_TRANSLATE_NOOP("carry", "写上了 {count} 条记录，请带到市里。")
_ATTACHED = QT_TRANSLATE_NOOP("carry", "还有 {count} 个录音或照片。")
_CONFIRMED = QT_TRANSLATE_NOOP("carry", "以前带去的 {count} 条，市里收到了。")
_NEWS = QT_TRANSLATE_NOOP("carry", "市里的新内容取到了。")
_FILES = QT_TRANSLATE_NOOP("carry", "取到 {count} 个文件。")
_NOTHING = QT_TRANSLATE_NOOP("carry", "没有要写的，也没有新内容。")
_KINDS = {
    "supply": QT_TRANSLATE_NOOP("carry", "物资"),
    "call": QT_TRANSLATE_NOOP("carry", "呼叫"),
    "alarm": QT_TRANSLATE_NOOP("carry", "报警"),
    "learning": QT_TRANSLATE_NOOP("carry", "学习"),
    "course": QT_TRANSLATE_NOOP("carry", "课程"),
    "member": QT_TRANSLATE_NOOP("carry", "会员"),
    "entry": QT_TRANSLATE_NOOP("carry", "进门"),
    "door": QT_TRANSLATE_NOOP("carry", "开门"),
    "service": QT_TRANSLATE_NOOP("carry", "服务"),
    "staff": QT_TRANSLATE_NOOP("carry", "值守"),
}
_OTHER = QT_TRANSLATE_NOOP("carry", "机器")


def waiting_words(count: int, when: str) -> str:
    """What waits here, the oldest of when."""
    return say(_WAITING, _CONTEXT, count=count, when=when) if count else say(_ALL_THERE, _CONTEXT)


def line_words(online: bool | None) -> str:
    """How the line is; None: there is none."""
    return say(_NO_LINE if online is None else _ONLINE if online else _OFFLINE, _CONTEXT)


def outcome_words(done: Carried) -> str:
    """What a stick carried, and that it may be pulled out."""
    parts = [
        say(words, _CONTEXT, count=count)
        for words, count in (
            (_WRITTEN, done.written),
            (_ATTACHED, done.attachments),
            (_CONFIRMED, done.confirmed),
            (_NEWS, done.revision),
            (_FILES, done.files),
        )
        if count
    ]
    nothing = [] if parts or done.refused else [say(_NOTHING, _CONTEXT)]
    return "\n".join([say(_PULL, _CONTEXT), *parts, *nothing])


def kind_words(kind: str) -> str:
    """What an entry is about, in a word."""
    return say(_KINDS.get(kind.split(".", maxsplit=1)[0], _OTHER), _CONTEXT)
