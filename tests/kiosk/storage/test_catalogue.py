"""The catalogue is applied whole or not at all."""

from pathlib import Path

import pytest

from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.folder import FolderError, PlainDocument, read_folder, write_folder
from kiosk.protocol.station import NoticeDocument, StationSettings
from kiosk.storage import Store
from kiosk.storage.catalogue import CatalogueInvalid

GOOD = {"text": {"zh_CN": "降温"}, "level": "advice"}


def batch(revision: int, *documents: Document) -> CatalogueBatch:
    return CatalogueBatch(revision=revision, documents=list(documents))


def test_documents_are_typed_replaced_and_deleted(store: Store) -> None:
    touched = store.catalogue.apply(batch(1, Document(kind="notice", id="a", revision=1, body=GOOD)))
    assert touched == {"notice"}
    assert store.catalogue.all(NoticeDocument)["a"].text.get("en") == "降温"
    warm = GOOD | {"text": {"zh_CN": "高温", "en": "Heat"}}
    store.catalogue.apply(batch(2, Document(kind="notice", id="a", revision=2, body=warm)))
    assert store.catalogue.get(NoticeDocument, "a").text.get("en") == "Heat"  # type: ignore[union-attr]
    store.catalogue.apply(batch(3, Document(kind="notice", id="a", revision=3, deleted=True)))
    assert store.catalogue.get(NoticeDocument, "a") is None
    assert store.catalogue.revision() == 3


def test_one_wrong_document_refuses_the_whole_batch(store: Store) -> None:
    store.catalogue.apply(batch(1, Document(kind="notice", id="a", revision=1, body=GOOD)))
    with pytest.raises(CatalogueInvalid) as refused:
        store.catalogue.apply(
            batch(
                2,
                Document(kind="notice", id="b", revision=2, body=GOOD),
                Document(kind="station_settings", id="S", revision=2, body={"name": 7}),
            )
        )
    assert refused.value.details["id"] == "S"
    assert set(store.catalogue.all(NoticeDocument)) == {"a"}
    assert store.catalogue.only(StationSettings) is None
    assert store.catalogue.revision() == 1


def test_unknown_kinds_and_fields_are_kept(store: Store) -> None:
    store.catalogue.apply(
        batch(
            1,
            Document(kind="hologram", id="h", revision=1, body={"depth": 3}),
            Document(kind="notice", id="a", revision=1, body=GOOD | {"colour": "later"}),
        )
    )
    assert store.catalogue.raw("hologram") == {"h": {"depth": 3}}
    assert store.catalogue.raw("notice")["a"]["colour"] == "later"


def test_the_demo_catalogue_is_valid_and_survives_export(tmp_path: Path) -> None:
    from kiosk.app import ASSETS

    documents = read_folder(ASSETS / "demo" / "catalogue")
    assert write_folder(tmp_path, documents) == len(documents)
    assert sorted(read_folder(tmp_path), key=lambda d: (d.kind, d.id)) == sorted(
        documents, key=lambda d: (d.kind, d.id)
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "Expecting"),
        ('{"kind": "notice", "id": "a", "body": {"text": {}}}', "text.zh_CN"),
        ('{"kind": "notice", "id": "../etc", "body": {}}', "id"),
        ('{"kind": "notice", "id": "a", "body": {}, "colour": 1}', "colour"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(FolderError, match=says) as refused:
        read_folder(tmp_path)
    assert refused.value.path.name == "x.json"


def test_the_same_document_twice_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", [PlainDocument(kind="notice", id="a", body=GOOD)])
    write_folder(tmp_path / "two", [PlainDocument(kind="notice", id="a", body=GOOD)])
    with pytest.raises(FolderError, match="already in"):
        read_folder(tmp_path)
