"""When a line is asked whether it is there, and what becomes of one that does not answer."""

import asyncio
from collections.abc import Coroutine
from typing import Any, cast

import pytest
from websockets.asyncio.client import ClientConnection

from kiosk.protocol.health import BEAT_SECONDS
from kiosk.protocol.link import ANSWER_SECONDS, NEEDED_PING_SECONDS, PING_SECONDS, SILENT_SECONDS
from kiosk.sync import pulse as module
from kiosk.sync.pulse import Pulse

NEVER = 3600.0


class Line:
    """Counts what it is asked. It is its own transport."""

    def __init__(self, answers: bool) -> None:
        self.answers, self.asked, self.cut = answers, 0, False
        self.transport = self
        self._questions: asyncio.Queue[None] = asyncio.Queue()

    def get_extra_info(self, _name: str) -> None:
        return None

    def abort(self) -> None:
        self.cut = True

    async def ping(self) -> "asyncio.Future[float]":
        self.asked += 1
        self._questions.put_nowait(None)
        await asyncio.sleep(0)
        pong: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        if self.answers:
            pong.set_result(0.0)
        return pong

    async def was_asked(self, times: int) -> None:
        for _ in range(times):
            await self._questions.get()


def run(scene: Coroutine[Any, Any, None]) -> None:
    async def within() -> None:
        async with asyncio.timeout(20):
            await scene

    asyncio.run(within())


def kept(pulse: Pulse, line: Line) -> "asyncio.Task[None]":
    return asyncio.create_task(pulse.keep(cast(ClientConnection, line)))


def test_the_hub_need_not_ask_who_speaks_as_often_as_promised() -> None:
    assert PING_SECONDS + 5 < SILENT_SECONDS, "with seconds to spare for a slow line"
    assert BEAT_SECONDS + 2 < 3 * PING_SECONDS, "a beat makes the third ping needless"
    assert SILENT_SECONDS + ANSWER_SECONDS <= 40, "a station whose line is dead is seen to be away no later than this"


def test_who_spoke_just_now_does_not_ask_unless_somebody_needs_the_line() -> None:
    async def scene() -> None:
        pulse = Pulse()
        pulse._asked, pulse._spoke = 95.0, 100.0
        assert pulse._due() == 100.0 + PING_SECONDS
        pulse.needed()
        assert pulse._due() == 95.0 + NEEDED_PING_SECONDS

    run(scene())


def test_an_idle_line_is_asked_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PING_SECONDS", 0.0)

    async def scene() -> None:
        line = Line(answers=True)
        keeping = kept(Pulse(), line)
        await line.was_asked(5)
        keeping.cancel()
        assert not line.cut

    run(scene())


def test_a_line_that_does_not_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PING_SECONDS", 0.0)
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.0)

    async def scene() -> None:
        line = Line(answers=False)
        await kept(Pulse(), line)
        assert line.cut

    run(scene())


@pytest.mark.parametrize("answers", [True, False])
def test_who_needs_the_line_has_it_asked_at_once(monkeypatch: pytest.MonkeyPatch, answers: bool) -> None:
    monkeypatch.setattr(module, "PING_SECONDS", NEVER)
    monkeypatch.setattr(module, "ANSWER_SECONDS", NEVER)
    monkeypatch.setattr(module, "_AT_ONCE_SECONDS", 20.0 if answers else 0.0)

    async def scene() -> None:
        line, pulse = Line(answers), Pulse()
        keeping = kept(pulse, line)
        for _ in range(5):
            await asyncio.sleep(0)
        assert line.asked == 0
        pulse.doubt()
        await line.was_asked(1)
        if answers:
            keeping.cancel()
        else:
            await keeping
        assert line.cut is not answers

    run(scene())


def test_who_needs_the_line_does_not_wait_for_an_answer_that_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PING_SECONDS", 0.0)
    monkeypatch.setattr(module, "ANSWER_SECONDS", NEVER)
    monkeypatch.setattr(module, "_AT_ONCE_SECONDS", 0.0)

    async def scene() -> None:
        line, pulse = Line(answers=False), Pulse()
        keeping = kept(pulse, line)
        await line.was_asked(1)
        pulse.doubt()
        await keeping
        assert line.cut

    run(scene())
