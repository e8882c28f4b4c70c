"""How long sync waits before it asks the hub for news again."""

import asyncio
from typing import Any, cast

import pytest

from kiosk.sync import runner
from kiosk.sync.runner import Sync

NOTHING = cast(Any, None)


class Link:
    """Up for so many looks at it."""

    def __init__(self, looks: int) -> None:
        self.looks, self.seen = looks, 0

    def __call__(self) -> bool:
        self.seen += 1
        return self.seen <= self.looks


def waiting(link: Link) -> Sync:
    return Sync(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, str, lambda _revision, _kinds: None, linked=link)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "LINKED", runner.LINKED / runner._QUIET * 0.001)
    monkeypatch.setattr(runner, "_QUIET", 0.001)


def test_without_a_link_it_asks_as_often_as_ever() -> None:
    link = Link(0)
    asyncio.run(waiting(link)._until_the_next())
    assert link.seen == 1


def test_while_the_link_is_up_the_hub_says_when_there_is_news() -> None:
    link = Link(1000)
    asyncio.run(waiting(link)._until_the_next())
    assert 5 < link.seen < 40, "and every two hours it is asked all the same"


def test_a_link_that_goes_down_meanwhile_ends_the_long_wait() -> None:
    link = Link(3)
    asyncio.run(waiting(link)._until_the_next())
    assert link.seen == 4


def test_what_was_left_undone_does_not_wait_for_news() -> None:
    link = Link(1000)
    sync = waiting(link)
    sync._undone = True
    asyncio.run(sync._until_the_next())
    assert link.seen == 0


def test_news_ends_every_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_QUIET", 3600.0)
    link = Link(0)
    sync = waiting(link)

    async def scene() -> None:
        asyncio.get_running_loop().call_soon(sync._wake.set)
        await sync._until_the_next()

    asyncio.run(scene())
    assert link.seen == 0
