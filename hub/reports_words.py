"""What a report calls things, in Chinese and English."""

from kiosk.protocol.alarm import AlarmSource
from kiosk.protocol.entry import Result
from kiosk.protocol.registration import Occupation
from kiosk.protocol.station_faults import Thing

Pair = tuple[str, str]

GROUPS: dict[str, Pair] = {
    "occupation": ("来访者的职业", "Visits by occupation"),
    "given": ("发放的物资", "Supplies given"),
    "lent": ("借出的物品", "Things lent"),
    "service": ("查看的服务", "Services looked at"),
    "door": ("进站", "At the door"),
    "door_fault": ("门的异常", "Trouble with doors"),
    "call": ("呼叫值班台", "Calls to the desk"),
    "alarm": ("报警", "Alarms"),
    "fault": ("报修", "Reported broken"),
    "course": ("学完的课程", "Courses completed"),
    "certificate": ("发出的证书", "Certificates issued"),
    "registered": ("新登记", "New registrations"),
}
TOTALS: dict[str, Pair] = {
    "visit": ("到访", "Visits"),
    "member": ("其中认出会员", "of these, members recognised"),
    "given": ("发放物资", "Supplies given"),
    "service": ("查看服务", "Services looked at"),
    "lent": ("借出", "Things lent"),
    "opened": ("开门", "Door opened"),
    "refused": ("未放行", "Not let in"),
    "failed": ("锁没有打开", "Lock failed"),
    "call": ("呼叫", "Calls"),
    "answered": ("已接听", "Calls answered"),
    "alarm": ("报警", "Alarms"),
    "fault": ("报修", "Reported broken"),
    "course": ("学完课程", "Courses completed"),
    "registered": ("新登记", "New registrations"),
}
MEMBER, NOBODY = "member", "nobody"
_OCCUPATIONS: dict[str, Pair] = {
    Occupation.RIDER: ("外卖骑手", "Food-delivery riders"),
    Occupation.COURIER: ("快递员", "Couriers"),
    Occupation.DRIVER: ("出租车、网约车司机", "Taxi and ride-hailing drivers"),
    Occupation.TRUCKER: ("货车司机", "Truck drivers"),
    Occupation.SANITATION: ("环卫工人", "Sanitation workers"),
    Occupation.BUILDER: ("建筑工人", "Builders"),
    Occupation.GUARD: ("保安", "Guards"),
    Occupation.HOUSEKEEPER: ("家政人员", "Housekeepers"),
    Occupation.VENDOR: ("摊贩", "Vendors"),
    Occupation.OTHER: ("其他职业", "Other work"),
    MEMBER: ("会员，没有登记职业", "Members whose work is not known"),
    NOBODY: ("没有出示会员码", "Nobody recognised"),
}
_KEYS: dict[str, dict[str, Pair]] = {
    "occupation": _OCCUPATIONS,
    "registered": _OCCUPATIONS,
    "door": {
        Result.OPENED: ("门已开", "Opened"),
        Result.ASKED: ("转值班台", "Put through to the desk"),
        Result.REFUSED: ("未放行", "Not let in"),
        Result.FAILED: ("锁没有打开", "The lock did not open"),
    },
    "door_fault": {
        "forced": ("被强行打开", "Forced open"),
        "held": ("一直开着", "Held open"),
        "lost": ("门磁没有信号", "Contact lost"),
    },
    "alarm": {
        AlarmSource.SCREEN: ("屏幕按键", "Key on the screen"),
        AlarmSource.BUTTON: ("报警按钮", "Alarm button"),
        AlarmSource.SILENT: ("静默按钮", "Silent button"),
        AlarmSource.SMOKE: ("烟雾", "Smoke"),
        AlarmSource.HEAT: ("高温", "Heat"),
        AlarmSource.SELF_TEST: ("自检未通过", "Self-test not passed"),
        "drill": ("演练（不计入合计）", "Drills (not in the total)"),
    },
    "fault": {
        Thing.WATER: ("饮水机", "Water dispenser"),
        Thing.MICROWAVE: ("微波炉", "Microwave"),
        Thing.FRIDGE: ("冰箱", "Fridge"),
        Thing.CLIMATE: ("空调", "Air conditioning"),
        Thing.CHARGING: ("充电插座", "Charging socket"),
        Thing.BATTERY_SWAP: ("换电柜", "Battery-swap cabinet"),
        Thing.LIGHT: ("灯", "Light"),
        Thing.DOOR: ("门", "Door"),
        Thing.TOILET: ("厕所", "Toilet"),
        Thing.SEAT: ("桌椅", "Table or seat"),
        Thing.TERMINAL: ("终端机", "The terminal"),
        Thing.OTHER: ("其他", "Something else"),
    },
}
STATES: dict[str, Pair] = {
    "complete": ("完整", "complete"),
    "part": ("部分缺", "partly a gap"),
    "gap": ("缺", "gap"),
    "running": ("进行中", "still running"),
    "ahead": ("未到", "not yet"),
    "not_enrolled": ("尚未登记", "not enrolled yet"),
    "hole": ("缺少记录", "entries missing"),
    "clock": ("时间不明", "time not known"),
    "off": ("终端没开", "terminal was off"),
    "behind": ("数据未到", "not received yet"),
}
LENGTHS: dict[str, Pair] = {
    "day": ("日报", "Daily report"),
    "week": ("周报", "Weekly report"),
    "month": ("月报", "Monthly report"),
}
CITY: Pair = ("全市", "The whole city")
NO_DISTRICT: Pair = ("未分区", "No district")


def word(group: str, key: str) -> Pair:
    """What a key of a group is called; the key itself where only the catalogue knows, or nobody."""
    return _KEYS.get(group, {}).get(key, (key, key))
