"""Somebody asks to be forgotten: at the hub, at every station, in what still comes, and in no byte that is left."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub import journal
from hub.__main__ import main
from hub.config import HubConfig
from hub.erased import limits
from hub.erasure import NotKnown, forget, go_over
from hub.features import features
from hub.journal_retirement import retire
from hub.members import NewCodes, issue_codes
from hub.members_register import Register
from hub.publishing import FOLDER
from hub.state import Hub
from kiosk.clock import ManualClock
from kiosk.events import EventBus
from kiosk.protocol.folder import read_folder
from kiosk.protocol.ids import uuid7
from kiosk.protocol.redaction import person_of
from kiosk.retention import Retention
from tests.hub.conftest import START, Server, Terminal, Time
from tests.hub.journals import derived, enrolled, journal_of, take
from tests.hub.test_pair import Pair
from tests.hub.test_registration import CATALOGUE
from tests.kiosk.test_retention import STEPS, P, Q, bodies


@pytest.fixture
def hub(hub_config: HubConfig, hub_time: Time) -> Iterator[Hub]:
    with Hub(hub_config, hub_time) as opened:
        enrolled(opened, "WX-0001", "WX-0002")
        yield opened


def sent(people: list[str], first: int = 1, at: Any = START) -> list[dict[str, Any]]:
    """One of everything for each of these, as a terminal would send it."""
    found = []
    for number, person in enumerate(people):
        for body in bodies(person, first + number, at).values():
            entry = {"id": uuid7(at), "seq": first + len(found), "kind": body.kind, "at": at.isoformat()}
            found.append(entry | {"clock": "synced", "body": body.model_dump(mode="json")})
    return found


def people_in(hub: Hub) -> set[str]:
    rows = hub.db.rows("SELECT * FROM journal WHERE poison = ''")
    return {person_of(journal.entry_of(row)) for row in rows}


def test_what_was_taken_and_what_still_comes_tells_of_nobody(hub: Hub) -> None:
    take(hub, "WX-0001", sent([P, Q] * 5))
    before = derived(hub.db)
    done = forget(hub, P, "manager")
    assert done.entries > 0
    assert P not in people_in(hub)
    assert Q in people_in(hub)
    assert derived(hub.db).keys() == before.keys()
    take(hub, "WX-0002", sent([P]))  # a station that was without a line until now
    assert P not in people_in(hub)
    kept = derived(hub.db)
    journal.rebuild(hub.db, features(), hub.config.archive)
    assert derived(hub.db) == kept
    assert go_over(hub) == 0
    assert forget(hub, P, "manager").entries == 0
    with pytest.raises(NotKnown):
        forget(hub, "ee" * 8, "manager")


def test_the_same_batch_again_is_still_the_same(hub: Hub) -> None:
    batch = sent([P, Q])
    reached = take(hub, "WX-0001", batch)
    forget(hub, P, "manager")
    before = journal_of(hub.db)
    assert take(hub, "WX-0001", batch) == reached
    assert journal_of(hub.db) == before


def test_codes_and_registrations_end(hub: Hub) -> None:
    register = Register(hub)
    hub.catalogue.publish(read_folder(CATALOGUE), FOLDER)
    (code,) = issue_codes(hub, register, NewCodes(tier="member", count=1, note="张三"), "m")
    done = forget(hub, code.member, "m")
    assert (done.codes, done.names) == (1, [code.member])
    again = register.get(code.id)
    assert again.revoked
    assert again.note == ""
    assert [document.body for document in hub.catalogue.documents(kind="erasure")] == [{"member": code.member}]


def test_a_message_without_a_name(hub: Hub) -> None:
    batch = [entry for entry in sent(["", ""]) if entry["kind"] == "call.message_left"]
    for seq, entry in enumerate(batch, 1):
        entry["seq"] = seq
    take(hub, "WX-0001", batch)
    forget(hub, batch[0]["id"], "m")
    contacts = {row["id"]: row["contact"] for row in hub.db.rows("SELECT id, contact FROM message_left")}
    assert contacts == {batch[0]["id"]: "", batch[1]["id"]: "13800000000"}


def test_age_alone(hub: Hub, hub_time: Time) -> None:
    take(hub, "WX-0001", sent([P]))
    hub_time.advance(100 * 86400)
    assert go_over(hub) == 1, "who came in by which door is kept for 90 days"
    hub_time.advance(400 * 86400)
    assert go_over(hub) > 3, "what was taken, what was said"
    kept = derived(hub.db)
    journal.rebuild(hub.db, features(), hub.config.archive, limits(hub.catalogue, hub.now()))
    assert derived(hub.db) == kept


def test_months_in_files_are_read_again_without_them(hub: Hub, hub_time: Time, tmp_path: Path) -> None:
    take(hub, "WX-0001", sent([P, Q] * 3))
    hub_time.advance(40 * 86400)
    hub.config = hub.config.model_copy(update={"journal_archive": tmp_path / "archive"})
    retire(hub.db, "2027-01", tmp_path / "archive", hub.now())
    assert forget(hub, P, "m").archived == ["2026-12"]
    journal.rebuild(hub.db, features(), tmp_path / "archive", limits(hub.catalogue, hub.now()))
    assert P not in str(derived(hub.db))
    assert Q in str(derived(hub.db))


def test_what_was_kept_apart_does_not_name_them_either(hub: Hub) -> None:
    (entry, *_) = sent([P])
    entry["body"] = {"person": P, "quantity": "many"}
    take(hub, "WX-0001", [entry])
    forget(hub, P, "m")
    assert P not in str(journal_of(hub.db))


@settings(max_examples=15, deadline=None)
@given(STEPS, st.sets(st.sampled_from([P, Q])), st.integers(0, 500))
def test_what_is_derived_is_what_a_rebuild_would_derive(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int, int]], erased: set[str], days: int
) -> None:
    at, batch = START, []
    for what, person, choice, hours in steps:
        at += timedelta(hours=hours)
        if body := bodies(person, choice, at).get(what):
            entry = {"id": uuid7(at), "seq": len(batch) + 1, "kind": body.kind, "at": at.isoformat()}
            batch.append(entry | {"clock": "synced", "body": body.model_dump(mode="json")})
    with Hub(HubConfig(data_dir=tmp_path_factory.mktemp("hub")), lambda: at + timedelta(days=days)) as hub:
        enrolled(hub, "WX-0001")
        if batch:
            take(hub, "WX-0001", batch)
        for person in erased & people_in(hub):
            forget(hub, person, "m")
        go_over(hub)
        kept = derived(hub.db)
        journal.rebuild(hub.db, features(), hub.config.archive)
        assert derived(hub.db) == kept
        assert not people_in(hub) & erased


def test_from_the_desk_to_the_last_byte_at_the_station(tmp_path: Path, clock: ManualClock) -> None:
    """A pseudonym is looked for in every file of both, after both have forgotten it and a copy was put back."""
    pair = Pair(tmp_path, clock)
    try:
        pair.enrol()
        for number in range(40):
            for body in bodies(P, number, clock.now()).values():
                pair.desk.call(pair.store.append, body)
        pair.sync.round()
        assert P in people_in(pair.server.hub)
        forget(pair.server.hub, P, "m")
        pair.sync.round()
        bus = EventBus()
        made = Retention(
            pair.store, clock, pair.desk, bus, pair.applying.acknowledged, lambda: True, tmp_path / "damaged"
        )
        assert made.run() > 0
        for body in bodies(P, 99, clock.now()).values():  # the code is still taken somewhere for a while
            pair.desk.call(pair.store.append, body)
        made.run()
        pair.sync.round()
        assert not pair.server.hub.db.value("SELECT diverged FROM station")
        assert P not in people_in(pair.server.hub)
        pair.server.hub.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        found = {str(path.relative_to(tmp_path)): path.read_bytes().count(P.encode()) for path in files}
        named = {name: count for name, count in found.items() if count}
        assert set(named) <= {"station.db", "station.db-wal", "hub/hub.db", "hub/hub.db-wal"}, "only in the wish itself"
        assert sum(named.values()) <= 24
        left = pair.desk.call(lambda: [person_of(entry) for entry in pair.store.journal.all()])
        assert P not in left
    finally:
        pair.stop()


def test_at_the_desk_and_on_the_server(
    server: Server, terminal: Terminal, staff: Callable[..., httpx.Client], capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.push(*sent([P]))
    assert staff("duty").post(f"/api/console/members/{P}/forget").status_code == 403
    answer = staff("manager").post(f"/api/console/members/{P}/forget")
    assert answer.json()["names"] == [P]
    assert staff("manager").post("/api/console/members/" + "ee" * 8 + "/forget").status_code == 404
    data = ["--data-dir", str(server.hub.config.data_dir)]
    assert main([*data, "forget", P, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == 0
