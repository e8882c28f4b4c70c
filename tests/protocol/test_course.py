"""A manifest is a course that can be taken, or it is refused and says where."""

from typing import Any

import pytest
from pydantic import ValidationError

from kiosk.protocol.course import Manifest
from tests.kiosk.learning.conftest import manifest_of

FILES = {"film.mp4": b"film", "zh.vtt": b"WEBVTT"}


def quiz(plain: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = plain["steps"][1]
    return found


def set_steps(plain: dict[str, Any], *steps: Any) -> None:
    plain["steps"] = list(steps)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda p: quiz(p)["questions"][0]["options"][1].pop("right"), "question one has no right answer"),
        (lambda p: quiz(p)["questions"][0]["options"][0].update(right=True), "question one has 2 right answers"),
        (lambda p: [o.pop("right", None) for o in quiz(p)["questions"][1]["options"]], "two has no right answer"),
        (lambda p: quiz(p)["questions"][2].pop("answer"), "question three has no right answer"),
        (lambda p: quiz(p)["questions"][0].update(answer=True), "`answer` is for true_false only"),
        (lambda p: quiz(p)["questions"][2].update(options=[{"id": "a", "text": {"zh_CN": "甲"}}]), "needs no options"),
        (lambda p: quiz(p)["questions"][0]["options"].pop(), "two to eight options"),
        (lambda p: quiz(p)["questions"][1]["options"][1].update(id="a"), "option a comes twice"),
        (lambda p: quiz(p)["questions"][1].update(id="one"), "question one comes twice"),
        (lambda p: quiz(p).update(questions=[]), "at least 1 item"),
        (lambda p: quiz(p).update(pass_mark=0), "greater than 0"),
        (lambda p: quiz(p).update(pass_mark=1.5), "less than or equal to 1"),
        (lambda p: quiz(p).update(id="film"), "step film comes twice"),
        (lambda p: p["steps"].reverse(), "at most one quiz, and it comes last"),
        (lambda p: p["steps"].append({**quiz(p), "id": "again"}), "at most one quiz"),
        (lambda p: p["steps"][0].update(file="other.mp4"), "other.mp4 is not in the pack"),
        (lambda p: p["steps"][0].update(captions=[]), "zh.vtt is in the pack, and no step uses it"),
        (lambda p: p["steps"][0].update(file="../film.mp4"), "match pattern"),
        (lambda p: p["steps"][0].update(duration_ms=0), "greater than or equal to 1000"),
        (lambda p: p["files"].append(p["files"][0]), "file film.mp4 comes twice"),
        (lambda p: p["files"][0].update(sha256="x"), "match pattern"),
        (lambda p: p.update(format="kiosk-pack/2"), "kiosk-pack/1"),
        (lambda p: p.update(surprise=1), "not permitted"),
        (lambda p: p.update(steps=[]), "at least 1 item"),
        (lambda p: p["steps"][0].update(type="game"), "type"),
        (lambda p: p["title"].update(zh_CN=""), "at least 1 character"),
    ],
)
def test_a_course_nobody_could_take_is_refused(spoil: Any, says: str) -> None:
    plain = manifest_of(FILES)
    spoil(plain)
    with pytest.raises(ValidationError, match=says.replace("(", r"\(")):
        Manifest.model_validate(plain)


def test_a_good_one() -> None:
    manifest = Manifest.model_validate(manifest_of(FILES))
    assert (manifest.duration_ms, [step.id for step in manifest.to_watch]) == (60_000, ["film"])
    assert manifest.quiz is not None
    assert [sorted(question.right()) for question in manifest.quiz.questions] == [
        ["b"],
        ["a", "c"],
        ["true"],
        ["false"],
    ]
