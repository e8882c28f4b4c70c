"""Persons, answers and steps that several tests take."""

from collections.abc import Mapping

from kiosk.session import Person
from tests.kiosk.learning.conftest import RIGHT, Room

ALICE, BOB = Person("aa" * 10), Person("bb" * 10)
GOOD = {question: frozenset(chosen) for question, chosen in RIGHT.items()}
BAD: Mapping[str, frozenset[str]] = {}


def verbs(room: Room) -> list[str]:
    return [kind.removeprefix("learning.") for kind in room.kinds("learning.")]


def pass_it(room: Room, course: str = "safety") -> None:
    sitting = room.learning.open(course)
    room.watch(sitting.launch, 60_000)
    sheet = room.learning.ask(course)
    assert room.learning.hand_in(sheet.launch, GOOD).passed
