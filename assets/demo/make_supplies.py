"""Writes the shelf of the demonstration: items, categories and places as catalogue documents, and a first stock.

    python assets/demo/make_supplies.py

Writes `catalogue/items/*.json` and `stock.json` beside this file. The words on the caution cards are examples put into
our own sentences; at a real station a pharmacist edits them, as data.
"""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

CATEGORIES = {
    "drinks": ("喝的", "Drinks", "mdi6.cup-water", 10),
    "food": ("吃的", "Food", "mdi6.bowl-mix-outline", 20),
    "care": ("药品护理", "Care", "mdi6.medical-bag", 30),
    "warm": ("防寒用品", "Against the cold", "mdi6.snowflake", 40),
    "borrow": ("借用", "To borrow", "mdi6.hand-extended-outline", 50),
}
PLACES = {
    "left_box": ("左边的箱子", "the left box", 10),
    "right_box": ("右边的箱子", "the right box", 20),
    "fridge": ("冰箱", "the fridge", 30),
    "counter": ("饮水台", "the drinks counter", 40),
    "chest_upper": ("药箱上层", "the upper shelf of the medicine chest", 50),
    "chest_lower": ("药箱下层", "the lower shelf of the medicine chest", 60),
    "drawer": ("柜子抽屉", "the drawer of the cupboard", 70),
    "stand": ("门口的伞架", "the umbrella stand at the door", 80),
}
SOURCE = (
    "根据药品说明书整理的演示文字，正式使用前由药师审定",
    "Demo wording after the package leaflet; a pharmacist approves it before use",
)
HUOXIANG = {
    "version": "2026-11",
    "title": ("服用前请听完", "Please hear this before you take it"),
    "points": [
        (
            "含酒精。服用后不能开车、骑车，也不能登高或操作机器。",
            "It contains alcohol. Do not drive, ride, work at height or run machines after it.",
        ),
        (
            "正在用头孢或甲硝唑，千万不要服用，会有危险。",
            "Never take it together with cephalosporins or metronidazole: that is dangerous.",
        ),
        (
            "对酒精过敏的人、孕妇和孩子，请不要自行服用。",
            "If you are allergic to alcohol or pregnant, or for a child: not without a doctor.",
        ),
        (
            "服用后不见好，请停用并就医，可以按“呼叫帮助”。",
            "If you do not feel better, stop and see a doctor. “Call for help” is always there.",
        ),
    ],
    "source": SOURCE,
}
BALM = {
    "version": "2026-11",
    "title": ("使用前请看一看", "Please read this before you use it"),
    "points": [
        ("只能外用。不要碰到眼睛和嘴，伤口上不要用。", "For the skin only. Keep it away from eyes, mouth and wounds."),
        ("孕妇和三岁以下的孩子不要用。", "Not for pregnant women, nor for children under three."),
    ],
    "source": SOURCE,
}
PATCH = {
    "version": "2026-11",
    "title": ("使用前请看一看", "Please read this before you use it"),
    "points": [
        (
            "贴在衣服外面，不要直接贴在皮肤上，睡觉时不要用，以免低温烫伤。",
            "Stick it on your clothes, never on the skin, and not while sleeping: it can burn slowly.",
        ),
        ("有糖尿病或皮肤感觉不灵敏的人，请不要用。", "Not for people with diabetes or numb skin."),
    ],
    "source": ("根据产品说明整理的演示文字", "Demo wording after the product's instructions"),
}

# id: (zh, en, unit zh, unit en, category, icon, more)
ITEMS: dict[str, tuple[str, str, str, str, str, str, dict[str, Any]]] = {
    "water": (
        "瓶装水",
        "Bottled water",
        "瓶",
        "bottle",
        "drinks",
        "mdi6.bottle-soda-outline",
        {"order": 10, "daily_limit": 3, "max_quantity": 3, "low_stock": 12, "expiry_warning_days": 30},
    ),
    "hot_water": (
        "热水",
        "Hot water",
        "杯",
        "cup",
        "drinks",
        "mdi6.kettle-steam",
        {
            "order": 20,
            "counted": False,
            "max_quantity": 5,
            "note": ("饮水台上随时有，小心烫。", "Always there at the drinks counter. Mind the heat."),
        },
    ),
    "herbal_tea": (
        "凉茶",
        "Herbal tea",
        "罐",
        "can",
        "drinks",
        "mdi6.tea-outline",
        {"order": 30, "daily_limit": 2, "max_quantity": 2, "low_stock": 6, "expiry_warning_days": 14},
    ),
    "laba": (
        "腊八粥",
        "Laba porridge",
        "碗",
        "bowl",
        "food",
        "mdi6.pot-steam",
        {
            "order": 40,
            "daily_limit": 1,
            "max_quantity": 2,
            "low_stock": 5,
            "expiry_warning_days": 0,
            "note": (
                "趁热吃。糖尿病人请选无糖的。",
                "Eat it hot. There is one without sugar for people with diabetes.",
            ),
        },
    ),
    "biscuits": (
        "饼干",
        "Biscuits",
        "包",
        "pack",
        "food",
        "mdi6.cookie-outline",
        {"order": 50, "daily_limit": 2, "max_quantity": 2, "low_stock": 6, "expiry_warning_days": 14},
    ),
    "watermelon": (
        "西瓜",
        "Watermelon",
        "份",
        "piece",
        "food",
        "mdi6.fruit-watermelon",
        {
            "order": 60,
            "daily_limit": 2,
            "max_quantity": 2,
            "expiry_warning_days": 0,
            "note": ("夏天供应。", "In summer."),
        },
    ),
    "huoxiang": (
        "藿香正气水",
        "Huoxiang Zhengqi liquid",
        "支",
        "vial",
        "care",
        "mdi6.bottle-tonic-plus-outline",
        {
            "order": 70,
            "daily_limit": 2,
            "max_quantity": 2,
            "low_stock": 5,
            "expiry_warning_days": 60,
            "caution": HUOXIANG,
        },
    ),
    "balm": (
        "清凉油",
        "Cooling balm",
        "盒",
        "tin",
        "care",
        "mdi6.circle-box-outline",
        {"order": 80, "daily_limit": 1, "max_quantity": 1, "low_stock": 4, "expiry_warning_days": 60, "caution": BALM},
    ),
    "plaster": (
        "创可贴",
        "Plasters",
        "片",
        "plaster",
        "care",
        "mdi6.bandage",
        {"order": 90, "daily_limit": 6, "max_quantity": 6, "low_stock": 20, "expiry_warning_days": 60},
    ),
    "mask": (
        "口罩",
        "Face mask",
        "只",
        "mask",
        "care",
        "mdi6.face-mask-outline",
        {"order": 100, "daily_limit": 2, "max_quantity": 2, "low_stock": 20, "expiry_warning_days": 60},
    ),
    "gloves": (
        "防寒手套",
        "Warm gloves",
        "双",
        "pair",
        "warm",
        "mdi6.hand-back-right-outline",
        {"order": 110, "daily_limit": 1, "max_quantity": 1, "low_stock": 5},
    ),
    "warm_patch": (
        "暖宝宝",
        "Heat patch",
        "片",
        "patch",
        "warm",
        "mdi6.radiator",
        {
            "order": 120,
            "daily_limit": 2,
            "max_quantity": 2,
            "low_stock": 10,
            "expiry_warning_days": 60,
            "caution": PATCH,
        },
    ),
    "umbrella": (
        "雨伞",
        "Umbrella",
        "把",
        "umbrella",
        "borrow",
        "mdi6.umbrella-outline",
        {
            "order": 130,
            "use": "loan",
            "daily_limit": 1,
            "low_stock": 2,
            "note": (
                "用完请还到任意一把伞架上，再在这里点“归还”。",
                "Bring it back to the stand, then touch “bring back” here.",
            ),
        },
    ),
    "cable": (
        "手机充电线",
        "Charging cable",
        "根",
        "cable",
        "borrow",
        "mdi6.usb-port",
        {
            "order": 140,
            "use": "loan",
            "daily_limit": 1,
            "low_stock": 1,
            "note": ("三种接头都有，离开前请归还。", "With all three plugs. Please bring it back before you leave."),
        },
    ),
}

# item, quantity, last good day counted from today (None = does not expire), place
STOCK: list[tuple[str, int, int | None, str]] = [
    ("water", 24, 210, "right_box"),
    ("water", 7, 20, "left_box"),
    ("herbal_tea", 12, 160, "fridge"),
    ("herbal_tea", 4, 9, "counter"),
    ("laba", 20, 1, "counter"),
    ("biscuits", 5, -3, "drawer"),
    ("huoxiang", 3, -12, "chest_lower"),
    ("huoxiang", 4, 45, "chest_upper"),
    ("balm", 9, 400, "chest_upper"),
    ("plaster", 60, 700, "chest_upper"),
    ("mask", 14, 500, "drawer"),
    ("gloves", 12, None, "drawer"),
    ("warm_patch", 30, 500, "drawer"),
    ("umbrella", 6, None, "stand"),
    ("cable", 3, None, "drawer"),
]


def local(words: Any) -> Any:
    """(zh, en) pairs become texts in two languages, at any depth."""
    if isinstance(words, tuple) and len(words) == 2:
        return {"zh_CN": words[0], "en": words[1]}
    if isinstance(words, dict):
        return {key: local(value) for key, value in words.items()}
    return [local(value) for value in words] if isinstance(words, list) else words


def documents() -> dict[str, dict[str, Any]]:
    """Every document by file name."""
    found: dict[str, dict[str, Any]] = {}
    for key, (zh, en, icon, order) in CATEGORIES.items():
        body = {"name": local((zh, en)), "icon": icon, "order": order}
        found[f"category_{key}"] = {"kind": "item_category", "id": key, "body": body}
    for key, (zh, en, order) in PLACES.items():
        found[f"place_{key}"] = {"kind": "supply_place", "id": key, "body": {"name": local((zh, en)), "order": order}}
    for key, (zh, en, unit_zh, unit_en, category, icon, more) in ITEMS.items():
        body = {"name": local((zh, en)), "unit": local((unit_zh, unit_en)), "category": category, "icon": icon}
        found[key] = {"kind": "item", "id": key, "body": body | local(more)}
    return found


def stock() -> list[dict[str, Any]]:
    return [
        {"item": item, "quantity": quantity, "days": days, "place": local(PLACES[place][:2])}
        for item, quantity, days, place in STOCK
    ]


def write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def main() -> None:
    for name, document in documents().items():
        write(HERE / "catalogue" / "items" / f"{name}.json", document)
    write(HERE / "stock.json", stock())


if __name__ == "__main__":
    main()
