"""Sentences about the door. Chinese sources of the context "entry", translated when asked for.

Whoever stands there is always told what happens now, or what they can do instead.
"""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kiosk.entry import Decision, EntryDecided, Verdict
from kiosk.hours import Openness, OpenNow
from kiosk.protocol.entry import Access, EntryPolicy, Reason, Result
from ui.hours import open_words

_OPENED = {
    Reason.WEATHER: QT_TRANSLATE_NOOP("entry", "天气不好，门开了，快请进。"),
    Reason.DESK_AWAY: QT_TRANSLATE_NOOP("entry", "值班员暂时联系不上，门为您开了，请进。"),
}
_OPEN = QT_TRANSLATE_NOOP("entry", "门开了，请进。")
_ASKED = QT_TRANSLATE_NOOP("entry", "正在呼叫值班员，请稍等。")
_FAILED = QT_TRANSLATE_NOOP("entry", "门没有打开。")
_REFUSED = {
    Reason.CLOSED: QT_TRANSLATE_NOOP("entry", "驿站现在不开放。"),
    Reason.IDENTIFY: QT_TRANSLATE_NOOP("entry", "请亮会员码，或者刷身份证。"),
    Reason.MEMBERS_ONLY: QT_TRANSLATE_NOOP("entry", "这个时间要用会员码，或登记过的身份证开门。"),
    Reason.TIER: QT_TRANSLATE_NOOP("entry", "这个驿站不向这类会员开放。"),
    Reason.FULL: QT_TRANSLATE_NOOP("entry", "里面人满了，请稍等一会儿再来。"),
    Reason.PASSBACK: QT_TRANSLATE_NOOP("entry", "这个码刚刚开过门。"),
    Reason.NOT_VALID: QT_TRANSLATE_NOOP("entry", "这个码或证件现在不能用。"),
}
_RING = QT_TRANSLATE_NOOP("entry", "可以按门铃找值班员。")
_AGAIN = QT_TRANSLATE_NOOP("entry", "请再试一次，或者按门铃找值班员。")
_NOBODY = QT_TRANSLATE_NOOP("entry", "值班员现在联系不上。有危险请打 {numbers}。")
_CARD_EXPIRED = QT_TRANSLATE_NOOP("entry", "这张身份证过期了。")
_NOTICED = {
    "forced": QT_TRANSLATE_NOOP("entry", "门被打开了，可是没有人获准进来。"),
    "held": QT_TRANSLATE_NOOP("entry", "门一直开着，请随手关门。"),
}
_OUTLOOK_OPEN = QT_TRANSLATE_NOOP("entry", "现在谁都可以进，按一下就开门。")
_OUTLOOK = {
    Access.IDENTIFIED: QT_TRANSLATE_NOOP("entry", "亮会员码，或者刷身份证，门就开。"),
    Access.MEMBERS: QT_TRANSLATE_NOOP("entry", "现在要用会员码，或登记过的身份证开门。"),
    Access.EVERYBODY: QT_TRANSLATE_NOOP("entry", "亮会员码，或者刷身份证，门就开。"),
    Access.NOBODY: QT_TRANSLATE_NOOP("entry", "现在不开放，值班员可以为您开门。"),
}
_RING_OPENS = QT_TRANSLATE_NOOP("entry", "开门")
_RING_ASKS = QT_TRANSLATE_NOOP("entry", "按门铃，找值班员")
PROMPTS = tuple(
    ("entry", source) for source in (*_OPENED.values(), _OPEN, _ASKED, *_REFUSED.values(), _RING, _AGAIN)
)  # see ui/prompts.py


@dataclass(frozen=True, slots=True)
class DoorWords:
    """What is shown and said; `mood` and `icon` are those of the kit."""

    title: str
    detail: str
    mood: str
    icon: str


def say(source: str, **fill: object) -> str:
    return QCoreApplication.translate("entry", source).format_map(fill)


def words_of(event: EntryDecided, at: datetime, desk: bool, numbers: str) -> DoorWords:
    """What became of an attempt. `desk`: somebody can be rung; `numbers` are those to dial in danger."""
    if event.result is Result.OPENED:
        return DoorWords(say(_OPENED.get(event.reason, _OPEN)), "", "good", "mdi6.door-open")
    if event.result is Result.ASKED:
        return DoorWords(say(_ASKED), "", "info", "mdi6.phone-ring")
    if event.result is Result.FAILED:
        return DoorWords(say(_FAILED), say(_AGAIN), "bad", "mdi6.door-closed-lock")
    first = say(_REFUSED[event.reason])
    if event.detail == "entry.card_expired":
        first = say(_CARD_EXPIRED)
    opens = open_words(OpenNow(Openness.CLOSED, opens=event.opens), at) if event.opens else ""
    step = say(_RING) if desk else say(_NOBODY, numbers=numbers)
    title = opens + "。" if opens and event.reason is Reason.CLOSED else first
    detail = step if event.reason is Reason.CLOSED or not opens else f"{opens} {step}"
    return DoorWords(title, detail, "warn", "mdi6.door-closed-lock")


def noticed(what: str) -> str:
    """What a door does that somebody nearby can mend; "" for what concerns the desk alone."""
    return say(_NOTICED[what]) if what in _NOTICED else ""


def outlook_words(policy: EntryPolicy, bell: Decision, open_now: bool) -> str:
    """How one gets in now, before anybody has tried."""
    if bell.verdict is Verdict.OPEN:
        return say(_OUTLOOK_OPEN)
    return say(_OUTLOOK[policy.in_hours if open_now else policy.after_hours])


def ring_words(bell: Decision) -> str:
    """What the big key does."""
    return say(_RING_OPENS if bell.verdict is Verdict.OPEN else _RING_ASKS)
