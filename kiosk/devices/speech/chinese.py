"""Rules for reading Chinese text: times, dates, per cent, telephones, numbers of identity, units, ranges."""

import re
from collections.abc import Callable
from re import Match

from kiosk.devices.speech.numbers import cardinal, decimal, digit_by_digit

# A 2 before these is 两; "二月", "二号" and "二楼" are ordinals and stay.
_MEASURES = tuple(
    "个次天位人瓶盒份张名元块种周年米把件杯条片粒支步站门节道题场遍秒倍台部家座间只双套包袋箱项类批组班级期句"
)
_LONG_MEASURES = ("小时", "分钟", "公里", "公斤")
_UNITS = {
    "km": "公里", "cm": "厘米", "mm": "毫米", "m": "米",
    "kg": "公斤", "mg": "毫克", "g": "克",
    "mL": "毫升", "ml": "毫升", "L": "升",
    "kWh": "度", "kW": "千瓦", "W": "瓦", "V": "伏", "A": "安",
    "min": "分钟", "h": "小时", "s": "秒",
    "GB": "吉字节", "MB": "兆字节",
    "m²": "平方米", "㎡": "平方米", "℃": "摄氏度", "°C": "摄氏度", "°": "度",
}  # fmt: skip
_UNIT = "|".join(f"{u}(?![A-Za-z])" if u.isascii() else u for u in sorted(_UNITS, key=len, reverse=True))
_MEASURE = "|".join((*_LONG_MEASURES, *_MEASURES))
_COUNTED = f"{_MEASURE}|周岁|岁|度|克|毫升|分|页|万|亿|厘米|平方米|{_UNIT}"

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_BEGIN = r"(?<![\d.,:：])"
_END = r"(?![\d:：]|[.,]\d)"
_TO = r"\s*(?:-|–|—|~|～|至|到)\s*"
_MINUS = r"(?<![\w.])[-−]"
_CLOCK = r"(?P<{0}h>[01]?\d|2[0-4])[:：](?P<{0}m>[0-5]\d)(?:[:：](?P<{0}s>[0-5]\d))?"
_FROM, _UNTIL = _CLOCK.format("a"), _CLOCK.format("b")
_DATE = r"(?P<y>[12]\d{3})[-/.年](?P<m>0?[1-9]|1[0-2])[-/.月](?P<d>[12]\d|3[01]|0?[1-9])"
_TELEPHONE = r"(?:\+?86[- ]?)?(?:0\d{2,3}[- ]\d{7,8}|[48]00-?\d{3}-?\d{4}|1\d{2}[- ]?\d{4}[- ]?\d{4})"
_IDENTITY = r"[A-Z][A-Z_-]{0,5}\d[\dA-Z*_-]*|\d{3,}\*{2,}[\dXx]*|\d{17}[Xx]"


def _clock(match: Match[str], which: str) -> str:
    hour, minute, second = (match[which + part] for part in "hms")
    said = f"{cardinal(int(hour))}点"
    if int(minute) or second:
        said += f"{'零' if 0 < int(minute) < 10 else ''}{cardinal(int(minute))}分"
    return said + (f"{cardinal(int(second))}秒" if second else "")


def _count(number: str, unit: str) -> str:
    """A number before a unit or a measure word."""
    plain = number.replace(",", "")
    two = plain == "2" and (unit in _UNITS or unit in _MEASURES or unit in _LONG_MEASURES)
    return ("两" if two else decimal(plain)) + _UNITS.get(unit, unit)


def _date(match: Match[str]) -> str:
    return f"{digit_by_digit(match['y'])}年{cardinal(int(match['m']))}月{cardinal(int(match['d']))}日"


def _telephone(match: Match[str]) -> str:
    return digit_by_digit(match[0], telephone=True)


def _identity(match: Match[str]) -> str:
    """A12, 苏B12345, YZ-0007, 1101****0017: sign by sign, a pause where something is hidden."""
    signs = re.sub(r"\*+", "，", match[0]).replace("-", " ").replace("_", " ")
    letters = re.sub(r"[A-Za-z]", lambda m: f" {m[0].upper()} ", signs)
    return re.sub(r"\d+", _telephone, letters)


def _below_zero(match: Match[str]) -> str:
    return "零下" + _count(match[1], match[2])


def _below_zero_range(match: Match[str]) -> str:
    return f"零下{decimal(match[1])}到{'零下' if match['minus'] else ''}{_count(match[3], match[4])}"


_TABLE: tuple[tuple[str, Callable[[Match[str]], str]], ...] = (
    (r"(?i)(?a:https?://\S+|www\.[\w./-]+)", lambda m: "屏幕上的网址"),
    (r"(?a:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", lambda m: "屏幕上的邮箱地址"),
    (r"(?i)Wi-?Fi", lambda m: "无线网"),
    (r"(?<![A-Za-z])QR\s*码", lambda m: "二维码"),
    (rf"{_BEGIN}{_FROM}{_TO}{_UNTIL}{_END}", lambda m: f"{_clock(m, 'a')}到{_clock(m, 'b')}"),
    (rf"{_BEGIN}{_FROM}{_END}", lambda m: _clock(m, "a")),
    (rf"(?<!\d){_DATE}(?!\d)日?", _date),
    (r"(?<!\d)([12]\d{3})年(?!内|间|以|来|多|前|后)", lambda m: digit_by_digit(m[1]) + "年"),
    (rf"({_N})\s*[%％]{_TO}({_N})\s*[%％]", lambda m: f"百分之{decimal(m[1])}到百分之{decimal(m[2])}"),
    (rf"({_N}){_TO}({_N})\s*[%％]", lambda m: f"百分之{decimal(m[1])}到{decimal(m[2])}"),
    (rf"({_N})\s*[%％]", lambda m: "百分之" + decimal(m[1])),
    (rf"({_N})\s*‰", lambda m: "千分之" + decimal(m[1])),
    (rf"[¥￥]\s*({_N})", lambda m: _count(m[1], "元")),
    # a telephone is no range, a hotline no quantity
    (rf"(?a:(?<![\w.]){_TELEPHONE}(?!\w))", _telephone),
    (r"(?<![A-Za-z])([A-Z]{1,4})(\d+\.\d+)(?![\d.])", lambda m: f" {' '.join(m[1])} {decimal(m[2])}"),
    (r"(?<![A-Za-z])([A-Z])\.(\d+)(?![\d.])", lambda m: f" {m[1]} {digit_by_digit(m[2])}"),
    (rf"(?<![A-Za-z\d])(?:{_IDENTITY})(?![A-Za-z\d])", _identity),
    (rf"{_BEGIN}(?:110|119|120|122)(?!\d|[.,:]\d|\s*(?:{_COUNTED}))", _telephone),
    (rf"{_BEGIN}0\d+{_END}", _telephone),
    (rf"{_BEGIN}\d{{5,}}(?!\d|[.,:]\d|\s*(?:{_COUNTED}))", _telephone),
    (rf"{_MINUS}({_N}){_TO}(?P<minus>[-−]?)({_N})\s*(℃|°C|°|度)", _below_zero_range),
    (rf"{_MINUS}({_N})\s*(℃|°C|°|度)", _below_zero),
    (rf"{_BEGIN}(\d{{1,3}})/(\d{{1,3}}){_END}", lambda m: f"{cardinal(int(m[2]))}分之{cardinal(int(m[1]))}"),
    (rf"({_N}){_TO}({_N})(?!\d)", lambda m: f"{decimal(m[1])}到{m[2]}"),
    (rf"({_N})\s*[×xX*]\s*(?={_N})", lambda m: f"{decimal(m[1])}乘"),
    (rf"{_MINUS}({_N})", lambda m: "负" + decimal(m[1])),
    (rf"第\s*({_N})", lambda m: "第" + decimal(m[1])),
    (rf"({_N})\s*({_UNIT}|{_MEASURE})", lambda m: _count(m[1], m[2])),
    (r"(?<=\w)\s*[+＋]\s*(?=\w)", lambda m: "加"),
    (_N, lambda m: decimal(m[0])),
    (r"(?<![A-Za-z])[A-Z]{2,6}(?![a-z])", lambda m: f" {' '.join(m[0])} "),
    (r"(?<=[\u4e00-\u9fff])\s*/\s*(?=[\u4e00-\u9fff])", lambda m: "、"),
    ("&", lambda m: "和"),
    ("=", lambda m: "等于"),
)
RULES = tuple((re.compile(pattern), said) for pattern, said in _TABLE)
