"""How long sync waits before it asks the hub for news again."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.app import Station
from kiosk.clock import ManualClock
from kiosk.config import load_config
from kiosk.fleet import InlineDesk
from kiosk.protocol.catalogue import CatalogueBatch, Document, FileRef
from kiosk.protocol.journal import Acknowledgement, Batch, OwnPage
from kiosk.protocol.station import SessionStarted
from kiosk.storage import Store
from kiosk.storage.files import FileStore
from kiosk.sync import runner
from kiosk.sync.applying import Applying
from kiosk.sync.client import HubClient
from kiosk.sync.link import Link
from kiosk.sync.runner import Sync

NOTHING = cast(Any, None)
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


class Looks:
    """A link that is up for so many looks at it."""

    def __init__(self, looks: int) -> None:
        self.looks, self.seen = looks, 0

    def __call__(self) -> bool:
        self.seen += 1
        return self.seen <= self.looks


def waiting(link: Looks) -> Sync:
    return Sync(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, str, NOTHING, linked=link)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "LINKED", runner.LINKED / runner._QUIET * 0.001)
    monkeypatch.setattr(runner, "_QUIET", 0.001)


def test_without_a_link_it_asks_as_often_as_ever() -> None:
    link = Looks(0)
    asyncio.run(waiting(link)._until_the_next())
    assert link.seen == 1


def test_while_the_link_is_up_the_hub_says_when_there_is_news() -> None:
    link = Looks(1000)
    asyncio.run(waiting(link)._until_the_next())
    assert 5 < link.seen < 40, "and every two hours it is asked all the same"


def test_a_link_that_goes_down_meanwhile_ends_the_long_wait() -> None:
    link = Looks(3)
    asyncio.run(waiting(link)._until_the_next())
    assert link.seen == 4


def test_what_was_left_undone_does_not_wait_for_news() -> None:
    link = Looks(1000)
    sync = waiting(link)
    sync._undone = True
    asyncio.run(sync._until_the_next())
    assert link.seen == 0


class Hub:
    """Takes entries up to a number, and has a catalogue that names one film."""

    def __init__(self, upto: int) -> None:
        self.upto = upto

    def own_journal(self, after: int) -> OwnPage:
        return OwnPage(entries=[], after=after)

    def push(self, _batch: Batch) -> Acknowledgement:
        return Acknowledgement(acknowledged=self.upto, hub_time=NOW)

    def catalogue(self, since: int) -> CatalogueBatch:
        film = FileRef(sha256="a" * 64, size=1).model_dump()
        document = Document(kind="of_later", id="p", revision=1, body={"image": film})
        return CatalogueBatch(revision=1, documents=[] if since else [document])


@pytest.mark.parametrize(("upto", "room", "undone"), [(1, True, False), (0, True, True), (1, False, True)])
def test_a_round_knows_what_it_left_undone(tmp_path: Path, upto: int, room: bool, undone: bool) -> None:
    """An entry the hub did not take, a film for which there was no room."""
    store, desk = Store(tmp_path / "station.db", ManualClock(NOW)), InlineDesk()
    store.append(SessionStarted(session="s"))
    store.set_meta(runner.RESTORED, "WX-0001")
    sync = Sync(
        cast(HubClient, Hub(upto)), store, FileStore(tmp_path / "files"), desk, NOTHING, NOTHING,
        lambda: "WX-0001", Applying(store, lambda _revision, _kinds: None), has_room=lambda _size: room,
    )  # fmt: skip
    sync._fetch = lambda _ref: None  # type: ignore[method-assign]
    sync.round()
    assert sync._undone is undone
    store.close()


def test_a_station_asks_its_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    station = Station(load_config(None, data_dir=tmp_path, hub={"url": "http://127.0.0.1:9"}), ManualClock(NOW))
    assert station.sync is not None
    assert not station.sync._linked()
    monkeypatch.setattr(Link, "online", True)
    assert station.sync._linked()
    station.stop()


def test_news_ends_every_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_QUIET", 3600.0)
    link = Looks(0)
    sync = waiting(link)

    async def scene() -> None:
        asyncio.get_running_loop().call_soon(sync._wake.set)
        await sync._until_the_next()

    asyncio.run(scene())
    assert link.seen == 0
