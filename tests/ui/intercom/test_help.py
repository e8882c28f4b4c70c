"""The help page over a station without a line: what it says, what it does, what it leaves behind."""

import itertools

import pytest

from kiosk.intercom import Call, Phase
from kiosk.intercom.machine import LINK_GRACE
from kiosk.protocol.intercom import ALARM, Answered, CallText, EndReason, Ringing
from ui.intercom import engine
from ui.intercom.help import HelpModel
from ui.intercom.words import ENDED, number_label, words_for
from ui.stage import Stage

PAGE = "intercom.help"


@pytest.fixture
def page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage whose help page believes in its engine and needs none: the engine itself is met in the journeys."""
    monkeypatch.setattr(engine, "ready", lambda: True)
    monkeypatch.setattr(HelpModel, "_open_media", lambda self: None)
    stage.begin()
    return stage


def model_of(stage: Stage) -> HelpModel:
    model = stage.face.navigator.model
    assert isinstance(model, HelpModel)
    return model


def test_one_touch_rings_and_the_truth_is_told_without_a_line(page: Stage) -> None:
    page.face.shell.callHelp()
    page.settle()
    model = model_of(page)
    assert model.phase == "ringing"
    assert model.numbersWanted
    assert [row.number for row in model.numbers.rows] == ["110", "120", "0510-12345"]
    assert page.station.session.seconds_left() == float("inf")
    page.station.clock.advance(LINK_GRACE)  # type: ignore[attr-defined]
    page.station.intercom.tick()
    page.until(lambda: model.phase == "ended")
    assert "网络断了" in model.title
    assert page.station.session.seconds_left() == 90
    page.face.shell.callHelp()  # the bar's button, on this very page
    assert model.phase == "ringing"


def test_leaving_the_page_hangs_up_and_leaves_nothing(page: Stage) -> None:
    page.face.shell.callHelp()
    page.face.navigator.back()
    page.settle()
    assert page.station.intercom.call.phase is Phase.IDLE
    entries = page.station.desk.call(lambda: [e.kind for e in page.station.store.journal.all()])
    assert [kind for kind in entries if kind.startswith("call.")] == ["call.started", "call.ended"]


def test_a_service_calls_its_own_queue(page: Stage) -> None:
    page.face.navigator.open(PAGE, {"topic": "legal"})
    page.settle()
    assert page.station.intercom.call.topic == "legal"
    assert model_of(page).topicName == "法律咨询"


def test_choosing_rings_nobody_before_it_is_chosen(page: Stage) -> None:
    page.face.navigator.open(PAGE, {"choose": True})
    page.settle()
    model = model_of(page)
    assert model.phase == "idle"
    assert [row.topic for row in model.topics.rows] == ["help", "legal", "psychological", "medical", "employment"]
    model.ring("psychological")
    assert page.station.intercom.call.topic == "psychological"


def test_the_alarm_takes_the_place_of_a_question(page: Stage) -> None:
    page.face.shell.callHelp()
    first = page.station.intercom.call.id
    page.face.shell.raiseAlarm()
    page.settle()
    call = page.station.intercom.call
    assert (call.topic, call.phase) == (ALARM, Phase.RINGING)
    assert call.id != first
    assert model_of(page).numbersWanted


def test_the_alarm_in_a_talk_keeps_the_person_and_shows_the_numbers(page: Stage) -> None:
    page.face.shell.callHelp()
    intercom = page.station.intercom
    intercom.on_message(Ringing(call=intercom.call.id, staff=1, free=1, position=1))
    intercom.on_message(Answered(call=intercom.call.id, by="小王"))
    page.until(lambda: model_of(page).phase == "connecting")
    talk = intercom.call.id
    page.face.shell.raiseAlarm()
    assert intercom.call.id == talk
    assert model_of(page).numbersWanted
    intercom.on_message(CallText(call=talk, text="马上到"))
    page.until(lambda: model_of(page).text == "马上到")


def test_without_an_engine_nobody_is_rung_for_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ready", lambda: False)
    stage.begin()
    stage.face.shell.callHelp()
    stage.settle()
    model = model_of(stage)
    assert model.impossible
    assert model.numbersWanted
    assert stage.station.intercom.call.phase is Phase.IDLE


def test_every_state_of_a_call_has_its_own_heading(stage: Stage) -> None:
    silent = {EndReason.SESSION_ENDED, EndReason.SHUTDOWN, EndReason.INTERRUPTED}  # nobody is there to read it
    assert set(ENDED) == set(EndReason) - silent
    ringing = Call(phase=Phase.RINGING, topic="help")
    talking = Call(phase=Phase.IN_CALL, by="小王", answered=1.0)
    states = [
        Call(),
        ringing,
        *(Call(phase=Phase.RINGING, topic="help", link=True, rung=r, staff=s, free=f, position=p)
          for r, s, f, p in ((False, 0, 0, 0), (True, 0, 0, 1), (True, 1, 0, 1), (True, 1, 0, 2), (True, 1, 1, 1))),
        *(Call(phase=Phase.RINGING, topic=ALARM, link=True, rung=r, staff=1) for r in (False, True)),
        Call(phase=Phase.CONNECTING, by="小王"),
        talking,
        Call(phase=Phase.IN_CALL, by="小王", media=True, answered=1.0),
        Call(phase=Phase.IN_CALL, by="小王", desk=False, answered=1.0),
        *(Call(phase=Phase.ENDED, reason=reason) for reason in ENDED),
        Call(phase=Phase.ENDED, reason=EndReason.LOST_NETWORK, answered=1.0),
    ]  # fmt: skip
    for language in ("zh_CN", "en"):
        stage.face.settings.set_language(language)
        titles = [words_for(state, "Wang").title for state in states]
        doubles = [title for title, group in itertools.groupby(sorted(titles)) if len(list(group)) > 1]
        assert doubles == [], language
        assert all("{" not in title for title in titles)
    assert number_label("110") == "Police"
