"""Sentences about codes and members. Chinese sources, translated when they are asked for."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kiosk.devices.ports import CardTrouble, ScanHint
from kiosk.members import FaceHint
from kiosk.protocol.registration import Occupation
from kiosk.protocol.text import LocalText
from ui.context import UiContext

_HINTS = {
    ScanHint.CLOSER: QT_TRANSLATE_NOOP("members", "看到码了，请再靠近一点。"),
    ScanHint.FARTHER: QT_TRANSLATE_NOOP("members", "太近了，请往后退一点。"),
    ScanHint.TILT: QT_TRANSLATE_NOOP("members", "码上有反光，请稍微斜一点，避开灯光。"),
    ScanHint.BRIGHTER: QT_TRANSLATE_NOOP("members", "码太暗了，请把手机屏幕调亮。"),
    ScanHint.STEADY: QT_TRANSLATE_NOOP("members", "看到码了，请拿稳，停一停。"),
}
_LOOK = QT_TRANSLATE_NOOP("members", "请把会员码对着镜头，离开一尺左右。")
_SCANNER = QT_TRANSLATE_NOOP("members", "这里的镜头用不了。请把会员码对着扫码口。")
_NOTHING = QT_TRANSLATE_NOOP("members", "这里的镜头用不了，现在不能亮码。")
_CARD_UNKNOWN = QT_TRANSLATE_NOOP("members", "身份证读到了，可是还没有登记成会员。喝水、休息都不用登记。")
KEEP_CODE = QT_TRANSLATE_NOOP("members", "登记好了。请用手机拍下屏幕上的码，下次亮给镜头就行。")
_CARD_EXPIRED = QT_TRANSLATE_NOOP("members", "这张身份证过期了。喝水、休息都不用证件。")
_CARD_TROUBLE = {
    CardTrouble.AGAIN: QT_TRANSLATE_NOOP("members", "没有读完，请把身份证平放好，等听到声音再拿开。"),
    CardTrouble.DAMAGED: QT_TRANSLATE_NOOP("members", "这张身份证读不出来。可以亮会员码，或者按“呼叫帮助”。"),
}
_GREETING = QT_TRANSLATE_NOOP("members", "您好，{tier}！")
_GREETING_PLAIN = QT_TRANSLATE_NOOP("members", "您好，会员！")
PROMPTS = tuple(
    ("members", source)
    for source in (*_HINTS.values(), *_CARD_TROUBLE.values(), _CARD_UNKNOWN, _GREETING_PLAIN, KEEP_CODE)
)  # see ui/prompts.py
_FACE_HINTS = {
    None: QT_TRANSLATE_NOOP("members", "看着镜头，别动，几秒钟就好。"),
    FaceHint.NOBODY: QT_TRANSLATE_NOOP("members", "没有看到脸，请站到镜头前面。"),
    FaceHint.SEVERAL: QT_TRANSLATE_NOOP("members", "看到好几个人，请一个人站在镜头前。"),
    FaceHint.CLOSER: QT_TRANSLATE_NOOP("members", "请再近一点。"),
    FaceHint.STEADY: QT_TRANSLATE_NOOP("members", "请看着镜头，别动。"),
}
_SLIP = (
    QT_TRANSLATE_NOOP("members", "工会会员码"),
    QT_TRANSLATE_NOOP("members", "有效到 {day}"),
    QT_TRANSLATE_NOOP("members", "下次来，把码对着镜头"),
    QT_TRANSLATE_NOOP("members", "{station}"),
)
# What is agreed to for a face. Changed sentences are a new `kiosk.members.faces.CONSENT`.
CONSENT = (
    QT_TRANSLATE_NOOP("members", "由谁：本驿站所属的工会。做什么：让您空着手也能开门、登录。"),
    QT_TRANSLATE_NOOP("members", "怎么做：镜头看几秒，变成一串数字，加密存在这台机器里。不存照片，不上传，不给别人。"),
    QT_TRANSLATE_NOOP("members", "存多久：{days} 天不来就自动删掉；您随时可以在这里删掉，马上生效。"),
    QT_TRANSLATE_NOOP("members", "不愿意没有关系：会员码、身份证和门铃照样用，什么都不少。"),
    QT_TRANSLATE_NOOP("members", "不满十四岁，请不要用人脸。"),
)
# What somebody works as: the words and the picture.
OCCUPATIONS = {
    Occupation.RIDER: (QT_TRANSLATE_NOOP("members", "外卖骑手"), "mdi6.moped"),
    Occupation.COURIER: (QT_TRANSLATE_NOOP("members", "快递员"), "mdi6.package-variant-closed"),
    Occupation.DRIVER: (QT_TRANSLATE_NOOP("members", "出租、网约车司机"), "mdi6.taxi"),
    Occupation.TRUCKER: (QT_TRANSLATE_NOOP("members", "货车司机"), "mdi6.truck"),
    Occupation.SANITATION: (QT_TRANSLATE_NOOP("members", "环卫工"), "mdi6.broom"),
    Occupation.BUILDER: (QT_TRANSLATE_NOOP("members", "建筑工人"), "mdi6.hard-hat"),
    Occupation.GUARD: (QT_TRANSLATE_NOOP("members", "保安、物业"), "mdi6.shield-account"),
    Occupation.HOUSEKEEPER: (QT_TRANSLATE_NOOP("members", "家政、护工"), "mdi6.home-heart"),
    Occupation.VENDOR: (QT_TRANSLATE_NOOP("members", "摆摊、零售"), "mdi6.storefront-outline"),
    Occupation.OTHER: (QT_TRANSLATE_NOOP("members", "其他工作"), "mdi6.account-hard-hat"),
}
CODE_NAMES = {
    "rider": QT_TRANSLATE_NOOP("members", "骑手（工会会员）"),
    "driver": QT_TRANSLATE_NOOP("members", "司机（工匠会员）"),
    "cleaner": QT_TRANSLATE_NOOP("members", "环卫工（劳动模范）"),
    "expired": QT_TRANSLATE_NOOP("members", "过期的码"),
    "revoked": QT_TRANSLATE_NOOP("members", "作废的码"),
}


def say(source: str, **fill: object) -> str:
    return QCoreApplication.translate("members", source).format_map(fill)


def hint_words(hint: ScanHint | None, *, camera: bool, scanner: bool) -> str:
    """What the person who holds a code should do now."""
    if hint is not None:
        return say(_HINTS[hint])
    return say(_LOOK if camera else _SCANNER if scanner else _NOTHING)


def slip_words(day: str, station: str) -> list[str]:
    """What stands on a slip of paper beside the code: the title first."""
    return [say(source, day=day, station=station) for source in _SLIP]


def consent_words(days: int) -> list[str]:
    """What is agreed to; `days` without a visit after which a face is deleted."""
    return [say(source, days=days) for source in CONSENT]


def face_hint(hint: FaceHint | None) -> str:
    """What somebody whose face is being taken should do now."""
    return say(_FACE_HINTS[hint])


def card_words(known: bool, valid: bool) -> str:
    """About an ID card that was read, "" for one that is greeted."""
    if not valid:
        return say(_CARD_EXPIRED)
    return "" if known else say(_CARD_UNKNOWN)


def card_trouble(trouble: CardTrouble) -> str:
    """Why a card was not read, and what to do."""
    return say(_CARD_TROUBLE[trouble])


def greeting(ui: UiContext, tier: LocalText | None) -> str:
    """Hello, by the name of the tier; there is no person's name in a code."""
    return say(_GREETING, tier=ui.text(tier)) if tier else say(_GREETING_PLAIN)


def code_title(name: str) -> str:
    """The name of a code of the demonstration."""
    return say(CODE_NAMES[name]) if name in CODE_NAMES else name
