"""Making a pack out of a folder: `course.json` (a manifest without `format`, `files` and hashes) beside its media."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.errors import NotFound
from kiosk.learning.errors import PackInvalid
from kiosk.protocol.course import FORMAT, Manifest

SOURCE = "course.json"
_PROBE = ("ffprobe", "-v", "error", "-show_entries", "format=duration:stream=codec_name", "-of", "json")


def assemble(folder: Path) -> Manifest:
    """The manifest of `folder`: files hashed, films measured where `duration_ms` is not given.

    Raises NotFound for a file that is not there and PackInvalid(where) for a course that could not be taken.
    """
    try:
        plain: dict[str, Any] = json.loads((folder / SOURCE).read_text("utf-8"))
        names = list(dict.fromkeys(_names(plain)))
        for step in plain["steps"]:
            if step.get("type") == "video" and "duration_ms" not in step:
                step["duration_ms"] = measure(folder / step["file"])
        files = [_packed(folder, name) for name in names]
        return Manifest.model_validate(plain | {"format": FORMAT, "files": files})
    except FileNotFoundError as error:
        raise NotFound(kind="file", id=str(error.filename)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = f"{'.'.join(map(str, first['loc']))}: {first['msg']}".lstrip(": ")
        raise PackInvalid(problem="manifest", where=where) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PackInvalid(problem="manifest", where=f"{SOURCE}: {error}"[:300]) from error


def measure(path: Path) -> int:
    """The length of a film in ms. Raises PackInvalid when it is not H.264 (with AAC, or silent) or cannot be read."""
    if not path.is_file():
        raise FileNotFoundError(2, "no such file", str(path))
    if shutil.which(_PROBE[0]) is None:
        raise PackInvalid(problem="manifest", where="ffprobe is missing: give duration_ms yourself")
    probed = subprocess.run([*_PROBE, str(path)], capture_output=True, text=True, check=False, timeout=60)
    try:
        answer = json.loads(probed.stdout or "{}")
        codecs = {stream.get("codec_name") for stream in answer["streams"]}
        length = round(float(answer["format"]["duration"]) * 1000)
    except (ValueError, KeyError) as error:
        raise PackInvalid(problem="manifest", where=f"{path.name} is not a film: {probed.stderr[:200]}") from error
    if "h264" not in codecs or not codecs <= {"h264", "aac"}:
        raise PackInvalid(problem="manifest", where=f"{path.name} is {sorted(map(str, codecs))}, not H.264 with AAC")
    return length


def _names(plain: dict[str, Any]) -> Iterator[str]:
    for step in plain["steps"]:
        if step.get("type") == "video":
            yield str(step["file"])
            yield from (str(captions["file"]) for captions in step.get("captions", ()))
        elif step.get("type") == "slides":
            yield from (str(slide["file"]) for slide in step["slides"])


def _packed(folder: Path, name: str) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with (folder / name).open("rb") as handle:
        while chunk := handle.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}
