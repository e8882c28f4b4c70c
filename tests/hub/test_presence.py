"""Who is there: right at every moment, whatever comes in whatever order."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.sync.client import connect

from hub.config import HubConfig
from hub.presence import GRACE, Facts, Presence, State, state
from hub.state import Hub
from kiosk.protocol.health import BEAT_SECONDS, Beat, Goodbye, Health
from kiosk.protocol.link import LINK_PATH, Hello, write_message
from tests.hub.conftest import Server, Terminal, Time

START = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
ILL = Health(devices={"camera": "sick", "disk": "well"})
LIMIT = BEAT_SECONDS + GRACE
seconds = st.floats(min_value=0, max_value=1000, allow_nan=False)


@given(silent=seconds, linked=st.booleans(), goodbye=st.booleans(), ill=st.booleans())
def test_the_state_is_a_pure_function_of_the_facts(silent: float, linked: bool, goodbye: bool, ill: bool) -> None:
    now = START + timedelta(seconds=silent)
    facts = Facts(START, linked, goodbye, ILL if ill else Health())
    found = state(facts, now)
    assert found == state(facts, now)
    assert state(Facts(), now) is State.NEVER_SEEN
    if found in (State.ONLINE, State.SICK):
        assert linked
        assert silent <= LIMIT
        assert (found is State.SICK) == ill
    if linked and silent <= LIMIT:
        assert found in (State.ONLINE, State.SICK)
    if goodbye and not linked:
        assert found is State.SHUT_DOWN
    if silent > 3 * BEAT_SECONDS + GRACE and not (goodbye and not linked):
        assert found is State.OFFLINE


# What may happen to a station within a second: a link opens, one of its links closes (perhaps an old one, perhaps told
# late), it says something on one of them, says goodbye, or the hub sends it a command.
happenings = st.lists(
    st.tuples(
        st.sampled_from(["connect", "close", "speak", "goodbye", "command"]),
        st.integers(min_value=0, max_value=3),
        st.integers(min_value=0, max_value=70),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(happenings)
def test_only_what_a_station_said_on_its_newest_link_counts(events: list[tuple[str, int, int]]) -> None:
    clock = Time()
    with tempfile.TemporaryDirectory() as name, Hub(HubConfig(data_dir=Path(name) / "hub"), clock) as hub:
        presence = hub.presence
        lines: list[str] = []
        spoke: datetime | None = None
        linked = goodbye = False
        for what, which, wait in events:
            clock.advance(wait)
            line = lines[which % len(lines)] if lines else "none"
            newest = bool(lines) and line == lines[-1]
            if what == "connect":
                lines.append(presence.connected("WX-0001"))
                spoke, linked, goodbye = clock(), True, False
            elif what == "close":
                presence.gone("WX-0001", line)
                linked = linked and not newest
            elif what == "speak" and linked:
                presence.heard("WX-0001", line)
                spoke = clock() if newest else spoke
            elif what == "goodbye" and linked:
                presence.goodbye("WX-0001", line)
                spoke, goodbye = (clock(), True) if newest else (spoke, goodbye)
            expected = state(Facts(spoke, linked, goodbye), clock())
            assert presence.states().get("WX-0001", State.NEVER_SEEN) == expected
            presence.flush()
            elsewhere = Presence(hub.db, clock)  # another process reads what this one wrote
            known = elsewhere.facts().get("WX-0001", Facts())
            assert (known.linked, known.goodbye) == (linked, goodbye)


def test_links_end_with_the_process_that_held_them(server: Server, hub_time: Time) -> None:
    other = Presence(server.hub.db, hub_time)
    line = other.connected("WX-0001")
    other.flush()
    assert server.hub.presence.states()["WX-0001"] is State.ONLINE
    hub_time.advance(7)  # killed: it says nothing any more
    assert server.hub.presence.states()["WX-0001"] is State.LATE
    hub_time.advance(180)
    assert server.hub.presence.states()["WX-0001"] is State.OFFLINE
    fresh = server.hub.presence.connected("WX-0001")
    server.hub.presence.flush()
    other.gone("WX-0001", line)  # told late, of a link that was replaced
    other.flush()
    assert server.hub.presence.states()["WX-0001"] is State.ONLINE
    server.hub.presence.gone("WX-0001", fresh)
    assert server.hub.presence.states()["WX-0001"] is State.LATE


def test_after_a_restart_it_is_known_since_when(tmp_path: Path) -> None:
    clock = Time()
    config = HubConfig(data_dir=tmp_path / "hub")
    with Hub(config, clock) as hub:
        hub.presence.connected("WX-0001")
        hub.presence.flush()
    began = clock()
    clock.advance(3600)
    with Hub(config, clock) as hub:
        facts = hub.presence.facts()["WX-0001"]
        assert facts.heard == began
        assert state(facts, clock()) is State.OFFLINE


def test_a_real_link_from_hello_to_goodbye(server: Server, terminal: Terminal) -> None:
    def seen() -> State:
        return server.hub.presence.states().get("WX-0001", State.NEVER_SEEN)

    def becomes(wanted: State) -> None:
        deadline = time.monotonic() + 20
        while seen() is not wanted:
            assert time.monotonic() < deadline, seen()
            terminal.client.get("/favicon.ico")  # the hub lives meanwhile

    assert seen() is State.NEVER_SEEN
    address = server.url.replace("http", "ws") + LINK_PATH
    headers = terminal.headers("GET", LINK_PATH)
    with connect(address, additional_headers=headers, proxy=None, close_timeout=1) as link:
        link.send(write_message(Hello()))
        link.recv(10)
        assert seen() is State.ONLINE
        link.send(write_message(Beat(health=ILL)))
        becomes(State.SICK)
        link.send(write_message(Beat(health=Health())))
        becomes(State.ONLINE)
        link.send(write_message(Goodbye()))
    becomes(State.SHUT_DOWN)
