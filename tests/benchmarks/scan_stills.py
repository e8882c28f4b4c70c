"""Simulated photographs of codes in trouble, made from a seed: what a scanner's test sets are made of.

Kinds: nominal, rotated, perspective, blurred, dark, glare, bright spots, shadows, damaged, curved, monitor, tiny, huge,
high version, many in one picture, colours, rounded modules, inverted, no quiet zone, JPEG ruins; and no code at all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]
Random = np.random.Generator
_LETTERS = list("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@dataclass(frozen=True)
class Photo:
    """A picture (H×W×3 uint8 BGR) and the texts in it."""

    kind: str
    picture: Picture
    texts: tuple[str, ...]


def photos(count: int, seed: int = 7) -> Iterator[Photo]:
    """`count` photographs of each kind."""
    for kind in KINDS:
        for number in range(count):
            yield photo(kind, number, seed)


def photo(kind: str, number: int = 0, seed: int = 7) -> Photo:
    """One photograph of a kind."""
    picture, texts = KINDS[kind](np.random.default_rng([seed, list(KINDS).index(kind), number]))
    return Photo(kind, np.asarray(np.clip(picture, 0, 255), dtype=np.uint8), texts)


def _text(random: Random, low: int = 20, high: int = 230) -> str:
    return "GH1:" + "".join(random.choice(_LETTERS, int(random.integers(low, high))))


def _code(text: str, module: int = 10, border: int = 4, error: str = "m") -> Floats:
    matrix = np.array(segno.make_qr(text, error=error, boost_error=False).matrix, dtype=np.float32)
    cells = np.pad(1 - matrix, border, constant_values=1)
    return np.asarray(np.kron(cells, np.ones((module, module))), dtype=np.float32)


def _scene(random: Random, width: int = 1200, height: int = 900) -> Floats:
    """A table with things on it."""
    scene = np.ones((height, width, 3), dtype=np.float32) * random.uniform(60, 200, 3)
    scene = scene * np.linspace(random.uniform(0.8, 1.1), random.uniform(0.7, 1.1), width)[None, :, None]
    for _ in range(int(random.integers(3, 10))):
        x, y = int(random.integers(0, width)), int(random.integers(0, height))
        size = (int(random.integers(30, 300)), int(random.integers(20, 250)))
        cv2.rectangle(scene, (x, y), (x + size[0], y + size[1]), random.uniform(20, 240, 3).tolist(), -1)
    for _ in range(int(random.integers(0, 12))):
        words = "".join(random.choice(_LETTERS, 24))
        where = (int(random.integers(-50, width)), int(random.integers(0, height)))
        cv2.putText(scene, words, where, cv2.FONT_HERSHEY_SIMPLEX, random.uniform(0.4, 1.4), (30, 30, 30), 2)
    grain = cv2.resize(random.normal(0, 14, (height // 3, width // 3)), (width, height))
    return np.asarray(scene + grain[:, :, None], dtype=np.float32)


def _lay(
    random: Random,
    scene: Floats,
    code: Floats,
    *,
    size: tuple[float, float] = (0.35, 0.6),
    turn: float = 12.0,
    slant: float = 0.12,
    ink: float = 25.0,
    paper: float = 235.0,
) -> Floats:
    """Lay the code into the scene; `size` are shares of the shorter side, `turn` degrees, `slant` the perspective."""
    height, width = scene.shape[:2]
    side = random.uniform(*size) * min(height, width)
    angle = np.radians(random.uniform(-turn, turn))
    square = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * side
    square = square @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    square += random.uniform(-slant, slant, (4, 2)) * side
    reach = np.abs(square).max(0)
    centre = random.uniform(reach + 4, np.maximum(np.array([width, height]) - reach - 4, reach + 5))
    quad = (square + centre).astype(np.float32)
    rows, columns = code.shape[:2]
    source = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, quad)
    tall = code if code.ndim == 3 else np.repeat((ink + code * (paper - ink))[:, :, None], 3, axis=2)
    scale = side / rows
    soft = cv2.GaussianBlur(tall.astype(np.float32), (0, 0), max(0.3, 0.35 / scale))
    plane = cv2.warpPerspective(soft, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(-999.0,) * 3)
    return np.asarray(np.where(plane[:, :, :1] > -50, plane, scene), dtype=np.float32)


def _camera(random: Random, picture: Floats, *, blur: float = 0.7, noise: float = 3.0, quality: int = 88) -> Floats:
    soft = cv2.GaussianBlur(picture, (0, 0), blur)
    soft = soft + random.normal(0, noise, soft.shape[:2])[:, :, None]
    data = cv2.imencode(".jpg", np.clip(soft, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.float32)


Made = tuple[Floats, tuple[str, ...]]


def _plain(**laid: object) -> Callable[[Random], Made]:
    def make(random: Random) -> Made:
        text = _text(random)
        return _camera(random, _lay(random, _scene(random), _code(text), **laid)), (text,)  # type: ignore[arg-type]

    return make


def _blurred(random: Random) -> Made:
    text = _text(random)
    picture = _lay(random, _scene(random), _code(text))
    length, angle = int(random.integers(5, 12)), random.uniform(0, np.pi)
    kernel = np.zeros((31, 31), dtype=np.float32)
    along = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    cv2.line(kernel, tuple(np.round(15 - along).astype(int)), tuple(np.round(15 + along).astype(int)), 1.0)
    if random.random() < 0.5:
        picture = np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), dtype=np.float32)
        return _camera(random, picture), (text,)
    return _camera(random, picture, blur=random.uniform(2.0, 4.0)), (text,)


def _dark(random: Random) -> Made:
    text = _text(random)
    picture = _lay(random, _scene(random), _code(text)) * random.uniform(0.06, 0.16)
    return _camera(random, picture, noise=random.uniform(2.0, 5.0)), (text,)


def _glare(random: Random) -> Made:
    text = _text(random)
    scene = _lay(random, _scene(random), _code(text))
    return _camera(random, scene + _spots(random, scene, 1, 0.10, 0.22, 300)), (text,)


def _bright_spots(random: Random) -> Made:
    text = _text(random)
    scene = _lay(random, _scene(random), _code(text), paper=200)
    return _camera(random, scene + _spots(random, scene, int(random.integers(2, 5)), 0.03, 0.07, 420)), (text,)


def _spots(random: Random, scene: Floats, count: int, low: float, high: float, strength: float) -> Floats:
    """Reflections near the middle, where the code is likely."""
    height, width = scene.shape[:2]
    light = np.zeros((height, width), dtype=np.float32)
    for _ in range(count):
        x, y = random.uniform(0.3, 0.7) * width, random.uniform(0.3, 0.7) * height
        sx, sy = random.uniform(low, high, 2) * width
        across = np.exp(-(((np.arange(width) - x) / sx) ** 2))
        down = np.exp(-(((np.arange(height) - y) / sy) ** 2))
        light += np.outer(down, across).astype(np.float32)
    return np.asarray(light[:, :, None] * strength, dtype=np.float32)


def _shadows(random: Random) -> Made:
    text = _text(random)
    picture = _lay(random, _scene(random), _code(text))
    height, width = picture.shape[:2]
    shade = np.ones((height, width), dtype=np.float32)
    for _ in range(3):
        points = random.uniform(0, 1, (4, 2)) * [width, height]
        cv2.fillConvexPoly(shade, cv2.convexHull(points.astype(np.int32)), random.uniform(0.18, 0.5))
    return _camera(random, picture * cv2.GaussianBlur(shade, (0, 0), 3)[:, :, None]), (text,)


def _damaged(random: Random) -> Made:
    text = _text(random)
    code = _code(text, error="q")
    side = code.shape[0]
    for _ in range(int(random.integers(2, 5))):
        a, b = (tuple(int(v) for v in random.integers(0, side, 2)) for _ in range(2))
        cv2.line(code, a, b, float(random.integers(0, 2)), int(side * 0.018))
    centre = tuple(int(v) for v in random.integers(int(side * 0.35), int(side * 0.65), 2))
    cv2.circle(code, centre, int(side * random.uniform(0.04, 0.09)), random.uniform(0, 1), -1)
    return _camera(random, _lay(random, _scene(random), code)), (text,)


def _curved(random: Random) -> Made:
    text = _text(random, 10, 120)
    code = _code(text)
    side = code.shape[0]
    bend = random.uniform(0.75, 1.15)
    x = np.linspace(-np.sin(bend), np.sin(bend), side)
    columns = (np.arcsin(x) / bend + 1) / 2 * (side - 1)
    sag = (np.cos(np.arcsin(x)) - 1) * side * random.uniform(0.0, 0.25)
    u, v = np.meshgrid(columns, np.arange(side))
    bent = cv2.remap(code, u.astype(np.float32), (v - sag[None, :]).astype(np.float32), cv2.INTER_LINEAR, borderValue=1)
    bent = bent * np.cos(np.arcsin(x))[None, :] ** 0.3
    return _camera(random, _lay(random, _scene(random), bent.astype(np.float32))), (text,)


def _monitor(random: Random) -> Made:
    text = _text(random)
    picture = _lay(random, _scene(random) * 0.5, _code(text), ink=15, paper=270)
    y, x = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]].astype(np.float32)
    a, b = random.uniform(0.4, 1.6, 2)
    beat = 1 + 0.25 * np.sin(a * x + 0.2 * y) + 0.25 * np.sin(b * y - 0.15 * x) + 0.12 * np.sin(y / 40)
    return _camera(random, picture * beat[:, :, None], noise=5), (text,)


def _huge(random: Random) -> Made:
    text = _text(random)
    scene = _scene(random, 4000, 3000)
    return _camera(random, _lay(random, scene, _code(text, 20), size=(0.06, 0.95), turn=180), blur=1.6), (text,)


def _high_version(random: Random) -> Made:
    text = _text(random, 900, 2200)
    laid = _lay(random, _scene(random, 2000, 1600), _code(text, 8, error="l"), size=(0.7, 0.9), slant=0.05)
    return _camera(random, laid, blur=0.9), (text,)


def _many(random: Random) -> Made:
    texts = [_text(random, 6, 60) for _ in range(12)]
    sheet = np.full((1200, 1600, 3), 225.0, dtype=np.float32)
    for number, text in enumerate(texts):
        x, y = number % 4 * 400, number // 4 * 400
        sheet[y : y + 400, x : x + 400] = _lay(random, sheet[y : y + 400, x : x + 400], _code(text), size=(0.55, 0.75))
    return _camera(random, sheet), tuple(texts)


def _lots(random: Random) -> Made:
    """A sheet of labels, photographed askew from a little too far away."""
    texts = [_text(random, 4, 40) for _ in range(48)]
    sheet = np.full((1536, 2048, 3), 232.0, dtype=np.float32)
    for number, text in enumerate(texts):
        x, y = number % 8 * 256, number // 8 * 256
        part = sheet[y : y + 256, x : x + 256]
        sheet[y : y + 256, x : x + 256] = _lay(random, part, _code(text), size=(0.5, 0.75), slant=0.02)
    corners = np.array([[0, 0], [2048, 0], [2048, 1536], [0, 1536]], dtype=np.float32)
    askew = (corners + random.uniform(-160, 160, (4, 2)) * [1, 0.7]).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, (askew - askew.min(0)).astype(np.float32))
    size = (int(np.ptp(askew[:, 0])), int(np.ptp(askew[:, 1])))
    picture = cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_AREA, borderValue=(90.0,) * 3)
    shade = np.linspace(1.05, random.uniform(0.35, 0.7), size[0], dtype=np.float32)[None, :, None]
    return _camera(random, np.asarray(picture * shade, dtype=np.float32), blur=random.uniform(0.9, 1.7)), tuple(texts)


def _colours(random: Random) -> Made:
    text = _text(random, 10, 120)
    code = _code(text)[:, :, None]
    dark, light = random.uniform(10, 120, 3), random.uniform(130, 250, 3)
    if random.random() < 0.5:  # equal in grey, different in colour
        dark, light = np.array([40.0, 60.0, 190.0]), np.array([70.0, 160.0, 60.0])
    return _camera(random, _lay(random, _scene(random), (dark + code * (light - dark)).astype(np.float32))), (text,)


def _rounded(random: Random) -> Made:
    text = _text(random, 10, 120)
    matrix = np.array(segno.make_qr(text, error="h", boost_error=False).matrix)
    side = len(matrix)
    code = np.ones(((side + 8) * 12,) * 2, dtype=np.float32)
    for y, x in zip(*np.nonzero(matrix), strict=True):
        cv2.circle(code, ((x + 4) * 12 + 6, (y + 4) * 12 + 6), int(random.integers(4, 6)), 0.0, -1)
    middle, logo = len(code) // 2, int(len(code) * 0.1)
    code[middle - logo : middle + logo, middle - logo : middle + logo] = 0.6
    return _camera(random, _lay(random, _scene(random), code)), (text,)


def _bare(random: Random) -> Made:
    text = _text(random)
    dark = np.asarray(_scene(random) * 0.35, dtype=np.float32)
    return _camera(random, _lay(random, dark, _code(text, border=1))), (text,)


def _ruined(random: Random) -> Made:
    text = _text(random)
    picture = _lay(random, _scene(random), _code(text), size=(0.3, 0.4))
    return _camera(random, picture, quality=int(random.integers(6, 14))), (text,)


def _inverted(random: Random) -> Made:
    text = _text(random)
    return _camera(random, _lay(random, _scene(random) * 0.3, _code(text), ink=230, paper=20, turn=180)), (text,)


def _empty(random: Random) -> Made:
    scene = _scene(random)
    for _ in range(3):
        noise = (random.random((24, 24)) > 0.5).astype(np.float32)
        scene = _lay(random, scene, np.kron(noise, np.ones((10, 10), dtype=np.float32)), size=(0.2, 0.4))
    return _camera(random, scene), ()


KINDS: dict[str, Callable[[Random], Made]] = {
    "nominal": _plain(),
    "rotated": _plain(turn=180.0),
    "perspective": _plain(slant=0.24, turn=40.0),
    "tiny": _plain(size=(0.09, 0.16), turn=30.0),
    "close": _plain(size=(0.85, 0.98), slant=0.0, turn=4.0),
    "blurred": _blurred,
    "dark": _dark,
    "glare": _glare,
    "bright spots": _bright_spots,
    "shadows": _shadows,
    "damaged": _damaged,
    "curved": _curved,
    "monitor": _monitor,
    "huge": _huge,
    "high version": _high_version,
    "many": _many,
    "lots": _lots,
    "colours": _colours,
    "rounded": _rounded,
    "inverted": _inverted,
    "no quiet zone": _bare,
    "ruined by JPEG": _ruined,
    "no code": _empty,
}
