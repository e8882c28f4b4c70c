"""`make run`: a station with demo data and its duty desk, on this machine, for somebody who wants to look.

Starts the hub, enrols a terminal with it, and starts the terminal. Without a display the screen is served over VNC on
loopback. Everything is kept in `var/demo`; remove that folder to begin afresh. Ctrl+C ends all of it.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STARTUP_SECONDS = 60


def free_port(preferred: int) -> int:
    """`preferred` when nobody listens there, else any free one."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SystemExit("no free port on this machine")


class Demo:
    """The processes of the demo, started in order and ended in reverse, each by its own id."""

    def __init__(self, folder: Path, portrait: bool) -> None:
        self.folder = folder
        self.portrait = portrait
        self.running: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(self, name: str, command: list[str], env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{name}.log").open("ab")
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        log.close()
        self.running.append((name, process))
        return process

    def stop(self) -> None:
        for _, process in reversed(self.running):
            if process.poll() is None:
                process.terminate()
        for _, process in reversed(self.running):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def hub(self) -> str:
        """Start the hub and return its address once it says that it is ready."""
        port = free_port(8765)
        data = self.folder / "hub"
        process = self.start(
            "hub",
            [sys.executable, "-m", "hub", "--data-dir", str(data), "serve", "--demo", "--port", str(port)],
        )
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + STARTUP_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                with urllib.request.urlopen(f"{url}/readyz", timeout=1):
                    return url
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise SystemExit(f"the hub did not start; see {self.folder / 'hub.log'}")

    def enrol(self, url: str, config: Path) -> None:
        """Give the terminal its place in the hub, once."""
        if (self.folder / "kiosk" / "station.json").exists():
            return
        made = subprocess.run(
            [sys.executable, "-m", "hub", "--data-dir", str(self.folder / "hub"), "enrol", "WX-0001", "--json"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        code = json.loads(made.stdout)["code"]
        subprocess.run(
            [sys.executable, "-m", "kiosk", "--config", str(config), "enrol", code, "--hub", url, "--json"],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        stock = ROOT / "assets" / "demo" / "stock.json"
        subprocess.run(
            [sys.executable, "-m", "kiosk", "--config", str(config), "stock", "--opening", str(stock)],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def display(self) -> tuple[dict[str, str], str]:
        """The environment for the terminal, and a sentence about where its screen is."""
        env = dict(os.environ)
        if env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"):
            return env, "on this display"
        if not (shutil.which("Xvfb") and shutil.which("x11vnc")):
            raise SystemExit("there is no display, and Xvfb or x11vnc is missing: run make setup")
        size = "1080x1920" if self.portrait else "1920x1080"
        read_end, write_end = os.pipe()
        log = (self.folder / "display.log").open("ab")
        process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            pass_fds=(write_end,),
            stdout=log,
            stderr=log,
        )
        log.close()
        self.running.append(("display", process))
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise SystemExit(f"Xvfb did not start; see {self.folder / 'display.log'}")
        env["DISPLAY"] = f":{number}"
        port = free_port(5900)
        self.start(
            "vnc",
            [
                "x11vnc",
                "-display",
                f":{number}",
                "-localhost",
                "-rfbport",
                str(port),
                "-forever",
                "-shared",
                "-nopw",
                "-q",
            ],
        )
        return env, f"over VNC on loopback, 127.0.0.1:{port} (for example: vncviewer 127.0.0.1::{port})"


def write_config(folder: Path, url: str) -> Path:
    """The configuration of the terminal: our hub, real devices where there are any, simulated ones else."""
    camera = "0" if Path("/dev/video0").exists() else "demo:"
    microphone = "auto" if any(Path("/dev/snd").glob("pcm*c")) else "demo:"
    lines = (
        f'data_dir = "{folder / "kiosk"}"',
        f'[hub]\nurl = "{url}"',
        f'[devices]\ncamera = "{camera}"\ncameras = {{ door = "demo:" }}\nmicrophone = "{microphone}"',
    )
    room = (ROOT / "assets" / "demo" / "room.toml").read_text("utf-8")
    path = folder / "kiosk.toml"
    path.write_text("\n\n".join((*lines, room)) + "\n", "utf-8")
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--portrait", action="store_true", help="an upright panel (1080×1920)")
    parser.add_argument("--windowed", action="store_true", help="in a window, on a machine with a display")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "demo", help="where the demo keeps its data")
    parser.add_argument("--seconds", type=float, help="end by itself after so many seconds")
    args = parser.parse_args()
    folder = args.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    demo = Demo(folder, args.portrait)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        print("Starting the hub…", flush=True)
        url = demo.hub()
        config = write_config(folder, url)
        demo.enrol(url, config)
        env, where = demo.display()
        if os.geteuid() == 0:
            # Chromium's sandbox refuses root. A terminal runs as an ordinary user and keeps it.
            env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        flags = [flag for flag in ("--portrait", "--windowed") if getattr(args, flag.strip("-"))]
        print("Starting the terminal…", flush=True)
        kiosk = demo.start("kiosk", [sys.executable, "-m", "ui", "--config", str(config), *flags], env)
        print(WELCOME.format(where=where, url=url, folder=folder), flush=True)
        return kiosk.wait(args.seconds)
    except subprocess.TimeoutExpired:
        return 0
    except KeyboardInterrupt:
        return 0
    finally:
        demo.stop()


WELCOME = """
The station is open.
  Screen     {where}
  Duty desk  {url}/   sign in as  desk / desk-demo-2026
  Data       {folder}

Try: touch the screen, take a bottle of water, start a course, read a service aloud, call for help and answer in the
browser. The staff area on the terminal opens with PIN 2468. Ctrl+C ends everything.
"""

if __name__ == "__main__":
    sys.exit(main())
