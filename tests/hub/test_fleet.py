"""The stations as the console shows them: everything once, then what changed, one of them in full."""

import gzip
from collections.abc import Callable
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from hub.fleet import Answers, FleetRow
from hub.presence import State
from kiosk.protocol.alarm import Alarm, AlarmSource, AlarmState
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.health import Beat, Goodbye, Health
from tests.hub.test_intercom import CALL, link

FLEET = "/api/console/fleet"


def row(number: int, state: State) -> FleetRow:
    return FleetRow(
        id=f"WX-{number:04}", name={}, address={}, district={}, live=state is State.ONLINE, state=state, since="",
        sick=[], version="", acknowledged=0, held_apart=0, alarms=0, revoked=False, diverged=False,
    )  # fmt: skip


@given(
    st.lists(
        st.tuples(st.dictionaries(st.integers(0, 5), st.sampled_from(list(State)), max_size=6), st.integers(0, 9)),
        max_size=30,
    )
)
def test_whoever_adds_up_the_answers_has_everything(moments: list[tuple[dict[int, State], int]]) -> None:
    """Several consoles, each with an answer of its own that may be old, unknown or another process's."""
    answers, held = Answers(), dict[int, tuple[str, dict[str, FleetRow]]]()
    for stations, console in moments:
        rows = [row(number, state) for number, state in sorted(stations.items())]
        token, known = held.get(console, ("", {}))
        answer = answers.answer(rows, "f00d" if console == 9 else token)
        known = {} if answer.whole else dict(known)
        known |= {one.id: one for one in answer.stations}
        for gone in answer.gone:
            del known[gone]
        assert sorted(known) == [one.id for one in rows]
        assert [known[one.id] for one in rows] == rows
        held[console] = answer.token, known
        again = answers.answer(rows, answer.token)
        assert (again.token, again.whole, again.stations, again.gone) == (answer.token, False, [], [])


def test_an_answer_that_is_too_old_is_answered_whole() -> None:
    answers = Answers()
    first = answers.answer([row(1, State.ONLINE)], "")
    for number in range(100):
        answers.answer([row(number, State.LATE)], "")
    assert answers.answer([row(1, State.ONLINE)], first.token).whole


def test_the_city_and_what_changes_in_it(
    server: Any, enrolled: Callable[..., Any], staff: Callable[..., httpx.Client]
) -> None:
    duty = staff("duty")
    one, _ = enrolled("WX-0001"), enrolled("WX-0002")
    body = {
        "name": {"zh_CN": "惠山古镇驿站"},
        "address": {"zh_CN": "直街"},
        "district": {"zh_CN": "梁溪区", "en": "Liangxi"},
    }
    document = PlainDocument(kind="station_settings", id="WX-0001", station="WX-0001", body=body)
    server.hub.catalogue.publish([document], owner="t")
    answer = duty.get(FLEET).json()
    assert answer["whole"]
    assert [(s["id"], s["state"], s["district"]) for s in answer["stations"]] == [
        ("WX-0001", "never_seen", {"zh_CN": "梁溪区", "en": "Liangxi"}),
        ("WX-0002", "never_seen", {}),
    ]
    assert duty.get(f"{FLEET}?known={answer['token']}").json() == {**answer, "whole": False, "stations": []}
    with link(server, one) as line:
        line.send(Beat(health=Health(version="1.2", devices={"camera": "sick"}, details={"camera": "no frames"})))
        line.send(Alarm(incident=CALL, source=AlarmSource.SCREEN, raised=server.hub.now()))
        line.get(AlarmState)
        later = duty.get(f"{FLEET}?known={answer['token']}").json()
        (changed,) = later["stations"]
        assert (changed["id"], changed["state"], changed["sick"], changed["alarms"]) == (
            "WX-0001",
            "sick",
            ["camera"],
            1,
        )
        line.send(Goodbye())
        detail = duty.get(f"{FLEET}/WX-0001").json()
        assert detail["devices"] == [{"name": "camera", "state": "sick", "detail": "no frames"}]
        assert (detail["station"]["version"], detail["terminal"], detail["tested"]) == ("1.2", 1, "")
    assert duty.get(f"{FLEET}/WX-0009").json()["code"] == "station.none"
    assert staff("publisher").get(f"{FLEET}/WX-0001").status_code == 403


def test_a_large_answer_is_small_on_the_wire(
    server: Any, enrolled: Callable[..., Any], staff: Callable[..., httpx.Client]
) -> None:
    for number in range(30):
        enrolled(f"WX-{number:04}")
    duty = staff("duty")
    request = duty.build_request("GET", FLEET, headers={"Accept-Encoding": "gzip"})
    answer = duty.send(request, stream=True)
    raw = b"".join(answer.iter_raw())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(raw) * 5 < len(gzip.decompress(raw))
    plain = duty.get(FLEET, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert len(plain.json()["stations"]) == 30
