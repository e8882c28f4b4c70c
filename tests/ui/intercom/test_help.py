"""The help page over a station without a line: what it says, what it does, what it leaves behind."""

import itertools
from dataclasses import replace

import pytest

from kiosk.events import LinkChanged
from kiosk.intercom import Call, Move, Person, Phase
from kiosk.intercom.machine import LINK_GRACE, REDIAL_AFTER
from kiosk.protocol.intercom import ALARM, Answered, CallEnd, CallText, EndReason, Ringing
from kiosk.protocol.intercom_talk import CameraWanted, DeskMedia, Held, Joined, ShowPage
from ui.intercom import engine
from ui.intercom.centre import CallCentre
from ui.intercom.help import HelpModel
from ui.intercom.strip import centre_of
from ui.intercom.words import ENDED, words_for
from ui.numbers import number_label
from ui.stage import Stage

PAGE = "intercom.help"


@pytest.fixture
def page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage whose help page believes in its engine and needs none: the engine itself is met in the journeys."""
    monkeypatch.setattr(engine, "ready", lambda: True)
    monkeypatch.setattr(CallCentre, "open_media", lambda self: None)
    centre_of(stage.face.context)._engine = True
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


def talk(page: Stage) -> str:
    """小王 has answered, and is seen."""
    page.face.shell.callHelp()
    intercom = page.station.intercom
    intercom.on_message(Ringing(call=intercom.call.id, staff=1, free=1, position=1))
    intercom.on_message(Answered(call=intercom.call.id, by="小王", peer="p1"))
    intercom.media_turned("p1", True)
    page.until(lambda: model_of(page).phase == "in_call")
    return intercom.call.id


def test_leaving_the_page_while_it_rings_stops_the_ringing_and_leaves_nothing(page: Stage) -> None:
    page.face.shell.callHelp()
    page.face.navigator.back()
    page.settle()
    assert page.station.intercom.call.phase is Phase.IDLE
    entries = page.station.desk.call(lambda: [e.kind for e in page.station.store.journal.all()])
    assert [kind for kind in entries if kind.startswith("call.")] == ["call.started", "call.ended"]


def test_whoever_talks_takes_the_call_along_in_a_strip(page: Stage) -> None:
    call = talk(page)
    centre = centre_of(page.face.context)
    assert not centre.wanted
    page.tap("主页")
    page.until(lambda: centre.wanted)
    assert page.station.intercom.call.id == call
    page.face.navigator.open("services.list")
    page.settle()
    page.tap("回到通话")
    page.settle()
    assert model_of(page).phase == "in_call"
    assert not centre.wanted
    page.tap("主页")
    page.settle()
    page.tap("挂断")
    page.until(lambda: page.station.intercom.call.phase is Phase.ENDED)
    page.until(lambda: not centre.wanted)


def test_the_help_button_of_the_bar_leads_back_to_the_call(page: Stage) -> None:
    call = talk(page)
    page.tap("主页")
    page.settle()
    page.face.shell.callHelp()
    page.settle()
    assert (page.station.intercom.call.id, model_of(page).phase) == (call, "in_call")


def test_a_page_the_desk_shows_lies_over_the_call_until_the_visitor_closes_it(page: Stage) -> None:
    call = talk(page)
    told: list[tuple[str, str]] = []
    page.station.intercom.page_turned = lambda *what: told.append(what)  # type: ignore[method-assign]
    show = {"call": call, "id": "g1", "page": "services.detail", "args": {"service": "legal"}}
    page.station.intercom.on_message(ShowPage.model_validate(show))
    page.until(lambda: page.face.navigator.page_name == "services.detail")
    page.settle()
    assert told == [("g1", "shown")]
    page.face.navigator.back()
    page.settle()
    assert model_of(page).phase == "in_call"
    assert told == [("g1", "shown"), ("g1", "closed")]
    page.station.intercom.on_message(ShowPage.model_validate(show | {"id": "g2", "page": "supplies.staff"}))
    page.until(lambda: told[-1] == ("g2", "unknown"))
    assert page.face.navigator.page_name == PAGE


def test_mute_volume_and_texts_are_told_to_the_desk(page: Stage) -> None:
    call = talk(page)
    page.tap("静音")
    page.tap("小声")
    page.until(lambda: model_of(page).muted)
    own = page.station.intercom.call.own
    assert (own.muted, own.volume) == (True, 80)
    page.tap("写字")
    page.settle()
    page.tap("我听不见，请写字")
    page.station.intercom.on_message(CallText(call=call, text="好的", by="小王", id="t"))
    page.until(lambda: len(model_of(page).lines.rows) == 2)
    assert [(row.mine, row.words) for row in model_of(page).lines.rows] == [(True, "我听不见，请写字"), (False, "好的")]


def test_a_phrase_in_another_language_reaches_the_desk_in_its_own(page: Stage) -> None:
    page.face.settings.set_language("en")
    page.settle()
    talk(page)
    page.tap("Write")
    page.settle()
    page.tap("I cannot speak")
    page.until(lambda: model_of(page).lines.rows)
    assert model_of(page).lines.rows[0].words == "我不能说话 (I cannot speak)"


def test_signs_tell_what_is_off_and_who_is_there(page: Stage) -> None:
    call = talk(page)
    intercom = page.station.intercom
    intercom.on_message(Joined(call=call, peer="p2", name="翻译"))
    intercom.on_message(DeskMedia(call=call, peer="p1", microphone=False))
    intercom.on_message(CameraWanted(call=call, camera="door"))
    intercom.media_quality("bad")
    page.until(lambda: len(model_of(page).signs.rows) == 3)
    words = " ".join(row.words for row in model_of(page).signs.rows)
    assert "翻译也在通话中" in words
    assert "小王关了麦克风" in words
    assert "网络太差" in words
    assert model_of(page).numbersWanted
    intercom.on_message(Held(call=call, on=True))
    page.until(lambda: model_of(page).title == "请稍等，小王 马上回来")


def test_was_it_helpful_is_asked_after_a_talk_and_kept(page: Stage) -> None:
    talk(page)
    page.tap("挂断")
    page.until(lambda: model_of(page).asked)
    page.settle()
    page.tap("有帮助")
    page.until(lambda: model_of(page).judged)
    page.settle()
    entries = page.station.desk.call(lambda: [(e.kind, e.body) for e in page.station.store.journal.all()])
    assert ("call.rated", True) in [(kind, body.get("helpful")) for kind, body in entries]


def test_a_call_that_broke_is_rung_again_while_the_visitor_waits(page: Stage) -> None:
    call = talk(page)
    page.station.bus.publish(LinkChanged(online=True))
    page.station.intercom.on_message(CallEnd(call=call, reason=EndReason.STAFF_LEFT))
    page.until(lambda: model_of(page).redialling)
    page.settle()
    page.station.clock.advance(REDIAL_AFTER[0] + 1)  # type: ignore[attr-defined]
    page.station.intercom.tick()
    page.until(lambda: model_of(page).phase == "ringing")
    assert page.station.intercom.call.redials == 1
    assert page.station.intercom.call.id != call


def test_nobody_at_a_closed_queue_says_when_it_opens_and_takes_a_message(page: Stage) -> None:
    page.station.clock.advance(4 * 3600)  # type: ignore[attr-defined]  # eight in the evening
    page.face.navigator.open(PAGE, {"topic": "employment"})
    page.settle()
    intercom = page.station.intercom
    page.station.bus.publish(LinkChanged(online=True))
    intercom.on_message(Ringing(call=intercom.call.id, staff=0, free=0, position=1))
    model = model_of(page)
    page.until(lambda: "明天" in model.hours)
    assert model.messageOffered
    page.settle()
    page.tap("留言给值班人员")
    page.settle()
    assert page.face.navigator.page_name == "intercom.message"
    assert not intercom.call.active


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
    call = talk(page)
    page.face.shell.raiseAlarm()
    assert page.station.intercom.call.id == call
    assert model_of(page).numbersWanted
    page.until(lambda: [row.mine for row in model_of(page).lines.rows] == [True])  # the desk was told


def test_without_an_engine_nobody_is_rung_for_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ready", lambda: False)
    centre_of(stage.face.context)._engine = False
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
    wang = Person("p1", "小王", up_ever=True)
    talking = Call(phase=Phase.IN_CALL, by="小王", main="p1", people=(wang,), answered=1.0)
    states = [
        Call(),
        ringing,
        *(Call(phase=Phase.RINGING, topic="help", link=True, rung=r, staff=s, free=f, position=p)
          for r, s, f, p in ((False, 0, 0, 0), (True, 0, 0, 1), (True, 1, 0, 1), (True, 1, 0, 2), (True, 1, 1, 1))),
        *(Call(phase=Phase.RINGING, topic=ALARM, link=True, rung=r, staff=1) for r in (False, True)),
        Call(phase=Phase.CONNECTING, by="小王"),
        talking,
        replace(talking, people=(replace(wang, up=True),)),
        replace(talking, desk=False),
        replace(talking, held=True),
        replace(talking, move=Move("legal", "小王", "", 0.0)),
        replace(talking, move=Move("legal", "小王", "李律师", 0.0)),
        *(Call(phase=Phase.ENDED, reason=reason) for reason in ENDED),
        Call(phase=Phase.ENDED, reason=EndReason.LOST_NETWORK, answered=1.0),
        Call(phase=Phase.ENDED, reason=EndReason.LOST_NETWORK, answered=1.0, redial_at=5.0),
    ]  # fmt: skip
    for language in ("zh_CN", "en"):
        stage.face.settings.set_language(language)
        titles = [words_for(state, "Wang").title for state in states]
        doubles = [title for title, group in itertools.groupby(sorted(titles)) if len(list(group)) > 1]
        assert doubles == [], language
        assert all("{" not in title for title in titles)
    assert number_label("110") == "Police"
