"""Writes the golden vector of the pack format. A change of the format changes this file, on purpose."""

import hashlib
import io
import json
import tempfile
from pathlib import Path

from kiosk.protocol.cose import SigningKey
from kiosk.protocol.course import Manifest
from kiosk.protocol.pack import build_pack

SEED = bytes(range(64, 96))
FILES = {"film.mp4": b"not a film, but bytes of one" * 3, "zh.vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nhi\n"}


def manifest() -> Manifest:
    files = [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in FILES.items()
    ]
    options = [{"id": "a", "text": {"zh_CN": "甲"}}, {"id": "b", "text": {"zh_CN": "乙"}, "right": True}]
    steps = [
        {
            "type": "video",
            "id": "film",
            "title": {"zh_CN": "视频", "en": "Film"},
            "file": "film.mp4",
            "duration_ms": 1000,
            "captions": [{"language": "zh_CN", "file": "zh.vtt"}],
        },
        {
            "type": "quiz",
            "id": "quiz",
            "title": {"zh_CN": "小测"},
            "questions": [{"id": "one", "type": "single", "text": {"zh_CN": "一"}, "options": options}],
        },
    ]
    return Manifest.model_validate(
        {
            "format": "kiosk-pack/1",
            "course": "golden",
            "version": 3,
            "issued": "2026-11-01T00:00:00Z",
            "title": {"zh_CN": "金样", "en": "Golden"},
            "steps": steps,
            "files": files,
        }
    )


def vector() -> dict[str, object]:
    key, out = SigningKey.from_seed("wuxi", SEED), io.BytesIO()
    with tempfile.TemporaryDirectory() as name:
        for file, data in FILES.items():
            (Path(name) / file).write_bytes(data)
        build_pack(out, manifest(), Path(name), key)
    return {
        "seed": SEED.hex(),
        "public_key": key.public.hex(),
        "files": {name: data.hex() for name, data in FILES.items()},
        "sha256": hashlib.sha256(out.getvalue()).hexdigest(),
        "pack": out.getvalue().hex(),
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "golden" / "course_pack.json"
    target.write_text(json.dumps(vector(), indent=1) + "\n", "utf-8")
