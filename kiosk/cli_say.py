"""`say` speaks a text as the station would, and shows what it makes of it."""

import argparse
import json
import threading
from typing import Any

from kiosk.config import load_config
from kiosk.devices.ports import SpeechPriority, Utterance
from kiosk.devices.speech import open_speech
from kiosk.devices.speech.cache import SpeechCache
from kiosk.devices.speech.sentences import clips

_LONGEST_SECONDS = 600.0


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "say",
        help="speak a text; exit 1 when nobody could hear it",
        description="A recording by a person takes the place of a sentence: put it at "
        "<data-dir>/speech/recordings/<key>.wav.",
    )
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--language", choices=("zh_CN", "en"), default="zh_CN")
    parser.add_argument("--voice", help="as devices.speech in the configuration, for example espeak:sink")
    parser.add_argument("--dry-run", action="store_true", help="show the sentences and their keys, say nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object a sentence")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 heard, 1 not heard."""
    overrides = {"data_dir": args.data_dir} if args.data_dir else {}
    config = load_config(args.config, **overrides)
    for clip in clips(args.text, args.language):
        key = SpeechCache.key(clip)
        if args.json:
            print(json.dumps({"text": clip.text, "voice": clip.voice, "key": key}, ensure_ascii=False), flush=True)
        else:
            print(f"{clip.voice:16} {clip.text}\n{'':16} {key}", flush=True)
    if args.dry_run:
        return 0
    heard: list[bool] = []
    ended = threading.Event()

    def on_done(whole: bool) -> None:
        heard.append(whole)
        ended.set()

    speech = open_speech(args.voice or config.devices.speech, config.data_dir / "speech")
    try:
        speech.say(Utterance(args.text, args.language, SpeechPriority.PAGE, on_done))
        ended.wait(_LONGEST_SECONDS)
        if heard != [True]:
            print(speech.health().detail or "not heard")
        return 0 if heard == [True] else 1
    finally:
        speech.close()
