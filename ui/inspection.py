"""Walks every page in every state and mode: photographs it, checks it, or both."""

import json
import logging
from pathlib import Path

from kiosk.app import demo_station
from kiosk.clock import ManualClock
from ui.app import make_application
from ui.checks import check_screen
from ui.modes import chosen
from ui.stage import NotReady, Stage

log = logging.getLogger(__name__)


def inspect(folder: Path, prefix: str, modes: str, pictures: Path | None, *, check: bool, as_json: bool) -> int:
    """Over a demo station in `folder`. Prints what is wrong, and returns 1 if anything is."""
    logging.basicConfig(level="WARNING")
    complaints: list[str] = []
    app = make_application(complaints.append)
    station = demo_station(folder, ManualClock(), devices={"speech": "silent", "microphone": "demo:"})
    station.start()
    stage = Stage(station, app, complaints)
    bad = count = 0
    try:
        for spec, sample in stage.samples(prefix):
            for mode in chosen(modes):
                complaints.clear()
                stage.set_mode(mode)
                where = f"{spec.name} {sample.state} {mode.name}"
                try:
                    stage.show(spec, sample)
                    stage.set_mode(mode)
                    path = pictures / f"{spec.name}-{sample.state}-{mode.name}.png" if pictures else None
                    picture = stage.grab(path)
                    faults = check_screen(stage, mode, picture) if check else []
                except NotReady as error:
                    faults = [f"not ready: {error}"]
                faults += [f"warning: {text}" for text in complaints]
                count += 1
                bad += len(faults)
                for fault in faults:
                    _say({"screen": where, "fault": fault}, f"{where}: {fault}", as_json)
    finally:
        stage.close()
        station.stop()
    _say({"screens": count, "faults": bad}, f"{count} screens, {bad} faults", as_json)
    return 1 if bad else 0


def _say(data: dict[str, str | int], words: str, as_json: bool) -> None:
    print(json.dumps(data, ensure_ascii=False) if as_json else words, flush=True)  # noqa: T201 - the command's answer
