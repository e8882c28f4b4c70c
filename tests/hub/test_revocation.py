"""A terminal that is shut out: at once, whole, and only that one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from hub.__main__ import main
from kiosk.protocol.link import CLOSE_REVOKED, LINK_PATH, Hello, write_message
from tests.hub.conftest import Server, Terminal


@contextmanager
def link(server: Server, terminal: Terminal) -> Iterator[ClientConnection]:
    address = server.url.replace("http", "ws") + LINK_PATH
    headers = terminal.headers("GET", LINK_PATH)
    with connect(address, additional_headers=headers, proxy=None, close_timeout=1) as opened:
        opened.send(write_message(Hello()))
        assert "welcome" in str(opened.recv(10))
        yield opened


def test_a_terminal_is_shut_out_at_once_and_let_in_again(
    server: Server, enrolled: Callable[..., Terminal], staff: Callable[..., httpx.Client]
) -> None:
    stolen, other = enrolled("WX-0001"), enrolled("WX-0002")
    admin = staff("administrator")
    with link(server, stolen) as open_link, link(server, other) as other_link:
        assert admin.post("/api/stations/WX-0001/revoke").json() == {"station": "WX-0001", "revoked": True}
        assert stolen.push(stolen.entry("station.stopped")).json()["code"] == "station.unknown"
        with pytest.raises(ConnectionClosed) as closed:
            list(open_link)  # news may come before the end
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == CLOSE_REVOKED
        with pytest.raises(InvalidStatus), link(server, stolen):
            pass
        assert other.push(other.entry("station.stopped")).status_code == 200
        other_link.ping().wait(10)
    assert admin.post("/api/stations/WX-0001/restore").json()["revoked"] is False
    assert stolen.push(stolen.entry("station.stopped")).status_code == 200
    assert admin.post("/api/stations/WX-9999/revoke").json()["code"] == "station.none"


def test_one_station_never_writes_or_reads_as_another(server: Server, enrolled: Callable[..., Terminal]) -> None:
    mine, theirs = enrolled("WX-0001"), enrolled("WX-0002")
    entry = mine.entry("station.stopped")
    claim = mine.headers("POST", "/api/journal", b"{}") | {}
    forged = {name: value.replace("WX-0001", "WX-0002") for name, value in claim.items()}
    assert mine.client.post("/api/journal", content=b"{}", headers=forged).json()["code"] == "signature.invalid"
    assert mine.push(entry).status_code == 200
    stations = [row["station"] for row in server.hub.db.rows("SELECT DISTINCT station FROM journal")]
    assert stations == ["WX-0001"]
    mine.station = "WX-0002"  # its own key, another's name
    assert mine.send("GET", "/api/catalogue?since=0").json()["code"] == "signature.invalid"
    assert theirs.send("GET", "/api/catalogue?since=0").status_code == 200


def test_the_command_does_the_same(server: Server, terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(server.hub.config.data_dir)
    assert main(["--data-dir", folder, "revoke", terminal.station, "--json"]) == 0
    assert '"revoked":true' in capsys.readouterr().out
    assert terminal.send("GET", "/api/catalogue?since=0").status_code == 401
    assert main(["--data-dir", folder, "restore", terminal.station]) == 0
    assert terminal.send("GET", "/api/catalogue?since=0").status_code == 200
    assert main(["--data-dir", folder, "revoke", "WX-9999"]) == 2
