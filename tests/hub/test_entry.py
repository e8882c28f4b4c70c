"""Entry at the hub: counted by way and reason, doors that want somebody to look, and only what a manager may see."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from kiosk.protocol.entry import EntryAttempted, EntryDoor, Reason, Result, Way
from kiosk.protocol.journal import JournalBody
from tests.hub.conftest import Terminal


def attempt(result: Result, reason: Reason = Reason.ALLOWED, way: Way = Way.CODE, **more: Any) -> EntryAttempted:
    return EntryAttempted(door="front", way=way, result=result, reason=reason, **more)


@pytest.fixture
def rows(staff: Callable[..., httpx.Client], terminal: Terminal) -> Any:
    manager = staff("manager")

    def read(*bodies: JournalBody) -> list[dict[str, Any]]:
        if bodies:
            entries = [terminal.entry(body.kind, **body.model_dump(mode="json")) for body in bodies]
            assert terminal.push(*entries).status_code == 200
        answer = manager.get("/api/console/entry")
        assert answer.status_code == 200
        return list(answer.json())

    return read


def test_openings_refusals_and_failures_are_counted(rows: Any) -> None:
    assert rows() == []
    (row,) = rows(
        attempt(Result.OPENED, seconds=0.2),
        attempt(Result.OPENED, way=Way.ID_CARD, seconds=0.6),
        attempt(Result.REFUSED, Reason.NOT_VALID, more=4),
        attempt(Result.REFUSED, Reason.CLOSED, Way.BELL),
        attempt(Result.ASKED, Reason.IDENTIFY, Way.BELL),
        attempt(Result.FAILED, detail="relay 0 says it is off"),
    )
    assert (row["opened"], row["asked"], row["failed"]) == (2, 1, 1)
    assert row["ways"] == {"code": 1, "id_card": 1}
    assert row["refused"] == {"not_valid": 5, "closed": 1}
    assert (row["seconds"], row["slowest"]) == (0.4, 0.6)


def test_a_door_stays_in_the_list_until_it_is_well(rows: Any) -> None:
    (row,) = rows(EntryDoor(door="front", what="forced"), EntryDoor(door="front", what="held", seconds=60))
    assert [fault["what"] for fault in row["faults"]] == ["forced", "held"]
    assert rows(EntryDoor(door="front", what="shut", seconds=90)) == []
    (row,) = rows(EntryDoor(door="back", what="lost"))
    assert [(fault["door"], fault["what"]) for fault in row["faults"]] == [("back", "lost")]
    assert rows(EntryDoor(door="back", what="heard")) == []
