"""What terminals registered, at the hub: confirmed, replaced, waiting, ended; and what other stations then believe."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.members_registration import Registry, SealKeyLost
from hub.members_standing import OWNER
from hub.publishing import FOLDER
from hub.revocation import set_revoked
from kiosk.clock import ManualClock
from kiosk.protocol.catalogue import CatalogueBatch
from kiosk.protocol.folder import read_folder
from kiosk.protocol.registration import PROVISIONAL, Occupation
from tests.hub.conftest import Server, Terminal
from tests.kiosk.booths import Booth

CATALOGUE = Path(__file__).resolve().parents[2] / "assets" / "demo" / "catalogue" / "members"


class Line:
    """A booth and its terminal's wire to the hub."""

    def __init__(self, booth: Booth, terminal: Terminal) -> None:
        self.booth, self.terminal = booth, terminal

    def fetch(self) -> None:
        answer = self.terminal.send("GET", f"/api/catalogue?since={self.booth.store.catalogue.revision()}")
        assert answer.status_code == 200, answer.text
        self.booth.take(CatalogueBatch.model_validate(answer.json()))

    def push(self) -> None:
        entries = [entry.model_dump(mode="json") for entry in self.booth.store.journal.after(0, 500)]
        assert self.terminal.push(*entries).status_code == 200


@pytest.fixture
def registry(server: Server) -> Registry:
    server.hub.catalogue.publish(read_folder(CATALOGUE), FOLDER)
    return Registry(server.hub)


@pytest.fixture
def lines(registry: Registry, enrolled: Callable[..., Terminal], tmp_path: Path, hub_time: Any) -> Iterator[Any]:
    """`lines("WX-0001")`: a station with the hub's news."""
    opened: list[Line] = []

    def make(station: str) -> Line:
        clock = ManualClock(hub_time.at)
        booth = Booth(tmp_path / station, clock)
        line = Line(booth, enrolled(station, booth.identity.key))
        line.fetch()
        opened.append(line)
        return line

    yield make
    for line in opened:
        line.booth.store.close()


@pytest.fixture
def shown(staff: Callable[..., httpx.Client]) -> Callable[[], dict[str, dict[str, Any]]]:
    manager = staff("manager")

    def read() -> dict[str, dict[str, Any]]:
        answer = manager.get("/api/members/registrations")
        assert answer.status_code == 200, answer.text
        return {row["member"]: row for row in answer.json()}

    return read


def settle(registry: Registry) -> None:
    while registry.look():
        pass


def test_a_code_is_confirmed_and_other_stations_hear_of_it(registry: Registry, lines: Any, shown: Any) -> None:
    here, there = lines("WX-0001"), lines("WX-0002")
    made = here.booth.register_card(1)
    assert there.booth.show(made.code) == "member.unknown_issuer"  # has not heard yet
    here.push()
    settle(registry)
    there.fetch()
    assert there.booth.show(made.code) == f"{made.person.ref} member"
    assert there.booth.lay(1) == made.person.ref  # the card too, by the district's key
    here.fetch()
    assert here.booth.show(made.code) == f"{made.person.ref} member"
    row = shown()[made.person.ref]
    assert (row["state"], row["way"], row["occupation"]) == ("confirmed", "id_card", "courier")


def test_one_card_at_two_stations_without_a_line_is_one_member(registry: Registry, lines: Any, shown: Any) -> None:
    here, there = lines("WX-0001"), lines("WX-0002")
    first, second = here.booth.register_card(1), there.booth.register_card(1)
    assert first.person.ref != second.person.ref
    here.push()
    settle(registry)
    there.push()
    settle(registry)
    here.fetch()
    there.fetch()
    for line in (here, there):
        assert line.booth.show(first.code) == f"{first.person.ref} member"
        assert line.booth.show(second.code) == f"{first.person.ref} member"
        assert line.booth.lay(1) == first.person.ref
    assert {row["state"] for row in shown().values()} == {"confirmed", "merged"}


def test_a_number_that_is_known_waits_for_a_person(
    registry: Registry, lines: Any, shown: Any, staff: Callable[..., httpx.Client]
) -> None:
    here, there = lines("WX-0001"), lines("WX-0002")
    first = here.booth.registrar.by_phone("王小明", "13800138000", Occupation.RIDER)
    here.push()
    settle(registry)
    manager = staff("manager")
    assert shown()[first.person.ref]["state"] == "waiting"  # nothing proves who that is
    confirm = f"/api/members/registrations/{first.person.ref}/decide"
    assert manager.post(confirm, json={"action": "confirm"}).status_code == 200
    second = there.booth.registrar.by_phone("小明", "13800138000", Occupation.RIDER)
    there.push()
    settle(registry)
    there.fetch()
    assert there.booth.show(second.code) == f"{second.person.ref} {PROVISIONAL}"  # good meanwhile, for what it is
    row = shown()[second.person.ref]
    assert (row["state"], row["known"], row["contact"]) == ("waiting", first.person.ref, True)
    address = f"/api/members/registrations/{second.person.ref}"
    assert manager.post(f"{address}/contact").json() == {"name": "小明", "phone": "13800138000"}
    wrong = manager.post(f"{address}/decide", json={"action": "merge", "into": second.person.ref})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "registration.unknown")
    answer = manager.post(f"{address}/decide", json={"action": "merge", "into": first.person.ref})
    assert answer.status_code == 200
    there.fetch()
    assert there.booth.show(second.code) == f"{first.person.ref} member"


def test_everybody_new_is_taken_at_their_word_where_the_operator_says_so(
    registry: Registry, lines: Any, shown: Any, server: Server
) -> None:
    server.hub.config = server.hub.config.model_copy(update={"registration_confirms": "everybody"})
    here, there = lines("WX-0001"), lines("WX-0002")
    first = here.booth.registrar.by_phone("王小明", "13800138000", Occupation.RIDER)
    here.push()
    settle(registry)
    assert shown()[first.person.ref]["state"] == "confirmed"
    second = there.booth.registrar.by_phone("李四", "13800138000", Occupation.RIDER)
    there.push()
    settle(registry)
    assert shown()[second.person.ref]["state"] == "waiting"  # that number is somebody's already


def test_what_is_ended_or_taken_back_is_good_nowhere(
    registry: Registry, lines: Any, staff: Callable[..., httpx.Client]
) -> None:
    here, there = lines("WX-0001"), lines("WX-0002")
    by_card = here.booth.register_card(1)
    by_phone = here.booth.registrar.by_phone("王小明", "13800138000", Occupation.RIDER)
    here.push()
    settle(registry)
    manager = staff("manager")
    codes = {code["member"]: code["id"] for code in manager.get("/api/members/codes").json()}
    assert manager.post(f"/api/members/codes/{codes[by_card.person.ref]}/revoke", json={}).status_code == 200
    address = f"/api/members/registrations/{by_phone.person.ref}/decide"
    assert manager.post(address, json={"action": "end"}).status_code == 200
    for line in (here, there):
        line.fetch()
        assert line.booth.show(by_card.code) == "member.revoked"
        assert line.booth.show(by_phone.code) == "member.revoked"
        assert line.booth.lay(1) == ""


def test_a_terminal_that_is_shut_out_vouches_for_nobody(registry: Registry, lines: Any, server: Server) -> None:
    here, there = lines("WX-0001"), lines("WX-0002")
    made = here.booth.register_card(1)
    here.push()
    settle(registry)
    there.fetch()
    assert there.booth.show(made.code).startswith(made.person.ref)
    set_revoked(server.hub, "WX-0001", True)
    registry.look()
    there.fetch()
    assert there.booth.show(made.code) == "member.unknown_issuer"
    set_revoked(server.hub, "WX-0001", False)
    registry.look()
    there.fetch()
    assert there.booth.show(made.code).startswith(made.person.ref)


def test_no_terminal_speaks_for_the_members_of_another(registry: Registry, lines: Any, shown: Any) -> None:
    here, there = lines("WX-0001"), lines("WX-0002")
    made = here.booth.register_card(1)
    here.push()
    settle(registry)
    body = here.booth.store.journal.newest("member.registered", 1)[0].body
    stolen = body | {"occupation": "guard", "expires": "2030-01-01T00:00:00Z"}
    assert there.terminal.push(there.terminal.entry("member.registered", **stolen)).status_code == 200
    settle(registry)
    row = shown()[made.person.ref]
    assert (row["station"], row["occupation"]) == ("WX-0001", "courier")


def test_the_keys_stay_what_they_are(registry: Registry, server: Server, lines: Any) -> None:
    before = {(d.kind, d.id): d.body for d in server.hub.catalogue.documents(owner=OWNER)}
    again = Registry(server.hub)
    again.look()
    assert {(d.kind, d.id): d.body for d in server.hub.catalogue.documents(owner=OWNER)} == before
    here = lines("WX-0001")
    made = here.booth.registrar.by_phone("王小明", "13800138000", Occupation.RIDER)
    here.push()
    path = server.hub.config.data_dir / "registration.key"
    for spoil in (lambda: path.write_bytes(bytes(32)), path.unlink):
        spoil()
        lost = Registry(server.hub)
        assert not lost.opens
        lost.look()  # everything else goes on
        assert lost.all("", 9)[0].member == made.person.ref
        with pytest.raises(SealKeyLost):
            lost.contact(made.person.ref)
        assert not path.exists() or path.read_bytes() == bytes(32)  # no key is made where one is missing


def test_a_name_is_opened_by_managers_alone_and_that_is_written_down(
    registry: Registry, lines: Any, staff: Callable[..., httpx.Client], http: httpx.Client
) -> None:
    here = lines("WX-0001")
    made = here.booth.registrar.by_phone("王小明", "13800138000", Occupation.RIDER)
    card = here.booth.register_card(2)
    here.push()
    settle(registry)
    address = f"/api/members/registrations/{made.person.ref}/contact"
    assert http.post(address).status_code in (401, 403)
    assert staff("duty").post(address).status_code == 403
    manager = staff("manager")
    assert manager.post(address).status_code == 200
    none = manager.post(f"/api/members/registrations/{card.person.ref}/contact")
    assert (none.status_code, none.json()["code"]) == (404, "registration.no_contact")
    deeds = staff("administrator").get("/api/console/audit").json()
    assert "members_registration_contact" in [deed["action"] for deed in deeds]
