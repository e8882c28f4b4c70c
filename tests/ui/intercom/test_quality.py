"""How good a connection is: the module both ends of a call use, in a JavaScript engine."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QJSEngine

from kiosk.protocol.web import QUALITY

WELL = {"lost": 0, "received": 50, "rtt": 0.04, "available": 2_000_000}
TIGHT = WELL | {"available": 60_000}


class Line:
    """One end of a call, second by second."""

    def __init__(self, engine: QJSEngine) -> None:
        module = engine.importModule(str(QUALITY))
        assert not module.isError(), module.toString()
        self.engine = engine
        self.one = module.property("Quality").callAsConstructor()
        self.worst = module.property("worst")

    def second(self, **counted: Any) -> tuple[str, bool]:
        told = self.engine.evaluate(f"({json.dumps(counted)})")
        result = self.one.property("second").callWithInstance(self.one, [told])
        assert not result.isError(), result.toString()
        return result.property("state").toString(), result.property("video").toBool()

    def seconds(self, number: int, **counted: Any) -> list[tuple[str, bool]]:
        return [self.second(**counted) for _ in range(number)]


@pytest.fixture
def line(app: QGuiApplication) -> Line:
    return Line(QJSEngine())


def test_a_good_line_stays_good(line: Line) -> None:
    assert set(line.seconds(60, **WELL)) == {("good", True)}


def test_a_lost_packet_is_no_bad_line_and_many_are(line: Line) -> None:
    line.second(**WELL)
    assert line.second(lost=10, received=40) == ("good", True)  # one second says nothing
    assert line.seconds(6, **WELL)[-1] == ("good", True)
    assert line.seconds(3, **WELL | {"lost": 5, "received": 45})[-1] == ("poor", True)
    assert line.seconds(3, **WELL | {"lost": 15, "received": 35})[-1][0] == "bad"
    assert line.seconds(5, **WELL)[-1][0] == "bad"  # and better only when it has been better for a while
    assert line.seconds(1, **WELL)[-1] == ("good", True)


def test_a_long_way_is_a_poor_line(line: Line) -> None:
    assert line.seconds(3, **WELL | {"rtt": 0.6})[-1] == ("poor", True)


def test_the_voice_comes_before_the_picture_and_the_picture_comes_back(line: Line) -> None:
    told = line.seconds(4, **TIGHT)
    assert [video for _, video in told] == [True, True, True, False]
    assert told[-1][0] == "audio_only"
    told = line.seconds(16, **TIGHT)  # without a picture the network is not measured: it is tried after a while
    assert told[13] == ("audio_only", False)
    assert told[14][1]
    line.seconds(3, **WELL)
    assert line.seconds(20, **WELL)[-1] == ("good", True)


def test_a_picture_that_proves_too_much_is_tried_later_and_later(line: Line) -> None:
    line.seconds(4, **TIGHT)
    waits = []
    for _ in range(5):
        wait = 1
        while not line.second(**TIGHT)[1]:
            wait += 1
        waits.append(wait)
        line.seconds(4, **TIGHT)  # gone again
    assert waits == [15, 30, 60, 120, 120]


def test_the_worst_of_several_counts(line: Line) -> None:
    states = line.engine.evaluate('["good", "audio_only", "poor"]')
    assert line.worst.call([states]).toString() == "audio_only"
    assert line.worst.call([line.engine.evaluate("[]")]).toString() == "good"


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "lost": st.integers(0, 100),
                "received": st.integers(0, 100),
                "theirLoss": st.floats(0, 1),
                "rtt": st.floats(0, 3),
                "available": st.sampled_from([0, 50_000, 129_999, 130_000, 5_000_000]),
            }
        ),
        max_size=60,
    )
)
def test_whatever_is_counted_it_says_one_of_four_things(counted: list[dict[str, Any]]) -> None:
    line = Line(QJSEngine())
    before = "good"
    for second in counted:
        state, video = line.second(**second)
        assert state in {"good", "poor", "audio_only", "bad"}
        assert state != "audio_only" or not video or before == "audio_only"
        before = state
