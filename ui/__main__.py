"""`python -m ui`: the terminal. Fullscreen; for installers also windowed, self-test and screenshots of every page."""

import argparse
import gc
import logging
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.app import Station

_PROMPTS_MS = 2000  # after the first frame: nobody waits for words that are only prepared


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ui", description=__doc__)
    parser.add_argument("--config", type=Path, help="the station's TOML file (default: embedded settings)")
    parser.add_argument("--data-dir", type=Path, help="where the station keeps its data (overrides the file)")
    parser.add_argument("--demo", action="store_true", help="fill an empty station with demo data")
    parser.add_argument("--windowed", action="store_true", help="in a window instead of fullscreen")
    parser.add_argument("--portrait", action="store_true", help="an upright panel")
    parser.add_argument("--self-test", action="store_true", help="walk every page in every mode and check the screens")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="a PNG of every page in every mode")
    parser.add_argument("--only", default="", metavar="PREFIX", help="pages whose name begins so (supplies.)")
    parser.add_argument("--modes", default="all", help='for example "zh-portrait,en-landscape-large"; "all"')
    parser.add_argument("--json", action="store_true", help="print findings of the self-test as JSON lines")
    return parser


# Not for a station, and looked for at every start: drivers of a hub's database (50 ms), plug-ins of pydantic (20 ms).
sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")


def _station(args: argparse.Namespace) -> "Station":
    from kiosk.app import Station
    from kiosk.config import load_config

    overrides = {"data_dir": args.data_dir} if args.data_dir else {}
    station = Station(load_config(args.config, **overrides))
    if args.demo:
        from kiosk.demo import fill

        station.desk.call(fill, station)
    return station


def _inspect(args: argparse.Namespace) -> int:
    """Self-test and screenshots, over a demo station of their own that is gone afterwards."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if os.environ["QT_QPA_PLATFORM"] == "offscreen":
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    from ui.inspection import inspect

    with tempfile.TemporaryDirectory(prefix="yizhan-") as folder:
        return inspect(Path(folder), args.only, args.modes, args.screenshots, check=args.self_test, as_json=args.json)


def _serve(args: argparse.Namespace) -> int:
    gc.disable()  # until the first frame: what is imported stays, and to look through it all costs a start 50 ms
    from kiosk.logs import install_nets, start_logging

    start_logging("INFO", None)
    install_nets()
    import kiosk.app  # noqa: F401 - before PySide6, which from then on reads the source of every module that is imported
    from ui.start import make_application, make_engine

    app = make_application()
    engine = make_engine()
    station = _station(args)
    start_logging(station.config.log_level, station.config.data_dir / "logs")
    from PySide6.QtCore import QTimer

    from ui.app import Face

    turn = "portrait" if args.portrait else station.config.panel.rotation
    face = Face(station, app, turn="auto" if args.windowed else turn, engine=engine)
    logged = []

    def prepare_prompts() -> None:
        from ui.prompts import Prompts

        Prompts(face.context, face.shell)

    def first_frame() -> None:
        if not logged:
            logged.append(True)
            logging.getLogger("ui").info("first usable frame")
            gc.freeze()
            gc.enable()
            threading.Thread(target=station.start, name="start").start()
            QTimer.singleShot(_PROMPTS_MS, prepare_prompts)

    face.window.frameSwapped.connect(first_frame)
    if args.windowed:
        face.window.resize(*((540, 960) if args.portrait else (1280, 720)))
        face.window.show()
    else:
        # A station's X server may run no window manager, and then nobody else makes the window as large as the panel.
        face.window.setGeometry(app.primaryScreen().geometry())
        face.window.showFullScreen()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.quit())
    pulse = QTimer()  # Python handles signals only when it runs
    pulse.start(500)
    pulse.timeout.connect(lambda: None)
    code = app.exec()
    face.close()
    station.stop()
    return code


def main(argv: list[str] | None = None) -> int:
    """0 done, 1 the self-test found something."""
    args = _parser().parse_args(argv)
    if not any(Path("/dev/dri").glob("renderD*")):
        # No graphics card: Qt Quick's own painter draws what changed, where an emulated one draws everything, slowly.
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    return _inspect(args) if args.self_test or args.screenshots else _serve(args)


if __name__ == "__main__":
    sys.exit(main())
