"""Terminals that lost their data, were replaced, set back to an old image, or copied; and what the hub does then."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.errors import HubRefused, JournalDiverged
from kiosk.storage import Store, open_store
from tests.hub.conftest import Server, Terminal
from tests.hub.test_intake import applied, problem
from tests.hub.test_pair import Pair

NAMES = ["a" * 32, "b" * 32, "c" * 32]


@pytest.fixture
def pair(tmp_path: Path, clock: ManualClock) -> Iterator[Pair]:
    made = Pair(tmp_path, clock)
    made.enrol()
    yield made
    made.stop()


def reopen(pair: Pair, change: Callable[[Path], object]) -> None:
    """Power off, something happens to the disk, power on."""
    pair.sync.stop()
    pair.desk.call(pair.store.close)
    change(pair.store.path)
    pair.store = pair.desk.call(open_store, pair.store.path, pair.clock)
    pair.sync = pair._sync()


def ids(pair: Pair) -> list[str]:
    return [entry.id for entry in pair.desk.call(lambda: list(pair.store.journal.all()))]


def at_hub(pair: Pair) -> list[str]:
    return [entry for entry, _ in pair.taken()]


def test_what_a_damaged_disk_lost_comes_back_from_the_hub(pair: Pair) -> None:
    pair.record(300)
    pair.sync.round()
    pair.record(3)  # these are only here
    before, kept = ids(pair), pair.desk.call(pair.store.derived)

    def ruin(path: Path) -> None:
        data = bytearray(path.read_bytes())
        pages = len(data) // 4096
        data[pages // 4 * 4096 : pages * 3 // 4 * 4096] = bytes((pages * 3 // 4 - pages // 4) * 4096)
        path.write_bytes(bytes(data))

    reopen(pair, ruin)
    missing = set(before) - set(ids(pair))
    assert missing, "the damage was real"
    pair.sync.round()
    now = ids(pair)
    assert set(before[:300]) <= set(now), "whatever the hub had is here again"
    assert now[:300] == before[:300], "in its order"
    assert sorted(at_hub(pair)) == sorted(now), "the hub has each once, the new ones too"
    assert len(set(at_hub(pair))) == len(at_hub(pair))
    assert kept.keys() == pair.desk.call(pair.store.derived).keys()


def test_a_terminal_whose_disk_is_empty_begins_where_the_old_one_stood(pair: Pair) -> None:
    pair.record(20)
    pair.sync.round()
    before = ids(pair)
    reopen(pair, lambda path: [file.unlink() for file in path.parent.glob("station.db*")])
    pair.record(2)
    pair.enrol()  # somebody brought a new machine, with a new code
    pair.sync.round()
    now = ids(pair)
    assert now[:20] == before
    assert at_hub(pair) == now
    pair.sync.round()
    assert at_hub(pair) == now


def test_an_old_image_is_noticed_and_heals_by_a_new_enrolment(pair: Pair, tmp_path: Path, staff: Any) -> None:
    pair.record(10)
    pair.sync.round()
    image = tmp_path / "image.db"
    reopen(pair, lambda path: shutil.copyfile(path, image))
    pair.record(5)
    pair.sync.round()
    all_of_it = ids(pair)
    reopen(pair, lambda path: shutil.copyfile(image, path))  # a technician puts the image back
    pair.record(3)
    only_here = ids(pair)[10:]
    with pytest.raises(JournalDiverged):
        pair.sync.round()
    assert at_hub(pair) == all_of_it, "nothing was merged"
    assert set(only_here) <= set(ids(pair)), "nothing was lost"
    row = pair.server.hub.db.row("SELECT diverged FROM station WHERE id = 'WX-0001'")
    assert row == {"diverged": 1}
    # a person looks, and gives the terminal its place anew
    pair.desk.call(pair.store.set_meta, "restore.station", "")
    pair.enrol()
    pair.sync.round()
    assert at_hub(pair) == [*all_of_it, *at_hub(pair)[15:]]
    assert set(only_here) <= set(at_hub(pair))
    assert sorted(ids(pair)) == sorted(at_hub(pair))
    assert ids(pair)[:15] == all_of_it


def test_of_two_copies_of_a_disk_the_second_is_not_merged(pair: Pair, tmp_path: Path) -> None:
    pair.record(10)
    pair.sync.round()
    twin = tmp_path / "twin"
    reopen(pair, lambda path: shutil.copytree(path.parent, twin, ignore=shutil.ignore_patterns("hub", "*.lock")))
    pair.record(2)
    pair.sync.round()
    good = at_hub(pair)
    copied = Pair.__new__(Pair)
    copied.__dict__.update(pair.__dict__)
    copied.store = pair.desk.call(Store, twin / "station.db", pair.clock)
    copied.sync = copied._sync()
    copied.record(4)
    for _ in range(2):
        with pytest.raises(JournalDiverged):
            copied.sync.round()
    assert at_hub(pair) == good
    pair.record(1)
    pair.sync.round()
    assert len(at_hub(pair)) == len(good) + 1, "the one that was there goes on"
    copied.sync.stop()
    pair.desk.call(copied.store.close)


def test_a_numbering_that_was_given_up_is_refused(server: Server, terminal: Terminal) -> None:
    def push(name: str, *entries: dict[str, Any]) -> httpx.Response:
        return terminal.post("/api/journal", {"journal": name, "entries": list(entries)})

    first = [terminal.entry("session.started", session=str(n)) for n in range(4)]
    assert push(NAMES[0], *first).json()["acknowledged"] == 4
    # numbered anew: the second was lost, one is new; what is known is known by its id
    anew = [first[0] | {"seq": 1}, first[2] | {"seq": 2}, terminal.entry("session.started", seq=3, session="new")]
    for _ in range(3):
        answer = push(NAMES[1], *anew)
        assert (answer.json()["acknowledged"], answer.json()["poison"]) == (3, [])
    assert [entry for entry, _ in applied(server)] == [*(e["id"] for e in first), anew[2]["id"]]
    assert problem(push(NAMES[0], terminal.entry("session.started", seq=5, session="old"))) == (409, "journal.diverged")
    assert problem(push("x" * 32, *anew)) == (422, "body.invalid")
    assert push(NAMES[2], anew[2] | {"seq": 1}).json()["acknowledged"] == 1


def test_what_is_held_is_given_to_its_own_terminal_alone(enrolled: Callable[..., Terminal]) -> None:
    here, there = enrolled("WX-0001"), enrolled("WX-0002")
    mine = [here.entry("session.started", session=str(n)) for n in range(7)]
    here.push(*mine)
    there.push(there.entry("session.started", session="theirs"))
    after, got = 0, []
    while entries := (page := here.send("GET", f"/api/journal/own?after={after}&limit=3").json())["entries"]:
        got += entries
        after = page["after"]
    assert [entry["id"] for entry in got] == [entry["id"] for entry in mine]
    assert problem(here.client.get("/api/journal/own"))[0] == 401


def test_the_console_says_that_a_terminal_is_not_what_it_was(
    server: Server, terminal: Terminal, staff: Callable[..., httpx.Client]
) -> None:
    terminal.push(terminal.entry("session.started", session="a"))
    terminal.push(terminal.entry("session.started", seq=1, session="b"))
    (row,) = staff("duty").get("/api/console/fleet").json()["stations"]
    assert row["diverged"] is True


def test_a_hub_that_answers_something_else_restores_nothing(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.record(5)

    monkeypatch.setattr(pair.sync._client, "own_journal", lambda _after: refuse_as(404))
    pair.sync.round()
    assert at_hub(pair) == ids(pair), "a hub from before it could be asked takes what is here"
    assert pair.desk.call(pair.store.meta, "restore.station") is None
    monkeypatch.undo()
    monkeypatch.setattr(pair.sync._client, "own_journal", lambda _after: refuse_as(500))
    with pytest.raises(HubRefused):
        pair.sync.round()


def refuse_as(status: int) -> None:
    raise HubRefused(status=status, problem="not a hub")


def test_what_an_earlier_numbering_left_beyond_a_gap_is_not_lost(server: Server, terminal: Terminal) -> None:
    def push(name: str, *entries: dict[str, Any]) -> httpx.Response:
        return terminal.post("/api/journal", {"journal": name, "entries": list(entries)})

    first, lost, third = (terminal.entry("session.started", session=str(n)) for n in range(3))
    assert push(NAMES[0], first, third).json()["acknowledged"] == 1, "the second is missing, the third waits for it"
    again = [first | {"seq": 1}, third | {"seq": 2}]  # the second was lost for ever
    for _ in range(2):
        assert push(NAMES[1], *again).json() | {"hub_time": ""} == {"acknowledged": 2, "poison": [], "hub_time": ""}
    assert [entry for entry, _ in applied(server)] == [first["id"], third["id"]]
    assert lost["id"] not in {entry for entry, _ in applied(server)}
