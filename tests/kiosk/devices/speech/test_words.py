"""Written text as it is said: tables for what people write, properties for what they might."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.speech.lexicon import PRONUNCIATION, pronounce
from kiosk.devices.speech.normalise import normalise
from kiosk.devices.speech.numbers import DIGITS, LIMIT, cardinal, decimal, digit_by_digit
from kiosk.devices.speech.sentences import LONGEST, VOICES, clips, pieces

CHINESE = [
    ("今天 18:30 开门", "今天 十八点三十分 开门"),
    ("周一至周五 9:00–17:30", "周一至周五 九点到十七点三十分"),
    ("00:00-24:00", "零点到二十四点"),
    ("8:05", "八点零五分"),
    ("8：05 集合", "八点零五分 集合"),
    ("12:30:05", "十二点三十分五秒"),
    ("满意率98.5%", "满意率百分之九十八点五"),
    ("20%~30%", "百分之二十到百分之三十"),
    ("20-30%", "百分之二十到三十"),
    ("5‰", "千分之五"),
    ("2026年11月25日", "二零二六年十一月二十五日"),
    ("2026-11-25", "二零二六年十一月二十五日"),
    ("2026年", "二零二六年"),
    ("5年内", "五年内"),
    ("2000年内", "两千年内"),
    ("拨打110或120", "拨打幺幺零或幺二零"),
    ("120元", "一百二十元"),
    ("一共120人", "一共一百二十人"),
    ("热线12351", "热线幺二三五幺"),
    ("0510-82721234", "零五幺零八二七二幺二三四"),
    ("13812345678", "幺三八幺二三四五六七八"),
    ("400-123-4567", "四零零幺二三四五六七"),
    ("1101**********0017", "幺幺零幺，零零幺七"),
    ("11010519491231002X", "幺幺零幺零五幺九四九幺二三幺零零二 X"),
    ("编号000123", "编号零零零幺二三"),
    ("A12", "A 幺二"),
    ("苏B12345", "苏 B 幺二三四五"),
    ("AED在门口", "A E D 在门口"),
    ("WiFi密码", "无线网密码"),
    ("扫QR码", "扫二维码"),
    ("PM2.5", "P M 二点五"),
    ("2个", "两个"),
    ("2月2号", "二月二号"),
    ("22个", "二十二个"),
    ("第2步", "第二步"),
    ("2小时30分", "两小时三十分"),
    ("10,000元", "一万元"),
    ("￥25", "二十五元"),
    ("3.50元", "三点五零元"),
    ("-5℃", "零下五摄氏度"),
    ("-3～8℃", "零下三到八摄氏度"),
    ("-8～-3℃", "零下八到零下三摄氏度"),
    ("500ml", "五百毫升"),
    ("2km", "两公里"),
    ("3–5 天", "三到五天"),
    ("1/2", "二分之一"),
    ("8+X", "八加X"),
    ("3×4", "三乘四"),
    ("“您好”（免费）", "您好，免费"),
    ("→ 下一步 ★", "下一步"),
    ("职工/家属", "职工、家属"),
    ("看 https://a.b/c?d=1 吧", "看 屏幕上的网址 吧"),
    ("a@b.com", "屏幕上的邮箱地址"),
    ("①填表", "一填表"),
    ("½ 杯", "二分之一 杯"),
    ("１２元", "十二元"),
    ("一行\n\n 二行", "一行\n二行"),
    ("…", ""),
    ("", ""),
]
ENGLISH = [
    ("Open 9:00–17:30, 98% happy", "Open 9 o'clock to 17 30, 98 percent happy"),
    ("Call 110 or 12351", "Call 1 1 0 or 1 2 3 5 1"),
    ("110 people", "110 people"),
    ("¥25 (free)", "25 yuan, free"),
    ("5-8 ℃", "5 to 8 degrees"),
    ("Mon–Fri 8:05", "Mon to Fri 8 oh 5"),
    ("see https://a.b", "see the address on the screen"),
]


@pytest.mark.parametrize(("written", "said"), CHINESE)
def test_chinese(written: str, said: str) -> None:
    assert normalise(written, "zh_CN") == said


@pytest.mark.parametrize(("written", "said"), ENGLISH)
def test_english(written: str, said: str) -> None:
    assert normalise(written, "en") == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (200, "二百"),
        (2000, "两千"),
        (2026, "两千零二十六"),
        (10010, "一万零一十"),
        (20000, "两万"),
        (120000, "十二万"),
        (10000001, "一千万零一"),
        (100200300, "一亿零二十万零三百"),
        (-3, "负三"),
    ],
)
def test_cardinal(number: int, said: str) -> None:
    assert cardinal(number) == said


def test_a_number_beyond_words_is_refused_and_read_digit_by_digit() -> None:
    with pytest.raises(ValueError, match=str(LIMIT)):
        cardinal(LIMIT)
    assert decimal("1" * 40) == "一" * 40


def back(said: str) -> int:
    """A cardinal read back, by a rule of its own."""
    units = {"十": 10, "百": 100, "千": 1000}
    total = section = digit = 0
    for sign in said.removeprefix("负").replace("两", "二"):
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in units:
            section += (digit or (1 if sign == "十" else 0)) * units[sign]
            digit = 0
        else:
            section += digit
            total, section, digit = _shift(total, section, sign), 0, 0
    return (total + section + digit) * (-1 if said.startswith("负") else 1)


def _shift(total: int, section: int, sign: str) -> int:
    # 万亿 comes as two signs: what is before 亿 is multiplied as a whole
    return total + section * 10**4 if sign == "万" else (total + section) * 10**8


@given(st.integers(-(10**12) + 1, 10**12 - 1))
def test_a_cardinal_can_be_read_back(number: int) -> None:
    assert back(cardinal(number)) == number


@given(st.text("0123456789", max_size=30), st.booleans())
def test_digit_by_digit_keeps_every_digit(text: str, telephone: bool) -> None:
    said = digit_by_digit(text, telephone)
    assert [("零一二三四五六七八九".replace("一", "幺") if telephone else DIGITS).index(c) for c in said] == list(
        map(int, text)
    )


pieces_of_text = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"[0-9:：,.%％\-–~/年月日元℃+×*（）A-Za-z ]{1,20}", fullmatch=True),
    st.sampled_from([written for written, _ in CHINESE]),
)
anything = st.lists(pieces_of_text, max_size=8).map("".join)


@given(anything)
def test_whatever_is_written_only_words_and_pauses_are_said(text: str) -> None:
    said = normalise(text, "zh_CN")
    assert not any(unicodedata.category(c)[0] == "N" and c not in "〇" and not "\u3000" <= c <= "\u9fff" for c in said)
    assert all(c in "，。、？！,.?!'-\n " or unicodedata.category(c)[0] in "LMN" for c in said)
    assert said == said.strip()
    assert "  " not in said
    assert normalise(text, "en") == normalise(text, "en").strip()


@given(st.text("甲乙丙丁戊，。", min_size=1, max_size=40))
def test_words_without_numbers_and_signs_are_left_alone(text: str) -> None:
    assert [c for c in normalise(text, "zh_CN") if c.isalnum()] == [c for c in text if c.isalnum()]


@given(anything)
def test_pieces_are_short_and_nothing_is_lost(text: str) -> None:
    said = normalise(text, "zh_CN")
    found = pieces(said)
    assert all(0 < len(piece) <= LONGEST for piece in found)
    assert "".join("".join(found).split()) == "".join(said.split())


@given(anything, st.sampled_from(["zh_CN", "en"]))
def test_every_clip_has_words_and_a_voice(text: str, language: str) -> None:
    for clip in clips(text, language):
        assert clip.voice in VOICES.values()
        assert any(c.isalnum() for c in clip.text)


def test_the_first_sentence_comes_alone() -> None:
    assert [clip.text for clip in clips("法律援助。每周三有律师！", "zh_CN")] == ["法律援助。", "每周三有律师！"]


def test_chinese_names_in_english_have_a_chinese_voice() -> None:
    found = clips("Welcome to 运河公园 station. Dr. Wang is here.", "en")
    assert [(c.text, c.voice) for c in found] == [
        ("Welcome to", "en"),
        ("运河公园", "cmn-latn-pinyin"),
        ("station.", "en"),
        ("Dr. Wang is here.", "en"),
    ]


def test_a_word_of_the_lexicon_is_said_by_its_pinyin() -> None:
    assert pronounce("银行行长在") == "yin2 hang2  hang2 zhang3 在"
    assert pronounce("机会长期有") == "机 hui4 chang2 qi1 有"


def phonemes(lines: list[str]) -> list[str]:
    asked = "".join(f"{line}。\n\n" for line in lines)
    command = ["espeak-ng", "-v", "cmn-latn-pinyin", "-q", "-x"]
    said = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout
    return ["".join(c for c in line if c not in " ',_|") for line in said.split("\n") if line.strip()]


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
def test_espeak_says_the_words_of_the_lexicon_as_their_pinyin() -> None:
    words = list(PRONUNCIATION)
    wanted = phonemes([PRONUNCIATION[word] for word in words])
    assert len(wanted) == len(words)
    assert dict(zip(words, phonemes([pronounce(w) for w in words]), strict=True)) == dict(
        zip(words, wanted, strict=True)
    )
