"""What runs beside the hub ends with it."""

import asyncio

import pytest

from hub.running import running


def test_everything_runs_and_ends_with_the_block() -> None:
    heard: list[str] = []

    async def work(name: str) -> None:
        try:
            heard.append(f"{name} began")
            await asyncio.Event().wait()
        finally:
            heard.append(f"{name} ended")

    async def scene() -> None:
        async with running(work("a"), work("b")):
            await asyncio.sleep(0)
            assert heard == ["a began", "b began"]

    asyncio.run(scene())
    assert heard[2:] == ["a ended", "b ended"]


def test_what_one_of_them_raised_comes_out_at_the_end() -> None:
    async def broken() -> None:
        raise ValueError("broken")

    reached = False

    async def scene() -> None:
        nonlocal reached
        async with running(broken()):
            await asyncio.sleep(0)
            reached = True

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(scene())
    assert reached


def test_the_block_that_fails_takes_them_with_it() -> None:
    ended = False

    async def work() -> None:
        nonlocal ended
        try:
            await asyncio.Event().wait()
        finally:
            ended = True

    async def scene() -> None:
        async with running(work()):
            await asyncio.sleep(0)
            raise LookupError

    with pytest.raises(LookupError):
        asyncio.run(scene())
    assert ended
