"""Nothing of one visitor is reachable by the next: 200 random visits, one after the other."""

import gc
import random
import weakref

import pytest

from kiosk.session import Person
from ui.pages import all_pages
from ui.reading import page_text
from ui.stage import Stage


def _visit(stage: Stage, chance: random.Random, number: int) -> list[weakref.ref[object]]:
    """Somebody comes, is perhaps recognised, looks at some pages and leaves some way. What their pages were."""
    session = stage.station.session
    stage.begin()
    if chance.random() < 0.7:
        session.recognise(Person(ref=f"{number:020x}", tier="member"))
        stage.settle()
    if chance.random() < 0.3:
        stage.face.settings.large = True
    if chance.random() < 0.3:
        stage.face.settings.switchLanguage()
    pages = [spec for name, spec in sorted(all_pages().items()) if not name.startswith("intercom.")]
    models: list[weakref.ref[object]] = []
    for _ in range(chance.randrange(1, 4)):
        spec = chance.choice(pages)
        sample = chance.choice(spec.samples())
        models.append(weakref.ref(stage.face.navigator.open(spec.name, sample.args)))
        stage.settle()
        if chance.random() < 0.3:
            stage.face.navigator.back()
    return models


@pytest.mark.timeout(600)
def test_nothing_of_one_person_is_reachable_by_the_next(stage: Stage) -> None:
    chance = random.Random(20261201)
    session = stage.station.session
    stage.begin()
    stage.settle()
    home = page_text(stage.face.page) if stage.face.page else ""
    session.finish()
    stage.settle()
    for number in range(200):
        models = _visit(stage, chance, number)
        before = session.person
        way = chance.choice(("finished", "idle", "next_person"))
        if way == "next_person":
            session.recognise(Person(ref=f"b{number:019x}", tier="member"))
        elif way == "idle":
            stage.station.clock.advance(200)  # type: ignore[attr-defined]
            session.tick()
        else:
            session.finish()
        stage.settle()
        if way == "next_person" and before is None:
            session.finish()  # nobody was known: the same visitor has now shown a code
            stage.settle()
        elif way == "next_person":
            assert session.person is not None
            assert session.person.ref == f"b{number:019x}"
            session.finish()
            stage.settle()
        assert session.person is None
        assert stage.face.navigator.page_name == "home.main"
        assert stage.face.navigator.depth == 1
        assert not stage.face.settings.large
        assert stage.face.settings.code == "zh_CN"
        assert stage.face.voice.words == "" or "还在吗" in stage.face.voice.words
        gc.collect()
        assert [model() for model in models if model() is not None] == [], f"visit {number} left a page behind"
        stage.begin()
        stage.settle()
        assert stage.face.page is not None
        assert page_text(stage.face.page) == home
        session.finish()
        stage.settle()


def test_the_first_touch_only_wakes(stage: Stage) -> None:
    assert stage.face.shell.idle
    stage.tap_at(300, 900)
    stage.until(lambda: not stage.face.shell.idle)
    assert stage.face.navigator.page_name == "home.main"


def test_a_quiet_session_warns_and_one_touch_goes_on(stage: Stage) -> None:
    stage.begin()
    stage.station.clock.advance(65)  # type: ignore[attr-defined]
    stage.until(lambda: stage.face.shell.secondsLeft > 0)
    stage.tap("继续使用")
    stage.until(lambda: stage.face.shell.secondsLeft == 0)
    assert not stage.face.shell.idle
    stage.station.clock.advance(200)  # type: ignore[attr-defined]
    stage.until(lambda: stage.face.shell.idle)


def test_larger_text_language_and_finish(stage: Stage) -> None:
    stage.begin()
    stage.tap("大字")
    assert stage.face.settings.large
    stage.tap("English")
    assert stage.face.settings.code == "en"
    stage.tap("Finish")
    stage.until(lambda: stage.face.shell.idle)
    assert stage.face.settings.code == "zh_CN"
    assert not stage.face.settings.large
