"""The pictures that are committed are those the script draws, and every one is whole and used."""

import runpy
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from kiosk.protocol.folder import read_folder
from kiosk.protocol.services import ServiceDocument
from kiosk.protocol.station import PosterDocument

ASSETS = Path(__file__).resolve().parents[3] / "assets"


@pytest.fixture(scope="module")
def drawn() -> dict[Path, str]:
    before = list(sys.path)
    try:
        found: dict[Path, str] = runpy.run_path(str(ASSETS / "make_pictures.py"))["drawn"]()
    finally:
        sys.path[:] = before
    return found


def test_what_is_committed_is_what_is_drawn(drawn: dict[Path, str]) -> None:
    committed = {
        path: path.read_text("utf-8") for folder in ("services", "posters") for path in (ASSETS / folder).glob("*.svg")
    }
    assert committed == drawn


def test_every_picture_is_whole_and_says_its_size(drawn: dict[Path, str]) -> None:
    for text in drawn.values():
        root = ElementTree.fromstring(text)
        assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_every_picture_is_used_and_every_one_used_is_there(drawn: dict[Path, str]) -> None:
    used = set()
    for document in read_folder(ASSETS / "demo" / "catalogue"):
        body = document.at(1).parsed()
        if isinstance(body, ServiceDocument):
            used.add(ASSETS / "services" / str(body.picture))
        elif isinstance(body, PosterDocument) and body.picture:
            used.add(ASSETS / "posters" / body.picture)
    assert used == set(drawn)
