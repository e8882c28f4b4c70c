"""What the devices of a station are called, what to do to try one, and what is wrong with it and how to mend it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from kiosk.station.trials import Fault, Method, Part
from ui.station.words import say

_NAMES = {
    "camera": (QT_TRANSLATE_NOOP("trials", "镜头"), "mdi6.camera"),
    "speech": (QT_TRANSLATE_NOOP("trials", "喇叭"), "mdi6.volume-high"),
    "microphone": (QT_TRANSLATE_NOOP("trials", "麦克风"), "mdi6.microphone"),
    "sound_loop": (QT_TRANSLATE_NOOP("trials", "喇叭到麦克风"), "mdi6.sine-wave"),
    "scanner": (QT_TRANSLATE_NOOP("trials", "扫码"), "mdi6.qrcode-scan"),
    "id_reader": (QT_TRANSLATE_NOOP("trials", "身份证读卡器"), "mdi6.card-account-details-outline"),
    "disk": (QT_TRANSLATE_NOOP("trials", "硬盘"), "mdi6.harddisk"),
    "lock": (QT_TRANSLATE_NOOP("trials", "门锁"), "mdi6.lock-open-variant-outline"),
    "contact": (QT_TRANSLATE_NOOP("trials", "门磁"), "mdi6.door"),
    "bell": (QT_TRANSLATE_NOOP("trials", "门铃"), "mdi6.bell-ring-outline"),
    "exit": (QT_TRANSLATE_NOOP("trials", "出门按钮"), "mdi6.exit-run"),
    "alarm_button": (QT_TRANSLATE_NOOP("trials", "报警按钮"), "mdi6.alarm-light"),
    "silent_button": (QT_TRANSLATE_NOOP("trials", "暗处的报警按钮"), "mdi6.gesture-tap-button"),
    "presence": (QT_TRANSLATE_NOOP("trials", "人体感应"), "mdi6.motion-sensor"),
    "smoke": (QT_TRANSLATE_NOOP("trials", "烟雾报警器"), "mdi6.smoke-detector-variant"),
    "light": (QT_TRANSLATE_NOOP("trials", "灯"), "mdi6.lightbulb-outline"),
    "socket": (QT_TRANSLATE_NOOP("trials", "插座电源"), "mdi6.power-socket-eu"),
    "siren": (QT_TRANSLATE_NOOP("trials", "警号"), "mdi6.bullhorn-outline"),
    "beacon": (QT_TRANSLATE_NOOP("trials", "警灯"), "mdi6.alarm-light-outline"),
    "temperature": (QT_TRANSLATE_NOOP("trials", "温度"), "mdi6.thermometer"),
    "humidity": (QT_TRANSLATE_NOOP("trials", "湿度"), "mdi6.water-percent"),
    "cabinet": (QT_TRANSLATE_NOOP("trials", "柜子"), "mdi6.battery-charging-high"),
}
_NAMED = QT_TRANSLATE_NOOP("trials", "{name}（{about}）")
_TO_DO = {
    "contact": QT_TRANSLATE_NOOP("trials", "请把门开一下，再关上。"),
    "bell": QT_TRANSLATE_NOOP("trials", "请按一下门口的铃。"),
    "exit": QT_TRANSLATE_NOOP("trials", "请按一下出门按钮。"),
    "alarm_button": QT_TRANSLATE_NOOP("trials", "请按一下报警按钮。现在按不会报警。"),
    "silent_button": QT_TRANSLATE_NOOP("trials", "请按一下暗处的按钮。现在按不会报警。"),
    "presence": QT_TRANSLATE_NOOP("trials", "请在感应器前面走动；要是一直有人，请走开一会儿。"),
    "smoke": QT_TRANSLATE_NOOP("trials", "请按住烟感上的测试键。现在不会报警。"),
    "scanner": QT_TRANSLATE_NOOP("trials", "请拿一个码对着镜头或扫码口，什么码都行。"),
    "id_reader": QT_TRANSLATE_NOOP("trials", "请放一张身份证，什么都不会记下来。"),
    "speech": QT_TRANSLATE_NOOP("trials", "听到机器说话了吗？"),
    "microphone": QT_TRANSLATE_NOOP("trials", "请对着机器说一句话。"),
    "sound_loop": QT_TRANSLATE_NOOP("trials", "机器响三声，自己听。请安静一下。"),
    "camera": QT_TRANSLATE_NOOP("trials", "正在看镜头，请在前面挥挥手。"),
}
_SEE = QT_TRANSLATE_NOOP("trials", "会动一下，请看着。")
_WAIT = QT_TRANSLATE_NOOP("trials", "请等一下。")
_PASSED = QT_TRANSLATE_NOOP("trials", "好的")
_HEARD = QT_TRANSLATE_NOOP("trials", "收到了")
_NOT_YET = QT_TRANSLATE_NOOP("trials", "还没试")
_RUNNING = QT_TRANSLATE_NOOP("trials", "正在试")
_FAULTS = {
    Fault.SILENT: QT_TRANSLATE_NOOP("trials", "没有反应：看看线接上没有、开关通没通"),
    Fault.LOST: QT_TRANSLATE_NOOP("trials", "控制板联系不上：看看电源，两根信号线（A、B）接反没有"),
    Fault.REFUSED: QT_TRANSLATE_NOOP("trials", "设备不肯：看看电源和配置文件里的地址"),
    Fault.NO_FEEDBACK: QT_TRANSLATE_NOOP("trials", "叫它动，它没有动：继电器可能坏了"),
    Fault.FROZEN: QT_TRANSLATE_NOOP("trials", "画面不动：拔下镜头再插上"),
    Fault.UNHEARD: QT_TRANSLATE_NOOP("trials", "没有听到：看看音量和喇叭的线"),
    Fault.CANCELLED: QT_TRANSLATE_NOOP("trials", "没有试完"),
}
_BY_HAND = (Method.PRESS, Method.READ, Method.SPEAK)


def _say(source: str, **fill: object) -> str:
    return say(source, "trials", **fill)


def kind_of(part: Part) -> str:
    return part.id.split(".")[0]


def name_words(part: Part) -> str:
    name = _say(_NAMES[kind_of(part)][0])
    return _say(_NAMED, name=name, about=part.about) if part.about else name


def icon_of(part: Part) -> str:
    return _NAMES[kind_of(part)][1]


def to_do_words(part: Part) -> str:
    """What somebody has to do now."""
    if source := _TO_DO.get(kind_of(part)):
        return _say(source)
    return _say(_SEE if part.method is Method.SWITCH else _WAIT)


def verdict_words(part: Part, passed: bool | None, fault: Fault | None, tried: bool) -> tuple[str, str]:
    """How its last trial ended, and the mood of that."""
    if not tried or fault is Fault.CANCELLED:
        return _say(_NOT_YET), ""
    if passed is None:
        return _say(_RUNNING), "info"
    if passed:
        return _say(_HEARD if part.method in _BY_HAND else _PASSED), "good"
    return _say(_FAULTS[fault]) if fault else "", "bad"
