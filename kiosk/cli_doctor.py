"""`doctor` checks disk, clock, devices, speech and hub, and says what to do about each fault."""

import argparse
import json
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.clock import ClockQuality, SystemClock
from kiosk.config import StationConfig, load_config
from kiosk.config_room import boards_of
from kiosk.devices.camera import open_camera
from kiosk.devices.face.models import DETECTORS, RECOGNISERS, ModelUnusable, Unusable, load_model
from kiosk.devices.id_reader import open_id_reader
from kiosk.devices.microphone import open_microphone
from kiosk.devices.ports import DeviceState
from kiosk.devices.scanner import EVDEV
from kiosk.devices.sound import sound_cards
from kiosk.devices.speech import open_speech
from kiosk.errors import KioskError
from kiosk.health import disk_problem
from kiosk.identity import Identity
from kiosk.sync.client import HubClient

_RESERVE = 1 << 30
_CAMERA_SECONDS = 5.0
_MICROPHONE_SECONDS = 10.0
_LEVELS = 10
_BOARD_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. `advice` is empty when all is well."""

    name: str
    ok: bool
    found: str
    advice: str = ""


def check_disk(config: StationConfig) -> Finding:
    """Write, sync and read back a file where the journal lives, and look at the space left."""
    if problem := disk_problem(config.data_dir):
        return Finding("disk", False, problem, "make data_dir writable for this user; if it is, replace the disk")
    free = shutil.disk_usage(config.data_dir).free
    advice = "" if free > _RESERVE else "free at least 1 GiB: remove old course media"
    return Finding("disk", not advice, f"{free / (1 << 30):.1f} GiB free", advice)


def check_clock(_: StationConfig) -> Finding:
    quality = SystemClock().quality()
    advice = "" if quality is not ClockQuality.DOUBTFUL else "set the time, and change the clock battery"
    return Finding("clock", not advice, f"{SystemClock().now().isoformat(timespec='seconds')} ({quality})", advice)


def check_camera(config: StationConfig) -> Finding:
    """Frames must come, and must not all be the same frame."""
    spec = config.devices.camera
    if not spec:
        return Finding("camera", True, "none configured")
    camera = open_camera(spec, "doctor")
    camera.start()
    try:
        first = camera.wait(-1, _CAMERA_SECONDS)
        second = camera.wait(first.index, _CAMERA_SECONDS) if first else None
        if first is None or second is None:
            return Finding("camera", False, camera.health().detail or "no picture", f"check the cable of {spec}")
        height, width = first.bgr.shape[:2]
        return Finding("camera", True, f"{spec}: {width}×{height}")
    finally:
        camera.stop()


def check_audio(_: StationConfig) -> Finding:
    """A sound card that can play, as ALSA sees it."""
    cards, problem = sound_cards(("aplay",))
    if problem:
        return Finding("audio", False, problem, "install alsa-utils; until then words are shown")
    advice = "" if cards else "connect a loudspeaker or sound card; until then words are shown"
    return Finding("audio", bool(cards), cards[0] if cards else "no sound card", advice)


def check_microphone(config: StationConfig) -> Finding:
    """Something is recorded, and it is not all silence."""
    microphone = open_microphone(config.devices.microphone, "doctor")
    if microphone.health().state is DeviceState.OFF:
        told = microphone.health().detail
        wanted = config.devices.microphone not in ("", "auto")
        return Finding("microphone", not wanted, told, "connect a microphone; until then messages are written")
    levels: list[float] = []
    heard = threading.Event()

    def on_level(level: float) -> None:
        levels.append(level)
        if level > 0 and len(levels) >= _LEVELS:
            heard.set()

    try:
        microphone.start(on_level, heard.set)
        heard.wait(_MICROPHONE_SECONDS)
    except OSError as error:
        return Finding("microphone", False, str(error), "install alsa-utils, or name another device")
    recording = microphone.stop()
    if recording is None:
        return Finding(
            "microphone", False, microphone.health().detail or "nothing", "check the cable, name another device"
        )
    loudest = max(levels, default=0.0)
    advice = "" if loudest > 0 else "it records silence: check the cable and the mixer"
    return Finding("microphone", not advice, f"{recording.seconds} s, loudest {loudest:.2f}", advice)


def check_boards(config: StationConfig) -> Finding:
    """Every board must answer. Nothing is switched on for this; what is only ever on for a time is switched off."""
    boards = boards_of(config)
    for board in boards.values():
        board.start(lambda _reading: None)
    try:
        deadline = time.monotonic() + _BOARD_SECONDS
        waiting = (DeviceState.STARTING,)
        while time.monotonic() < deadline and any(b.health().state in waiting for b in boards.values()):
            time.sleep(0.05)
        health = {name: board.health() for name, board in boards.items()}
    finally:
        for board in boards.values():
            board.stop()
    found = ", ".join(f"{name}: {h.state} {h.detail}".rstrip() for name, h in health.items())
    well = all(h.state is DeviceState.WELL for h in health.values())
    advice = "" if well else "check its power, both wires (A and B may be swapped), the unit and the baud rate"
    return Finding("boards", well, found or "none configured", advice)


def check_speech(config: StationConfig) -> Finding:
    speech = open_speech(config.devices.speech, config.data_dir / "speech", None)
    try:
        deadline = time.monotonic() + 5
        while not speech.available() and time.monotonic() < deadline and config.devices.speech != "silent":
            if speech.health().state.value != "starting":
                break
            time.sleep(0.05)
        health = speech.health()
        advice = "" if speech.available() else "install espeak-ng and a sound card; until then words are shown"
        return Finding("speech", speech.available(), health.detail or health.state.value, advice)
    finally:
        speech.close()


def check_readers(config: StationConfig) -> Finding:
    """Every ID card reader must answer, and the port of every scanner must be there."""
    specs = {f"doors.{name}": door.id_reader for name, door in config.doors.items()}
    specs["devices"] = config.devices.id_reader
    readers = {where: reader for where, spec in specs.items() if (reader := open_id_reader(spec, where)) is not None}
    for reader in readers.values():
        reader.start(lambda _card, _at: None)
    try:
        deadline = time.monotonic() + _BOARD_SECONDS
        while time.monotonic() < deadline and any(r.health().state is not DeviceState.WELL for r in readers.values()):
            time.sleep(0.05)
        sick = {where: r.health() for where, r in readers.items() if r.health().state is not DeviceState.WELL}
    finally:
        for reader in readers.values():
            reader.stop()
    ports = [port for door in config.doors.values() for port in door.scanners]
    missing = [port for port in (*config.devices.scanners, *ports) if not Path(port.removeprefix(EVDEV)).exists()]
    if missing:
        return Finding(
            "readers", False, f"{', '.join(missing)}: no such port", "connect the scanner; see its udev rule"
        )
    if sick:
        found = ", ".join(f"{where}: {health.detail or health.state}" for where, health in sick.items())
        return Finding("readers", False, found, "check the reader's cable and power, and the port's name")
    return Finding("readers", True, ", ".join(readers) or "none configured")


def check_faces(config: StationConfig) -> Finding:
    """The model files, where the operator wants faces."""
    if not (config.faces.detector or config.faces.recogniser):
        return Finding("faces", True, "not offered: no models are configured")
    advice = {
        Unusable.MISSING: "put the file there, or correct the path",
        Unusable.POINTER: "this is what Git LFS leaves: fetch the file itself",
        Unusable.UNKNOWN: "take the file of OpenCV's zoo that packaging/FACES.md names",
    }
    try:
        load_model(Path(config.faces.detector), DETECTORS)
        load_model(Path(config.faces.recogniser), RECOGNISERS)
    except ModelUnusable as error:
        return Finding("faces", False, str(error), advice[error.reason])
    return Finding("faces", True, f"both models are right; use: {config.faces.use}")


def check_hub(config: StationConfig) -> Finding:
    if not config.hub.url:
        return Finding("hub", True, "none configured: this station works alone")
    identity = Identity(config.data_dir)
    if not identity.station_id:
        return Finding("hub", False, "not enrolled", "python -m kiosk enrol CODE, with a code from the hub")
    client = HubClient(config.hub, identity, SystemClock())
    try:
        revision = client.catalogue(since=2**31).revision
        return Finding("hub", True, f"{config.hub.url}: {identity.station_id}, catalogue {revision}")
    except KioskError as error:
        return Finding(
            "hub", False, f"{config.hub.url}: {error.code} {error.details}", "check the line and the address"
        )
    finally:
        client.close()


CHECKS: tuple[Callable[[StationConfig], Finding], ...] = (
    check_disk,
    check_clock,
    check_camera,
    check_audio,
    check_microphone,
    check_boards,
    check_readers,
    check_faces,
    check_speech,
    check_hub,
)


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("doctor", help="check disk, clock, sound, every device and the hub")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--only", metavar="NAME", help="check one thing only")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 all is well, 1 something is not."""
    overrides: dict[str, Path] = {"data_dir": args.data_dir} if args.data_dir else {}
    config = load_config(args.config, **overrides)
    well = True
    for check in CHECKS:
        if args.only and check.__name__ != f"check_{args.only}":
            continue
        finding = check(config)
        well = well and finding.ok
        if args.json:
            print(json.dumps(asdict(finding), ensure_ascii=False), flush=True)
        else:
            print(f"{'ok' if finding.ok else 'NOT WELL':9}{finding.name:12}{finding.found}", flush=True)
            if finding.advice:
                print(f"{'':21}→ {finding.advice}", flush=True)
    return 0 if well else 1
