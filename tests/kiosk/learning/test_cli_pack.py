"""`python -m kiosk pack`: what a publisher builds is what a terminal takes."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from tests.kiosk.learning.conftest import VTT, manifest_of

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes the film")


def run(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, Any, str]:
    code = main([str(arg) for arg in args])
    said = capsys.readouterr()
    lines = [json.loads(line) for line in said.out.splitlines() if line.startswith("{")]
    return code, (lines[0] if len(lines) == 1 else lines), said.err


def folder(path: Path) -> Path:
    path.mkdir()
    plain = manifest_of({})
    del plain["files"], plain["format"]
    (path / "film.mp4").write_bytes(b"film")
    (path / "zh.vtt").write_bytes(VTT)
    (path / "course.json").write_text(json.dumps(plain), "utf-8")
    return path


def test_key_build_verify_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, key, out = folder(tmp_path / "source"), tmp_path / "key", tmp_path / "s.course.zip"
    station = ("--data-dir", tmp_path / "data")
    code, made, _ = run(capsys, "pack", "key", key, "--json")
    assert code == 0
    assert run(capsys, "pack", "key", key)[0] == 1  # never overwritten
    assert key.stat().st_mode & 0o077 == 0
    code, built, _ = run(capsys, "pack", "build", source, "--key", key, "--out", out, "--json")
    assert (code, built["course"], built["public_key"]) == (0, "safety", made["public_key"])
    code, said, _ = run(capsys, *station, "pack", "verify", out, "--json")
    assert (code, said["reason"]) == (1, "unknown_publisher")
    public = made["public_key"]
    code, said, _ = run(capsys, *station, "pack", "verify", out, "--publisher", public, "--json")
    assert (code, said["good"], said["publisher"]) == (0, True, "publisher")
    code, said, _ = run(capsys, *station, "pack", "import", out, "--json")
    assert (code, said["reason"]) == (1, "pack.untrusted")
    config = tmp_path / "kiosk.toml"
    config.write_text(f'data_dir = "{tmp_path / "data"}"\n[course_publishers]\nown = "{public}"\n')
    assert run(capsys, "--config", config, "pack", "import", out, "--json")[:2] == (
        0,
        {"pack": str(out), "good": True, "reason": "", "already": False},
    )
    assert run(capsys, "--config", config, "pack", "import", out, "--json")[1]["already"] is True
    damaged = bytearray(out.read_bytes())
    damaged[-60] ^= 1
    out.write_bytes(bytes(damaged))
    code, said, _ = run(capsys, "--config", config, "pack", "verify", out, tmp_path / "none", "--json")
    assert (code, [one["reason"] for one in said]) == (1, ["layout", "unreadable"])


def test_a_course_that_cannot_be_taken_is_not_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, key = folder(tmp_path / "source"), tmp_path / "key"
    run(capsys, "pack", "key", key)
    plain = json.loads((source / "course.json").read_text("utf-8"))
    plain["steps"][1]["questions"][2].pop("answer")
    (source / "course.json").write_text(json.dumps(plain), "utf-8")
    code, _, said = run(capsys, "pack", "build", source, "--key", key, "--out", tmp_path / "x")
    assert (code, json.loads(said)["error"]) == (2, "pack.invalid")
    assert "three has no right answer" in said
    for spoilt in ("[]", "{", '{"steps": [{"type": "video", "file": 7}]}', '{"steps": 7}'):
        (source / "course.json").write_text(spoilt, "utf-8")
        code, _, said = run(capsys, "pack", "build", source, "--key", key, "--out", tmp_path / "x")
        assert (code, json.loads(said)["error"]) in [(2, "pack.invalid"), (2, "not_found")]
    assert not (tmp_path / "x").exists()
    assert run(capsys, "pack", "build", source, "--key", tmp_path / "nokey", "--out", tmp_path / "x")[0] == 2


@needs_ffmpeg
def test_a_film_is_measured_and_must_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, key, out = folder(tmp_path / "source"), tmp_path / "key", tmp_path / "s.course.zip"
    run(capsys, "pack", "key", key)
    plain = json.loads((source / "course.json").read_text("utf-8"))
    del plain["steps"][0]["duration_ms"]
    (source / "course.json").write_text(json.dumps(plain), "utf-8")
    build = ("pack", "build", source, "--key", key, "--out", out)
    code, _, said = run(capsys, *build)
    assert (code, "film.mp4 is not a film" in said) == (2, True)
    encode = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "color=s=64x48:d=2"]
    subprocess.run([*encode, "-c:v", "mpeg4", str(source / "film.mp4")], check=True)
    assert "not H.264" in run(capsys, *build)[2]
    subprocess.run([*encode, "-c:v", "libx264", str(source / "film.mp4")], check=True)
    assert run(capsys, *build)[0] == 0
    assert b'"duration_ms": 2000' in out.read_bytes()
