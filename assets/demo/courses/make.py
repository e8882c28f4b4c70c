"""Makes the films and packs of the demonstration's courses: slides, speech, captions, an H.264/AAC film, a signed pack.

    python assets/demo/courses/make.py [--force]

Reads `<course>/course.json` beside this file and writes `<course>.course.zip` into `assets/demo/catalogue/files/`,
which is not committed. Quick when there is nothing to do. The publisher's key is public on purpose, like the issuer's
in `make_members.py`: a station that trusts it trusts nobody in particular.
"""

import argparse
import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
import wave
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from kiosk.learning.packing import SOURCE, assemble
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.pack import build_pack

HERE = Path(__file__).resolve().parent
CATALOGUE = HERE.parent / "catalogue"
KEY = SigningKey.from_seed("demo", hashlib.sha256(b"The demonstration's publisher. Not a secret.").digest())
BEGAN, ENDS = datetime(2026, 11, 1, tzinfo=UTC), datetime(2036, 11, 1, tzinfo=UTC)
SIZE = (1280, 720)
PAPER, INK, MUTED = "#F8F4EA", "#1B1A17", "#55524A"
VOICE, WORDS_A_MINUTE = "cmn-latn-pinyin", "165"
PAUSE, BREATH = 0.9, 0.25  # seconds after a scene, and between its sentences


def sources() -> dict[str, dict[str, Any]]:
    """What is written in each `course.json`, by the name of its folder."""
    return {path.parent.name: json.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*/course.json"))}


def documents() -> dict[str, dict[str, Any]]:
    """The documents of the catalogue, by file name; hash and size of each pack are filled in when they are read."""
    key = {
        "name": {"zh_CN": "演示课程", "en": "Demonstration courses"},
        "public_key": KEY.public.hex(),
        "not_before": BEGAN.isoformat(),
        "not_after": ENDS.isoformat(),
    }
    found: dict[str, dict[str, Any]] = {"publisher": {"kind": "course_publisher", "id": "demo", "body": key}}
    for name, source in sources().items():
        body = {part: source[part] for part in ("title", "summary", "version", "icon", "order")}
        body |= {"minutes": 1, "pack": {"name": f"{name}.course.zip", "media_type": "application/zip"}}
        found[name] = {"kind": "course", "id": source["course"], "body": body}
    return found


def text(words: list[str]) -> dict[str, str]:
    return {"zh_CN": words[0], "en": words[1]}


def noto(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Noto Sans CJK SC: the third face of its collection."""
    weight = "Bold" if bold else "Regular"
    return ImageFont.truetype(f"/usr/share/fonts/opentype/noto/NotoSansCJK-{weight}.ttc", size, index=2)


def icons() -> tuple[Path, dict[str, str]]:
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise SystemExit("qtawesome is not installed: run make setup")
    folder = Path(spec.origin).parent / "fonts"
    charmap = next(folder.glob("materialdesignicons6-webfont-charmap-*.json"))
    font = next(folder.glob("materialdesignicons6-webfont-*.ttf"))
    return font, json.loads(charmap.read_text("utf-8"))


def draw(scene: dict[str, Any], number: int, of: int, path: Path) -> None:
    """One slide: an icon on a coloured field, a title and at most two points, both languages."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    font, charmap = icons()
    pen.rectangle((0, 0, 400, SIZE[1]), fill=scene["colour"])
    glyph = chr(int(charmap[scene["icon"]], 16))
    pen.text((200, 330), glyph, font=ImageFont.truetype(str(font), 250), fill="#FFFFFF", anchor="mm")
    for dot in range(of):
        x = 200 + (dot - (of - 1) / 2) * 34
        pen.ellipse((x - 8, 632, x + 8, 648), fill="#FFFFFF" if dot == number else None, outline="#FFFFFF", width=2)
    chinese, english = scene["title"]
    pen.text((456, 86), chinese, font=fitting(chinese, 68, 770, bold=True), fill=INK)
    pen.text((458, 186), english, font=fitting(english, 36, 770), fill=MUTED)
    pen.rectangle((458, 252, 578, 258), fill=scene["colour"])
    for row, (line, translation) in enumerate(scene["points"]):
        y = 306 + row * 156
        pen.ellipse((460, y + 22, 478, y + 40), fill=scene["colour"])
        pen.text((506, y), line, font=fitting(line, 46, 720), fill=INK)
        pen.text((506, y + 70), translation, font=fitting(translation, 31, 720), fill=MUTED)
    picture.save(path)


def fitting(words: str, size: int, width: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    while size > 20 and noto(size, bold).getlength(words) > width:
        size -= 2
    return noto(size, bold)


def speak(words: str, path: Path) -> bytes:
    """The samples (16 bit, mono, 22 050 Hz) of a sentence."""
    command = ["espeak-ng", "-v", VOICE, "-s", WORDS_A_MINUTE, "-w", str(path), words]
    subprocess.run(command, check=True, capture_output=True)
    with wave.open(str(path), "rb") as sound:
        if (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) != (22_050, 2, 1):
            raise SystemExit("espeak-ng speaks in another format than expected")
        return sound.readframes(sound.getnframes())


def silence(seconds: float) -> bytes:
    return bytes(2 * round(seconds * 22_050))


def stamp(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"


def captions(cues: list[tuple[float, float, list[str]]], language: int) -> str:
    lines = ["WEBVTT", ""]
    for begin, end, words in cues:
        lines += [f"{stamp(begin)} --> {stamp(end)}", words[language], ""]
    return "\n".join(lines)


def film(scenes: list[dict[str, Any]], folder: Path) -> None:
    """Write `film.mp4`, `zh.vtt` and `en.vtt` into `folder`."""
    sound, cues, slides = silence(0.5), [], []
    for number, scene in enumerate(scenes):
        began = len(sound) / 44_100
        for words in scene["say"]:
            begin = len(sound) / 44_100
            sound += speak(words[0], folder / "sentence.wav")
            cues.append((begin, len(sound) / 44_100, words))
            sound += silence(BREATH)
        sound += silence(PAUSE)
        draw(scene, number, len(scenes), folder / f"slide{number}.png")
        slides.append((f"slide{number}.png", len(sound) / 44_100 - (began if number else 0)))
    with wave.open(str(folder / "sound.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(22_050)
        out.writeframes(sound)
    listed = [f"file '{name}'\nduration {seconds:.3f}\n" for name, seconds in slides]
    (folder / "slides.txt").write_text("".join(listed) + f"file '{slides[-1][0]}'\n", "utf-8")
    encode(folder, len(sound) / 44_100)
    (folder / "zh.vtt").write_text(captions(cues, 0), "utf-8")
    (folder / "en.vtt").write_text(captions(cues, 1), "utf-8")


def cards(source: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """The slides of the film, without its title, as pictures to be looked through at leisure."""
    found = []
    for number, scene in enumerate(source["scenes"][1:], start=1):
        Image.open(folder / f"slide{number}.png").save(folder / f"card{number}.jpg", quality=85)
        words = {"zh_CN": "".join(said[0] for said in scene["say"]), "en": " ".join(said[1] for said in scene["say"])}
        found.append({"file": f"card{number}.jpg", "text": words})
    return found


def encode(folder: Path, seconds: float) -> None:
    command = ["ffmpeg", "-v", "error", "-y", "-f", "concat", "-i", "slides.txt", "-i", "sound.wav", "-r", "25"]
    command += ["-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", "24", "-g", "50"]
    command += ["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k", "-ar", "44100", "-t", f"{seconds:.3f}"]
    command += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    command += ["-threads", "1", "-movflags", "+faststart", "film.mp4"]
    subprocess.run(command, cwd=folder, check=True)


def pack(source: dict[str, Any], out: Path) -> None:
    """Make the media of a course and write its pack to `out`, whole or not at all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        film(source["scenes"], folder)
        spoken = [{"language": "zh_CN", "file": "zh.vtt"}, {"language": "en", "file": "en.vtt"}]
        steps: list[dict[str, Any]] = [
            {"type": "video", "id": "film", "title": source["film"], "file": "film.mp4", "captions": spoken}
        ]
        if "cards" in source:
            steps.append({"type": "slides", "id": "cards", "title": source["cards"], "slides": cards(source, folder)})
        steps.append({"type": "quiz", "id": "quiz", **source["quiz"]})
        plain = {part: source[part] for part in ("course", "version", "title", "summary")}
        plain |= {"issued": BEGAN.isoformat(), "steps": steps}
        (folder / SOURCE).write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
        manifest = assemble(folder)
        fresh = out.with_suffix(".new")
        with fresh.open("wb") as handle:
            build_pack(handle, manifest, folder, KEY)
        fresh.replace(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--force", action="store_true", help="make them again, also when nothing changed")
    args = parser.parse_args()
    for name, document in documents().items():
        path = CATALOGUE / "courses" / f"{name}.json"
        wanted = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != wanted:
            path.write_text(wanted, "utf-8")
    files = CATALOGUE / "files"
    files.mkdir(parents=True, exist_ok=True)
    for name, source in sources().items():
        out, mark = files / f"{name}.course.zip", files / f".{name}.made"
        made_of = hashlib.sha256(Path(__file__).read_bytes() + (HERE / name / "course.json").read_bytes()).hexdigest()
        if not args.force and out.exists() and mark.exists() and mark.read_text() == made_of:
            continue
        pack(source, out)
        mark.write_text(made_of)
        print(f"made {out.name}: {out.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
