"""A keyboard that is a scanner or a person: nothing a person typed is lost, nothing a scanner typed leaks."""

import hypothesis.strategies as st
from hypothesis import given

from kiosk.devices.scanner.wedge import GAP, LONGEST, SHORTEST, Wedge, WedgeResult

FAST, SLOW = 0.003, 0.12
KEYS = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40)


class Hands:
    """Types, and keeps what reached the widget and what was scanned."""

    def __init__(self) -> None:
        self.wedge = Wedge()
        self.now = 0.0
        self.typed = ""
        self.scans: list[str] = []

    def take(self, result: WedgeResult, key: str = "") -> None:
        self.typed += result.replay + ("" if result.consumed else key)
        if result.scan:
            self.scans.append(result.scan)

    def type(self, text: str, pause: float) -> None:
        for char in text:
            self.now += pause
            self.take(self.wedge.feed(char, self.now), char)

    def rest(self) -> None:
        self.now += GAP * 1.5
        self.take(self.wedge.idle(self.now))


def test_a_scan_leaves_the_widget_untouched() -> None:
    hands = Hands()
    hands.type("GH1:ABC123 $%*+-./:\r", FAST)
    assert (hands.typed, hands.scans) == ("", ["GH1:ABC123 $%*+-./:"])


def test_caps_lock_is_undone_for_our_codes_alone() -> None:
    hands = Hands()
    hands.type("gh1:abc123\r", FAST)
    hands.rest()
    hands.type("https://Example.org/aB\r", FAST)
    assert hands.scans == ["GH1:ABC123", "https://Example.org/aB"]


@given(KEYS)
def test_a_person_s_keys_come_back_in_order(text: str) -> None:
    hands = Hands()
    for char in text + "\r":
        hands.type(char, SLOW)
        hands.rest()
    assert hands.typed == text + "\r"
    assert hands.scans == []


@given(KEYS, st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=SHORTEST, max_size=300), KEYS)
def test_a_scan_between_a_person_s_words_takes_none_of_them(before: str, code: str, after: str) -> None:
    hands = Hands()
    hands.type(before, SLOW)
    hands.rest()
    hands.type(code + "\r", FAST)
    hands.now += SLOW
    hands.type(after, SLOW)
    hands.rest()
    assert hands.typed == before + after
    assert [scan.upper() for scan in hands.scans] == [code.upper()]


@given(st.lists(st.tuples(st.characters(exclude_categories=["Cs"]), st.sampled_from([FAST, 0.04, 0.06, SLOW]))))
def test_no_key_is_ever_doubled_or_invented(keys: list[tuple[str, float]]) -> None:
    hands = Hands()
    for char, pause in keys:
        hands.type(char, pause)
    hands.rest()
    given_out = hands.typed + "".join(hands.scans)
    sent = "".join(char for char, _ in keys)
    assert len(given_out) <= len(sent)
    assert sorted(given_out.replace("\n", "\r").upper()) == sorted(
        _without_scan_ends(sent.replace("\n", "\r").upper(), len(hands.scans))
    )


def _without_scan_ends(sent: str, scans: int) -> str:
    """The Enter that ends a scan is used up."""
    kept = sent
    for _ in range(scans):
        kept = kept.replace("\r", "", 1)
    return kept


def test_a_flood_is_one_refusable_scan_and_types_nothing() -> None:
    hands = Hands()
    hands.type("x" * 10_000 + "\r", FAST)
    assert hands.typed == ""
    assert [len(scan) for scan in hands.scans] == [LONGEST + 1]
    hands.type("y" * 10_000, FAST)  # and without an end
    hands.rest()
    assert hands.typed == ""


def test_short_bursts_are_given_back() -> None:
    hands = Hands()
    hands.type("12345\r", FAST)
    assert (hands.typed, hands.scans) == ("12345\r", [])


def test_another_key_gives_back_what_is_held() -> None:
    hands = Hands()
    hands.type("ab", FAST)
    hands.take(hands.wedge.flush())
    assert hands.typed == "ab"
    assert not hands.wedge.holding
