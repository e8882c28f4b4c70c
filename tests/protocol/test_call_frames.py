"""The wire of calls: frames of yesterday are read, and today's are the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.protocol.intercom import CallTopic, Ring
from kiosk.protocol.link import LinkInvalid, read_message, write_message
from tests.protocol.make_golden_calls import CALL, MESSAGES, frames

GOLDEN: list[dict[str, Any]] = json.loads((Path(__file__).with_name("golden") / "call_frames.json").read_text("utf-8"))


def test_frames_are_those_of_the_golden_file() -> None:
    assert frames() == GOLDEN
    assert tuple(read_message(json.dumps(frame)) for frame in GOLDEN) == MESSAGES


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.type)
def test_what_a_newer_program_adds_is_left_alone(message: Any) -> None:
    frame = json.loads(write_message(message))
    assert read_message(json.dumps(frame | {"later": {"a": 1}})) == message


@pytest.mark.parametrize(
    "spoilt",
    [
        {"type": "ring", "call": "x", "topic": "help"},
        {"type": "ring", "call": CALL, "topic": "../help"},
        {"type": "ring", "call": CALL, "topic": "help", "joined": ["x" * 81]},
        {"type": "camera_wanted", "call": CALL, "camera": "/dev/video0"},
        {"type": "show_page", "call": CALL, "id": "1", "page": "https://evil.example"},
        {"type": "left", "call": CALL, "peer": "a b"},
        {"type": "call_media", "call": CALL, "volume": 101},
        {"type": "door_report", "id": "1", "code": "maybe"},
        {"type": "door_order", "token": "x" * 3000},
    ],
    ids=lambda frame: f"{frame['type']}-{len(str(frame))}",
)
def test_what_does_not_fit_is_refused(spoilt: dict[str, Any]) -> None:
    with pytest.raises(LinkInvalid):
        read_message(json.dumps(spoilt))


def test_an_older_station_that_names_nobody_is_read() -> None:
    assert read_message(json.dumps({"type": "ring", "call": CALL, "topic": "help"})) == Ring(call=CALL, topic="help")


def test_a_topic_of_before_rings_everybody() -> None:
    topic = CallTopic.model_validate({"name": {"zh_CN": "求助"}})
    assert (topic.groups, topic.group_seconds, topic.message, topic.priority) == ([], 20, True, 0)
