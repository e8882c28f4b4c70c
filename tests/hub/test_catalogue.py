"""The catalogue: revisions, what each station sees of it, pages, folders of plain files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from hub.database import Database
from hub.filestore import FileStore
from hub.publishing import FOLDER, MIGRATIONS, Catalogue, DocumentOwned, FileMissing
from kiosk.protocol.catalogue import CatalogueBatch
from kiosk.protocol.folder import PlainDocument
from tests.hub.conftest import Terminal

STATIONS = ("WX-0001", "WX-0002")


def plain(doc_id: str, text: str = "", station: str = "", kind: str = "leaflet") -> PlainDocument:
    return PlainDocument(kind=kind, id=doc_id, station=station, body={"text": text})


@contextmanager
def opened() -> Iterator[Catalogue]:
    with TemporaryDirectory() as folder:
        db = Database(Path(folder) / "hub.db")
        db.migrate("publishing", MIGRATIONS)
        try:
            yield Catalogue(db, FileStore(Path(folder) / "files"))
        finally:
            db.close()


class Reader:
    """What a terminal keeps of the catalogue, applied as it does."""

    def __init__(self, station: str) -> None:
        self.station = station
        self.since = 0
        self.have: dict[tuple[str, str], dict[str, Any]] = {}

    def apply(self, batch: CatalogueBatch) -> None:
        for document in batch.documents:
            assert document.station in ("", self.station)
            if document.deleted:
                assert document.body == {}
                self.have.pop((document.kind, document.id), None)
            else:
                self.have[document.kind, document.id] = document.body
        self.since = batch.revision

    def read(self, catalogue: Catalogue, most: int = 2) -> None:
        for _ in range(200):
            batch = catalogue.batch(self.station, self.since, documents=most)
            self.apply(batch)
            if batch.complete:
                return
        raise AssertionError("it never ends")


documents = st.builds(
    plain,
    st.sampled_from(["a", "b", "c", "d"]),
    st.sampled_from(["1", "2"]),
    st.sampled_from(["", *STATIONS]),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.lists(documents, max_size=4, unique_by=lambda d: d.id), st.booleans()),
        st.sampled_from(STATIONS),  # this station reads
    ),
    max_size=14,
)


@given(steps)
@settings(max_examples=80)
def test_each_station_comes_to_have_what_is_published_for_it(happened: list[Any]) -> None:
    with opened() as catalogue:
        readers = {station: Reader(station) for station in STATIONS}
        wanted: dict[str, PlainDocument] = {}
        for step in happened:
            if isinstance(step, str):
                readers[step].read(catalogue)
                continue
            published, whole = step
            before = catalogue.revision()
            done = catalogue.publish(published, FOLDER, whole=whole)
            new = {d.id: d for d in published}
            changed = {i for i, d in new.items() if wanted.get(i) != d} | ({*wanted} - {*new} if whole else set())
            wanted = new if whole else wanted | new
            assert done.revision == catalogue.revision() == before + len(changed)
        for station, reader in readers.items():
            reader.read(catalogue)
            fresh = Reader(station)
            fresh.read(catalogue)
            expected = {("leaflet", i): d.body for i, d in wanted.items() if d.station in ("", station)}
            assert reader.have == fresh.have == expected
            assert catalogue.batch(station, reader.since) == CatalogueBatch(revision=reader.since, documents=[])


def test_a_document_for_another_station_is_never_heard_of() -> None:
    with opened() as catalogue:
        catalogue.publish([plain("secret", station=STATIONS[1]), plain("all")], FOLDER)
        reader = Reader(STATIONS[0])
        reader.read(catalogue)
        catalogue.publish([], FOLDER, whole=True)
        batch = catalogue.batch(STATIONS[0], reader.since)
        assert [(d.id, d.deleted) for d in batch.documents] == [("all", True)]


def test_a_hub_restored_from_an_older_copy_starts_its_stations_anew() -> None:
    with opened() as catalogue:
        catalogue.publish([plain("a"), plain("b")], FOLDER)
        catalogue.publish([plain("b")], FOLDER, whole=True)
        reader = Reader(STATIONS[0])
        reader.since, reader.have = 900, {("leaflet", "a"): {}, ("leaflet", "b"): {"text": "of the future"}}
        reader.read(catalogue)
        assert reader.have == {("leaflet", "b"): {"text": ""}}
        assert reader.since == 3


def test_a_page_ends_at_its_bytes_too() -> None:
    with opened() as catalogue:
        catalogue.publish([plain(str(n), "x" * 1000) for n in range(5)], FOLDER)
        batch = catalogue.batch(STATIONS[0], 0, size=2500)
        assert (len(batch.documents), batch.complete, batch.revision) == (2, False, 2)
        assert len(catalogue.batch(STATIONS[0], 4, size=10).documents) == 1


def test_nothing_is_published_when_one_document_is_wrong() -> None:
    with opened() as catalogue:
        wrong = PlainDocument(kind="notice", id="n", body={"text": 1})
        missing = PlainDocument(kind="leaflet", id="f", body={"file": {"sha256": "0" * 64, "size": 1, "name": "x"}})
        for bad, problem in ((wrong, ValidationError), (missing, FileMissing)):
            with pytest.raises(problem):
                catalogue.publish([plain("a"), bad], FOLDER)
        catalogue.publish([plain("theirs")], "members")
        with pytest.raises(DocumentOwned):
            catalogue.publish([plain("a"), plain("theirs", "mine")], FOLDER)
        with pytest.raises(DocumentOwned):
            catalogue.delete([("leaflet", "theirs")], FOLDER)
        assert [d.id for d in catalogue.documents()] == ["theirs"]
        assert catalogue.publish([], FOLDER, whole=True).deleted == ()
        assert catalogue.delete([("leaflet", "theirs"), ("leaflet", "none")], "members") == 1
        assert catalogue.publish([plain("theirs", "mine")], FOLDER).added == ("leaflet/theirs",)


def test_a_dry_run_changes_nothing() -> None:
    with opened() as catalogue:
        catalogue.publish([plain("a"), plain("b")], FOLDER)
        done = catalogue.publish([plain("a", "new"), plain("c")], FOLDER, whole=True, dry_run=True)
        assert (done.added, done.changed, done.deleted) == (("leaflet/c",), ("leaflet/a",), ("leaflet/b",))
        assert [d.id for d in catalogue.documents()] == ["a", "b"]
        assert catalogue.revision() == 2


def test_over_the_wire(terminal: Terminal, staff: Callable[..., httpx.Client]) -> None:
    publisher = staff("publisher")
    body = {"documents": [plain("a").model_dump(), plain("b", station="WX-0002").model_dump()]}
    assert publisher.post("/api/catalogue", json=body).json()["added"] == ["leaflet/a", "leaflet/b"]
    batch = terminal.send("GET", "/api/catalogue?since=0").json()
    assert [d["id"] for d in batch["documents"] if d["kind"] == "leaflet"] == ["a"]
    wrong = {"documents": [{"kind": "notice", "id": "n", "body": {"text": 1}}]}
    refused = publisher.post("/api/catalogue", json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "body.invalid")
    assert refused.json()["errors"][0]["where"].startswith("text")
    assert terminal.send("GET", "/api/catalogue?since=-1").json()["code"] == "body.invalid"
    state = staff("manager").get("/api/console/catalogue").json()
    assert state["revision"] == batch["revision"]
    assert {"kind": "leaflet", "owner": "folder", "documents": 2} in [
        {key: kind[key] for key in ("kind", "owner", "documents")} for kind in state["kinds"]
    ]
