"""Process start to first usable frame, and memory, beside Chromium in kiosk mode with a static page of like content.

Both are started on a virtual screen of 1920×1080, in turn, several times. "Usable" is, for the terminal, its own log
line `first usable frame` (the idle screen is drawn and takes touches, the home page is made beneath it); for Chromium,
the second animation frame after `load`, reported by the page to a loopback server. Memory is the proportional set size
of the whole process tree, read two seconds later.
"""

import argparse
import http.server
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
MARK = b"first usable frame"
LIMIT = 60.0
TILES = ("领用物资", "办事服务", "学一点儿", "亮码", "呼叫帮助", "报警")
PAGE = """<!doctype html><meta charset=utf-8><title>驿站</title><style>
body{{margin:0;background:#faf6ee;color:#1c1a17;font:34px 'Noto Sans CJK SC',sans-serif}}
header{{display:flex;justify-content:space-between;padding:32px 48px}}
main{{display:grid;grid-template-columns:repeat(3,1fr);gap:32px;padding:48px}}
button{{height:300px;font:inherit;font-size:44px;border:0;border-radius:24px;background:#fff}}
footer{{position:fixed;bottom:0;left:0;right:0;display:flex;gap:16px;padding:24px;background:#fff}}</style>
<header><b>梁溪区运河公园驿站</b><span>08:00</span></header><main>{tiles}</main><footer>{bar}</footer>
<script>addEventListener('load',()=>requestAnimationFrame(()=>requestAnimationFrame(()=>fetch('/painted'))))</script>"""


def tree_pss(process: subprocess.Popen[bytes]) -> float:
    """Proportional set size of a process and its children, MiB."""
    parent = psutil.Process(process.pid)
    total = 0
    for one in [parent, *parent.children(recursive=True)]:
        try:
            total += one.memory_full_info().pss
        except psutil.Error:
            continue
    return total / (1 << 20)


def end(process: subprocess.Popen[bytes]) -> None:
    children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child in children:
        try:
            child.kill()
        except psutil.NoSuchProcess:
            continue


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    read_end, write_end = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        number = pipe.readline().strip()
    try:
        env = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        yield kept | env
    finally:
        end(xvfb)


def start_kiosk(env: dict[str, str], folder: Path) -> tuple[float, float]:
    """Seconds to the first usable frame, and MiB."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "--demo", "--data-dir", str(folder)],
        cwd=ROOT,
        env=env,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        assert process.stderr
        for line in process.stderr:
            if MARK in line:
                seconds = time.monotonic() - begun
                threading.Thread(target=process.stderr.read, daemon=True).start()
                time.sleep(2)
                return seconds, tree_pss(process)
        raise SystemExit("the terminal ended before its first frame")
    finally:
        end(process)


def start_chromium(env: dict[str, str], folder: Path) -> tuple[float, float]:
    painted = threading.Event()
    tiles = "".join(f"<button>{name}</button>" for name in TILES)
    bar = "".join(f"<button style='height:90px;flex:1'>{name}</button>" for name in ("主页", "返回", "朗读", "大字"))
    body = PAGE.format(tiles=tiles, bar=bar).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            if self.path == "/painted":
                painted.set()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    begun = time.monotonic()
    process = subprocess.Popen(
        [
            "chromium",
            "--kiosk",
            "--no-sandbox",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={folder}",
            f"http://127.0.0.1:{server.server_address[1]}/",
        ],
        env=env,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        if not painted.wait(LIMIT):
            raise SystemExit("Chromium showed nothing")
        seconds = time.monotonic() - begun
        time.sleep(2)
        return seconds, tree_pss(process)
    finally:
        end(process)
        server.shutdown()
        server.server_close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    with screen() as env, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(args.runs + 1):  # the first of each warms the disk cache and is not counted
            one = start_kiosk(env, folder / "kiosk")
            other = start_chromium(env, folder / f"chromium-{number}")
            if number:
                ours.append(one)
                theirs.append(other)
    for index, what in enumerate(("start, s", "memory, MiB")):
        a, b = (statistics.median(run[index] for run in runs) for runs in (ours, theirs))
        print(f"{what:12} terminal {a:8.2f}   Chromium {b:8.2f}   ratio {a / b:5.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
