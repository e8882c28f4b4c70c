"""The model files, as OpenCV's zoo publishes them: size and SHA-256 are checked, and what was checked is loaded.

Source of sizes and sums: specs/devices.md, 5.1 (opencv/opencv_zoo; YuNet MIT, SFace Apache-2.0).
"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

DETECTORS: Mapping[str, int] = {
    "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4": 232_589,  # yunet_2023mar
    "321aa5a6afabf7ecc46a3d06bfab2b579dc96eb5c3be7edd365fa04502ad9294": 100_416,  # yunet_2023mar_int8
    "ebafce4e3c118d6554634be5c27ab333b4c047a9a8c3faf1d7cf93101c22f0f0": 229_738,  # yunet_2026may
}
RECOGNISERS: Mapping[str, int] = {
    "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79": 38_696_353,  # sface_2021dec
    "2b0e941e6f16cc048c20aee0c8e31f569118f65d702914540f7bfdc14048d78a": 9_896_933,  # sface_2021dec_int8
}
_POINTER = b"version https://git-lfs"


class Unusable(StrEnum):
    MISSING = "missing"
    POINTER = "pointer"  # what Git LFS leaves where the file itself was not fetched
    UNKNOWN = "unknown"  # another file, or a damaged one


class ModelUnusable(Exception):
    """A model file that is not loaded; `reason` says why."""

    def __init__(self, path: Path, reason: Unusable) -> None:
        self.reason = reason
        super().__init__(f"{path}: {reason}")


def load_model(path: Path, known: Mapping[str, int]) -> bytes:
    """The bytes of a model whose SHA-256 and size are `known`. Raises ModelUnusable."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelUnusable(path, Unusable.MISSING) from error
    if data.startswith(_POINTER):
        raise ModelUnusable(path, Unusable.POINTER)
    if known.get(hashlib.sha256(data).hexdigest()) != len(data):
        raise ModelUnusable(path, Unusable.UNKNOWN)
    return data
