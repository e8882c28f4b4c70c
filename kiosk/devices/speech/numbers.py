"""Numbers as they are said in Chinese. Pure functions."""

DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
LIMIT = 10**16


def cardinal(number: int) -> str:
    """`number` as a quantity: 12 → 十二, 2026 → 两千零二十六. Raises ValueError at 10¹⁶ and above, in size."""
    if number < 0:
        return "负" + cardinal(-number)
    if number >= LIMIT:
        raise ValueError(number)
    if number < 10:
        return DIGITS[number]
    groups: list[tuple[int, int]] = []
    power = 0
    while number:
        number, low = divmod(number, 10000)
        groups.append((power, low))
        power += 1
    words = ""
    hole = False
    for power, low in reversed(groups):
        if not low:
            hole = bool(words)
            continue
        if words and (hole or low < 1000):
            words += "零"
        hole = False
        words += _below_10000(low, first=not words) + _GROUPS[power]
    return words


def _below_10000(number: int, first: bool) -> str:
    words = ""
    hole = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            hole = bool(words)
            continue
        if hole:
            words += "零"
            hole = False
        if digit == 1 and place == 1 and first and not words:
            words += "十"
        elif digit == 2 and place == 3:
            words += "两千"
        else:
            words += DIGITS[digit] + _UNITS[place]
    if first and words == "二":
        return "两"  # 两万, 两亿; a lone 2 never comes here
    return words


def digit_by_digit(text: str, telephone: bool = False) -> str:
    """Each digit by itself: 2026 → 二零二六. In telephone numbers and numbers of identity a one is 幺."""
    names = DIGITS.replace("一", "幺") if telephone else DIGITS
    return "".join(names[int(c)] for c in text if c in "0123456789")


def decimal(text: str) -> str:
    """A number with or without a fraction: "3.50" → 三点五零. Thousands separators are ignored."""
    whole, _, fraction = text.replace(",", "").partition(".")
    long = len(whole.lstrip("0")) > 16
    words = digit_by_digit(whole) if long else cardinal(int(whole or "0"))
    return f"{words}点{digit_by_digit(fraction)}" if fraction else words
