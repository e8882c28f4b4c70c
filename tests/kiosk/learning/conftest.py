"""A small course pack, and a learning station around the real store."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import ManualClock
from kiosk.desk import Desk
from kiosk.events import CatalogueUpdated, Event, EventBus
from kiosk.identity import Identity
from kiosk.learning import Keeper, Learning, Library
from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.course import Manifest
from kiosk.protocol.pack import build_pack
from kiosk.session import Session
from kiosk.storage import Store
from kiosk.storage.files import FileStore
from kiosk.storage.learning import LearningRecords

PUBLISHER = SigningKey.from_seed("wuxi", b"p" * 32)
VTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\nhello\n"


def manifest_of(files: dict[str, bytes], **changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "format": "kiosk-pack/1",
        "course": "safety",
        "version": 1,
        "issued": "2026-11-01T00:00:00Z",
        "title": {"zh_CN": "安全", "en": "Safety"},
        "steps": [
            {
                "type": "video",
                "id": "film",
                "title": {"zh_CN": "视频"},
                "file": "film.mp4",
                "duration_ms": 60_000,
                "captions": [{"language": "zh_CN", "file": "zh.vtt"}],
            },
            {
                "type": "quiz",
                "id": "quiz",
                "title": {"zh_CN": "小测"},
                "pass_mark": 0.75,
                "tries": 3,
                "questions": [
                    {
                        "id": "one",
                        "type": "single",
                        "text": {"zh_CN": "一"},
                        "options": [
                            {"id": "a", "text": {"zh_CN": "甲"}},
                            {"id": "b", "text": {"zh_CN": "乙"}, "right": True},
                        ],
                    },
                    {
                        "id": "two",
                        "type": "multiple",
                        "text": {"zh_CN": "二"},
                        "options": [
                            {"id": "a", "text": {"zh_CN": "甲"}, "right": True},
                            {"id": "b", "text": {"zh_CN": "乙"}},
                            {"id": "c", "text": {"zh_CN": "丙"}, "right": True},
                        ],
                    },
                    {"id": "three", "type": "true_false", "answer": True, "text": {"zh_CN": "三"}},
                    {"id": "four", "type": "true_false", "answer": False, "text": {"zh_CN": "四"}},
                ],
            },
        ],
        "files": [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ],
    }
    return plain | changes


RIGHT = {"one": {"b"}, "two": {"a", "c"}, "three": {"true"}, "four": {"false"}}


@dataclass
class PackMaker:
    """Builds packs in a folder; what it returns is the path of the zip."""

    folder: Path
    files: dict[str, bytes] = field(default_factory=lambda: {"film.mp4": b"film" * 1000, "zh.vtt": VTT})

    def __call__(self, name: str = "safety.course.zip", key: SigningKey = PUBLISHER, **changes: Any) -> Path:
        for file, data in self.files.items():
            (self.folder / file).write_bytes(data)
        out = io.BytesIO()
        build_pack(out, Manifest.model_validate(manifest_of(self.files, **changes)), self.folder, key)
        path = self.folder / name
        path.write_bytes(out.getvalue())
        return path


@pytest.fixture
def make_pack(tmp_path: Path) -> PackMaker:
    folder = tmp_path / "packs"
    folder.mkdir()
    return PackMaker(folder)


def publisher_document(revision: int = 1) -> Document:
    body = {"name": {"zh_CN": "无锡"}, "public_key": PUBLISHER.public.hex()}
    body |= {"not_before": "2026-01-01T00:00:00Z", "not_after": "2030-01-01T00:00:00Z"}
    return Document(kind="course_publisher", id="wuxi", revision=revision, body=body)


def course_document(pack: Path, course: str = "safety", version: int = 1, **changes: Any) -> Document:
    data = pack.read_bytes()
    body: dict[str, Any] = {"title": {"zh_CN": "安全", "en": "Safety"}, "version": version, "minutes": 1}
    body["pack"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "name": pack.name}
    return Document(kind="course", id=course, revision=1, body=body | changes)


class Room:
    """A station as far as learning needs one, on one thread; `later` runs at once."""

    def __init__(self, folder: Path, store: Store, clock: ManualClock) -> None:
        self.clock, self.store, self.bus = clock, store, EventBus()
        self.desk = Desk()
        self.session = Session(clock, self.bus, store.append)
        self.files = FileStore(folder / "files")
        self.stick = folder / "stick"
        self.stick.mkdir(exist_ok=True)
        self.library = Library(folder / "courses", store.catalogue, store.projection(LearningRecords), clock, {})
        self.keeper = Keeper(self.library, self.files, store, self.desk, self.bus, self.stick)
        self.seeds = iter(range(1_000_000))
        self.learning = Learning(
            store,
            self.library,
            Identity(folder),
            clock,
            self.bus,
            self.session,
            lambda fn, *args: fn(*args),
            "https://hub.example",
            lambda: next(self.seeds),
        )
        self.events: list[Event] = []
        self.bus.subscribe(Event, self.events.append)

    def publish(self, *documents: Document) -> None:
        revision = self.store.catalogue.revision() + 1
        kinds = self.store.catalogue.apply(CatalogueBatch(revision=revision, documents=list(documents)))
        self.bus.publish(CatalogueUpdated(revision, kinds))

    def offer(self, pack: Path, **changes: Any) -> None:
        """Publish a course and have its pack fetched."""
        document = course_document(pack, **changes)
        self.publish(publisher_document(), document)
        parsed: Any = document.parsed()
        self.files.add(parsed.pack, iter([pack.read_bytes()]))
        self.keeper.install_waiting()

    def kinds(self, prefix: str = "") -> list[str]:
        return [entry.kind for entry in self.store.journal.all() if entry.kind.startswith(prefix)]

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        return [entry.body for entry in self.store.journal.all() if entry.kind == kind]

    def watch(self, launch: str, to_ms: int, step: str = "film", from_ms: int = 0) -> Any:
        """Play from `from_ms` to `to_ms`, a report a second."""
        said = self.learning.report(launch, step, from_ms)
        for position in [*range(from_ms + 1000, to_ms, 1000), to_ms]:
            self.clock.advance(1)
            said = self.learning.report(launch, step, position)
        return said


@pytest.fixture
def room(tmp_path: Path, store: Store, clock: ManualClock) -> Iterator[Room]:
    made = Room(tmp_path, store, clock)
    yield made
    made.desk.close()


@pytest.fixture
def offered(room: Room, make_pack: Callable[..., Path]) -> Room:
    """A room with the course `safety` on offer: a film of 60 s and a quiz of four questions."""
    room.offer(make_pack())
    return room


LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)
