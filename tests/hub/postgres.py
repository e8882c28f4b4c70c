"""A real PostgreSQL of the tests' own: a cluster in a temporary folder, on a free port of loopback, gone afterwards."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.ports import steady_port

_PATIENCE = 60.0


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    where = shutil.which(name) or (str(found[-1]) if found else "")
    assert where, "postgresql is in packaging/debian-packages.txt"
    return where


class Cluster:
    """A running server. `database()` makes an empty database and gives its address."""

    def __init__(self, folder: Path, fsync: str = "off") -> None:
        # The server refuses to run as root: then it runs as the user Debian made for it.
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self._folder, self._fsync = folder / "data", fsync
        self._log = folder / "server.log"
        self._port = steady_port()
        if self._as:
            shutil.chown(folder, "postgres")
        for path in (folder, *folder.parents[:3]):
            path.chmod(path.stat().st_mode | 0o055)
        make = [_program("initdb"), "-D", str(self._folder), "-U", "hub", "-A", "trust", "--no-sync", "-E", "UTF8"]
        subprocess.run([*self._as, *make], check=True, stdout=subprocess.DEVNULL, cwd="/")
        self._number = 0
        self.start()

    def start(self) -> None:
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(self._folder), "fsync": self._fsync}
        command = [_program("postgres"), "-D", str(self._folder), "-p", str(self._port)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([*self._as, *command], stdout=log, stderr=log, cwd="/")
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, "PostgreSQL did not start"
                assert self._process.poll() is None, f"PostgreSQL ended:\n{self._log.read_text('utf-8')[-2000:]}"

    def stop(self) -> None:
        """Every connection is cut (a fast shutdown)."""
        pid = int((self._folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGINT)
        self._process.wait(_PATIENCE)

    def address(self, name: str) -> str:
        return f"postgresql://hub@127.0.0.1:{self._port}/{name}"

    def database(self) -> str:
        self._number += 1
        name = f"hub{self._number}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)


@contextmanager
def cluster(folder: Path, fsync: str = "off") -> Iterator[Cluster]:
    opened = Cluster(folder, fsync)
    try:
        yield opened
    finally:
        opened.stop()
