"""How soon a code is read, beside the peers, on the same simulated takes in the same run.

For each scene: the median index of the first frame in which the code was read (15 frames a second) and in how many
takes it was read at all. Each pipeline looks at a take until it has read it; then its mean processor time for a frame,
and that as a ratio to ours. Below: what our own costs over whole takes as a share of one processor, and codes in still
pictures.

    python -m tests.benchmarks.bench_scan [--takes 2] [--seed 2026] [--stills 1]
"""

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from kiosk.devices.scanner.codes import to_grey
from kiosk.devices.scanner.decode import Pipeline
from kiosk.devices.scanner.stills import read_still
from tests.benchmarks.scan_scenes import FRAMES, SCENES, takes
from tests.benchmarks.scan_stills import photos

Picture = NDArray[np.uint8]
Reader = Callable[[Picture], list[str]]  # H×W×3 BGR in, texts out


@dataclass
class Peer:
    """A pipeline and what was measured. `make` gives a fresh one for each take."""

    name: str
    make: Callable[[], Reader]
    spent: float = 0.0  # seconds
    looked: int = 0  # frames
    wrong: int = 0
    first: dict[str, list[int | None]] = field(default_factory=lambda: defaultdict(list))

    @property
    def milliseconds(self) -> float:
        return self.spent / max(1, self.looked) * 1000


def zxing_all() -> Reader:
    return lambda bgr: [code.text for code in zxingcpp.read_barcodes(bgr) if code.valid]


def zxing_plain() -> Reader:
    def read(bgr: Picture) -> list[str]:
        codes = zxingcpp.read_barcodes(
            to_grey(bgr), formats=zxingcpp.BarcodeFormat.QRCode, try_rotate=False, try_invert=False
        )
        return [code.text for code in codes if code.valid]

    return read


def sharpened_whole() -> Reader:
    def read(bgr: Picture) -> list[str]:
        grey = to_grey(bgr)
        soft = cv2.GaussianBlur(grey, (0, 0), 1.5)
        large = cv2.resize(cv2.addWeighted(grey, 3, soft, -2, 0), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        codes = zxingcpp.read_barcodes(large, formats=zxingcpp.BarcodeFormat.QRCode, try_rotate=False, try_invert=False)
        return [code.text for code in codes if code.valid]

    return read


def opencv(detector: "cv2.QRCodeDetector | cv2.QRCodeDetectorAruco") -> Reader:
    def read(bgr: Picture) -> list[str]:
        try:
            return [text for text in detector.detectAndDecodeMulti(bgr)[1] if text]
        except cv2.error:  # it raises on some pictures
            return []

    return read


def ours() -> Reader:
    pipeline = Pipeline()
    return lambda bgr: [found.text for found in pipeline.look(to_grey(bgr)).found]


def peers() -> list[Peer]:
    """Those that are installed here, ours last."""
    found = [
        Peer("OpenCV QRCodeDetector", lambda: opencv(cv2.QRCodeDetector())),
        Peer("OpenCV Aruco QR", lambda: opencv(cv2.QRCodeDetectorAruco())),
    ]
    wechat = getattr(cv2, "wechat_qrcode_WeChatQRCode", None)  # in the contrib wheel only
    if wechat is not None:
        detector = wechat()
        found.append(Peer("WeChat, no models", lambda: lambda bgr: list(detector.detectAndDecode(bgr)[0])))
    try:
        from pyzbar import pyzbar
    except ImportError:  # the ZBar library is not on this system
        pass
    else:
        kinds = [pyzbar.ZBarSymbol.QRCODE]
        found.append(
            Peer("ZBar", lambda: lambda bgr: [c.data.decode("utf-8", "replace") for c in pyzbar.decode(bgr, kinds)])
        )
    return [
        *found,
        Peer("zxing-cpp, every format, colour", zxing_all),
        Peer("zxing-cpp, QR only, grey", zxing_plain),
        Peer("whole frame sharpened, doubled", sharpened_whole),
        Peer("ours", ours),
    ]


def run_takes(entrants: list[Peer], count: int, seed: int) -> tuple[float, float]:
    """Fills the entrants. Returns our mean time for a frame over whole takes: until it is read, and afterwards."""
    searching, afterwards = [0.0, 0], [0.0, 0]
    for scene in SCENES:
        for take in takes(scene, count, seed):
            frames = list(take.frames())
            for peer in entrants:
                peer.first[scene.name].append(_first(peer, take.text, frames))
            read, done = ours(), False
            for frame in frames:
                began = time.thread_time()
                done = bool(read(frame)) or done
                bucket = afterwards if done else searching
                bucket[0] += time.thread_time() - began
                bucket[1] += 1
        print(f"  {scene.name}: done", file=sys.stderr)
    return (searching[0] / max(1, searching[1]) * 1000, afterwards[0] / max(1, afterwards[1]) * 1000)


def _first(peer: Peer, text: str, frames: list[Picture]) -> int | None:
    read = peer.make()
    for number, frame in enumerate(frames):
        began = time.thread_time()
        texts = read(frame)
        peer.spent += time.thread_time() - began
        peer.looked += 1
        peer.wrong += sum(other != text for other in texts)
        if text in texts:
            return number
    return None


def table(entrants: list[Peer], count: int) -> None:
    own = entrants[-1].milliseconds
    print(f"\nfirst frame read (of {FRAMES}) / takes read (of {count})")
    head = " ".join(f"{scene.name[:14]:>14}" for scene in SCENES)
    print(f"{'':32} {head} {'ms/frame':>9} {'× ours':>7} {'wrong':>5}")
    for peer in entrants:
        cells = []
        for scene in SCENES:
            read = [first for first in peer.first[scene.name] if first is not None]
            whole = [FRAMES if first is None else first for first in peer.first[scene.name]]
            middle = f"{statistics.median(whole):.0f}" if len(read) * 2 > len(whole) else "–"
            cells.append(f"{middle + ' / ' + str(len(read)):>14}")
        ratio = peer.milliseconds / own
        print(f"{peer.name:32} {' '.join(cells)} {peer.milliseconds:9.1f} {ratio:7.1f} {peer.wrong:5}")


def still_table(count: int, seed: int) -> None:
    readers: dict[str, Reader] = {"zxing-cpp, everything on": zxing_all(), "ours": _still}
    score: dict[str, dict[str, int]] = {name: defaultdict(int) for name in readers}
    spent: dict[str, float] = defaultdict(float)
    wrong: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    pictures = 0
    for photo in photos(count, seed):
        pictures += 1
        whole[photo.kind] += len(photo.texts)
        for name, read in readers.items():
            began = time.thread_time()
            texts = set(read(photo.picture))
            spent[name] += time.thread_time() - began
            score[name][photo.kind] += len(texts & set(photo.texts))
            wrong[name] += len(texts - set(photo.texts))
    print(f"\nstill pictures: codes read, {pictures} pictures")
    print(f"{'':18}" + "".join(f"{name:>28}" for name in readers))
    for kind, number in whole.items():
        print(f"{kind:18}" + "".join(f"{score[name][kind]:>22} of {number:<2}" for name in readers))
    print(f"{'all':18}" + "".join(f"{sum(score[name].values()):>21} of {sum(whole.values()):<3}" for name in readers))
    print(f"{'wrong':18}" + "".join(f"{wrong[name]:>28}" for name in readers))
    print(f"{'ms a picture':18}" + "".join(f"{spent[name] / pictures * 1000:>28.0f}" for name in readers))


def _still(picture: Picture) -> list[str]:
    return [found.text for found in read_still(picture)]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--takes", type=int, default=2, help="takes a scene (8 for the whole table)")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--stills", type=int, default=1, help="still pictures of each kind; 0 leaves them out")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)  # times are those of one processor for everybody
    entrants = peers()
    searching, afterwards = run_takes(entrants, args.takes, args.seed)
    table(entrants, args.takes)
    print("\nours, over whole takes, as a share of one processor:")
    print(f"{'':28} {'ms/frame':>9} {'15 fps':>8} {'30 fps':>8}")
    for name, spent in (("until the code is read", searching), ("while it stays in view", afterwards)):
        print(f"{name:28} {spent:9.1f} {spent * 1.5:7.1f}% {spent * 3.0:7.1f}%")
    if args.stills:
        still_table(args.stills, args.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
