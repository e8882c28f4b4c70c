"""What is on a resident ID card: the 256 bytes of text that a reader gives, in the four layouts that are in use.

UTF-16LE, padded with spaces; the character at byte 248 says which card it is. Source: specs/devices.md, 1.2 and 1.3
(GB 11643 for the number: ISO 7064 MOD 11-2). The photo is never read, and there is no field for it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TEXT_BYTES = 256
_KIND_AT = 248
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class CardKind(StrEnum):
    RESIDENT = "resident"
    HMT = "hmt"  # residence permit of somebody from Hong Kong, Macao or Taiwan
    FOREIGN_2017 = "foreign_2017"  # permanent residence, the older card
    FOREIGN_2023 = "foreign_2023"  # and the newer one


class CardUnreadable(ValueError):
    """The text is not that of a card, or contradicts itself. Says nothing of what was read."""


@dataclass(frozen=True, slots=True, repr=False)
class IdCard:
    """A card that was read. `number` is for a keyed hash at once, and to be forgotten; nothing here is for a log.

    `until` is None for a card that is valid for life. `sex` is 1 male, 2 female, 0 and 9 unknown.
    """

    kind: CardKind
    number: str
    name: str
    sex: int
    birth: date
    begins: date | None
    until: date | None

    def __repr__(self) -> str:
        return f"IdCard({self.kind})"

    def valid_on(self, day: date) -> bool:
        return (self.begins is None or self.begins <= day) and (self.until is None or day <= self.until)


def check_digit(first17: str) -> str:
    """The eighteenth character of a citizen's number. Raises ValueError for anything but 17 digits."""
    if len(first17) != 17 or not (first17.isascii() and first17.isdecimal()):
        raise ValueError("17 digits")
    return _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, first17, strict=True)) % 11]


def number_is_sound(number: str, birth: date, sex: int) -> bool:
    """Whether an 18-character number has its check digit, and agrees with birth and sex of the card."""
    if len(number) != 18:
        return False
    try:
        if check_digit(number[:17]) != number[17]:
            return False
    except ValueError:
        return False
    return number[6:14] == f"{birth:%Y%m%d}" and (sex not in (1, 2) or int(number[16]) % 2 == sex % 2)


# Where each field begins and how long it is, in bytes. Foreigners' cards give the English name.
_LAYOUTS: dict[CardKind, dict[str, tuple[int, int]]] = {
    CardKind.RESIDENT: {
        "name": (0, 30),
        "sex": (30, 2),
        "birth": (36, 16),
        "number": (122, 36),
        "begins": (188, 16),
        "until": (204, 16),
    },
    CardKind.FOREIGN_2017: {
        "name": (0, 120),
        "sex": (120, 2),
        "number": (122, 30),
        "begins": (188, 16),
        "until": (204, 16),
        "birth": (220, 16),
    },
    CardKind.FOREIGN_2023: {
        "name": (52, 70),
        "sex": (30, 2),
        "birth": (36, 16),
        "number": (122, 36),
        "begins": (188, 16),
        "until": (204, 16),
    },
}
_LAYOUTS[CardKind.HMT] = _LAYOUTS[CardKind.RESIDENT]
_LETTERS = {" ": CardKind.RESIDENT, "\0": CardKind.RESIDENT, "J": CardKind.HMT}
_LETTERS |= {"I": CardKind.FOREIGN_2017, "Y": CardKind.FOREIGN_2023}


def read_card(text: bytes | bytearray) -> IdCard:
    """The card whose text this is. Raises CardUnreadable."""
    if len(text) != TEXT_BYTES:
        raise CardUnreadable(f"{len(text)} bytes")
    letters = bytes(text).decode("utf-16-le", "replace")
    kind = _LETTERS.get(letters[_KIND_AT // 2])
    if kind is None:
        raise CardUnreadable("an unknown kind of card")
    field = {
        name: letters[begins // 2 : (begins + size) // 2].strip(" \0")
        for name, (begins, size) in _LAYOUTS[kind].items()
    }
    if not field["name"] or "\ufffd" in field["name"]:
        raise CardUnreadable("no name")
    birth = _date(field["birth"], "birth")
    sex = int(field["sex"]) if field["sex"] in ("0", "1", "2", "9") else 0
    number = field["number"].upper()
    if kind is CardKind.FOREIGN_2017:
        if len(number) != 15 or not (number.isascii() and number.isalnum()):
            raise CardUnreadable("the number")
    elif not number_is_sound(number, birth, sex):
        raise CardUnreadable("the number does not agree with itself")
    begins = _date(field["begins"], "first day") if field["begins"] else None
    until = None if field["until"] in ("", "长期") else _date(field["until"], "last day")
    return IdCard(kind, number, field["name"], sex, birth, begins, until)


def _date(digits: str, what: str) -> date:
    if len(digits) != 8 or not (digits.isascii() and digits.isdecimal()):
        raise CardUnreadable(what)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise CardUnreadable(what) from error


def write_card(card: IdCard) -> bytes:
    """The text of a card, for a simulator. Only for people who do not exist."""
    letters = [" "] * (TEXT_BYTES // 2)
    letter = next(key for key, kind in _LETTERS.items() if kind is card.kind)
    values = {
        "name": card.name,
        "sex": str(card.sex),
        "birth": f"{card.birth:%Y%m%d}",
        "number": card.number,
        "begins": f"{card.begins:%Y%m%d}" if card.begins else "",
        "until": f"{card.until:%Y%m%d}" if card.until else "长期",
    }
    for name, (begins, size) in _LAYOUTS[card.kind].items():
        part = values[name][: size // 2]
        letters[begins // 2 : begins // 2 + len(part)] = part
    letters[_KIND_AT // 2] = letter
    return "".join(letters).encode("utf-16-le")
