"""Reports: what is counted, of when, and for whom."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from hub.accounts import Accounts
from hub.erasure import forget
from hub.features import features
from hub.journal import rebuild
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.ids import uuid7
from tests.hub.conftest import PASSWORD, Server, Terminal, Time

CARD = "a" * 32
SHELF = {"session": "s", "day": "2026-12-01"}


def settings(station: str, name: str, district: str) -> PlainDocument:
    body = {"name": {"zh_CN": name}, "address": {"zh_CN": "路"}, "district": {"zh_CN": district, "en": "D"}}
    return PlainDocument(kind="station_settings", id=station, station=station, body=body)


def ask(client: httpx.Client, length: str = "day", day: str = "2026-12-02", **more: str) -> dict[str, Any]:
    asked = {"length": length, "day": day, **more}
    answer = client.get("/api/console/reports", params=asked)
    if answer.status_code == 401:  # a shift is over by now
        client.post("/api/session", json={"name": "staff1", "password": PASSWORD})
        answer = client.get("/api/console/reports", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def totals(report: dict[str, Any]) -> dict[str, int | None]:
    return {line["key"]: line["count"] for line in report["totals"]}


def group(report: dict[str, Any], key: str) -> dict[str, int]:
    return {line["key"]: line["count"] for one in report["groups"] if one["key"] == key for line in one["lines"]}


def push(terminal: Terminal, *entries: dict[str, Any]) -> None:
    answer = terminal.push(*entries)
    assert answer.status_code == 200
    assert answer.json()["poison"] == []


@pytest.fixture
def duty(staff: Callable[..., httpx.Client]) -> httpx.Client:
    return staff("duty")


@pytest.fixture
def next_day(hub_time: Time, terminal: Terminal) -> Time:
    """The day after a terminal was enrolled, at nine in the morning in Wuxi."""
    hub_time.at = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
    return hub_time


def test_a_day_in_full(server: Server, duty: httpx.Client, terminal: Terminal, next_day: Time) -> None:
    texts = {"zh_CN": "饮用水", "en": "Water"}, {"zh_CN": "瓶", "en": "bottle"}
    item = {"name": texts[0], "unit": texts[1], "category": "drinks"}
    server.hub.catalogue.publish([PlainDocument(kind="item", id="water", body=item)], "folder")
    member, launch = "ab" * 10, uuid7(next_day())
    push(
        terminal,
        terminal.entry("station.started", version="1", clean=True),
        terminal.entry("entry.attempted", door="front", way="code", result="opened", reason="allowed"),
        terminal.entry("entry.attempted", door="front", way="code", result="refused", reason="closed", more=2),
        terminal.entry("entry.attempted", door="front", way="bell", result="failed", reason="allowed"),
        terminal.entry("entry.door", door="front", what="forced"),
        terminal.entry("entry.door", door="front", what="shut"),
        terminal.entry("session.started", session="1"),
        terminal.entry("member.recognised", session="1", member=member),
        terminal.entry("supply.taken", item="water", quantity=3, **SHELF),
        terminal.entry("supply.taken", item="tea", quantity=1, **SHELF),
        terminal.entry("supply.borrowed", item="umbrella", number=7, **SHELF),
        terminal.entry("service.viewed", session="1", service="legal"),
        terminal.entry("station.fault_reported", fault=uuid7(next_day()), thing="water", session="1"),
        terminal.entry("alarm.raised", incident=uuid7(next_day()), source="button"),
        terminal.entry("alarm.raised", incident=uuid7(next_day()), source="screen", drill=True),
        terminal.entry("call.started", call=launch, topic="help"),
        terminal.entry("call.answered", call=launch, by="王敏", ring_seconds=3),
        terminal.entry(
            "learning.launched",
            registration=launch,
            launch=launch,
            session=launch,
            course="heat",
            version=1,
            title=texts[0],
        ),
        terminal.entry("learning.completed", registration=launch, launch=launch, seconds=60),
        terminal.entry("future.happened", what="nobody knows"),
    )
    next_day.advance(3600)
    push(terminal, terminal.entry("session.started", session="2"))
    next_day.advance(86_400)
    push(terminal, terminal.entry("session.started", session="3"))
    report = ask(duty)
    assert (report["complete"], report["of"], report["gaps"]) == (1, 1, {})
    wanted = {
        "visit": 2, "member": 1, "given": 4, "lent": 1, "service": 1, "opened": 1, "refused": 3, "failed": 1,
        "call": 1, "answered": 1, "alarm": 1, "fault": 1, "course": 1, "registered": 0,
    }  # fmt: skip
    assert totals(report) == wanted
    assert {hour["hour"]: hour["visits"] for hour in report["hours"] if hour["visits"]} == {9: 1, 10: 1}
    assert group(report, "given") == {"water": 3, "tea": 1}
    assert group(report, "occupation") == {"member": 1, "nobody": 1}
    assert group(report, "door") == {"opened": 1, "refused": 3, "failed": 1}
    assert group(report, "door_fault") == {"forced": 1}
    assert group(report, "alarm") == {"button": 1, "drill": 1}
    assert group(report, "course") == {"heat": 1}
    (water,) = [line for one in report["groups"] if one["key"] == "given" for line in one["lines"][:1]]
    assert (water["name"], water["unit"]) == texts
    week = ask(duty, "week")
    assert (week["first"], week["last"], totals(week)["visit"]) == ("2026-11-30", "2026-12-06", 3)
    assert [day["visits"] for day in week["days"]] == [None, None, 2, 1, None, None, None]
    assert [day["state"] for day in week["days"]] == ["gap", "gap", "complete", "running", "ahead", "ahead", "ahead"]
    month = ask(duty, "month", "2026-12-31")
    assert (month["first"], month["last"], month["previous"], month["next"]) == (
        "2026-12-01", "2026-12-31", "2026-11-30", "2027-01-01",
    )  # fmt: skip


def test_what_somebody_works_as_may_be_learnt_later(
    server: Server, duty: httpx.Client, terminal: Terminal, next_day: Time
) -> None:
    first, second = "01" * 10, "02" * 10
    push(
        terminal,
        terminal.entry("member.recognised", session="1", member=first),
        terminal.entry("session.started", session="1"),
        terminal.entry("session.started", session="2"),
        terminal.entry("member.recognised", session="2", member=second),
        terminal.entry("session.started", session="3"),
    )
    assert group(ask(duty), "occupation") == {"member": 2, "nobody": 1}
    now = next_day()
    dates = {"issued": now.isoformat(), "expires": (now + timedelta(days=9)).isoformat()}
    for member, work in ((first, "rider"), ("03" * 10, "courier")):
        push(
            terminal,
            terminal.entry(
                "member.registered",
                session="1",
                member=member,
                way="id_card",
                occupation=work,
                token="1" * 16,
                **dates,
            ),
        )
    values = ("03" * 10, "merged", second, "member", "", now.isoformat(), "li")
    server.hub.db.execute("INSERT INTO members_decision VALUES (?,?,?,?,?,?,?)", values)
    report = ask(duty)
    assert group(report, "occupation") == {"rider": 1, "courier": 1, "nobody": 1}
    assert group(report, "registered") == {"rider": 1, "courier": 1}


def test_an_undo_goes_off_the_day_of_what_it_undoes_and_once(
    duty: httpx.Client, terminal: Terminal, next_day: Time
) -> None:
    taken = terminal.entry("supply.taken", item="water", quantity=2, **SHELF)
    push(terminal, taken, terminal.entry("supply.taken", item="water", quantity=5, **SHELF))
    next_day.advance(86_400)
    undo = {"item": "water", "of": taken["id"], **SHELF}
    push(terminal, terminal.entry("supply.taken", item="water", quantity=1, **SHELF))
    push(terminal, terminal.entry("supply.undone", **undo), terminal.entry("supply.undone", **undo))
    assert [day["given"] for day in ask(duty, "week")["days"][2:4]] == [5, 1]


def test_a_clock_set_right_moves_what_it_had_dated(
    server: Server, duty: httpx.Client, terminal: Terminal, next_day: Time
) -> None:
    behind = timedelta(days=20_000)
    push(terminal, terminal.entry("session.started", session="0"))
    wrong = [
        terminal.entry("station.started", version="1", clean=False),
        terminal.entry("session.started", session="1"),
        terminal.entry("supply.taken", item="water", quantity=2, **SHELF),
        terminal.entry("supply.taken", item="water", quantity=5, **SHELF),
        terminal.entry("supply.undone", item="water", of="", **SHELF),
    ]
    wrong[4]["body"]["of"] = wrong[2]["id"]
    for entry in wrong:
        entry |= {"at": (next_day() - behind).isoformat(), "clock": "doubtful"}
    push(terminal, *wrong)
    assert totals(ask(duty))["visit"] == 1
    seconds = behind.total_seconds() - 3600  # it happened an hour ago
    push(terminal, terminal.entry("station.clock_corrected", first=wrong[0]["id"], seconds=seconds))
    report = ask(duty)
    assert (totals(report)["visit"], totals(report)["given"]) == (2, 5)
    assert {hour["hour"]: hour["visits"] for hour in report["hours"] if hour["visits"]} == {8: 1, 9: 1}
    push(terminal, terminal.entry("supply.undone", item="water", of=wrong[3]["id"], **SHELF))
    kept = server.hub.db.rows("SELECT * FROM report_count ORDER BY station, hour, what, key")
    assert [row["count"] for row in kept if row["what"] == "given"] == []
    rebuild(server.hub.db, features())
    assert server.hub.db.rows("SELECT * FROM report_count ORDER BY station, hour, what, key") == kept


def test_a_district_its_stations_and_who_may_see_them(
    server: Server, staff: Callable[..., httpx.Client], enrolled: Callable[..., Terminal], hub_time: Time
) -> None:
    documents = [settings("WX-0001", "甲站", "梁溪区"), settings("WX-0002", "乙站", "惠山区")]
    documents.append(settings("WX-0003", "丙站", "梁溪区"))  # published, and without a terminal
    server.hub.catalogue.publish(documents, "folder")
    terminals = [enrolled("WX-0001"), enrolled("WX-0002")]
    hub_time.advance(86_400)
    for number, terminal in enumerate(terminals):
        push(terminal, *(terminal.entry("session.started", session=str(n)) for n in range(number + 1)))
    hub_time.advance(86_400)
    for terminal in terminals:
        push(terminal, terminal.entry("session.started", session="later"))
    manager = staff("manager")
    city = ask(manager)
    assert (city["scope"]["kind"], city["stations"], city["complete"], city["of"]) == ("city", 3, 2, 3)
    assert city["gaps"] == {"not_enrolled": 1}
    assert {(place["id"], place["visits"], place["complete"], place["of"]) for place in city["places"]} == {
        ("梁溪区", 1, 1, 2), ("惠山区", 2, 1, 1),
    }  # fmt: skip
    district = ask(manager, district="梁溪区")
    assert (totals(district)["visit"], district["complete"], district["of"]) == (1, 1, 2)
    assert {place["id"]: place["visits"] for place in district["places"]} == {"WX-0001": 1, "WX-0003": None}
    assert totals(ask(manager, station="WX-0002"))["visit"] == 2
    assert totals(ask(manager, station="WX-0003"))["visit"] is None
    Accounts(server.hub.db).set_district("staff1", "梁溪区")
    own = ask(manager)
    assert (own["scope"]["kind"], own["scope"]["id"], totals(own)["visit"]) == ("district", "梁溪区", 1)
    assert [place["id"] for place in manager.get("/api/console/reports/places").json()] == ["WX-0001", "WX-0003"]
    for path in ("", ".csv", ".pdf"):
        for about, code in (("station=WX-0002", "station.none"), ("district=惠山区", "reports.no_district")):
            answer = manager.get(f"/api/console/reports{path}?{about}")
            assert (answer.status_code, answer.json()["code"]) == (404, code)
    assert staff("publisher").get("/api/console/reports").status_code == 403
    assert staff("duty").get("/api/console/reports?day=0001-01-01").status_code == 422


def test_who_asks_to_be_forgotten_still_counts_and_is_nobody(
    server: Server, duty: httpx.Client, terminal: Terminal, next_day: Time
) -> None:
    member = "ab" * 10
    push(
        terminal,
        terminal.entry("session.started", session="1"),
        terminal.entry("member.recognised", session="1", member=member),
        terminal.entry("member.recognised", session="2", member="cd" * 10),
    )
    before = ask(duty)
    forget(server.hub, member, "li")
    assert member not in str(server.hub.db.rows("SELECT * FROM report_count"))
    kept = server.hub.db.rows("SELECT * FROM report_count ORDER BY station, hour, what, key")
    assert totals(ask(duty)) == totals(before)
    rebuild(server.hub.db, features())
    assert server.hub.db.rows("SELECT * FROM report_count ORDER BY station, hour, what, key") == kept


def test_numbers_that_were_written_as_something_else(duty: httpx.Client, terminal: Terminal, next_day: Time) -> None:
    door = {"door": "front", "way": "code", "result": "refused", "reason": "closed"}
    push(
        terminal,
        terminal.entry("supply.taken", item="water", quantity="3", **SHELF),
        terminal.entry("supply.taken", item="water", quantity=2.0, **SHELF),
        terminal.entry("entry.attempted", more="4", **door),
        terminal.entry("entry.attempted", more=1, **door),
        terminal.entry("entry.attempted", more=0, **door),
    )
    report = ask(duty)
    assert (totals(report)["given"], totals(report)["refused"]) == (5, 8)
