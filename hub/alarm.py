"""Alarms at the desk: from the stations' links and journals to every window that is open, until a person has them.

What is true is in the database (`alarm_store`); this module moves it: it answers the stations, tells the windows, has
the next person rung when the time comes, calls the gateway, and runs the stations' own tests to the end.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

import anyio.to_thread
from fastapi import FastAPI

from hub.accounts import Staff
from hub.alarm_gateway import call_gateway
from hub.alarm_rules import Incident, due_steps, gateway_due, level, rings
from hub.alarm_store import AlarmOver, Incidents
from hub.alarm_tables import INCIDENTS, REPORTED, report_entry, tries_of
from hub.alarm_windows import WINDOWS, Windows
from hub.alarm_words import place_of, view
from hub.consoles import Outbox, new_outbox, post
from hub.districts import districts_of
from hub.link import links_of
from hub.problems import Problem
from hub.running import running
from hub.state import Hub
from kiosk.protocol.alarm import Alarm, AlarmSettings, AlarmState, AlarmTest, AlarmTested
from kiosk.protocol.link import LinkMessage

_THREADS = 4  # of their own, so that alarms never wait for one
log = logging.getLogger(__name__)
MIGRATIONS, PROJECTION, on_entry = (*INCIDENTS, WINDOWS), REPORTED, report_entry
_LOOK_SECONDS = 0.5
_OVERDUE_SECONDS = 60.0
_SHARE_SECONDS = 2.0  # how often processes say whose windows they have
_TEST_SECONDS = 5.0  # windows of the desk say within this that they have heard a test


@dataclass(frozen=True, slots=True)
class Console:
    """A window that is open to alarms. `roles` are those its person may act in, `district` "" is the whole city."""

    id: str
    account: str
    roles: frozenset[str]
    district: str
    outbox: Outbox


class Alarms:
    """Everything about alarms in one process of the hub. On the event loop only."""

    def __init__(self, app: FastAPI) -> None:
        self._hub: Hub = app.state.hub
        self.loop = asyncio.get_running_loop()
        self._links = links_of(app)
        self._incidents = Incidents(self._hub.db)
        self._plan = AlarmSettings()
        self._consoles: dict[str, Console] = {}
        self._open: list[tuple[Incident, dict[str, Any]]] = []
        self._seen = self._revision = -1
        self._levels: dict[str, int] = {}
        self._calling: set[str] = set()
        self._windows = Windows(self._hub.db, secrets.token_hex(6))
        self._districts: dict[str, str] = {}  # of stations
        self._elsewhere: list[str] = []  # accounts of windows in other processes
        self._tests: dict[str, asyncio.Event] = {}  # of stations whose links are here; set when a window here heard
        self._asked: set[str] = set()  # tests our windows have been told of
        self._share_at = 0.0
        self._news = asyncio.Event()
        self.elsewhere: Callable[[], object] = lambda: None  # tells the other processes that there is something new
        self._tasks: set[asyncio.Task[None]] = set()
        self._lane = anyio.CapacityLimiter(_THREADS)
        self._links.on_message(self._said)

    # -- the windows --------------------------------------------------------------------------------------------------

    def open(self, staff: Staff, roles: frozenset[str]) -> Console:
        """A window has come, and hears how everything stands."""
        console = Console(secrets.token_hex(8), staff.name, roles, staff.district, new_outbox())
        self._consoles[console.id] = console
        post(console.outbox, {"type": "welcome", "account": staff.name})
        self._tell(console)
        return console

    def close(self, console: Console) -> None:
        del self._consoles[console.id]

    def accounts(self) -> frozenset[str]:
        """Whose windows are open, in all processes. From any thread."""
        return frozenset(console.account for console in list(self._consoles.values())) | frozenset(self._elsewhere)

    def heard_test(self, console: Console, test: str) -> None:
        """A window says that a test has come as far as it."""
        if console.id in self._consoles:
            self._spawn(self._heard_test(test))

    def poke(self) -> None:
        """Something was changed here: everybody looks now."""
        self._news.set()
        self.elsewhere()

    def look_soon(self) -> None:
        """Something was changed in another process. Untold, it would be seen half a second later."""
        self._news.set()

    # -- the stations -------------------------------------------------------------------------------------------------

    def _said(self, station: str, message: LinkMessage) -> None:
        match message:
            case Alarm():
                self._spawn(self._take(station, message))
            case AlarmTest(test=test):
                self._spawn(self._test(station, test))

    def answered(self, station: str, account: str, name: str) -> None:
        """Somebody talks to the station because of its alarm."""
        self._spawn(self._answered(station, account, name))

    async def _take(self, station: str, alarm: Alarm) -> None:
        """The station gets an answer when the incident is durable, and none before."""
        incident = await self._run(self._incidents.take, station, alarm, self._hub.now())
        if incident is not None:
            self._links.send(station, self._state(incident))
        self.poke()

    async def _answered(self, station: str, account: str, name: str) -> None:
        for incident in await self._run(self._incidents.open_ones, station):
            if incident.urgent:
                with contextlib.suppress(AlarmOver):
                    await self._run(self._incidents.acknowledge, incident.id, account, name, self._hub.now())
        self.poke()

    async def _test(self, station: str, test: str) -> None:
        """The way an alarm takes, up to a window anywhere, which says so by itself."""
        heard = self._tests[test] = asyncio.Event()
        reached = 0
        try:
            await self._run(self._windows.begin_test, test, station, self._hub.now())
            self.poke()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_TEST_SECONDS if self._consoles or self._elsewhere else 0):
                    while not (reached := await self._run(self._windows.reached_by, test)):
                        await _within(_LOOK_SECONDS, heard)
        finally:
            del self._tests[test]
        await self._run(self._incidents.tested, test, station, Windows.outcome(reached), reached, self._hub.now())
        self._links.send(station, AlarmTested(test=test, consoles=reached))
        self.poke()

    async def _heard_test(self, test: str) -> None:
        await self._run(self._windows.heard_test, test)
        if (heard := self._tests.get(test)) is not None:
            heard.set()

    def _state(self, incident: Incident) -> AlarmState:
        return AlarmState(
            incident=incident.id,
            consoles=len(self._consoles) + len(self._elsewhere),
            acknowledged_by=incident.holder_name,
            closed=incident.closed is not None,
            closed_by=incident.closed_by,
            reason=incident.reason,
        )

    # -- keeping watch ------------------------------------------------------------------------------------------------

    async def keep(self) -> None:
        """Look twice a second, and at once when something was changed."""
        overdue_at = asyncio.get_running_loop().time()
        while True:
            try:
                await self._look()
                if asyncio.get_running_loop().time() >= overdue_at:
                    overdue_at = asyncio.get_running_loop().time() + _OVERDUE_SECONDS
                    await self._run(self._incidents.find_overdue, self._hub.now())
            except Problem as problem:
                log.warning("alarms could not be looked at: %s", problem.code)
            except Exception:
                log.exception("the alarms missed a beat")
            await _within(_LOOK_SECONDS, self._news)

    async def stop(self) -> None:
        """What was begun is given up: it is begun again by whoever looks next."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _look(self) -> None:
        now = self._hub.now()
        await self._share(now)
        await self._run(self._incidents.take_reported, now)
        changed = await self._run(self._read)
        levels = {incident.id: level(incident, self._plan, now) for incident, _ in self._open}
        for incident, _ in self._open:
            if levels[incident.id] > max(self._levels.get(incident.id, 0), 1):
                await self._escalate(incident)
                changed.append(incident)
        if changed or levels != self._levels:
            self._levels = levels
            await self._run(self._read)
            for console in self._consoles.values():
                self._tell(console)
        for incident in filter(lambda one: one.urgent, changed):
            self._links.send(incident.station, self._state(incident))
        for incident, _ in self._open:
            self._reach(incident)

    async def _share(self, now: datetime) -> None:
        """Say whose windows are here, hear whose are elsewhere, and tell ours of tests that are on their way."""
        if self.loop.time() >= self._share_at:
            self._share_at = self.loop.time() + _SHARE_SECONDS
            await self._run(self._windows.share, [console.account for console in self._consoles.values()], now)
            self._elsewhere = await self._run(self._windows.elsewhere, now)
        running = set(await self._run(self._windows.running_tests, now))
        for test in running - self._asked:
            for console in self._consoles.values():
                post(console.outbox, {"type": "test", "test": test})
        self._asked = running

    def _read(self) -> list[Incident]:
        """Read what lasts, and return the incidents that were changed since the last time. Blocking."""
        revision = self._hub.catalogue.revision()
        if revision != self._revision:
            published = self._hub.catalogue.documents(kind=AlarmSettings.kind)
            plan = published[0].at(1).parsed() if published else None
            self._districts = districts_of(self._hub)
            self._plan, self._revision = plan if isinstance(plan, AlarmSettings) else AlarmSettings(), revision
        before, self._seen = self._seen, self._incidents.last_step()
        if self._seen == before:
            return []
        self._open = [(one, view(one, self._incidents.steps(one.id))) for one in self._incidents.open_ones()]
        return self._incidents.changed_since(before) if before >= 0 else []

    async def _escalate(self, incident: Incident) -> None:
        """Noted once, by whichever process is first; the windows ring by the time alone."""
        due = due_steps(incident, self._plan, self._hub.now())
        step, reached = due[-1], len(due)
        whom = ", ".join(step.people) or ("gateway" if step.gateway else "")
        note = partial(self._incidents.step, incident.id, "escalated", self._hub.now(), detail=whom)
        await self._run(note, mark=f"escalated {reached}")

    def _reach(self, incident: Incident) -> None:
        """Call the gateway where that may be due, beside everything else."""
        due = due_steps(incident, self._plan, self._hub.now())
        if incident.id not in self._calling and any(step.gateway for step in due):
            self._calling.add(incident.id)
            self._spawn(self._call(incident))

    async def _call(self, incident: Incident) -> None:
        try:
            tries = tries_of(await self._run(self._incidents.steps, incident.id))
            now = self._hub.now()
            if not gateway_due(incident, self._plan, now, tries):
                return
            claim = partial(self._incidents.step, incident.id, "gateway_called", now)
            if not await self._run(claim, mark=f"gateway {tries.tried + 1}"):
                return
            place = await self._run(place_of, self._hub, incident.station)
            why = await self._run(call_gateway, self._hub.config, incident, place, now)
            if why:
                log.error("the alarm gateway did not hear of %s: %s", incident.id, why)
            kind = "gateway_failed" if why else "gateway_reached"
            await self._run(partial(self._incidents.step, incident.id, kind, self._hub.now(), detail=why))
            self.poke()
        finally:
            self._calling.discard(incident.id)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _tell(self, console: Console) -> None:
        now = self._hub.now()
        rows = [
            {**row, "rings": rings(incident, console.account, console.roles, self._plan, now)}
            for incident, row in self._open
            if self._concerns(incident, console)
        ]
        post(
            console.outbox, {"type": "alarms", "alarms": rows, "reasons": [r.model_dump() for r in self._plan.reasons]}
        )

    def _concerns(self, incident: Incident, console: Console) -> bool:
        """Whether this window is to know of it: of its district, or offered to its person, or held by them."""
        here = not console.district or self._districts.get(incident.station) == console.district
        return here or console.account in (incident.offered, incident.holder)

    async def _run(self, fn: Any, *args: Any, **more: Any) -> Any:
        """On a thread kept for alarms, ahead of everybody who waits to write: a city that returns fills the others."""
        return await anyio.to_thread.run_sync(partial(self._hub.db.urgently, fn, *args, **more), limiter=self._lane)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _within(seconds: float, event: asyncio.Event) -> None:
    """Wait for the event, and not longer than that; it is as new afterwards."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    event.clear()


async def _logged(work: Any) -> None:
    try:
        await work
    except Problem as problem:
        log.error("an alarm could not be dealt with: %s", problem.code)
    except Exception:
        log.exception("an alarm could not be dealt with")


def alarms_of(app: FastAPI) -> Alarms:
    """The alarms of this application; they open with its lifespan."""
    return cast(Alarms, app.state.alarms)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Keeps watch while the hub runs."""
    alarms = app.state.alarms = Alarms(app)
    try:
        async with running(alarms.keep()):
            yield
    finally:
        await alarms.stop()
