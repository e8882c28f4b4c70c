"""Certificates over real HTTP: valid, not heard of yet, unknown; courses and their counts on the console."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.identity import Identity
from kiosk.protocol.folder import PlainDocument
from kiosk.session import Person
from kiosk.storage import Store
from tests.kiosk.learning.conftest import RIGHT, PackMaker, Room, course_document, publisher_document

ALICE = Person("aa" * 10)
GOOD = {question: frozenset(chosen) for question, chosen in RIGHT.items()}


@pytest.fixture
def room(tmp_path: Path, hub_time: Any) -> Iterator[Room]:
    """A terminal's learning, with a course on offer; its clock begins with the hub's."""
    folder = tmp_path / "kiosk"
    Identity(folder).enrolled("WX-0001", "http://hub")
    clock = ManualClock(hub_time())
    store = Store(folder / "station.db", clock)
    made = Room(folder, store, clock)
    maker = PackMaker(tmp_path / "packs")
    maker.folder.mkdir()
    made.offer(maker())
    yield made
    made.desk.close()
    store.close()


@pytest.fixture
def terminal(enrolled: Callable[..., Any], room: Room) -> Any:
    """The same terminal, as the hub knows it."""
    return enrolled("WX-0001", room.learning._identity.key)


def earn(room: Room, person: Person = ALICE) -> str:
    """Take the course and pass. Returns the token of the certificate."""
    room.session.recognise(person)
    room.watch(room.learning.open("safety").launch, 60_000)
    sheet = room.learning.ask("safety")
    assert room.learning.hand_in(sheet.launch, GOOD).passed
    certificate = room.learning.certificate("safety")
    assert certificate.number.startswith("WX-0001-")
    room.session.finish()
    return certificate.qr.removeprefix("https://hub.example/verify/")


def push(room: Room, terminal: Any, *, kinds: Callable[[str], bool] = lambda _: True) -> None:
    entries = [entry.model_dump(mode="json") for entry in room.store.journal.all() if kinds(entry.kind)]
    for number, entry in enumerate(entries, start=1):
        entry["seq"] = number
    for first in range(0, len(entries), 400):
        answer = terminal.push(*entries[first : first + 400])
        assert answer.status_code == 200, answer.text
        assert answer.json()["poison"] == []


def test_a_certificate_from_signature_to_record(server: Any, http: httpx.Client, terminal: Any, room: Room) -> None:
    token = earn(room)
    name = PlainDocument(
        kind="station_settings",
        id="WX-0001",
        body={"name": {"zh_CN": "运河驿站", "en": "Canal station"}, "address": {"zh_CN": "无锡"}},
    )
    server.hub.catalogue.publish([name], owner="folder")
    answer = http.get(f"/api/verify/{token}").json()
    assert answer["state"] == "waiting"  # it is signed; the journal has not arrived
    page = http.get(f"/verify/{token}", headers={"Accept-Language": "en"})
    assert "its record of learning has not reached us" in page.text
    push(room, terminal)
    answer = http.get(f"/api/verify/{token}").json()
    assert (answer["state"], answer["station"], answer["course"], answer["score"]) == (
        "valid",
        "WX-0001",
        "safety",
        100,
    )
    page = http.get(f"/verify/{token}")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for words in ("证书有效", "运河驿站", "安全", "100 %", answer["number"], "2026-12-01"):
        assert words in page.text
    assert ALICE.ref not in page.text
    assert ALICE.ref not in str(answer)
    pasted = http.get("/verify/", params={"certificate": f" https://hub.example/verify/{token}\n"})
    assert "证书有效" in pasted.text
    assert "证书有效" in http.get("/verify/", params={"certificate": f"KIOSK-CERTIFICATE:{token}"}).text


def test_a_certificate_whose_record_has_no_passing_is_not_called_valid(
    http: httpx.Client, terminal: Any, room: Room
) -> None:
    token = earn(room)
    push(room, terminal, kinds=lambda kind: kind not in ("learning.passed", "learning.completed"))
    assert http.get(f"/api/verify/{token}").json()["state"] == "waiting"


def test_what_nobody_signed_is_unknown(http: httpx.Client, terminal: Any, room: Room) -> None:
    token = earn(room)
    forged = [token[:-4] + "AAAA", token[:-1], "x" * 1300, "nonsense", "%00", "<script>alert(1)</script>", "a" * 200]
    for text in forged:
        answer = http.get(f"/api/verify/{text.replace('/', '%2F')}")
        assert (answer.status_code, answer.json().get("state")) in ((200, "unknown"), (404, None))
        page = http.get("/verify/", params={"certificate": text})
        assert page.status_code == 200
        assert "查不到这张证书" in page.text
        assert "<script>" not in page.text


def test_a_station_that_is_not_enrolled_here_is_unknown(http: httpx.Client, room: Room) -> None:
    assert http.get(f"/api/verify/{earn(room)}").json() == {
        "state": "unknown",
        "station": "",
        "station_name": {},
        "number": "",
        "course": "",
        "title": "",
        "issued": None,
        "score": None,
    }


def test_a_new_terminal_does_not_undo_old_certificates(
    http: httpx.Client, terminal: Any, room: Room, enrolled: Callable[..., Any]
) -> None:
    token = earn(room)
    push(room, terminal)
    enrolled("WX-0001")  # another terminal with another key stands there now
    assert http.get(f"/api/verify/{token}").json()["state"] == "valid"


def test_a_terminal_out_of_use_signs_nothing_new(server: Any, http: httpx.Client, terminal: Any, room: Room) -> None:
    token = earn(room)
    server.hub.db.execute("UPDATE station SET disabled = 1")
    assert http.get(f"/api/verify/{token}").json()["state"] == "unknown"


def test_the_page_before_anything_was_asked(http: httpx.Client) -> None:
    page = http.get("/verify/", headers={"Accept-Language": "en-GB"})
    assert "Scan the QR code" in page.text
    assert 'lang="en"' in page.text
    assert "请扫证书上的二维码" in http.get("/verify/").text
    assert http.get("/verify/page.css").headers["content-type"].startswith("text/css")
    assert "$" not in page.text  # nothing left unfilled


def test_courses_on_the_console(
    server: Any, terminal: Any, room: Room, staff: Callable[..., httpx.Client], tmp_path: Path, http: httpx.Client
) -> None:
    assert http.get("/api/console/courses").status_code == 401
    manager = staff("manager")
    assert manager.get("/api/console/courses").json() == []
    earn(room)
    earn(room, Person("bb" * 10))
    push(room, terminal)
    (course,) = manager.get("/api/console/courses").json()
    assert (course["course"], course["published"]) == ("safety", None)
    counts = {name: n for name, n in course["total"].items() if name != "station"}
    assert counts == {"launched": 2, "completed": 2, "passed": 2, "failed": 0, "abandoned": 0, "certified": 2}
    assert [one["station"] for one in course["stations"]] == ["WX-0001"]
    numbers = itertools.count(1)
    maker = PackMaker(tmp_path / "packs")

    def publish(data: bytes, **changes: Any) -> dict[str, Any]:
        path = maker.folder / f"{next(numbers)}.course.zip"
        path.write_bytes(data)
        server.hub.files.add_path(path)
        documents = [course_document(path, **changes), publisher_document()]
        plain = [PlainDocument(kind=d.kind, id=d.id, body=d.body) for d in documents]
        server.hub.catalogue.publish(plain, owner="folder")
        (found,) = staff("publisher").get("/api/console/courses").json()
        result: dict[str, Any] = found
        return result

    good = maker().read_bytes()
    assert (publish(good)["published"], publish(good)["problem"]) == (1, "")
    assert publish(good.replace(b"filmfilm", b"FILMfilm", 1))["problem"] == "hash: film.mp4"
    assert publish(good, version=7)["problem"] == "manifest: it is safety 1"
    assert publish(b"not a zip")["problem"] == "not_a_pack"
