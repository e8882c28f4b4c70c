"""A real Redis of the tests' own: on a free port of loopback, nothing kept on disk, gone afterwards."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import redis

from tests.ports import steady_port

_PATIENCE = 30.0


class RedisServer:
    """A running server. `address()` is a database of it that nobody has used before."""

    def __init__(self) -> None:
        self._program = shutil.which("redis-server")
        assert self._program, "redis-server is in packaging/debian-packages.txt"
        self.port = steady_port()
        self._number = 0
        self.start()

    def start(self) -> None:
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "daemonize": "no"}
        command = [str(self._program), *(word for name, value in options.items() for word in (f"--{name}", str(value)))]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        deadline = time.monotonic() + _PATIENCE
        with redis.Redis(port=self.port, socket_timeout=2) as client:
            while True:
                try:
                    client.ping()
                    return
                except redis.ConnectionError:
                    assert time.monotonic() < deadline, "Redis did not start"
                    assert self._process.poll() is None, "Redis ended"

    def stop(self) -> None:
        """At once; it forgets everything."""
        self._process.kill()
        self._process.wait(_PATIENCE)

    def address(self) -> str:
        self._number += 1
        return f"redis://127.0.0.1:{self.port}/{self._number}"


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    opened = RedisServer()
    try:
        yield opened
    finally:
        opened.stop()
