"""The journal over the wire: order, repetition, gaps, bodies that are not what they say."""

import gzip
import json
from collections.abc import Callable

import httpx

from tests.hub.conftest import Server, Terminal


def test_entries_are_taken_once_and_acknowledged_without_gaps(server: Server, terminal: Terminal) -> None:
    entries = [terminal.entry("session.started", session=str(n)) for n in range(5)]
    assert terminal.push(*entries[:2]).json()["acknowledged"] == 2
    assert terminal.push(*entries[3:]).json()["acknowledged"] == 2
    assert terminal.push(*entries).json()["acknowledged"] == 5
    assert terminal.push(*entries).json()["acknowledged"] == 5
    assert server.hub.db.value("SELECT COUNT(*) FROM journal WHERE position IS NOT NULL") == 5


def test_a_compressed_batch_as_the_terminal_sends_it(terminal: Terminal) -> None:
    plain = json.dumps({"entries": [terminal.entry("session.started", session="s")]}).encode()
    answer = terminal.send(
        "POST", "/api/journal", gzip.compress(plain), content_type="application/json", content_encoding="gzip"
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["acknowledged"] == 1


def test_poison_is_kept_apart_and_does_not_stop_the_station(
    terminal: Terminal, staff: Callable[..., httpx.Client]
) -> None:
    answer = terminal.push(
        terminal.entry("session.started", session="s"),
        terminal.entry("session.ended", session="s", reason="bored", seconds=1),
        terminal.entry("session.ended", session="s", reason="idle", seconds=1),
    ).json()
    assert answer["acknowledged"] == 3
    assert [p["seq"] for p in answer["poison"]] == [2]
    listed = staff("duty").get("/api/console/stations").json()
    assert [(s["id"], s["held_apart"], s["acknowledged"]) for s in listed] == [("WX-0001", 1, 3)]
