"""Records of calls as the stations' journals tell them: one a call, its steps, and what they add up to."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from kiosk.protocol.folder import PlainDocument

CALLS = [f"01a2108b-1c11-7757-a23c-a2a668e46f{n:02d}" for n in range(10)]
URL = "/api/console/calls"


def call(terminal: Any, number: int, topic: str, ring: float, by: str = "", talk: float = 0.0) -> list[dict[str, Any]]:
    one = CALLS[number]
    entries = [terminal.entry("call.started", call=one, topic=topic, session="s")]
    if by:
        entries.append(terminal.entry("call.answered", call=one, by=by, ring_seconds=ring))
    reason = "staff_hung_up" if by else "no_answer"
    return [
        *entries,
        terminal.entry("call.ended", call=one, reason=reason, ring_seconds=ring, talk_seconds=talk, media=bool(by)),
    ]


def test_a_call_with_everything_in_it(server: Any, terminal: Any, staff: Callable[..., httpx.Client]) -> None:
    manager, (first, answered, ended) = staff("manager"), call(terminal, 0, "help", 4.0, "王", 90.0)
    rest = [
        terminal.entry("call.transferred", call=CALLS[0], topic="legal", by="王", to="李"),
        terminal.entry("call.answered", call=CALLS[0], by="李", ring_seconds=4.0),
        terminal.entry("call.joined", call=CALLS[0], name="翻译"),
        terminal.entry("door.ordered", order="ab", door="front", call=CALLS[0], by="李", reason="", code="opened"),
        terminal.entry("call.rated", call=CALLS[0], helpful=True),
    ]
    entries = [first, answered, *rest, ended]
    for number, entry in enumerate(entries, 1):
        entry["seq"] = number
    assert terminal.push(*entries).status_code == 200
    (record,) = manager.get(URL).json()
    assert (record["by_name"], record["transfers"], record["helpful"], record["media"]) == ("王", 1, True, True)
    detail = manager.get(f"{URL}/records/{CALLS[0]}").json()
    assert detail["talk_seconds"] == 90
    assert [(s["kind"], s["name"], s["detail"]) for s in detail["steps"]] == [
        ("call.started", "", "help"),
        ("call.answered", "王", ""),
        ("call.transferred", "王", "李"),
        ("call.answered", "李", ""),
        ("call.joined", "翻译", ""),
        ("door.ordered", "李", "front opened"),
        ("call.rated", "", "helpful"),
        ("call.ended", "", "staff_hung_up"),
    ]
    for person, found in (("翻译", 1), ("李", 1), ("赵", 0)):
        assert len(manager.get(URL, params={"person": person}).json()) == found
    assert manager.get(f"{URL}/records/{CALLS[1]}").json()["code"] == "calls.unknown"


def test_a_day_is_local_and_adds_up(
    server: Any, enrolled: Callable[..., Any], staff: Callable[..., httpx.Client], hub_time: Any
) -> None:
    one, two, duty = enrolled("WX-0001"), enrolled("WX-0002"), staff("duty")
    one.push(*call(one, 0, "help", 4.0, "王", 60.0), *call(one, 1, "help", 30.0, "王", 100.0))
    two.push(*call(two, 2, "legal", 45.0), *call(two, 3, "legal", 8.0, "李", 20.0))
    hub_time.advance(8.5 * 3600)  # half past midnight in Shanghai: the next day
    one.push(*call(one, 4, "help", 1.0, "王", 1.0), one.entry("call.message_left", call=CALLS[4], topic="help"))
    summary = duty.get(f"{URL}/summary?day=2026-12-01").json()
    assert summary == {
        "calls": 4,
        "answered": 3,
        "answered_soon": 2,
        "abandoned": 1,
        "median_wait": 8.0,
        "median_talk": 60.0,
        "transferred": 0,
        "helpful": 0,
        "not_helpful": 0,
        "messages": 0,
    }
    assert duty.get(f"{URL}/summary?day=2026-12-02").json()["messages"] == 1
    assert duty.get(f"{URL}/summary").json()["calls"] == 5
    assert duty.get(f"{URL}/summary?day=2026-12-01&topic=legal&station=WX-0002").json()["abandoned"] == 1
    assert duty.get(f"{URL}/summary?day=2026-11-30").json()["median_wait"] is None
    assert len(duty.get(f"{URL}?day=2026-12-01&days=2").json()) == 5
    assert len(duty.get(f"{URL}?station=WX-0001&limit=2").json()) == 2
    assert duty.get(f"{URL}?day=9999-12-31&days=5").json() == []
    assert duty.get(f"{URL}?day=0001-01-01").json() == []


def test_no_station_writes_into_the_record_of_another(
    server: Any, enrolled: Callable[..., Any], staff: Callable[..., httpx.Client]
) -> None:
    one, two, duty = enrolled("WX-0001"), enrolled("WX-0002"), staff("duty")
    one.push(*call(one, 0, "help", 4.0, "王", 60.0))
    two.push(*call(two, 0, "legal", 1.0, "贼", 1.0), two.entry("call.rated", call=CALLS[0], helpful=False))
    (record,) = duty.get(URL).json()
    assert (record["station"], record["by_name"], record["helpful"]) == ("WX-0001", "王", None)
    assert "贼" not in duty.get(f"{URL}/records/{CALLS[0]}").text
    assert duty.get(URL, params={"person": "贼"}).json() == []


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-12-01T09:00", [True, True]),
        ("2026-12-01T17:30", [False, True]),
        ("2026-12-05T01:59", [True, True]),  # a span of the evening before
        ("2026-12-05T02:00", [False, True]),
        ("2026-12-25T10:00", [False, True]),  # a date of the queue's own
        ("2027-01-01T10:00", [False, True]),  # a public holiday
        ("2027-01-09T10:00", [True, True]),  # a Saturday that is worked for it
    ],
)
def test_a_queue_is_open_by_its_hours_and_the_calendar(
    server: Any, staff: Callable[..., httpx.Client], hub_time: Any, at: str, expected: list[bool]
) -> None:
    office, night = {"start": "08:30", "end": "17:30"}, {"start": "22:00", "end": "02:00"}
    weekly = {"mon-thu": [office], "fri": [office, night]}
    hours = {"weekly": weekly, "dates": {"2026-12-25": []}}
    days = {"2027-01-01": "holiday", "2027-01-09": "workday"}
    documents = [
        PlainDocument(kind="call_topic", id="legal", body={"name": {"zh_CN": "法律"}, "hours": hours, "priority": 1}),
        PlainDocument(kind="call_topic", id="help", body={"name": {"zh_CN": "帮助"}}),
        PlainDocument(kind="holiday_calendar", id="cn", body={"days": days}),
    ]
    server.hub.catalogue.publish(documents, owner="t")
    local = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    hub_time.at = local.astimezone(UTC)
    assert [topic["open"] for topic in staff("duty").get("/api/console/calls/topics").json()] == expected
