"""Faces in a picture: OpenCV's YuNet finds them, SFace describes them. The operator supplies the model files."""

from kiosk.devices.face.engine import Face, OpenCvFaces, similarity
from kiosk.devices.face.models import DETECTORS, RECOGNISERS, ModelUnusable, load_model

__all__ = ["DETECTORS", "RECOGNISERS", "Face", "ModelUnusable", "OpenCvFaces", "load_model", "similarity"]
