"""`python -m kiosk scan`: files of every kind, and what is no file of any kind."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.__main__ import main
from kiosk.devices.scanner.codes import to_grey
from kiosk.devices.scanner.decode import Pipeline
from tests.benchmarks.scan_scenes import SCENES, easier, takes
from tests.benchmarks.scan_stills import photo
from tests.kiosk.devices.helpers import qr

TEXT = "GH1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 ETEF2A %/:"
ROOT = Path(__file__).resolve().parents[4]


class Result:
    def __init__(self, code: int, lines: list[dict[str, Any]], err: str) -> None:
        self.code, self.lines, self.err = code, lines, err

    @property
    def texts(self) -> list[str | None]:
        return [line["text"] for line in self.lines]


@pytest.fixture
def scan(capfd: pytest.CaptureFixture[str]) -> Any:
    def run(*paths: Path) -> Result:
        code = main(["scan", *map(str, paths), "--json"])
        captured = capfd.readouterr()
        return Result(code, [json.loads(line) for line in captured.out.splitlines()], captured.err)

    return run


def on_table(code: np.ndarray, width: int = 900, height: int = 700, grey: int = 150) -> np.ndarray:
    picture = np.full((height, width), grey, np.uint8)
    picture[200 : 200 + code.shape[0], 300 : 300 + code.shape[1]] = code
    return picture


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".bmp", ".tiff", ".gif"])
def test_pictures_of_every_format(scan: Any, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a code{suffix}"
    Image.fromarray(on_table(qr(TEXT, 6))).convert("RGB").save(path)
    result = scan(path)
    assert (result.code, result.texts) == (0, [TEXT])
    line = result.lines[0]
    assert (line["file"], line["frame"], line["format"], line["size"]) == (str(path), 0, "QRCode", [900, 700])
    x, y = np.array(line["corners"])[:, 0], np.array(line["corners"])[:, 1]
    assert x.min() == pytest.approx((300 + 24) / 900, abs=0.01)
    assert y.min() == pytest.approx((200 + 24) / 700, abs=0.01)


@pytest.mark.parametrize("angle", [0, 33, 90, 180, 270, 301])
def test_turned_codes_keep_their_own_top_left(scan: Any, tmp_path: Path, angle: int) -> None:
    picture = Image.fromarray(on_table(qr(TEXT, 6))).rotate(angle, expand=True, fillcolor=150)
    picture.save(tmp_path / "turned.png")
    result = scan(tmp_path / "turned.png")
    assert result.texts == [TEXT]
    corners = np.array(result.lines[0]["corners"]) * result.lines[0]["size"]
    along = corners[1] - corners[0]  # top left to top right
    turned = np.degrees(np.arctan2(-along[1], along[0])) % 360
    assert min(abs(turned - angle), 360 - abs(turned - angle)) < 5


def test_a_picture_that_says_how_it_was_held(scan: Any, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(on_table(qr(TEXT, 6))).save(tmp_path / "exif.jpg", exif=exif)
    result = scan(tmp_path / "exif.jpg")
    assert result.texts == [TEXT]
    assert result.lines[0]["size"] == [700, 900]


def test_transparent_grey_deep_and_dark_mode_pictures(scan: Any, tmp_path: Path) -> None:
    code = qr(TEXT, 6)
    clear = np.zeros((*code.shape, 4), np.uint8)  # black ink on nothing, hidden colour black
    clear[:, :, 3] = 255 - code
    light = np.full((*code.shape, 4), 255, np.uint8)  # white ink on nothing, made for a dark page
    light[:, :, 3] = code
    light[:, :, :3] = 255
    pictures = {"clear": clear, "light": light, "deep": code.astype(np.uint16) * 257, "dark": 255 - on_table(code)}
    paths = []
    for name, picture in pictures.items():
        paths.append(tmp_path / f"{name}.png")
        cv2.imwrite(str(paths[-1]), picture)
    result = scan(*paths)
    assert (result.code, result.texts) == (0, [TEXT] * 4)


def test_one_pixel_a_module_and_ninety_megapixels(scan: Any, tmp_path: Path) -> None:
    Image.fromarray(qr("tiny", 1)).save(tmp_path / "tiny.png")
    huge = np.full((9000, 10_000), 170, np.uint8)
    code = qr(TEXT, 9)
    huge[8000 : 8000 + code.shape[0], 200 : 200 + code.shape[1]] = code
    cv2.imwrite(str(tmp_path / "huge.jpg"), huge)
    assert scan(tmp_path / "tiny.png", tmp_path / "huge.jpg").texts == ["tiny", TEXT]


def test_all_codes_of_a_picture_and_the_same_text_twice(scan: Any, tmp_path: Path) -> None:
    sheet = np.full((900, 1500), 240, np.uint8)
    texts = [f"code {number}" for number in range(9)] + ["code 0"]
    for number, text in enumerate(texts):
        code = qr(text, 5)
        y, x = 40 + number // 5 * 450, 40 + number % 5 * 290
        sheet[y : y + code.shape[0], x : x + code.shape[1]] = code
    Image.fromarray(sheet).save(tmp_path / "sheet.png")
    result = scan(tmp_path / "sheet.png")
    assert sorted(result.texts) == sorted(texts)


def test_an_old_plastic_card(scan: Any, tmp_path: Path) -> None:
    bars = np.array(zxingcpp.create_barcode("0510-4471", zxingcpp.BarcodeFormat.Code128).to_image(scale=3))
    bars = np.pad(np.repeat(bars, 3, axis=0)[:120], 30, constant_values=255)
    for name, picture in {"flat.png": bars, "upright.png": np.rot90(bars)}.items():
        cv2.imwrite(str(tmp_path / name), np.ascontiguousarray(picture))
    result = scan(tmp_path / "flat.png", tmp_path / "upright.png")
    assert result.texts == ["0510-4471"] * 2
    assert {line["format"] for line in result.lines} == {"Code128"}


@pytest.mark.parametrize(
    "text", ["", "é中文", "\x00\x01\x1b[31m", "x" * 2300, "https://example.org/?a=1&b=2", "WIFI:S:a;T:WPA;P:b;;"]
)
def test_any_content_comes_out_as_it_is(scan: Any, tmp_path: Path, text: str) -> None:
    if not text:
        return
    Image.fromarray(qr(text, 4, error="l")).save(tmp_path / "any.png")
    assert scan(tmp_path / "any.png").texts == [text]


def test_bytes_that_are_no_text_are_given_in_hex(scan: Any, tmp_path: Path) -> None:
    raw = bytes(range(128, 256))
    barcode = zxingcpp.create_barcode(raw, zxingcpp.BarcodeFormat.QRCode)
    cv2.imwrite(str(tmp_path / "raw.png"), np.pad(np.array(barcode.to_image(scale=5)), 30, constant_values=255))
    assert scan(tmp_path / "raw.png").lines[0]["bytes"] == raw.hex()


@pytest.mark.parametrize(("suffix", "fourcc"), [(".mp4", "mp4v"), (".avi", "MJPG")])
def test_a_video_gives_one_scan_with_its_frame(scan: Any, tmp_path: Path, suffix: str, fourcc: str) -> None:
    take = takes(easier(SCENES[0]), 1)[0]
    writer = cv2.VideoWriter(str(tmp_path / f"take{suffix}"), cv2.VideoWriter.fourcc(*fourcc), 15.0, (1280, 720))
    for number, frame in enumerate(take.frames()):
        if number < 26:
            writer.write(frame)
    writer.release()
    result = scan(tmp_path / f"take{suffix}")
    assert (result.code, result.texts) == (0, [take.text])
    assert 3 < result.lines[0]["frame"] < 26
    assert result.lines[0]["seconds"] == pytest.approx(result.lines[0]["frame"] / 15.0, abs=0.01)


def test_a_video_in_which_the_camera_read_nothing_gets_a_second_look(scan: Any, tmp_path: Path) -> None:
    taken = photo("rounded")
    assert not Pipeline().look(to_grey(taken.picture)).found
    writer = cv2.VideoWriter(str(tmp_path / "v.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, taken.picture.shape[1::-1])
    writer.write(taken.picture)
    writer.release()
    assert tuple(scan(tmp_path / "v.avi").texts) == taken.texts


def broken_files(folder: Path) -> list[Path]:
    good = folder / "good.png"
    Image.fromarray(qr(TEXT)).save(good)
    data = good.read_bytes()
    contents = {
        "empty.png": b"",
        "page.jpg": b"<html><body>not a picture</body></html>",
        "notes.txt": b"bread, milk, tea\n" * 90,
        "head.png": data[:40],
        "jpeg.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 50,
        "video.mp4": b"\0\0\0\x20ftypisom" + b"\0" * 64,
        "list.m3u8": b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder.png").mkdir()
    return [*(folder / name for name in contents), folder / "folder.png", folder / "missing.png"]


def test_what_cannot_be_read_is_said_in_a_line_and_the_rest_goes_on(scan: Any, tmp_path: Path) -> None:
    paths = broken_files(tmp_path)
    result = scan(*paths, tmp_path / "good.png")
    assert result.code == 1
    assert [line.get("error") for line in result.lines] == ["unreadable"] * len(paths) + [None]
    assert all(line["problem"] and "\n" not in line["problem"] for line in result.lines[:-1])
    assert result.texts[-1] == TEXT
    said = [line for line in result.err.splitlines() if line.startswith("scan: ")]
    assert [str(path) in line for path, line in zip(paths, said, strict=True)] == [True] * len(paths)


def test_a_picture_without_a_code_is_no_error_of_the_file(scan: Any, tmp_path: Path) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (300, 300), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    Image.fromarray(np.zeros((3, 5), np.uint8)).save(tmp_path / "dot.png")
    result = scan(tmp_path / "noise.png", tmp_path / "dot.png")
    assert (result.code, [line["error"] for line in result.lines]) == (1, ["no_code"] * 2)


def test_as_an_installer_runs_it(tmp_path: Path) -> None:
    """The real command: decoders of broken files keep quiet, and the demonstration's codes are read."""
    paths = [*broken_files(tmp_path), *sorted((ROOT / "assets" / "demo" / "codes").glob("*.png"))]
    command = [sys.executable, "-m", "kiosk", "scan", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert sum(line["text"] is not None for line in lines) == 5
    assert [line for line in done.stderr.splitlines() if not line.startswith("scan: ")] == []
