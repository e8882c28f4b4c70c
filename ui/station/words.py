"""Sentences about the room. Chinese sources of the context "station", translated when asked for."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kiosk.protocol.station_faults import FaultState, Thing
from kiosk.station import Cabinet, RoomState

_WARMTH = QT_TRANSLATE_NOOP("station", "室内温度")
_DEGREES = QT_TRANSLATE_NOOP("station", "{degrees} 度")
_HUMIDITY = QT_TRANSLATE_NOOP("station", "湿度")
_PEOPLE = QT_TRANSLATE_NOOP("station", "现在的人")
_NOBODY = QT_TRANSLATE_NOOP("station", "里面没有人")
_SOMEBODY = QT_TRANSLATE_NOOP("station", "里面有人")
_ABOUT = QT_TRANSLATE_NOOP("station", "大约 {count} 人")
_UNKNOWN = QT_TRANSLATE_NOOP("station", "现在不知道")
_SMOKE = QT_TRANSLATE_NOOP("station", "烟雾报警器")
_SMOKE_YES = QT_TRANSLATE_NOOP("station", "有烟！请马上离开")
_SMOKE_NO = QT_TRANSLATE_NOOP("station", "没有烟")
_FREE = {
    "battery_swap": QT_TRANSLATE_NOOP("station", "有 {free} 块电池可换（共 {total} 块）"),
    "charging": QT_TRANSLATE_NOOP("station", "空着 {free} 个充电位（共 {total} 个）"),
    "other": QT_TRANSLATE_NOOP("station", "空着 {free} 个（共 {total} 个）"),
}
_NONE_FREE = {
    "battery_swap": QT_TRANSLATE_NOOP("station", "现在没有充好的电池"),
    "charging": QT_TRANSLATE_NOOP("station", "现在没有空的充电位"),
    "other": QT_TRANSLATE_NOOP("station", "现在没有空的"),
}
# What can be broken: the words and the picture.
THINGS = {
    Thing.WATER: (QT_TRANSLATE_NOOP("station", "饮水机"), "mdi6.cup-water"),
    Thing.MICROWAVE: (QT_TRANSLATE_NOOP("station", "微波炉"), "mdi6.microwave"),
    Thing.FRIDGE: (QT_TRANSLATE_NOOP("station", "冰箱"), "mdi6.fridge-outline"),
    Thing.CLIMATE: (QT_TRANSLATE_NOOP("station", "空调"), "mdi6.air-conditioner"),
    Thing.CHARGING: (QT_TRANSLATE_NOOP("station", "充电插座"), "mdi6.power-socket-eu"),
    Thing.BATTERY_SWAP: (QT_TRANSLATE_NOOP("station", "换电柜"), "mdi6.battery-charging-high"),
    Thing.LIGHT: (QT_TRANSLATE_NOOP("station", "灯"), "mdi6.lightbulb-outline"),
    Thing.DOOR: (QT_TRANSLATE_NOOP("station", "门"), "mdi6.door"),
    Thing.TOILET: (QT_TRANSLATE_NOOP("station", "厕所"), "mdi6.toilet"),
    Thing.SEAT: (QT_TRANSLATE_NOOP("station", "桌椅"), "mdi6.chair-rolling"),
    Thing.TERMINAL: (QT_TRANSLATE_NOOP("station", "这台机器"), "mdi6.monitor"),
    Thing.OTHER: (QT_TRANSLATE_NOOP("station", "别的东西"), "mdi6.help-circle-outline"),
}
_FAULTS = {
    FaultState.OPEN: (QT_TRANSLATE_NOOP("station", "已经报修"), "warn"),
    FaultState.WORK: (QT_TRANSLATE_NOOP("station", "正在修"), "info"),
    FaultState.REPAIRED: (QT_TRANSLATE_NOOP("station", "修好了"), "good"),
}
_REPAIRED = QT_TRANSLATE_NOOP("station", "您报修的{things}修好了，谢谢您！")
_LIST = QT_TRANSLATE_NOOP("station", "、")
_FIRST = QT_TRANSLATE_NOOP("station", "您是第一个告诉我们的。")
_MORE = QT_TRANSLATE_NOOP("station", "已经有 {count} 个人这样说了。")
_AT_DESK = QT_TRANSLATE_NOOP("station", "值班台已经能看到。")
_LATER = QT_TRANSLATE_NOOP("station", "存在这台机器上了，网络一通就送到值班台。")
_TOLD = QT_TRANSLATE_NOOP("station", "修好了，您下次来时告诉您。")
_CABINET_ICONS = {"battery_swap": "mdi6.battery-charging-high", "charging": "mdi6.power-plug-battery-outline"}


def say(source: str, context: str = "station", **fill: object) -> str:
    return QCoreApplication.translate(context, source).format_map(fill)


def thing_words(thing: Thing) -> str:
    return say(THINGS[thing][0])


def fault_words(state: FaultState) -> tuple[str, str]:
    """How a fault stands, and the mood of that."""
    words, mood = _FAULTS[state]
    return say(words), mood


def repaired_words(things: tuple[Thing, ...]) -> str:
    """For whoever reported them."""
    return say(_REPAIRED, things=say(_LIST).join(thing_words(thing) for thing in things))


def thanks_words(reports: int, online: bool, known: bool) -> str:
    """What becomes of a report. `known`: the visitor is recognised, so the end of it can be told to them."""
    sentences = [say(_FIRST) if reports <= 1 else say(_MORE, count=reports), say(_AT_DESK if online else _LATER)]
    return " ".join([*sentences, say(_TOLD)] if known else sentences)


def climate(state: RoomState) -> list[tuple[str, str, str, str]]:
    """Icon, label, value, mood, of what this room measures. What no sensor here measures is left out."""
    rows = []
    if state.celsius is not None:
        degrees = f"{state.celsius:.1f}".removesuffix(".0")
        rows.append(("mdi6.thermometer", say(_WARMTH), say(_DEGREES, degrees=degrees), ""))
    if state.humidity is not None:
        rows.append(("mdi6.water-percent", say(_HUMIDITY), f"{state.humidity:.0f}%", ""))
    if state.smoke is not None:
        words, mood = (_SMOKE_YES, "bad") if state.smoke else (_SMOKE_NO, "good")
        rows.append(("mdi6.smoke-detector-variant", say(_SMOKE), say(words), mood))
    return rows


def people(state: RoomState) -> tuple[str, str, str, str]:
    """How many are here: a sensor says that there is somebody, the doors how many that may be."""
    if state.occupied is None:
        words = say(_UNKNOWN)
    elif not state.occupied:
        words = say(_NOBODY)
    elif state.people is None or state.people <= 1:
        words = say(_SOMEBODY)
    else:
        words = say(_ABOUT, count=state.people)
    return ("mdi6.account-group-outline", say(_PEOPLE), words, "")


def free(cabinet: Cabinet) -> tuple[str, str]:
    """What a cabinet has, and the mood of it."""
    if cabinet.free is None:
        return say(_UNKNOWN), "warn"
    kind = cabinet.kind if cabinet.kind in _FREE else "other"
    if cabinet.free == 0:
        return say(_NONE_FREE[kind]), "warn"
    return say(_FREE[kind], free=cabinet.free, total=cabinet.total), "good"


def cabinet_icon(kind: str) -> str:
    return _CABINET_ICONS.get(kind, "mdi6.locker-multiple")
