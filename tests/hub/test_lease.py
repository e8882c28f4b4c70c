"""Never two leaders: the lease by itself under any delay, drift, pause and restart, then on a real Redis."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import redis as redis_client
from hypothesis import given
from hypothesis import strategies as st

from hub.bus import Standing
from hub.bus_redis import RedisBus
from hub.bus_words import Down, ToConsole
from hub.lease import LEASE_SECONDS, Lease
from tests.hub.redis import RedisServer, redis_server


@dataclass
class Server:
    """What Redis does with the key, in true time. Restarted, it has forgotten it."""

    owner: int = -1
    term: int = 0
    expires: float = 0.0
    newest: int = 0

    def take(self, at: float, who: int, may: bool) -> tuple[bool, int]:
        if self.owner >= 0 and at < self.expires:
            if self.owner != who:
                return False, self.term
        elif not may:
            return False, 0
        else:
            self.newest += 1
            self.owner, self.term = who, self.newest
        self.expires = at + LEASE_SECONDS
        return True, self.term


@dataclass
class Asker:
    """A process whose clock runs at a rate of its own. `waiting` is what it has asked and heard no answer to."""

    rate: float
    offset: float
    lease: Lease = field(default_factory=Lease)
    waiting: tuple[float, bool] | None = None
    answer: tuple[float, bool, int] | None = None

    def clock(self, at: float) -> float:
        return self.offset + at * self.rate


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "arrive", "answer", "restart", "reach", "wait"]),
        st.integers(0, 2),
        st.floats(0, 1.5, allow_nan=False),
    ),
    min_size=10,
    max_size=120,
)
RATES = st.tuples(*[st.floats(0.96, 1.04)] * 3)


@given(STEPS, RATES)
def test_never_two_hold_the_lease(steps: list[tuple[str, int, float]], rates: tuple[float, float, float]) -> None:
    at, server = 0.0, Server()
    askers = [Asker(rate, 100.0 * number) for number, rate in enumerate(rates)]
    for asker in askers:
        asker.lease.reached(asker.clock(at))
    for what, who, seconds in steps:
        asker = askers[who]
        if what == "ask" and asker.waiting is None and asker.answer is None:
            now = asker.clock(at)
            asker.waiting = (now, asker.lease.may_take(now))
        elif what == "arrive" and asker.waiting is not None:
            asked, may = asker.waiting
            asker.waiting, asker.answer = None, (asked, *server.take(at, who, may))
        elif what == "answer" and asker.answer is not None:
            asked, ours, term = asker.answer
            asker.answer = None
            if ours:
                asker.lease.granted(asked, term)
            elif term:
                asker.lease.refused()
        elif what == "restart":  # every connection breaks, what was under way is lost, all reach it anew at once
            server.owner = -1
            for other in askers:
                other.waiting = None
                other.lease.reached(other.clock(at))
        elif what == "reach":
            asker.waiting = None
            asker.lease.reached(asker.clock(at))
        holders = [n for n, other in enumerate(askers) if other.lease.holds(other.clock(at))]
        assert len(holders) <= 1, holders
        at += seconds
        holders = [n for n, other in enumerate(askers) if other.lease.holds(other.clock(at))]
        assert len(holders) <= 1, holders


def test_a_lease_that_is_free_is_taken_when_it_can_be() -> None:
    server, lease = Server(), Lease()
    lease.reached(10.0)
    assert not lease.may_take(11.9)
    assert lease.may_take(12.0)
    lease.granted(12.0, server.take(12.0, 0, True)[1])
    assert lease.holds(13.7)
    assert not lease.holds(13.9)


# -- on a real Redis --------------------------------------------------------------------------------------------------


class Hears:
    """What a process hears of its leader."""

    def __init__(self) -> None:
        self.words: list[Down] = []

    def turned(self) -> None: ...

    def gateway_said(self, process: str, words: Any) -> None: ...

    def leader_said(self, words: list[Down]) -> None:
        self.words.extend(words)

    def ordered(self, command: Any) -> None: ...


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with redis_server() as opened:
        yield opened


async def until(found: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not found():  # noqa: ASYNC110 - asked for in turn with everything else that is to be done
            await asyncio.sleep(0)


def with_two(server: RedisServer, run: Callable[..., Any]) -> None:
    """`run(one, two, hears, client)`: bus `one` leads, `two` follows; `client` is Redis itself."""

    async def both() -> None:
        url = server.address()
        one, two, hears = RedisBus(url), RedisBus(url), Hears()
        one.listen(Hears())
        two.listen(hears)
        tasks = [asyncio.create_task(one.run())]
        client = redis_client.Redis.from_url(url, decode_responses=True)
        try:
            await until(lambda: one.standing is Standing.LEADING)
            tasks.append(asyncio.create_task(two.run()))
            await until(lambda: two.standing is Standing.FOLLOWING)
            await run(one, two, hears, client)
        finally:
            client.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(both())


def lease_key(client: Any) -> str:
    (key,) = client.keys("*:lease")
    return str(key)


def test_redis_refuses_what_a_leader_says_whose_lease_another_has(server: RedisServer) -> None:
    """It was stopped for a while, say, and does not know yet: by its own clock it leads."""

    async def run(one: RedisBus, two: RedisBus, hears: Hears, client: Any) -> None:
        one.to_gateway(two.process, [ToConsole("m", {"n": 1})])
        await until(lambda: hears.words == [ToConsole("m", {"n": 1})])
        term = int(client.get(lease_key(client)).split()[1])
        client.set(lease_key(client), f"somebody {term + 1}", px=60_000)
        assert one.standing is Standing.LEADING
        one.to_gateway(two.process, [ToConsole("m", {"n": 2})])
        await until(lambda: one.standing is not Standing.LEADING)
        client.publish(lease_key(client).replace("lease", "all"), json.dumps(["lead", "somebody", term + 1, []]))
        await until(lambda: two.leader == ("somebody", term + 1) == one.leader)
        assert hears.words == [ToConsole("m", {"n": 1})]

    with_two(server, run)


def test_what_comes_with_an_older_term_is_not_heard(server: RedisServer) -> None:
    async def run(one: RedisBus, two: RedisBus, hears: Hears, client: Any) -> None:
        term = int(client.get(lease_key(client)).split()[1])
        channel = lease_key(client).replace("lease", f"process:{two.process}")
        for number, claimed in ((1, term - 1), (2, term)):
            word = ["down", one.process, claimed, [["to_console", "m", {"n": number}]]]
            client.publish(channel, json.dumps(word))
        client.publish(channel, "nonsense")
        await until(lambda: bool(hears.words))
        assert hears.words == [ToConsole("m", {"n": 2})]

    with_two(server, run)


def test_a_leader_that_ends_in_order_makes_room_at_once(server: RedisServer) -> None:
    async def run(one: RedisBus, two: RedisBus, hears: Hears, client: Any) -> None:
        term = int(client.get(lease_key(client)).split()[1])
        await one._release()
        one._lease.refused()
        await until(lambda: Standing.LEADING in (one.standing, two.standing))
        assert int(client.get(lease_key(client)).split()[1]) > term

    with_two(server, run)


def test_a_server_that_is_not_there_is_said_and_a_process_serves_itself() -> None:
    async def run() -> None:
        bus = RedisBus("redis://127.0.0.1:1/0")
        task = asyncio.create_task(bus.run())
        await until(lambda: bus.standing is Standing.ALONE)
        assert bus.state == "down"
        assert not await bus.to_leader([])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())


def test_the_others_hear_that_there_is_something_new(server: RedisServer) -> None:
    async def run(one: RedisBus, two: RedisBus, hears: Hears, client: Any) -> None:
        told: list[str] = []
        one.on_poked = lambda about: told.append(f"one {about}")
        two.on_poked = lambda about: told.append(f"two {about}")
        one.poke("alarm")
        await until(lambda: bool(told))
        two.poke("alarm")
        await until(lambda: len(told) == 2)
        assert told == ["two alarm", "one alarm"]

    with_two(server, run)
