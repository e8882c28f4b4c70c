"""The whole room at night: somebody rings, the desk sees and opens, light, water, an alarm, they leave, power off.

A real terminal with a real Modbus board (simulated contacts and relays), a real hub, and staff in a real Chromium.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.call_scene import WAIT, Event, HubProcess, Scene, answer, open_scene

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("call")]
DOOR, BELL, EXIT, BUTTON, EYE = range(5)  # inputs of assets/demo/room.toml
LOCK, LAMP, SOCKET, SIREN, BEACON = range(5)  # and its relays
# No hours at all but one day long ago: closed, whatever the clock says. Only the desk opens.
NIGHT = {"hours": {"dates": {"2000-01-01": []}}, "after_hours": "members", "desk_away_after_hours": "nobody"}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    hub = HubProcess(tmp_path_factory.mktemp("room") / "hub")
    hub.prepare("items", "members", no_staff_seconds=3)
    with open_scene(hub, policy=NIGHT, devices={"speech": "silent", "microphone": "demo:"}) as made:
        yield made


def room(scene: Scene, enough: Callable[[Event], Any]) -> Event:
    """The room once it is `enough`."""
    deadline = time.monotonic() + WAIT
    while True:
        scene.terminal.do("room")
        now = scene.terminal.wait("room", pump=scene.desk)
        if enough(now):
            return now
        assert time.monotonic() < deadline, now
        scene.desk.wait_for_timeout(100)


def bodies(now: Event, kind: str) -> list[dict[str, Any]]:
    return [body for found, body in now["journal"] if found == kind]


def press(scene: Scene, contact: int) -> None:
    """A button, for as long as a finger takes."""
    scene.terminal.do("contact", number=contact, on=True)
    scene.desk.wait_for_timeout(400)
    scene.terminal.do("contact", number=contact, on=False)


def test_a_night_in_the_room(scene: Scene, tmp_path: Path) -> None:
    terminal, desk = scene.terminal, scene.desk
    terminal.do("haste", lights=2.0, sockets=3.0)
    room(scene, lambda now: now["occupied"] is False and not now["coils"][LAMP] and not now["coils"][SOCKET])

    # a card that nobody knows is not enough at night, and opens nothing
    terminal.do("lay_card", seed=5)
    now = room(scene, lambda now: bodies(now, "entry.attempted"))
    assert (bodies(now, "entry.attempted")[0]["result"], now["pulses"]) == ("refused", [])

    # the bell: staff see who is there, and open
    press(scene, BELL)
    terminal.phase("ringing", rung=True, pump=desk)
    answer(desk)
    terminal.phase("in_call", pump=desk)
    desk.click("#calls .talk button >> text=开门…")
    desk.get_by_role("dialog").get_by_label("为什么").fill("来取暖")
    desk.get_by_role("dialog").get_by_role("button", name="确定").click()
    desk.wait_for_selector("#calls >> text=门已打开")
    now = room(scene, lambda now: bodies(now, "door.ordered"))
    assert (bodies(now, "door.ordered")[0]["code"], now["pulses"]) == ("opened", [[LOCK, 3.0]])

    # they come in: the door opens and shuts, the light is on before they are seen
    terminal.do("contact", number=DOOR, on=False)
    terminal.do("contact", number=EYE, on=True)
    room(scene, lambda now: now["coils"][LAMP] and now["coils"][SOCKET] and now["occupied"])
    terminal.do("contact", number=DOOR, on=True)
    desk.click("#calls .talk button.main")
    terminal.phase("ended", reason="staff_hung_up", pump=desk)
    terminal.do("take", item="water")

    # the button on the wall: siren and light at once, a person at the desk has it, and ends it
    press(scene, BUTTON)
    room(scene, lambda now: now["coils"][SIREN] and now["coils"][BEACON])
    desk.get_by_role("button", name="接警", exact=True).click()
    desk.get_by_text("值班台 已接警").first.wait_for()
    desk.locator("#alarms").get_by_role("button", name="结束…").click()
    desk.get_by_role("dialog").locator("input[type=radio]").first.check()
    desk.get_by_role("dialog").get_by_role("button", name="确定").click()
    room(scene, lambda now: not now["coils"][SIREN] and not now["coils"][BEACON])

    # they leave by the handle; nobody forced anything, and the room goes dark by itself
    press(scene, EXIT)
    terminal.do("contact", number=DOOR, on=False)
    desk.wait_for_timeout(400)
    terminal.do("contact", number=DOOR, on=True)
    terminal.do("contact", number=EYE, on=False)
    now = room(scene, lambda now: not now["coils"][LAMP] and not now["coils"][SOCKET])
    assert bodies(now, "entry.door") == []
    assert len(bodies(now, "supply.taken")) == 1
    (raised,) = bodies(now, "alarm.raised")
    assert raised["source"] == "button"
    room(scene, lambda now: bodies(now, "station.emptied"))

    # and all of it is at the desk
    desk.goto(f"{scene.hub.url}/#entry")
    desk.wait_for_selector(".panel-entry tbody >> text=不是会员")

    # the desk turns the light on and off from afar
    desk.goto(f"{scene.hub.url}/#fleet")
    desk.locator(".panel-fleet tbody a").first.click()
    for words, on in (("开灯", True), ("关灯", False)):
        desk.get_by_role("button", name=words, exact=True).click()
        desk.get_by_text("终端已照办").wait_for()
        room(scene, lambda now, on=on: now["coils"][LAMP] is on)  # type: ignore[misc]


def test_a_first_visit(scene: Scene) -> None:
    """A card that nobody knows, a code at once, a fault reported; at the next visit the card is a member's."""
    terminal, desk = scene.terminal, scene.desk
    terminal.do("finish")
    before = len(bodies(room(scene, lambda now: now["journal"]), "entry.attempted"))
    terminal.do("lay_card", seed=6)
    room(scene, lambda now: len(bodies(now, "entry.attempted")) > before)
    terminal.do("register", occupation="rider")
    made = terminal.wait("registered", pump=desk)
    assert made["tier"] == "provisional"
    terminal.do("report", thing="water")
    terminal.wait("reported", pump=desk)
    terminal.do("finish")

    desk.goto(f"{scene.hub.url}/#faults")
    row = desk.locator(".panel-faults tbody tr")
    row.locator("img").wait_for()
    assert row.locator("img").evaluate("node => node.decode().then(() => node.naturalWidth)") >= 320
    row.get_by_role("button", name="修好了").click()
    row.wait_for(state="detached")

    # the hub has confirmed them, and the station has heard: the card is a member's, who hears of the repair
    deadline = time.monotonic() + WAIT
    while True:
        terminal.do("finish")
        terminal.do("lay_card", seed=6)
        now = room(scene, lambda now: now["journal"])
        if bodies(now, "station.fault_told"):
            break
        assert time.monotonic() < deadline, bodies(now, "member.recognised")
        desk.wait_for_timeout(1500)
    assert bodies(now, "member.recognised")[-1]["member"] == made["member"]
    assert bodies(now, "member.recognised")[-1]["tier"] == "member"
