"""The engine on OpenCV's own code, with stand-in models made by make_models.py; and what is no model."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from kiosk.devices.face import DETECTORS, RECOGNISERS, ModelUnusable, OpenCvFaces, load_model, similarity
from kiosk.devices.face.engine import SIZE
from kiosk.devices.face.models import Unusable
from kiosk.devices.ports import Frame
from tests.kiosk.devices.face.people import DETECTOR, RECOGNISER, empty, engine, picture


@pytest.fixture(scope="module")
def faces() -> OpenCvFaces:
    return engine()


def test_nobody_is_found_in_an_empty_room(faces: OpenCvFaces) -> None:
    assert faces.find(empty()) == []


def test_everybody_is_found_where_they_are(faces: OpenCvFaces) -> None:
    found = faces.find(picture((1, 2, 2), (2, 7, 4)))
    assert sorted(face.box for face in found) == [(64, 64, 192, 192), (384, 192, 192, 192)]
    assert all(face.score >= 0.9 for face in found)


def test_a_face_is_the_same_elsewhere_and_not_that_of_another(faces: OpenCvFaces) -> None:
    templates = {}
    for seed, place in itertools.product(range(5), ((4, 3), (7, 4), (2, 2))):
        frame = picture((seed, *place))
        templates[seed, place] = faces.template(frame, faces.find(frame)[0])
    for (one, mine), (other, theirs) in itertools.combinations(templates.items(), 2):
        assert mine.shape == (SIZE,)
        assert float(np.linalg.norm(mine)) == pytest.approx(1, abs=1e-5)
        same = similarity(mine, theirs)
        assert same > 0.99 if one[0] == other[0] else same < 0.363


def test_pictures_of_any_size_are_looked_at(faces: OpenCvFaces) -> None:
    for height, width in ((1, 1), (17, 33), (240, 320), (1080, 1920), (1920, 1080)):
        assert faces.find(Frame(np.zeros((height, width, 3), np.uint8), 0.0, 1)) == []


def test_only_the_published_models_are_loaded(tmp_path: Path) -> None:
    pointer = tmp_path / "pointer.onnx"
    pointer.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:8f23\nsize 232589\n")
    for path, reason in (
        (tmp_path / "none.onnx", Unusable.MISSING),
        (pointer, Unusable.POINTER),
        (DETECTOR, Unusable.UNKNOWN),
        (tmp_path, Unusable.MISSING),
    ):
        with pytest.raises(ModelUnusable) as refused:
            load_model(path, DETECTORS)
        assert refused.value.reason is reason
    with pytest.raises(ModelUnusable):
        load_model(RECOGNISER, RECOGNISERS)
    assert all(len(name) == 64 and size > 90_000 for name, size in {**DETECTORS, **RECOGNISERS}.items())
