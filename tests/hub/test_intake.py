"""The journal over the wire: order, repetition, gaps, replaced terminals, bodies that are not what they say."""

import gzip
import json
import socket
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.config import HubConfig
from hub.problems import MEDIA_TYPE
from tests.hub.conftest import Server, Terminal, Time


def applied(server: Server) -> list[tuple[str, int]]:
    rows = server.hub.db.rows("SELECT id, seq FROM journal WHERE position IS NOT NULL ORDER BY position")
    return [(row["id"], row["seq"]) for row in rows]


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == MEDIA_TYPE, answer.text
    return answer.status_code, answer.json()["code"]


def test_entries_are_taken_once_and_acknowledged_without_gaps(server: Server, terminal: Terminal) -> None:
    entries = [terminal.entry("session.started", session=str(n)) for n in range(5)]
    assert terminal.push(*entries[:2]).json()["acknowledged"] == 2
    assert terminal.push(*entries[3:]).json()["acknowledged"] == 2
    assert applied(server) == [(e["id"], e["seq"]) for e in entries[:2]]
    assert terminal.push(*entries[2:3]).json()["acknowledged"] == 5
    assert terminal.push(*entries).json()["acknowledged"] == 5
    assert applied(server) == [(e["id"], e["seq"]) for e in entries]


def test_a_compressed_batch_as_the_terminal_sends_it(terminal: Terminal) -> None:
    plain = json.dumps({"entries": [terminal.entry("session.started", session="s")]}).encode()
    answer = terminal.send(
        "POST", "/api/journal", gzip.compress(plain), content_type="application/json", content_encoding="gzip"
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["acknowledged"] == 1


def test_poison_is_kept_apart_and_does_not_stop_the_station(
    server: Server, terminal: Terminal, staff: Callable[..., httpx.Client]
) -> None:
    bad = [
        terminal.entry("session.ended", session="s", reason="bored", seconds=1),
        terminal.entry("session.started", session="s") | {"id": "not an id"},
        terminal.entry("session.started", session="s") | {"at": "yesterday"},
        terminal.entry("NOT A KIND"),
        {"seq": next(terminal.seq)},
    ]
    good = terminal.entry("session.ended", session="s", reason="idle", seconds=1)
    answer = terminal.push(*bad, good).json()
    assert answer["acknowledged"] == 6
    assert [p["seq"] for p in answer["poison"]] == [1, 2, 3, 4, 5]
    again = terminal.push(*bad, good).json()  # the first answer was lost: the second tells the same
    assert (again["acknowledged"], again["poison"]) == (answer["acknowledged"], answer["poison"])
    assert applied(server) == [(good["id"], 6)]
    kept = server.hub.db.rows("SELECT body, poison FROM journal WHERE poison != '' ORDER BY seq")
    assert json.loads(kept[1]["body"])["id"] == "not an id"
    listed = staff("duty").get("/api/console/fleet").json()["stations"]
    assert [(s["id"], s["held_apart"], s["acknowledged"]) for s in listed] == [("WX-0001", 5, 6)]


def test_an_entry_of_a_kind_we_do_not_know_is_kept(server: Server, terminal: Terminal) -> None:
    entry = terminal.entry("future.happened", anything=[1, {"a": None}])
    assert terminal.push(entry).json() | {"hub_time": ""} == {"acknowledged": 1, "poison": [], "hub_time": ""}
    assert applied(server) == [(entry["id"], 1)]


def test_the_same_id_in_another_place_is_poison(terminal: Terminal) -> None:
    entry = terminal.entry("session.started", session="s")
    answer = terminal.push(entry, entry | {"seq": 2}).json()
    assert [p["seq"] for p in answer["poison"]] == [2]
    assert answer["acknowledged"] == 2


def test_a_replaced_terminal_begins_its_journal_again(server: Server, enrolled: Callable[..., Terminal]) -> None:
    first = enrolled()
    old = [first.entry("session.started", session=str(n)) for n in range(3)]
    assert first.push(*old).json()["acknowledged"] == 3
    second = enrolled()
    new = [second.entry("session.started", session=str(n)) for n in range(2)]
    assert second.push(*new).json()["acknowledged"] == 2
    assert [seq for _, seq in applied(server)] == [1, 2, 3, 1, 2]
    assert problem(first.push(*old)) == (401, "signature.invalid")


def test_a_terminal_that_only_lost_its_key_goes_on_where_it_was(
    server: Server, enrolled: Callable[..., Terminal]
) -> None:
    first = enrolled()
    first.push(*[first.entry("session.started", session=str(n)) for n in range(3)])
    second = enrolled()
    second.seq = first.seq
    assert second.push(second.entry("session.started", session="x")).json()["acknowledged"] == 4
    assert [seq for _, seq in applied(server)] == [1, 2, 3, 4]


def test_a_journal_that_is_not_the_one_held_is_refused_until_the_terminal_is_enrolled_again(
    server: Server, enrolled: Callable[..., Terminal]
) -> None:
    key = Ed25519PrivateKey.generate()
    first = enrolled(key=key)
    first.push(first.entry("session.started", session="a"), first.entry("session.started", session="b"))
    reinstalled = Terminal(first.client, key, first.station, first.now, iter(range(1, 100)))
    entries = [reinstalled.entry("session.started", session=str(n)) for n in range(2)]
    assert problem(reinstalled.push(*entries)) == (409, "journal.diverged")
    enrolled(key=key)
    assert reinstalled.push(*entries).json()["acknowledged"] == 2
    assert len(applied(server)) == 4


def test_the_same_entries_sent_by_many_at_once_are_taken_once(server: Server, terminal: Terminal) -> None:
    entries = [terminal.entry("session.started", session=str(n)) for n in range(60)]
    batches = [entries[start : start + 15] for start in range(0, 60, 5)] * 2
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda batch: terminal.push(*batch), batches))
    assert {answer.status_code for answer in answers} == {200}
    assert terminal.push(entries[-1]).json()["acknowledged"] == 60
    assert applied(server) == [(e["id"], e["seq"]) for e in entries]


def test_what_lies_far_beyond_a_gap_is_not_held(server: Server, terminal: Terminal) -> None:
    answer = terminal.push(terminal.entry("session.started", seq=20_000, session="s")).json()
    assert answer["acknowledged"] == 0
    assert server.hub.db.value("SELECT COUNT(*) FROM journal") == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"entries": []}',
        b'{"entries": 1}',
        b'{"entries": [1]}',
        b'{"entries": [{"seq": 0}]}',
        b'{"entries": [{"seq": true}]}',
        b'{"entries": [{"seq": 99999999999999999999}]}',
        b'{"entries": [{"seq": 1, "body": {"x": NaN}}]}',
        b'{"entries": [{"seq": 1, "body": {"x": "\\ud800"}}]}',
        b'{"entries": ' + b"[" * 5000,
        b"\xff\xfe",
        json.dumps({"entries": [{"seq": n + 1} for n in range(501)]}).encode(),
    ],
)
def test_what_is_no_batch_at_all_is_refused_whole(server: Server, terminal: Terminal, body: bytes) -> None:
    answer = terminal.send("POST", "/api/journal", body, content_type="application/json")
    assert problem(answer) == (422, "body.invalid")
    assert server.hub.db.value("SELECT COUNT(*) FROM journal") == 0


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"content_type": "text/plain"}, b"{}", (415, "body.unsupported")),
        ({"content_encoding": "br"}, b"{}", (415, "body.unsupported")),
        ({"content_encoding": "gzip"}, b"not gzip", (415, "body.unsupported")),
        ({"content_encoding": "gzip"}, gzip.compress(b"{}", mtime=0)[:-4], (415, "body.unsupported")),
        ({"content_encoding": "gzip"}, gzip.compress(b"{}", mtime=0) + b"more", (415, "body.unsupported")),
        ({"content_encoding": "gzip"}, gzip.compress(bytes(33 << 20)), (413, "body.too_large")),
    ],
)
def test_bodies_that_are_not_what_they_say(
    terminal: Terminal, headers: dict[str, str], body: bytes, expected: tuple[int, str]
) -> None:
    answer = terminal.send("POST", "/api/journal", body, **({"content_type": "application/json"} | headers))
    assert problem(answer) == expected


def test_a_bomb_is_given_up_early(terminal: Terminal) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(256)) + packer.flush()  # 256 MiB in 260 kB
    answer = terminal.send("POST", "/api/journal", bomb, content_type="application/json", content_encoding="gzip")
    assert problem(answer) == (413, "body.too_large")


def test_a_body_larger_than_allowed_is_refused_whether_or_not_it_says_so(terminal: Terminal) -> None:
    large = bytes((8 << 20) + 1)
    signed = terminal.headers("POST", "/api/journal", large) | {"Content-Type": "application/json"}
    chunks = (large[at : at + (1 << 20)] for at in range(0, len(large), 1 << 20))
    assert problem(terminal.client.post("/api/journal", content=chunks, headers=signed)) == (413, "body.too_large")
    assert problem(terminal.client.post("/api/journal", content=large, headers=signed)) == (413, "body.too_large")


def raw(server: Server, text: bytes) -> bytes:
    """What comes back for bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(text)
        answer = b""
        while chunk := line.recv(65536):
            answer += chunk
    return answer


class TestSlow:
    @pytest.fixture
    def hub_config(self, hub_config: HubConfig) -> HubConfig:
        return hub_config.model_copy(update={"body_seconds": 0.2})

    def test_a_body_that_never_comes_is_given_up(self, server: Server) -> None:
        head = (
            b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
        )
        answer = raw(server, head)
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b'"code":"body.too_slow"' in answer


class TestSignature:
    def test_an_unsigned_request(self, http: httpx.Client) -> None:
        assert problem(http.post("/api/journal", json={})) == (401, "signature.invalid")

    def test_another_body_path_or_key(self, terminal: Terminal, http: httpx.Client) -> None:
        def send(target: str, headers: dict[str, str], body: bytes = b"{}") -> tuple[int, str]:
            return problem(http.post(target, content=body, headers=headers))

        genuine = terminal.headers("POST", "/api/journal", b"{}")
        assert send("/api/journal", genuine, b"{ }") == (401, "signature.invalid")
        assert send("/api/journal?x=1", genuine) == (401, "signature.invalid")
        stranger = Terminal(http, Ed25519PrivateKey.generate(), terminal.station, terminal.now, terminal.seq)
        assert send("/api/journal", stranger.headers("POST", "/api/journal", b"{}")) == (401, "signature.invalid")
        nobody = Terminal(http, terminal.key, "WX-9999", terminal.now, terminal.seq)
        assert send("/api/journal", nobody.headers("POST", "/api/journal", b"{}")) == (401, "station.unknown")

    @pytest.mark.parametrize(
        "damage",
        [
            {"X-Timestamp": "soon"},
            {"X-Signature": "zz"},
            {"X-Signature": "00"},
            {"X-Nonce": "1"},
            {"X-Station": "x" * 65},
        ],
    )
    def test_headers_that_are_not_right(self, terminal: Terminal, damage: dict[str, str]) -> None:
        headers = terminal.headers("GET", "/api/catalogue?since=0") | damage
        answer = terminal.client.get("/api/catalogue?since=0", headers=headers)
        assert problem(answer) == (401, "signature.invalid")

    def test_the_same_request_again_is_a_replay_also_after_a_restart(self, terminal: Terminal, server: Server) -> None:
        headers = terminal.headers("GET", "/api/catalogue?since=0")
        assert terminal.client.get("/api/catalogue?since=0", headers=headers).status_code == 200
        assert problem(terminal.client.get("/api/catalogue?since=0", headers=headers)) == (401, "signature.replayed")
        assert server.hub.db.value("SELECT COUNT(*) FROM nonce") == 1

    def test_a_clock_that_is_off_is_told_the_hubs_time(self, terminal: Terminal, hub_time: Time) -> None:
        headers = terminal.headers("GET", "/api/catalogue?since=0")
        hub_time.advance(301)
        answer = terminal.client.get("/api/catalogue?since=0", headers=headers)
        assert problem(answer) == (401, "signature.skew")
        assert answer.json()["hub_time"]

    def test_old_nonces_are_forgotten_when_they_cannot_be_used_any_more(
        self, terminal: Terminal, hub_time: Time, server: Server
    ) -> None:
        for _ in range(3):
            assert terminal.send("GET", "/api/catalogue?since=0").status_code == 200
            hub_time.advance(400)
        assert server.hub.db.value("SELECT COUNT(*) FROM nonce") == 1


def test_the_console_reads_the_newest_first_and_in_pages(
    terminal: Terminal, enrolled: Callable[..., Terminal], staff: Callable[..., httpx.Client]
) -> None:
    other = enrolled("WX-0002")
    terminal.push(*[terminal.entry("session.started", session=str(n)) for n in range(5)])
    other.push(other.entry("session.started", session="other"))
    desk = staff("duty")

    def read(**query: Any) -> list[str]:
        return [e["body"]["session"] for e in desk.get("/api/console/journal", params=query).json()]

    assert read() == ["other", "4", "3", "2", "1", "0"]
    assert read(station="WX-0001", limit=2) == ["4", "3"]
    last = desk.get("/api/console/journal", params={"station": "WX-0001", "limit": 2}).json()[-1]["position"]
    assert read(station="WX-0001", before=last) == ["2", "1", "0"]
