"""The alarm as a visitor sees it: one key that is held, a strip that stays, and never more than is true."""

import pytest

from kiosk.alarm import Reached
from kiosk.protocol.alarm import AlarmSource, AlarmState
from kiosk.protocol.intercom import ALARM
from kiosk.session import SessionState
from ui.alarm.strip import AlarmStrip, strip_of
from ui.alarm.words import words_for
from ui.intercom import engine
from ui.intercom.centre import CallCentre
from ui.intercom.strip import centre_of
from ui.stage import Stage

STATE, HELP = "alarm.state", "intercom.help"
PIN = "2468"


@pytest.fixture
def page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Somebody is here. The engine of the call is believed in and not needed: it is met in the journeys."""
    monkeypatch.setattr(engine, "ready", lambda: True)
    monkeypatch.setattr(CallCentre, "open_media", lambda self: None)
    centre_of(stage.face.context)._engine = True
    stage.begin()
    stage.settle()
    return stage


def strip(stage: Stage) -> AlarmStrip:
    return strip_of(stage.face.context)


def hears(stage: Stage, **more: object) -> None:
    """The desk's hub answers."""
    alarm = stage.station.alarm
    assert alarm.incident is not None
    alarm.on_message(AlarmState.model_validate({"incident": alarm.incident.id, **more}))
    stage.settle()


def test_held_it_is_an_alarm_and_the_desk_is_rung(page: Stage) -> None:
    page.hold("报警")
    page.until(lambda: page.station.alarm.lasts, "the alarm")
    assert page.face.navigator.page_name == HELP
    assert page.station.intercom.call.topic == ALARM
    page.until(lambda: strip(page).wanted, "the strip")
    assert strip(page).reached is Reached.SENDING


def test_touched_it_asks_first(page: Stage) -> None:
    page.tap("报警")
    assert page.face.navigator.page_name == STATE
    assert not page.station.alarm.lasts
    assert page.station.intercom.call.topic == ""
    page.tap("马上报警")
    page.until(lambda: page.station.alarm.lasts, "the alarm")
    assert page.face.navigator.page_name == HELP
    page.tap("看报警")
    assert page.face.navigator.page_name == STATE
    assert not strip(page).wanted  # the page says it
    page.tap("跟值班人员通话")
    assert page.face.navigator.page_name == HELP


def test_let_go_too_early_nothing_is_raised(page: Stage) -> None:
    item = page.find("报警")
    page.tap("报警")
    assert item.property("holdShare") == 0
    assert page.station.alarm.incident is None


def test_it_stays_on_the_screen_when_nobody_is_there(page: Stage) -> None:
    page.station.desk.call(page.station.alarm.press, AlarmSource.BUTTON)
    page.until(lambda: strip(page).wanted, "the strip")
    page.station.session.finish("finished")
    page.settle()
    assert page.station.session.state is SessionState.IDLE
    assert not page.face.shell.idle
    assert strip(page).wanted
    hears(page, acknowledged_by="王敏", consoles=1)
    hears(page, acknowledged_by="王敏", closed=True, closed_by="王敏", reason="好了")
    page.until(lambda: page.face.shell.idle, "the posters")


def test_the_screen_follows_what_the_desk_says(page: Stage) -> None:
    page.station.desk.call(page.station.alarm.press, AlarmSource.BUTTON)
    page.face.navigator.open(STATE)
    page.settle()
    model = page.face.navigator.model
    assert model is not None
    assert model.title == "已报警，正在通知值班台…"  # type: ignore[attr-defined]
    page.station.clock.advance(20)  # type: ignore[attr-defined]
    page.until(lambda: model.title == "报警没有送到值班台", "the truth")  # type: ignore[attr-defined]
    hears(page, consoles=0)
    assert model.title == "报警已送到，值班台现在没有人"  # type: ignore[attr-defined]
    hears(page, consoles=2)
    assert model.title == "报警已送到值班台，正在响铃"  # type: ignore[attr-defined]
    assert model.numbersWanted  # type: ignore[attr-defined]
    hears(page, consoles=2, acknowledged_by="王敏")
    assert model.title == "王敏 已接警"  # type: ignore[attr-defined]
    assert not model.numbersWanted  # type: ignore[attr-defined]
    page.tap("我按错了")
    page.until(lambda: model.mistaken, "what the visitor said")  # type: ignore[attr-defined]
    assert page.station.alarm.lasts
    hears(page, acknowledged_by="王敏", closed=True, closed_by="王敏", reason="已电话确认")
    assert (model.title, model.detail) == ("报警已由 王敏 结束", "已电话确认")  # type: ignore[attr-defined]
    page.tap("知道了")
    page.until(lambda: page.station.alarm.incident is None, "the end")
    assert not strip(page).wanted


def test_staff_end_it_behind_their_pin(page: Stage) -> None:
    page.station.desk.call(page.station.alarm.press, AlarmSource.BUTTON)
    page.face.navigator.open(STATE)
    page.settle()
    page.tap("工作人员：结束报警")
    assert page.face.navigator.page_name == "supplies.pin"
    page.face.navigator.back()
    page.settle()
    assert page.station.alarm.lasts
    page.tap("工作人员：结束报警")
    for digit in PIN:
        page.tap(digit)
    page.tap("确定")
    page.until(lambda: page.face.navigator.page_name == STATE, "the alarm again")
    page.tap("先不结束")
    page.tap("工作人员：结束报警")
    page.tap("按错了")
    page.until(lambda: not page.station.alarm.lasts, "the end")
    assert strip(page).words == words_for(page.station.alarm.incident, Reached.CLOSED)
    assert strip(page).title == "报警已由 现场工作人员 结束"


def test_a_silent_machine_does_not_show_the_same_words_twice(page: Stage) -> None:
    page.station.desk.call(page.station.alarm.press, AlarmSource.BUTTON)
    page.until(lambda: strip(page).wanted, "the strip")
    hears(page, consoles=1)
    assert page.face.voice.words == ""


def test_it_is_said_aloud_once_for_each_thing_that_is_new(page: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(page.station.speech), "available", lambda self: True)
    said: list[str] = []
    page.face.voice.words_changed.connect(lambda: said.append(page.face.voice.words.partition("\n")[0]))
    page.station.desk.call(page.station.alarm.press, AlarmSource.BUTTON)
    page.until(lambda: said, "words")
    hears(page, consoles=1)
    hears(page, consoles=1)
    hears(page, consoles=1, acknowledged_by="王敏")
    page.until(lambda: "王敏 已接警" in said, "the good news")
    heard = [words for words in said if words]
    assert heard == ["已报警，正在通知值班台…", "报警已送到值班台，正在响铃", "王敏 已接警"]


def test_words_in_english(page: Stage) -> None:
    page.face.settings.switchLanguage()
    page.station.desk.call(page.station.alarm.press, AlarmSource.BUTTON, drill=True)
    page.until(lambda: strip(page).title == "[Drill] Alarm raised, telling the duty desk…", "English")
    page.face.settings.switchLanguage()
    page.until(lambda: strip(page).title == "【演练】已报警，正在通知值班台…", "Chinese")
