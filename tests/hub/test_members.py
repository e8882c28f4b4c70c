"""Codes from the hub: printed, photographed, verified by a station with what the hub published; revoked; on a phone."""

import json
import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest

from hub import members_cards
from hub.__main__ import main
from hub.members import on_demo
from hub.members_register import IssuerKeyLost, Register
from hub.problems import Problem
from hub.publishing import FOLDER
from hub.state import Hub
from kiosk.clock import ManualClock
from kiosk.devices.scanner.files import scan_file
from kiosk.events import EventBus
from kiosk.members import Members
from kiosk.members.errors import MemberCodeRefused
from kiosk.protocol.catalogue import CatalogueBatch
from kiosk.protocol.folder import read_folder
from kiosk.session import Session
from kiosk.storage import Store

CATALOGUE = Path(__file__).resolve().parents[2] / "assets" / "demo" / "catalogue" / "members"
TIERS = ("craft", "member", "model")


class Station:
    """The kiosk's own reader over the catalogue that a hub publishes."""

    def __init__(self, store: Store, clock: ManualClock) -> None:
        self.store, self.clock, self.revision = store, clock, 0
        bus = EventBus()
        self.members = Members(store.catalogue, store, clock, bus, Session(clock, bus, store.append), store.append)

    def fetch(self, terminal: Any) -> None:
        answer = terminal.send("GET", f"/api/catalogue?since={self.revision}")
        assert answer.status_code == 200, answer.text
        batch = CatalogueBatch.model_validate(answer.json())
        self.store.catalogue.apply(batch)
        self.revision = batch.revision
        bus = EventBus()
        self.members = Members(
            self.store.catalogue,
            self.store,
            self.clock,
            bus,
            Session(self.clock, bus, self.store.append),
            lambda _: None,
        )

    def says(self, text: str) -> str:
        try:
            return self.members.verify(text).ref
        except MemberCodeRefused as error:
            return error.code


@pytest.fixture
def station(store: Store, clock: ManualClock, hub_time: Any) -> Station:
    clock.set(hub_time.at)
    return Station(store, clock)


@pytest.fixture
def manager(server: Any, staff: Callable[..., httpx.Client]) -> httpx.Client:
    server.hub.catalogue.publish(read_folder(CATALOGUE), FOLDER)
    return staff("manager")


def issue(client: httpx.Client, **wanted: Any) -> list[dict[str, Any]]:
    answer = client.post("/api/members/codes", json={"tier": "member"} | wanted)
    assert answer.status_code == 200, answer.text
    made: list[dict[str, Any]] = answer.json()
    return made


def rasterised(pdf: bytes, folder: Path, dpi: int) -> list[Path]:
    (folder / "cards.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", "cards.pdf", "page"], cwd=folder, check=True, timeout=60)
    return sorted(folder.glob("page*.png"))


def test_every_printed_card_is_read_and_believed_by_a_station(
    server: Any, manager: httpx.Client, terminal: Any, station: Station, tmp_path: Path
) -> None:
    made = [code for tier in TIERS for code in issue(manager, tier=tier, count=4)]
    pdf = manager.get("/api/members/cards", params={"ids": [code["id"] for code in made]})
    assert pdf.headers["content-type"] == "application/pdf"
    station.fetch(terminal)
    read = [scan.found.text for page in rasterised(pdf.content, tmp_path, 110) for scan in scan_file(page)]
    assert sorted(station.says(text) for text in read) == sorted(code["member"] for code in made)


def test_the_code_on_a_card_is_no_smaller_than_it_may_be(server: Any, manager: httpx.Client, tmp_path: Path) -> None:
    made = issue(manager)
    page = rasterised(manager.get("/api/members/cards", params={"ids": [made[0]["id"]]}).content, tmp_path, 254)[0]
    scan = next(iter(scan_file(page)))
    corners = np.array(scan.found.corners) * scan.size
    side_mm = float(np.linalg.norm(corners[1] - corners[0])) / 10.0  # 254 dpi are ten pixels a millimetre
    modules = len(members_cards.matrix_of(scan.found.text))
    assert modules <= 49  # version 8
    assert side_mm + 8 * side_mm / modules >= 29.0
    assert side_mm / modules >= 0.5


def test_the_words_on_a_card(server: Any, manager: httpx.Client, tmp_path: Path) -> None:
    code = issue(manager, tier="model", days=30)[0]
    (tmp_path / "c.pdf").write_bytes(manager.get("/api/members/cards", params={"ids": [code["id"]]}).content)
    words = subprocess.run(["pdftotext", "c.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "劳动模范" in words
    assert "Model worker" in words
    assert f"{code['id']:06d}" in words
    assert "2026-12-31" in words


def test_a_revoked_code_is_refused_after_the_next_news(
    server: Any, manager: httpx.Client, terminal: Any, station: Station
) -> None:
    lost, kept = issue(manager, count=2)
    texts = [Register(server.hub).text(Register(server.hub).get(code["id"])) for code in (lost, kept)]
    station.fetch(terminal)
    assert [station.says(text) for text in texts] == [lost["member"], kept["member"]]
    answer = manager.post(f"/api/members/codes/{lost['id']}/revoke", json={"reason": "lost"})
    assert answer.json()["reason"] == "lost"
    assert manager.post(f"/api/members/codes/{lost['id']}/revoke", json={}).json()["reason"] == "lost"
    station.fetch(terminal)
    assert [station.says(text) for text in texts] == ["member.revoked", kept["member"]]
    assert manager.get("/api/members/cards", params={"ids": [lost["id"]]}).json()["code"] == "members.code_revoked"
    assert manager.post(f"/api/members/codes/{lost['id']}/page").json()["code"] == "members.code_revoked"


def test_a_phone_s_page_shows_a_code_for_two_minutes(
    server: Any,
    manager: httpx.Client,
    http: httpx.Client,
    terminal: Any,
    station: Station,
    tmp_path: Path,
    hub_time: Any,
) -> None:
    code = issue(manager, tier="craft")[0]
    station.fetch(terminal)
    page = http.get(code["page"])
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "工匠会员" in page.text
    assert '<meta http-equiv="refresh" content="60">' in page.text
    text = read_svg(page.text, tmp_path)
    assert station.says(text) == code["member"]
    assert read_svg(http.get(code["page"], headers={"Accept-Language": "en"}).text, tmp_path) != text
    station.clock.advance(120 + 301)
    assert station.says(text) == "member.expired"
    fresh = manager.post(f"/api/members/codes/{code['id']}/page").json()["page"]
    assert http.get(code["page"]).status_code == 404  # the old address ended
    assert http.get(fresh).status_code == 200
    hub_time.advance(366 * 86_400)
    over = http.get(fresh, headers={"Accept-Language": "en"})
    assert over.status_code == 404
    assert "expired" in over.text
    assert "<svg" not in over.text


def read_svg(page: str, folder: Path) -> str:
    """What a camera sees of the page: the path of the picture, painted."""
    svg = re.search(r"<svg.*?</svg>", page, re.S)
    assert svg
    side = int(re.search(r"viewBox=\"0 0 (\d+)", svg[0])[1])  # type: ignore[index]
    cells = np.full((side, side), 255, np.uint8)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg[0]):
        cells[int(y), int(x) : int(x) + int(length)] = 0
    cv2.imwrite(str(folder / "phone.png"), np.kron(cells, np.ones((6, 6), np.uint8)))
    return next(iter(scan_file(folder / "phone.png"))).found.text


@pytest.mark.parametrize("secret", ["x", "%00", "%ED%A0%80", "..%2f..", "a" * 5000])
def test_a_guessed_address_shows_a_page_that_says_so(server: Any, http: httpx.Client, secret: str) -> None:
    answer = http.get(f"/m/{secret}")
    assert answer.status_code in (400, 404)
    assert "<svg" not in answer.text


@pytest.mark.parametrize(
    "wanted",
    [
        {"tier": "nobody"},
        {"tier": "../x"},
        {"days": 0},
        {"count": 501},
        {"member": "zz"},
        {"member": "00"},
        {"note": "x" * 81},
    ],
)
def test_what_cannot_be_issued_is_a_problem_document(manager: httpx.Client, wanted: dict[str, Any]) -> None:
    answer = manager.post("/api/members/codes", json={"tier": "member"} | wanted)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_only_managers_issue(server: Any, http: httpx.Client, staff: Callable[..., httpx.Client]) -> None:
    assert http.post("/api/members/codes", json={"tier": "member"}).status_code == 401
    duty = staff("duty")
    assert duty.post("/api/members/codes", json={"tier": "member"}).status_code == 403
    assert duty.get("/api/members/codes").status_code == 403
    assert duty.get("/api/members/cards", params={"ids": [1]}).status_code == 403


def test_the_list_is_signed_anew_each_day_and_its_number_rises(server: Any, hub_time: Any, terminal: Any) -> None:
    def token() -> str:
        document = next(d for d in server.hub.catalogue.documents(kind="status_list"))
        return str(document.body["token"])

    first = token()
    Register(server.hub)
    assert token() == first
    hub_time.advance(86_401)
    Register(server.hub)
    assert token() != first


def test_a_restored_hub_is_not_behind_what_stations_have_seen(
    server: Any, manager: httpx.Client, terminal: Any, station: Station, hub_time: Any
) -> None:
    code = issue(manager)[0]
    text = Register(server.hub).text(Register(server.hub).get(code["id"]))
    for _ in range(3):
        hub_time.advance(5)
        Register(server.hub).publish_list(force=True)
    station.fetch(terminal)
    server.hub.db.execute("UPDATE members_list SET seq = 1")  # the copy from before
    hub_time.advance(60)
    manager.post(f"/api/members/codes/{code['id']}/revoke", json={})
    station.fetch(terminal)
    assert station.says(text) == "member.revoked"


def test_a_key_that_was_replaced_behind_the_hub_s_back_is_noticed(hub_config: Any) -> None:
    with Hub(hub_config) as hub:
        Register(hub)
        path = hub_config.data_dir / "members.key"
        assert path.stat().st_mode & 0o077 == 0
        path.write_bytes(bytes(32))
        with pytest.raises(IssuerKeyLost):
            Register(hub)
        path.unlink()
        with pytest.raises(IssuerKeyLost):
            Register(hub)


def test_the_demonstration_s_issuer_stays_and_codes_are_made_once(hub_config: Any) -> None:
    with Hub(hub_config) as hub:
        hub.catalogue.publish(read_folder(CATALOGUE), FOLDER)
        on_demo(hub)
        on_demo(hub)
        assert len(Register(hub).all()) == len(TIERS)
        issuers = {document.id for document in hub.catalogue.documents(kind="issuer_key")}
        assert issuers == {"demo", Register(hub).issuer}


def test_no_font_is_said_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members_cards, "_FONTS", ())
    monkeypatch.setattr(members_cards.shutil, "which", lambda _name: None)
    members_cards.chinese_font.cache_clear()
    with pytest.raises(Problem) as caught:
        members_cards.sheet([members_cards.Card("GH1:X", ("一", "one"), "1", "2027-01-01")])
    assert caught.value.code == "members.font_missing"
    members_cards.chinese_font.cache_clear()


# -- commands -----------------------------------------------------------------------------------------------------


def test_commands_issue_print_revoke(hub_config: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
        code = main(["--data-dir", str(hub_config.data_dir), *arguments])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    with Hub(hub_config) as hub:
        hub.catalogue.publish(read_folder(CATALOGUE), FOLDER)
    output = tmp_path / "cards.pdf"
    assert run("cards", "-o", str(output), "--json") == (1, [{"cards": 0}])
    code, made = run("codes", "issue", "--count", "3", "--tier", "model", "--days", "30", "--json")
    assert code == 0
    assert len({line["text"] for line in made}) == 3
    assert all(line["page"].startswith("/m/") for line in made)
    assert run("codes", "revoke", "2", "--json")[1][0]["revoked"]
    assert [line["id"] for line in run("codes", "list", "--json")[1]] == [3, 2, 1]
    assert run("cards", "-o", str(output), "--json") == (0, [{"file": str(output), "cards": 2}])
    read = {scan.found.text for page in rasterised(output.read_bytes(), tmp_path, 120) for scan in scan_file(page)}
    assert read == {made[0]["text"], made[2]["text"]}
    assert run("codes", "issue", "--days", "0")[0] == 2
    assert run("codes", "issue", "--tier", "none")[0] == 2
    assert run("codes", "revoke", "99")[0] == 2
    assert run("cards", "99", "-o", str(output))[0] == 2


def test_a_member_who_lost_a_card_keeps_the_pseudonym(hub_config: Any) -> None:
    with Hub(hub_config) as hub:
        hub.catalogue.publish(read_folder(CATALOGUE), FOLDER)
        register = Register(hub)
        first = register.issue("member", 30, "a")
        second = register.issue("member", 30, "a", member=first.member)
        assert (first.member, first.status_index) != (second.member, second.status_index)
        assert first.member == second.member
        assert register.get(second.id).expires - register.get(second.id).issued == timedelta(days=30)
