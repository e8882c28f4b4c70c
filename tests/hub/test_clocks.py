"""Entries written by a clock that was wrong: the console shows when they really happened."""

from collections.abc import Callable
from datetime import timedelta

import httpx

from hub.features import features
from hub.journal import rebuild
from tests.hub.conftest import Server, Terminal


def test_what_was_written_in_1970_is_shown_when_it_happened(
    server: Server, terminal: Terminal, enrolled: Callable[..., Terminal], staff: Callable[..., httpx.Client]
) -> None:
    before = terminal.entry("session.started", session="the run before")
    wrong = [terminal.entry("session.started", session=str(n)) for n in range(2)]
    behind = timedelta(days=20_000)
    for entry in wrong:
        entry["at"] = (terminal.now() - behind).isoformat()
        entry["clock"] = "doubtful"
    set_right = terminal.entry("station.clock_corrected", first=wrong[0]["id"], seconds=behind.total_seconds())
    after = terminal.entry("session.started", session="after")
    other = enrolled("WX-0002")
    other.push(other.entry("session.started", session="elsewhere"))
    assert terminal.push(before, *wrong, set_right, after).status_code == 200

    def shown() -> dict[str, str]:
        rows = staff("duty").get("/api/console/journal").json()
        return {row["body"].get("session", ""): row["happened"] for row in rows}

    now = terminal.now().isoformat()
    wanted = {"the run before": "", "0": now, "1": now, "": "", "after": "", "elsewhere": ""}
    assert shown() == wanted
    # ahead by an hour, and set back: both corrections count for what came before both
    back = terminal.entry("station.clock_corrected", first=wrong[0]["id"], seconds=-3600)
    terminal.push(back)
    assert shown()["0"] == (terminal.now() - timedelta(hours=1)).isoformat()
    rebuild(server.hub.db, features())
    assert shown()["after"] == (terminal.now() - timedelta(hours=1)).isoformat()


def test_a_correction_out_of_all_reason_moves_nothing(terminal: Terminal, staff: Callable[..., httpx.Client]) -> None:
    first = terminal.entry("session.started", session="a")
    terminal.push(first, terminal.entry("station.clock_corrected", first=first["id"], seconds=1e300))
    assert staff("duty").get("/api/console/journal").json()[-1]["happened"] == ""
