"""Codes in picture and video files, for the `scan` command: any size, any format that OpenCV or Pillow opens."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.devices.scanner.camera_scanner import Sightings
from kiosk.devices.scanner.codes import Found, to_grey
from kiosk.devices.scanner.decode import Pipeline
from kiosk.devices.scanner.stills import read_still
from kiosk.errors import KioskError

Picture = NDArray[np.uint8]
_MOST_PIXELS = 120_000_000  # above this a picture is opened at a reduced size
_MOST_BYTES = 300_000_000  # above this a file can only be a video
_STILL_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
_DEFAULT_FPS = 25.0
_SECOND_LOOKS = 24  # frames of a video in which nothing was read that are then looked at as stills


class FileUnreadable(KioskError):
    """`file` cannot be opened, or is neither a picture nor a video; `problem` says which."""

    code = "scan.file_unreadable"


@dataclass(frozen=True, slots=True)
class FileScan:
    """A code in a file. `frame` counts from 0 (a picture has one), `seconds` is its time in a video."""

    found: Found
    frame: int
    seconds: float
    milliseconds: float  # that looking at this picture or frame took
    size: tuple[int, int]  # width, height of the picture, upright


def scan_file(path: Path) -> Iterator[FileScan]:
    """Every code in a picture; every scan in a video, where a code that stays for two seconds is one scan.

    Raises FileUnreadable.
    """
    picture = load_picture(path)
    if picture is None:
        yield from _scan_video(path)
        return
    yield from _scan_picture(picture)


def load_picture(path: Path) -> Picture | None:
    """The picture, upright, H×W or H×W×3 BGR uint8; None when it is not a picture. Raises FileUnreadable."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FileUnreadable(file=str(path), problem="not a file")
        data = np.fromfile(path, dtype=np.uint8, count=min(size, _MOST_BYTES))
    except OSError as error:
        raise FileUnreadable(file=str(path), problem=error.strerror or str(error)) from error
    if not data.size:
        raise FileUnreadable(file=str(path), problem="the file is empty")
    if _is_text(bytes(data[:4096])):  # FFmpeg would paint it as a video, or follow the addresses of a play list
        raise FileUnreadable(file=str(path), problem="a text, neither a picture nor a video")
    if size > _MOST_BYTES or (bytes(data[4:8]) == b"ftyp" and bytes(data[8:12]) not in _STILL_BRANDS):
        return None  # MP4 and its kin
    try:
        return _decoded(data, path)
    except (cv2.error, MemoryError, ValueError, OSError) as error:
        raise FileUnreadable(file=str(path), problem=str(error).strip()[:200]) from error


def _is_text(head: bytes) -> bool:
    if head[:1] == b"P" and head[1:2].isdigit():  # the plain forms of portable pixmaps
        return False
    try:
        return "\0" not in head[:4000].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > 3990  # a letter cut in half at the end


def _decoded(data: NDArray[np.uint8], path: Path) -> Picture | None:
    with_alpha = _alpha(data, path)
    if with_alpha is not None:
        return with_alpha
    reduced = _pixels(path) > _MOST_PIXELS
    colour = cv2.imdecode(data, cv2.IMREAD_REDUCED_COLOR_4 if reduced else cv2.IMREAD_COLOR)
    if colour is not None:
        return np.asarray(colour, dtype=np.uint8)
    return _by_pillow(path)


def _alpha(data: NDArray[np.uint8], path: Path) -> Picture | None:
    """A picture with transparency on white: what shines through is not black, as its hidden colour often is."""
    if bytes(data[:8]) != b"\x89PNG\r\n\x1a\n" and bytes(data[8:12]) != b"WEBP":
        return None
    if _pixels(path) > _MOST_PIXELS:
        return None
    raw = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if raw is None or raw.ndim != 3 or raw.shape[2] != 4:
        return None
    full = 65535.0 if raw.dtype == np.uint16 else 255.0
    alpha = raw[:, :, 3:].astype(np.float32) / full
    if float(alpha.min()) >= 1.0:
        return None
    flat = raw[:, :, :3].astype(np.float32) * (255.0 / full)
    # Light ink on nothing was made for a dark page.
    ink = float((flat.mean(axis=2, keepdims=True) * alpha).sum() / max(1.0, float(alpha.sum())))
    page = 0.0 if ink > 127.0 and float(alpha.mean()) < 0.7 else 255.0
    return np.asarray(np.clip(flat * alpha + page * (1 - alpha), 0, 255), dtype=np.uint8)


def _pixels(path: Path) -> int:
    """Width × height by the file's header, 0 when it cannot be told."""
    try:
        from PIL import Image

        with Image.open(path) as opened:
            return opened.width * opened.height
    except Exception:  # a broken header may raise anything; the decoder will say what is wrong
        return 0


def _by_pillow(path: Path) -> Picture | None:
    """Formats that OpenCV's wheel does not open."""
    try:
        from PIL import Image, ImageOps

        with Image.open(path) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(opened).convert("RGB")
        return np.ascontiguousarray(np.asarray(upright, dtype=np.uint8)[:, :, ::-1])
    except Exception:  # a file that is no picture may raise anything
        return None


def _scan_picture(picture: Picture) -> Iterator[FileScan]:
    began = time.perf_counter()
    found = read_still(picture)
    spent = (time.perf_counter() - began) * 1000
    for code in found:
        yield FileScan(code, 0, 0.0, spent, (picture.shape[1], picture.shape[0]))


def _scan_video(path: Path) -> Iterator[FileScan]:
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        if not capture.isOpened():
            raise FileUnreadable(file=str(path), problem="neither a picture nor a video")
        fps = capture.get(cv2.CAP_PROP_FPS)
        fps = fps if 0.1 <= fps <= 1000.0 else _DEFAULT_FPS
        pipeline, sightings, frames, read = Pipeline(), Sightings(), 0, False
        while (picture := _next_frame(capture)) is not None:
            began = time.perf_counter()
            look = pipeline.look(to_grey(picture))
            spent = (time.perf_counter() - began) * 1000
            for code in look.found:
                read = True
                if sightings.is_new(code.raw, frames / fps):
                    yield FileScan(code, frames, frames / fps, spent, (picture.shape[1], picture.shape[0]))
            frames += 1
        if not frames:
            raise FileUnreadable(file=str(path), problem="no frame can be decoded")
    finally:
        capture.release()
    if not read:
        yield from _second_look(path, frames, fps)


def _second_look(path: Path, frames: int, fps: float) -> Iterator[FileScan]:
    """Nothing was read at the speed of a camera: look at some frames as at stills, until one gives a code."""
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    step = max(1, frames // _SECOND_LOOKS)
    number = 0
    try:
        while (picture := _next_frame(capture)) is not None:
            if number % step == step // 2:
                began = time.perf_counter()
                found = read_still(picture, patience=1.5)
                spent = (time.perf_counter() - began) * 1000
                for code in found:
                    yield FileScan(code, number, number / fps, spent, (picture.shape[1], picture.shape[0]))
                if found:
                    return
            number += 1
    finally:
        capture.release()


def _next_frame(capture: cv2.VideoCapture) -> Picture | None:
    try:
        good, picture = capture.read()
    except cv2.error:
        return None
    return np.asarray(picture, dtype=np.uint8) if good and picture is not None else None
