"""While somebody of the desk is in the call: people come and go, hold, hand-over, texts, cameras, pages."""

import pytest

from kiosk.intercom.call import (
    Begin,
    CloseMedia,
    Heard,
    Judged,
    LinkTurned,
    MediaTurned,
    MediaWantsRelays,
    OpenMedia,
    Own,
    OwnChanged,
    PageTurned,
    Phase,
    PushedPage,
    Record,
    RenameMedia,
    Said,
    Send,
    UseCamera,
    UseRelays,
)
from kiosk.intercom.machine import MEDIA_GRACE
from kiosk.protocol.intercom import Answered, CallEnd, CallText, DeskPresence, EndReason, IceServer, Ring
from kiosk.protocol.intercom_talk import (
    CallJoined,
    CallMedia,
    CallRated,
    CallTransferred,
    CameraWanted,
    DeskMedia,
    Held,
    Joined,
    Left,
    PageShown,
    Rated,
    Relays,
    RelaysWanted,
    ShowPage,
    Transferring,
)
from tests.kiosk.intercom.test_machine import ANSWER, ID, SETTINGS, Line

OWN = Own(cameras=("room", "door"), camera="room")


@pytest.fixture
def talk() -> Line:
    """A call in which 小王 (p1) is seen and heard."""
    made = Line()
    made.do(LinkTurned(True), Begin(ID, "help", own=OWN), ANSWER, MediaTurned("p1", True))
    return made


def names(line: Line) -> list[str]:
    return [person.name for person in line.call.people]


def test_who_it_was_handed_to_takes_the_place_of_who_had_it(talk: Line) -> None:
    moved = Heard(Transferring(call=ID, topic="legal", by="小王"))
    assert talk.do(moved) == (Record(CallTransferred(call=ID, topic="legal", by="小王")),)
    assert talk.do(moved) == ()  # said again after the line was away
    assert names(talk) == ["小王"]  # who stays until somebody answers
    taken = talk.do(Heard(Answered(call=ID, by="李律师", peer="p2")))
    assert taken[:2] == (CloseMedia(ID, "p1"), OpenMedia(ID, "p2", ()))
    assert (talk.call.by, talk.call.main, talk.call.move, names(talk)) == ("李律师", "p2", None, ["李律师"])
    assert talk.do(Heard(Left(call=ID, peer="p1"))) == ()
    assert talk.call.phase is Phase.IN_CALL


def test_a_hand_over_that_is_taken_back_changes_nobody(talk: Line) -> None:
    talk.do(Heard(Transferring(call=ID, topic="legal", by="小王", to="李律师")))
    assert talk.do(Heard(Answered(call=ID, by="小王", peer="p1"))) == ()
    assert talk.call.move is None
    assert talk.call.media


def test_who_handed_it_over_may_go_before_anybody_takes_it(talk: Line) -> None:
    talk.do(Heard(Transferring(call=ID, topic="legal", by="小王")), Heard(Left(call=ID, peer="p1")))
    assert names(talk) == []
    talk.later(SETTINGS.busy_seconds - 1)
    assert talk.call.phase is Phase.IN_CALL
    talk.later(2)
    assert talk.call.reason is EndReason.NO_ANSWER


def test_a_third_person_comes_and_goes(talk: Line) -> None:
    assert talk.do(Heard(Joined(call=ID, peer="p2", name="翻译"))) == (
        Record(CallJoined(call=ID, name="翻译")),
        OpenMedia(ID, "p2", ()),
    )
    assert [person.name for person in talk.call.guests] == ["翻译"]
    assert talk.do(Heard(Joined(call=ID, peer="p2", name="翻译"))) == ()
    talk.do(MediaTurned("p2", True), MediaTurned("p1", False))
    assert talk.call.media  # one of them is enough
    assert talk.do(Heard(Left(call=ID, peer="p2"))) == (CloseMedia(ID, "p2"),)
    assert not talk.call.media


def test_a_connection_that_is_made_anew_gets_fresh_relays(talk: Line) -> None:
    assert talk.do(MediaWantsRelays("p1")) == (Send(RelaysWanted(call=ID, peer="p1")),)
    ice = (IceServer(urls=["turn:x"], username="later"),)
    assert talk.do(Heard(Relays(call=ID, peer="p1", ice=ice))) == (UseRelays(ID, "p1", ice),)
    assert talk.do(MediaWantsRelays("p9"), Heard(Relays(call=ID, peer="p9", ice=ice))) == ()


def test_the_guest_who_is_left_has_the_call(talk: Line) -> None:
    talk.do(Heard(DeskPresence(call=ID, present=False)), Heard(Joined(call=ID, peer="p2", name="翻译")))
    assert talk.do(Heard(Answered(call=ID, by="翻译", peer="p2"))) == (CloseMedia(ID, "p1"),)
    assert (talk.call.main, talk.call.guests, talk.call.desk) == ("p2", (), True)


def test_a_guest_with_a_fresh_window_is_the_same_guest(talk: Line) -> None:
    talk.do(Heard(Joined(call=ID, peer="p2", name="翻译")))
    talk.do(MediaTurned("p2", True))
    renamed, report = talk.do(Heard(Joined(call=ID, peer="p7", name="翻译")))
    assert renamed == RenameMedia(ID, "p2", "p7")
    assert isinstance(report, Send)
    assert talk.call.guests[0].up
    talk.do(LinkTurned(False))
    (ring, *_) = talk.do(LinkTurned(True))
    assert ring == Send(Ring(call=ID, topic="help", answered=True, by="小王", joined=("翻译",)))


def test_a_restarted_hub_interrupts_nobody(talk: Line) -> None:
    renamed, _ = talk.do(Heard(Answered(call=ID, by="小王", peer="p9")))
    assert renamed == RenameMedia(ID, "p1", "p9")
    assert (talk.call.main, talk.call.media, names(talk)) == ("p9", True, ["小王"])
    assert talk.do(Heard(Left(call=ID, peer="p1"))) == ()


def test_a_guest_nobody_heard_of_again_is_let_go(talk: Line) -> None:
    talk.do(Heard(Joined(call=ID, peer="p2", name="翻译")))
    assert talk.later(MEDIA_GRACE) == (CloseMedia(ID, "p2"),)
    assert names(talk) == ["小王"]


def test_a_restarted_hub_that_waits_for_the_desk_changes_nothing(talk: Line) -> None:
    before = talk.call
    assert talk.do(Heard(Answered(call=ID, by="小王"))) == ()
    assert talk.call == before


def test_hold_and_the_signs_of_the_other_end(talk: Line) -> None:
    talk.do(Heard(Held(call=ID, on=True)), Heard(DeskMedia(call=ID, peer="p1", microphone=False)))
    assert talk.call.held
    assert not talk.call.people[0].microphone
    talk.do(Heard(Held(call=ID, on=False)), Heard(DeskMedia(call=ID, peer="p1")))
    assert not talk.call.held
    assert talk.call.people[0].microphone


def test_texts_are_kept_once_and_said_again_after_the_line(talk: Line) -> None:
    for _ in range(2):
        talk.do(Heard(CallText(call=ID, text="请稍等", by="小王", id="t1")))
    assert talk.do(Said("m1", "  我听不见  ")) == (Send(CallText(call=ID, text="我听不见", id="m1")),)
    assert talk.do(Said("m2", "   ")) == ()
    assert [(line.by, line.text) for line in talk.call.lines] == [("小王", "请稍等"), ("", "我听不见")]
    talk.do(LinkTurned(False))
    assert Send(CallText(call=ID, text="我听不见", id="m1")) in talk.do(LinkTurned(True))
    assert talk.call.text == "请稍等"


def test_the_desk_hears_what_changes_here(talk: Line) -> None:
    told = CallMedia(call=ID, cameras=("room", "door"), camera="room", muted=True, volume=40, quality="poor")
    assert talk.do(OwnChanged(muted=True, volume=40, quality="poor")) == (Send(told),)
    assert talk.do(OwnChanged(volume=40)) == ()
    assert talk.do(OwnChanged(volume=999))[0] == Send(told.model_copy(update={"volume": 100}))


def test_the_desk_looks_through_another_camera(talk: Line) -> None:
    use, told = talk.do(Heard(CameraWanted(call=ID, camera="door")))
    assert use == UseCamera("door")
    assert isinstance(told, Send)
    assert isinstance(told.message, CallMedia)
    assert told.message.camera == "door"
    assert talk.do(Heard(CameraWanted(call=ID, camera="door"))) == (told,)  # said again, nothing turned
    assert talk.do(Heard(CameraWanted(call=ID, camera="roof"))) == (told,)  # there is none: what is on is said


def test_a_page_is_shown_and_closed(talk: Line) -> None:
    talk.do(Heard(ShowPage(call=ID, id="g1", page="services.detail", args={"service": "legal_aid"})))
    assert talk.call.page == PushedPage("g1", "services.detail", (("service", "legal_aid"),))
    assert talk.do(PageTurned("g1", "shown")) == (Send(PageShown(call=ID, id="g1", state="shown")),)
    assert talk.call.page is not None
    assert talk.do(PageTurned("g1", "closed")) == (Send(PageShown(call=ID, id="g1", state="closed")),)
    assert talk.call.page is None


def test_was_it_helpful_is_asked_once_and_only_of_who_was_answered(talk: Line) -> None:
    assert talk.do(Judged(True)) == ()  # not before it is over
    talk.do(Heard(CallEnd(call=ID, reason=EndReason.STAFF_HUNG_UP)))
    assert talk.do(Judged(False)) == (
        Record(CallRated(call=ID, helpful=False)),
        Send(Rated(call=ID, helpful=False)),
    )
    assert talk.do(Judged(True)) == ()
    nobody = Line()
    nobody.do(LinkTurned(True), Begin(ID, "help"), Heard(CallEnd(call=ID, reason=EndReason.NO_STAFF)))
    assert nobody.do(Judged(True)) == ()


def test_nothing_of_a_talk_is_taken_before_there_is_one() -> None:
    line = Line()
    line.do(LinkTurned(True), Begin(ID, "help", own=OWN))
    before = line.call
    for message in (
        Joined(call=ID, peer="p2", name="x"),
        Held(call=ID, on=True),
        Transferring(call=ID, topic="legal", by="x"),
        ShowPage(call=ID, id="g", page="services.list"),
        CameraWanted(call=ID, camera="door"),
    ):
        assert line.do(Heard(message)) == ()
    assert line.call == before
