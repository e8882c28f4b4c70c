"""The keyboard of the screen: it comes when a place to write in is touched, and it writes Chinese by Pinyin."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from ui.stage import Stage


def items(root: QQuickItem) -> Iterator[QQuickItem]:
    """Everything that is visible below `root`."""
    for child in root.childItems():
        if child.isVisible():
            yield child
            yield from items(child)


def centre(item: QQuickItem) -> QPointF:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))


def tap(stage: Stage, item: QQuickItem) -> None:
    """Press it, once it lies still: what Pinyin offers slides into its row."""
    places: list[QPointF] = []

    def still() -> bool:
        stage.frame()
        places.append(centre(item))
        return len(places) > 2 and places[-1] == places[-2] == places[-3]

    stage.until(still, "something that lies still")
    stage.tap_at(places[-1].x(), places[-1].y())


def keys(stage: Stage) -> dict[str, QQuickItem]:
    """The keys on the screen by their letter."""
    found = {}
    for item in items(stage.face.window.contentItem()):
        if item.property("displayText") and item.property("keyType") is not None:
            found[str(item.property("displayText"))] = item
    return found


def field_of(stage: Stage) -> QQuickItem:
    return next(item for item in items(stage.face.window.contentItem()) if item.inherits("QQuickTextField"))


def candidates(stage: Stage) -> dict[str, QQuickItem]:
    """What Pinyin offers, above the keys."""
    texts = [item for item in items(stage.face.window.contentItem()) if item.inherits("QQuickText")]
    return {str(item.property("text")): item for item in texts}


@pytest.fixture
def writing(stage: Stage) -> Stage:
    stage.begin()
    stage.face.navigator.open("intercom.message", {"topic": "help"})
    stage.settle()
    stage.tap("写几个字")
    stage.settle()
    tap(stage, field_of(stage))
    stage.until(lambda: QGuiApplication.inputMethod().isVisible() and keys(stage), "the keyboard")
    stage.settle()
    return stage


def test_pinyin_is_typed_and_chosen(writing: Stage) -> None:
    field = field_of(writing)
    for letter in "nihao":
        tap(writing, keys(writing)[letter])
    writing.until(lambda: "你好" in candidates(writing), "what it may mean")
    tap(writing, candidates(writing)["你好"])
    writing.until(lambda: field.property("text") == "你好")


def test_in_english_it_writes_letters(stage: Stage) -> None:
    stage.begin()
    stage.face.settings.set_language("en")
    stage.face.navigator.open("intercom.message", {"topic": "help"})
    stage.settle()
    stage.tap("Write it")
    stage.settle()
    tap(stage, field_of(stage))
    stage.until(lambda: QGuiApplication.inputMethod().isVisible() and keys(stage), "the keyboard")
    stage.settle()
    for letter in "hi":
        tap(stage, keys(stage)[letter])
    stage.until(lambda: field_of(stage).property("text") == "hi")


def test_it_takes_room_and_the_field_stays_in_sight(writing: Stage) -> None:
    field = field_of(writing)
    bottom = field.mapToScene(QPointF(0, field.height())).y()
    highest = min(key.mapToScene(QPointF(0, 0)).y() for key in keys(writing).values())
    assert bottom < highest
    writing.face.navigator.home()
    writing.until(lambda: not QGuiApplication.inputMethod().isVisible())
