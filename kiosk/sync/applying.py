"""What came down is applied, whichever way it came; what cannot be is refused whole, once in the journal."""

from collections.abc import Callable

from kiosk.protocol.catalogue import CatalogueBatch
from kiosk.protocol.journal import Poison
from kiosk.protocol.station import CatalogueRefused
from kiosk.storage import Store
from kiosk.storage.catalogue import CatalogueInvalid
from kiosk.storage.catalogue_guard import CatalogueUnproven
from kiosk.storage.journal_import import ACKNOWLEDGED

POISON = "sync.poison."


class Applying:
    """On the desk thread. `on_catalogue` hears the revision and the kinds that changed."""

    def __init__(self, store: Store, on_catalogue: Callable[[int, frozenset[str]], None]) -> None:
        self._store = store
        self._on_catalogue = on_catalogue
        self._refused_revision = 0

    def apply(self, batch: CatalogueBatch) -> None:
        """Raises CatalogueInvalid, CatalogueUnproven."""
        try:
            kinds = self._store.catalogue.apply(batch)
        except (CatalogueInvalid, CatalogueUnproven) as error:
            if self._refused_revision != batch.revision:
                self._refused_revision = batch.revision
                self._store.append(CatalogueRefused(revision=batch.revision, problem=str(error.details)[:500]))
            raise
        self._on_catalogue(batch.revision, kinds)

    def acknowledged(self) -> int:
        """Up to where the hub has the journal."""
        return int(self._store.meta(ACKNOWLEDGED) or 0)

    def acknowledge(self, reached: int, poison: tuple[Poison, ...] | list[Poison]) -> None:
        """The hub has everything up to `reached`, and keeps `poison` apart."""
        if reached != self.acknowledged():  # lower when the hub was restored from an older copy: that is sent again
            self._store.set_meta(ACKNOWLEDGED, str(reached))
        for one in poison:
            self._store.set_meta(f"{POISON}{one.seq}", one.reason[:500])
