"""Demo data for a station: the catalogue of `assets/demo/catalogue` as if a hub had published it, and a full shelf."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.events import CatalogueUpdated
from kiosk.protocol.catalogue import CatalogueBatch
from kiosk.protocol.folder import FILES, read_folder
from kiosk.storage.files import file_refs

if TYPE_CHECKING:
    from kiosk.app import Station


def fill(station: "Station") -> None:
    """Fill an empty station; one that has a catalogue is left as it is. On the desk thread."""
    from kiosk.app import ASSETS

    catalogue = station.store.catalogue
    if catalogue.revision():
        return
    from kiosk.supplies.opening import open_shelf

    folder = ASSETS / "demo" / "catalogue"
    documents = [plain.at(number) for number, plain in enumerate(read_folder(folder, "announce"), start=1)]
    kinds = catalogue.apply(CatalogueBatch(revision=len(documents), documents=documents))
    station.bus.publish(CatalogueUpdated(len(documents), kinds))
    for document in documents:
        for ref in file_refs(document.body):
            path = folder / FILES / ref.name
            if ref.name and path.is_file() and station.files.path(ref.sha256) is None:
                station.files.add(ref, _chunks(path))
    station.courses.install_waiting()
    open_shelf(station.store, ASSETS / "demo" / "stock.json", station.clock.now().astimezone(station.zone).date())


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            yield chunk
