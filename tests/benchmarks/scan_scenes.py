"""Simulated takes for the scan benchmark: a hand brings a code to a 1280×720 camera that runs at 15 frames a second.

Everything is made from a seed. The chain is that of a cheap camera: a plane turned in space (perspective), the light of
the room or the backlight of a phone, a reflection, several instants blended into one exposure with rows read one after
another (motion blur, rolling exposure), defocus by distance, shot and read noise, the camera's own sharpening, MJPEG.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]
WIDTH, HEIGHT, FRAMES = 1280, 720, 40
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_INSTANTS = 5  # blended into one exposure
_MARGIN = 40  # pixels around the plane that are painted, for blur


@dataclass(frozen=True)
class Scene:
    """What differs between the columns of the table. Lengths are in shares of the picture's height."""

    name: str
    size: float = 0.42  # of the code, when the hand rests
    light: float = 0.75  # of full scale, on white
    noise: float = 3.0  # grey levels, at full light
    exposure: float = 0.35  # of the time between frames
    tremor: float = 0.004  # movement of the resting hand from frame to frame
    defocus: float = 0.0  # pixels of blur when the hand rests
    approach_defocus: float = 1.4  # pixels of blur on the way, while the lens hunts
    glare: float = 0.0  # strength of a reflection on the card
    screen: bool = False  # a phone: backlight, pixel raster, banding
    tilt: float = 14.0  # degrees about each axis


SCENES = (
    Scene("card, good light"),
    Scene("card, dim", light=0.22, noise=7.5, exposure=0.6, tremor=0.004),
    Scene("phone screen", size=0.24, light=1.3, noise=4.0, screen=True, exposure=0.25),
    Scene("far", size=0.165, noise=3.0, exposure=0.2, tremor=0.002, approach_defocus=0.8, tilt=12.0),
    Scene("shaky", tremor=0.02, exposure=0.45, noise=4.0),
    Scene("glare", glare=1.15, tilt=20.0),
    Scene("close, defocused", size=0.8, defocus=3.6, approach_defocus=1.8, tilt=8.0),
)


@dataclass(frozen=True)
class Take:
    """One hand, one code: deterministic in `seed`."""

    scene: Scene
    seed: int
    text: str

    def frames(self) -> Iterator[Picture]:
        """H×W×3 uint8 BGR pictures."""
        return _Camera(self).frames()


def takes(scene: Scene, count: int, seed: int = 2026) -> list[Take]:
    """`count` takes of a scene, with codes of version 7 to 10 at the correction level the station prints (M)."""
    made = []
    for number in range(count):
        random = np.random.default_rng([seed, SCENES.index(scene) if scene in SCENES else 99, number])
        length = int(random.integers(155, 300))
        text = "GH1:" + "".join(random.choice(list(_ALPHABET), length))
        made.append(Take(scene, int(random.integers(1 << 31)), text))
    return made


class _Camera:
    def __init__(self, take: Take) -> None:
        self.scene = take.scene
        self.random = np.random.default_rng(take.seed)
        self.code = _paint(take.text, self.scene, self.random)
        self.room = _room(self.random)
        self.angles = self.random.uniform(-self.scene.tilt, self.scene.tilt, 3) * np.array([1.0, 1.0, 0.8])
        self.rest = self.random.uniform([0.4, 0.42], [0.6, 0.58])  # where the hand comes to rest, in shares
        self.start = np.array([self.random.uniform(0.2, 0.8), 1.25])
        self.phase = self.random.uniform(0, 6.28, 8)
        self.spot = self.random.uniform(0.25, 0.75, 2)

    def frames(self) -> Iterator[Picture]:
        for number in range(FRAMES):
            yield self._frame(number)

    def _pose(self, time: float) -> NDArray[np.float64]:
        """The homography from the code's picture to the camera's, at `time` in frames."""
        scene = self.scene
        way = 1.0 - (1.0 - min(1.0, time / 22.0)) ** 2.2
        shake = np.array([np.sin(time * 1.9 + self.phase[0]) + 0.6 * np.sin(time * 3.7 + self.phase[1]),
                          np.cos(time * 2.3 + self.phase[2]) + 0.6 * np.sin(time * 4.1 + self.phase[3])])  # fmt: skip
        centre = (self.start + (self.rest - self.start) * way) * [WIDTH, HEIGHT] + shake * scene.tremor * HEIGHT
        size = scene.size * HEIGHT * (0.55 + 0.45 * way) * (1 + scene.tremor * np.sin(time * 0.8 + self.phase[4]))
        swing = np.sin(time * 0.35 + self.phase[5:8]) * np.array([6.0, 6.0, 3.0])
        rx, ry, rz = np.radians(self.angles * (1.6 - 0.6 * way) + swing)
        turn = np.array(cv2.Rodrigues(np.array([rx, ry, 0.0]))[0]) @ np.array(
            cv2.Rodrigues(np.array([0.0, 0.0, rz]))[0]
        )
        rows, columns = self.code.shape[:2]
        tall = rows / columns
        corners = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]], dtype=np.float64) * [0.5, tall * 0.5, 1]
        turned = corners @ turn.T
        flat = turned[:, :2] / (1.0 + turned[:, 2:] * 0.35) * size + centre
        source = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], dtype=np.float32)
        return np.asarray(cv2.getPerspectiveTransform(source, flat.astype(np.float32)), dtype=np.float64)

    def _frame(self, number: int) -> Picture:
        scene = self.scene
        rows, columns = self.code.shape[:2]
        outline = np.array([[[0, 0], [columns, 0], [columns, rows], [0, rows]]], dtype=np.float32)
        quads = cv2.perspectiveTransform(outline, self._pose(number))[0]
        left, top = np.maximum(np.floor(quads.min(0)).astype(int) - _MARGIN, 0)
        right, bottom = np.minimum(np.ceil(quads.max(0)).astype(int) + _MARGIN, [WIDTH, HEIGHT])
        picture = self.room * (scene.light if not scene.screen else 0.6)
        if right > left and bottom > top:
            part = picture[top:bottom, left:right]
            picture[top:bottom, left:right] = self._exposed(part, number, (int(left), int(top)))
        if scene.screen:
            picture *= self._banding(number)
        return self._developed(picture, number)

    def _exposed(self, room: Floats, number: int, offset: tuple[int, int]) -> Floats:
        """The plane over the room, blended over one exposure; lower rows are exposed later (rolling exposure)."""
        scene = self.scene
        height, width = room.shape[:2]
        total = np.zeros_like(room)
        for step in range(_INSTANTS):
            time = number + scene.exposure * step / _INSTANTS
            pose, later = self._pose(time), self._pose(time + 0.4)
            shift = np.array([[1, 0, -offset[0]], [0, 1, -offset[1]], [0, 0, 1]], dtype=np.float64)
            # Rolling exposure: rows move from `pose` towards `later`; a shear is near enough.
            drift = (later[:2, 2] - pose[:2, 2]) / HEIGHT
            shear = np.array([[1, drift[0] * 0.5, 0], [0, 1 + drift[1] * 0.5, 0], [0, 0, 1]], dtype=np.float64)
            matrix = shear @ shift @ pose
            plane = cv2.warpPerspective(
                self.code, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=(-1, -1, -1)
            )
            shown = plane[:, :, :1] >= 0
            light = scene.light * (self._raster(width, height, offset, time) if scene.screen else 1.0)
            total += np.where(shown, plane * light + self._glare(matrix, width, height, time), room)
        exposed = np.asarray(total / _INSTANTS, dtype=np.float32)
        way = min(1.0, number / 22.0)
        blur = scene.defocus + scene.approach_defocus * (1 - way) + 0.55
        return np.asarray(cv2.GaussianBlur(exposed, (0, 0), blur), dtype=np.float32)

    def _glare(self, matrix: NDArray[np.float64], width: int, height: int, time: float) -> Floats | float:
        if not self.scene.glare:
            return 0.0
        rows, columns = self.code.shape[:2]
        drift = 0.16 * np.sin(time * 0.11 + self.phase[:2])
        where = (self.spot + drift) * [columns, rows]
        (x, y), scale = (
            cv2.perspectiveTransform(np.array([[where]], np.float64), matrix)[0, 0],
            self.scene.size * HEIGHT,
        )
        across = np.exp(-(((np.arange(width) - x) / (0.26 * scale)) ** 2))
        down = np.exp(-(((np.arange(height) - y) / (0.15 * scale)) ** 2))
        return np.asarray(self.scene.glare * 255 * np.outer(down, across)[:, :, None], dtype=np.float32)

    def _raster(self, width: int, height: int, offset: tuple[int, int], time: float) -> Floats:
        """The beat between the screen's pixels and the camera's."""
        x = (np.arange(width, dtype=np.float32) + offset[0])[None, :]
        y = (np.arange(height, dtype=np.float32) + offset[1])[:, None]
        a, b = 0.55 + 0.2 * np.sin(self.phase[0]), 0.75 + 0.2 * np.sin(self.phase[1])
        beat = 1.0 + 0.16 * np.sin(a * x + 0.13 * y + time * 0.7) + 0.16 * np.sin(b * y - 0.11 * x + time * 0.5)
        return np.asarray(beat[:, :, None], dtype=np.float32)

    def _banding(self, number: int) -> Floats:
        rows = np.arange(HEIGHT, dtype=np.float32)[:, None, None]
        return np.asarray(1.0 + 0.12 * np.sin(rows / 55.0 + number * 1.3 + self.phase[2]), dtype=np.float32)

    def _developed(self, picture: Floats, number: int) -> Picture:
        """Exposure control, noise, the camera's sharpening, MJPEG."""
        scene = self.scene
        gain = 1.0 + 0.15 * np.exp(-number / 6.0) * np.sin(number)
        developed = picture * gain
        noise = self.random.standard_normal((HEIGHT, WIDTH), dtype=np.float32) * scene.noise
        developed += (noise * (0.6 + 0.4 * developed[:, :, 1] / 255.0))[:, :, None]
        grey = np.asarray(np.clip(developed, 0, 255), dtype=np.uint8)
        soft = cv2.GaussianBlur(grey, (0, 0), 1.0)
        crisp = cv2.addWeighted(grey, 1.4, soft, -0.4, 0)
        data = cv2.imencode(".jpg", crisp, [cv2.IMWRITE_JPEG_QUALITY, 82])[1]
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


def _paint(text: str, scene: Scene, random: np.random.Generator) -> Floats:
    """The card or phone with its code, 0..255 per channel."""
    matrix = np.array(segno.make_qr(text, error="m", boost_error=False).matrix, dtype=np.float32)
    ink, paper = (24.0, 250.0) if not scene.screen else (10.0, 255.0)
    cells = np.pad(paper - matrix * (paper - ink), 4, constant_values=paper)
    module = 12
    flat = cv2.resize(cells, None, fx=module, fy=module, interpolation=cv2.INTER_NEAREST)
    side = flat.shape[0]
    sheet = np.full((int(side * 1.5), int(side * 1.08), 3), 236.0 if not scene.screen else 40.0, dtype=np.float32)
    top, left = int(side * 0.08), (sheet.shape[1] - side) // 2
    sheet[top : top + side, left : left + side] = flat[:, :, None]
    for line in range(4):  # words below the code
        y = top + side + int(side * (0.08 + 0.07 * line))
        value = "".join(random.choice(list(_ALPHABET), 18))
        cv2.putText(sheet, value, (left + module * 3, y), cv2.FONT_HERSHEY_SIMPLEX, side / 460, (60, 60, 60), 2)
    if not scene.screen:
        sheet *= np.array([0.93, 0.98, 1.0], dtype=np.float32)
    return np.asarray(sheet, dtype=np.float32)


def _room(random: np.random.Generator) -> Floats:
    """A room with shelves, a patterned jacket and a poster with print: things that look a little like codes."""
    room = np.full((HEIGHT, WIDTH, 3), 150.0, dtype=np.float32)
    room *= np.linspace(1.1, 0.7, HEIGHT, dtype=np.float32)[:, None, None]
    for _ in range(12):
        x, y = int(random.integers(0, WIDTH)), int(random.integers(0, HEIGHT))
        w, h = int(random.integers(40, 300)), int(random.integers(30, 260))
        cv2.rectangle(room, (x, y), (x + w, y + h), random.uniform(30, 230, 3).tolist(), -1)
    px, py = int(random.integers(0, WIDTH - 260)), int(random.integers(0, 200))
    cv2.rectangle(room, (px, py), (px + 250, py + 320), (235, 240, 240), -1)
    for line in range(14):
        words = "".join(random.choice(list(_ALPHABET), 22))
        cv2.putText(room, words, (px + 8, py + 24 + line * 21), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (50, 50, 50), 1)
    jacket = random.uniform(70, 170, (12, 16, 1)).astype(np.float32) * random.uniform(0.7, 1.3, 3).astype(np.float32)
    jx, jy = int(random.integers(0, WIDTH - 400)), int(random.integers(300, HEIGHT - 300))
    room[jy : jy + 300, jx : jx + 400] = cv2.resize(jacket, (400, 300), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.GaussianBlur(room, (0, 0), 1.2), dtype=np.float32)


def easier(scene: Scene) -> Scene:
    """The same scene with a still hand and a clean picture, for tests."""
    return replace(scene, noise=1.0, tremor=0.0, glare=0.0, approach_defocus=0.3)
