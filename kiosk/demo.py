"""Demo data for a station: the catalogue of `assets/demo/catalogue`, applied as if the hub had published it."""

from typing import TYPE_CHECKING

from kiosk.events import CatalogueUpdated
from kiosk.protocol.catalogue import CatalogueBatch
from kiosk.protocol.folder import read_folder

if TYPE_CHECKING:
    from kiosk.app import Station


def fill(station: "Station") -> None:
    """Fill an empty station; one that has a catalogue is left as it is. On the desk thread."""
    from kiosk.app import ASSETS

    catalogue = station.store.catalogue
    if catalogue.revision():
        return
    documents = [plain.at(number) for number, plain in enumerate(read_folder(ASSETS / "demo" / "catalogue"), start=1)]
    kinds = catalogue.apply(CatalogueBatch(revision=len(documents), documents=documents))
    station.bus.publish(CatalogueUpdated(len(documents), kinds))
