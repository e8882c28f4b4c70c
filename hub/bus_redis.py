"""The bus between the processes of one hub: Redis carries what they say, and the lease of who leads.

Every process hears its own channel and one for all. The leader says that it leads a few times a second; what it says is
handed on by Redis only while the lease is its own (`_FENCED`), and what comes with an older term than the newest is
dropped. Nothing is stored: a word that reached nobody comes back to who said it.
"""

import asyncio
import contextlib
import json
import logging
import secrets
import time
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from hub.bus import Ears, Standing
from hub.bus_words import Alive, Command, Down, Up, dumps, read_down, read_up, write_down, write_up
from hub.lease import LEASE_SECONDS, RENEW_SECONDS, Lease
from kiosk.protocol.link import read_message, write_message

log = logging.getLogger(__name__)
_PATIENCE = 1.0  # for one answer of Redis
_AGAIN_SECONDS = 0.3
_ALONE_SECONDS = 2.5  # cut off for so long, a process serves its own sockets
_SILENT_SECONDS = 3.0  # nothing on our own channel, on which we ourselves speak: the subscription is dead
_BATCH = 100
# KEYS lease, term; ARGV process, milliseconds, the highest term it has heard of, whether it may take one that is free.
_TAKE = """
local held = redis.call('GET', KEYS[1])
if held then
  local owner, term = string.match(held, '^(%S+) (%d+)$')
  if owner ~= ARGV[1] then return {0, term} end
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {1, term}
end
if ARGV[4] ~= '1' then return {0, '0'} end
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local term = math.max(now, tonumber(ARGV[3]), tonumber(redis.call('GET', KEYS[2]) or '0')) + 1
local text = string.format('%.0f', term)
redis.call('SET', KEYS[2], text)
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. text, 'PX', ARGV[2])
return {1, text}
"""
_FENCED = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
local heard = 0
for i = 2, #ARGV, 2 do heard = heard + redis.call('PUBLISH', ARGV[i], ARGV[i + 1]) end
return heard
"""
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


def steady() -> float:
    """Seconds that only move forward, while the machine is suspended too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class RedisBus:
    """On the event loop only."""

    def __init__(self, url: str, now: Callable[[], float] = steady) -> None:
        self.process = secrets.token_hex(6)
        self.on_order_answered: Callable[[str, str], object] = lambda command, code: None
        self.on_poked: Callable[[str], object] = lambda about: None
        # Channels are not kept apart by the number of the database, keys are.
        prefix = f"yizhan{urlsplit(url).path.strip('/') or '0'}"
        self._lease_key, self._term_key, self._all = f"{prefix}:lease", f"{prefix}:term", f"{prefix}:all"
        self._prefix, self._url, self._now = prefix, url, now
        self._lease = Lease()
        self._ears: Ears | None = None
        self._client: Redis | None = None  # while connected
        self._down_since, self._alone = now(), False
        self._term, self._leader, self._leader_heard = 0, "", float("-inf")  # as it was said
        self._outbox: asyncio.Queue[tuple[str, list[Any]]] = asyncio.Queue()
        self._posts: set[asyncio.Future[bool]] = set()  # kept until they are done

    # -- standing -----------------------------------------------------------------------------------------------------

    @property
    def state(self) -> str:
        return "up" if self._client is not None else "down"

    @property
    def leader(self) -> tuple[str, int] | None:
        if self._lease.holds(self._now()):
            return self.process, self._lease.term
        known = self._leader and self._now() - self._leader_heard < LEASE_SECONDS + _SILENT_SECONDS
        return (self._leader, self._term) if known else None

    @property
    def standing(self) -> Standing:
        now = self._now()
        if self._lease.holds(now):
            self._alone = False
            return Standing.LEADING
        if self._client is not None and self._leader not in ("", self.process) and self.leader is not None:
            self._alone = False
            return Standing.FOLLOWING
        if self._client is None and (self._lease.term or now - self._down_since >= _ALONE_SECONDS):
            self._alone = True
        return Standing.ALONE if self._alone else Standing.WAITING

    # -- speaking -----------------------------------------------------------------------------------------------------

    def listen(self, ears: Ears) -> None:
        self._ears = ears

    async def to_leader(self, words: list[Up]) -> bool:
        leader = self.leader
        if leader is None or leader[0] == self.process:
            return False
        return await self._publish(self._of(leader[0]), ["up", self.process, [write_up(word) for word in words]])

    def to_gateway(self, process: str, words: list[Down]) -> None:
        if self._lease.holds(self._now()) and self._client is not None:
            self._outbox.put_nowait((self._of(process), [write_down(word) for word in words]))

    async def order(self, command: Command) -> bool:
        return await self._publish(
            self._all, ["order", self.process, command.id, command.station, write_message(command.message)], others=1
        )

    def answer(self, command: Command, code: str) -> None:
        self._post(self._of(command.origin), ["answer", command.id, code])

    def poke(self, about: str) -> None:
        self._post(self._all, ["poke", self.process, about])

    def _post(self, channel: str, words: list[Any]) -> None:
        """Publish without waiting; whether anybody hears it is not asked."""
        task = asyncio.ensure_future(self._publish(channel, words))
        self._posts.add(task)
        task.add_done_callback(self._posts.discard)

    async def _publish(self, channel: str, words: list[Any], others: int = 0) -> bool:
        """Whether more than `others` heard it."""
        client = self._client
        if client is None:
            return False
        try:
            return int(await _sure(client.publish(channel, dumps(words)))) > others
        except (RedisError, OSError, TimeoutError):
            return False  # whoever reads sees the same

    def _of(self, process: str) -> str:
        return f"{self._prefix}:process:{process}"

    # -- the connection -----------------------------------------------------------------------------------------------

    async def run(self) -> None:
        said = ""
        try:
            while True:
                try:
                    await self._converse()
                except (RedisError, OSError, TimeoutError) as error:
                    reason = type(error).__name__
                    if reason != said:
                        log.warning("the bus is away: %s", reason)
                        said = reason
                else:
                    said = ""
                self._turned()
                await asyncio.sleep(_AGAIN_SECONDS)
        finally:
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await self._release()

    async def _converse(self) -> None:
        client = self._open()
        pubsub = client.pubsub()
        try:
            await pubsub.subscribe(self._all, self._of(self.process))
            for _ in range(2):
                if await pubsub.get_message(timeout=_PATIENCE) is None:
                    raise TimeoutError
            self._lease.reached(self._now())
            self._outbox = asyncio.Queue()
            self._client, self._leader = client, ""
            log.info("the bus is up")
            await _together(self._read(pubsub), self._keep(client), self._write(client))
        finally:
            if self._client is not None:
                self._client, self._down_since = None, self._now()
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await pubsub.aclose()  # type: ignore[no-untyped-call]
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await client.aclose()

    def _open(self) -> Redis:
        return Redis.from_url(
            self._url,
            socket_timeout=_PATIENCE,
            socket_connect_timeout=_PATIENCE,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
            protocol=2,
        )

    async def _release(self) -> None:
        """We end in order: somebody else may lead at once."""
        if self._lease.term:
            client = self._open()
            try:
                await _eval(client, _RELEASE, [self._lease_key], [self._mine()])
                await client.publish(self._all, dumps(["free"]))
            finally:
                await client.aclose()

    def _mine(self) -> str:
        return f"{self.process} {self._lease.term}"

    async def _keep(self, client: Redis) -> None:
        """Renew the lease or ask for it, say that we lead, and that we are alive."""
        while True:
            await self._ask(client)
            self._turned()
            if self._lease.holds(self._now()):
                self._outbox.put_nowait((self._all, ["lead"]))
            await _sure(client.publish(self._of(self.process), "[]"))  # do we hear ourselves?
            if self.standing is Standing.FOLLOWING:
                await self.to_leader([Alive()])
            await asyncio.sleep(RENEW_SECONDS)

    async def _ask(self, client: Redis) -> None:
        asked = self._now()
        may = "1" if self._lease.may_take(asked) else "0"
        arguments = [self.process, str(int(LEASE_SECONDS * 1000)), str(self._term), may]
        ours, term = await _eval(client, _TAKE, [self._lease_key, self._term_key], arguments)
        if ours:
            if int(term) != self._lease.term:
                log.info("this process leads, term %s", term)
            self._lease.granted(asked, int(term))
            self._term, self._leader, self._leader_heard = int(term), self.process, asked
        elif self._lease.term and int(term):
            log.warning("another process leads")
            self._lease.refused()

    async def _write(self, client: Redis) -> None:
        """What we say as the leader, in order, through the fence."""
        while True:
            batch = [await self._outbox.get()]
            while not self._outbox.empty() and len(batch) < _BATCH:
                batch.append(self._outbox.get_nowait())
            by_channel: dict[str, list[Any]] = {}
            for channel, words in batch:
                by_channel.setdefault(channel, []).extend(words)
            arguments = [self._mine()]
            for channel, words in by_channel.items():
                kind = "lead" if channel == self._all else "down"
                arguments += [channel, dumps([kind, self.process, self._lease.term, words])]
            if self._lease.term and int(await _eval(client, _FENCED, [self._lease_key], arguments)) < 0:
                log.warning("this process does not lead any more")
                await self._ask(client)
                self._turned()

    async def _read(self, pubsub: PubSub) -> None:
        heard = self._now()
        while True:
            message = await _sure(pubsub.get_message(ignore_subscribe_messages=True, timeout=_PATIENCE))
            if message is not None:
                heard = self._now()
                self._hear(str(message["data"]))
            elif self._now() - heard > _SILENT_SECONDS:
                raise TimeoutError

    # -- hearing ------------------------------------------------------------------------------------------------------

    def _hear(self, text: str) -> None:
        if self._ears is None:
            return
        try:
            self._take(self._ears, json.loads(text))
        except (ValueError, ValidationError):
            log.warning("not a word of this hub's: %.80s", text)
        except Exception:
            log.exception("a word on the bus was not taken")

    def _take(self, ears: Ears, plain: list[Any]) -> None:
        match plain:
            case ["up", str(process), list(words)]:
                ears.gateway_said(process, [word for item in words if (word := read_up(item)) is not None])
            case ["lead" | "down", str(process), int(term), list(words)]:
                if not self._obey(process, term) or plain[0] == "lead":
                    return
                ears.leader_said([down for item in words if (down := read_down(item)) is not None])
            case ["order", str(origin), str(key), str(station), str(frame)] if origin != self.process:
                if (message := read_message(frame)) is not None:
                    ears.ordered(Command(key, station, message, origin))
            case ["answer", str(key), str(code)]:
                self.on_order_answered(key, code)
            case ["poke", str(origin), str(about)] if origin != self.process:
                self.on_poked(about)
            case ["free"] if not self._lease.term:
                self._leader = ""
                self._turned()

    def _obey(self, process: str, term: int) -> bool:
        """The fence on the hearer's side: whether this is the leader, as far as anybody has told us."""
        if term < self._term:
            log.warning("process %s speaks as the leader of an old term", process)
            return False
        news = (process, term) != (self._leader, self._term)
        self._term, self._leader, self._leader_heard = term, process, self._now()
        if process != self.process and self._lease.term:
            self._lease.refused()
        if news:
            self._turned()
        return True

    def _turned(self) -> None:
        if self._ears is not None:
            self._ears.turned()


async def _together(*parts: Coroutine[Any, Any, None]) -> None:
    """Until the first of them fails, with its error. No TaskGroup: that mixes a fault with a cancellation of ours."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _eval(client: Redis, script: str, keys: list[str], arguments: list[str]) -> Any:
    return await _sure(client.eval(script, len(keys), *keys, *arguments))


async def _sure(work: Any) -> Any:
    """What the client answers, and no cancellation lost.

    The client sends with `asyncio.wait_for`, which before Python 3.12 swallows a cancellation that comes in the moment
    in which it ends (github.com/python/cpython/issues/86296).
    """
    answer = await work
    if (task := asyncio.current_task()) is not None and task.cancelling():
        raise asyncio.CancelledError
    return answer
