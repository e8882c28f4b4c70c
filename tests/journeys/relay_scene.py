"""Debian's coturn as it is packaged, on loopback."""

import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.protocol.intercom import TURN_SECONDS, turn_credentials
from tests.journeys.call_scene import ROOT, WAIT
from tests.ports import steady_port

CALL = "01a2108b-1c11-7757-a23c-a2a668e46f55"


class Relay:
    """Only here peers on loopback are allowed: both ends are this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = steady_port()
        self.secret = secrets.token_hex(16)
        packaged = (ROOT / "packaging" / "turnserver.example.conf").read_text("utf-8")
        ours = f"""
listening-ip=127.0.0.1
relay-ip=127.0.0.1
allow-loopback-peers
listening-port={self.port}
static-auth-secret={self.secret}
pidfile={folder / "turn.pid"}
userdb={folder / "turn.db"}
log-file={folder / "turn.log"}
verbose
"""
        lines = [line for line in packaged.splitlines() if line not in ("syslog", "listening-port=3478")]
        (folder / "turn.conf").write_text("\n".join(lines) + ours, "utf-8")

    def ice(self, transport: str, expires: int | None = None) -> list[dict[str, object]]:
        """As the hub gives it to one end of a call."""
        user, word = turn_credentials(self.secret.encode(), CALL, expires or int(time.time()) + TURN_SECONDS)
        return [{"urls": [f"turn:127.0.0.1:{self.port}?transport={transport}"], "username": user, "credential": word}]

    def start(self) -> None:
        for log in self.folder.glob("*.log*"):
            log.unlink()
        with (self.folder / "out").open("wb") as out:
            command = ["turnserver", "-c", str(self.folder / "turn.conf")]
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=out, stderr=out)
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            assert self._process.poll() is None, (self.folder / "out").read_text("utf-8", "replace")
            logs = "".join(path.read_text("utf-8", "replace") for path in self.folder.glob("*.log*"))
            if "listener opened on" in logs.lower() or "listener address to use" in logs.lower():
                return
            time.sleep(0.05)
        raise AssertionError("the relay did not start")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(WAIT)


@contextmanager
def coturn(folder: Path) -> Iterator[Relay]:
    relay = Relay(folder)
    relay.start()
    try:
        yield relay
    finally:
        relay.stop()
