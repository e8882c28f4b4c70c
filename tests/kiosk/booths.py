"""A terminal's part in a registration, with its real store, key and session; for tests with and without a hub."""

from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.clock import ManualClock
from kiosk.devices.id_reader.simulator import somebody
from kiosk.devices.ports import Scan
from kiosk.events import CatalogueUpdated, EventBus
from kiosk.identity import Identity
from kiosk.members import CardBook, Members, NewMember, Registrar, own_key
from kiosk.members.errors import MemberCodeRefused
from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.registration import Occupation
from kiosk.protocol.sealing import seal_key
from kiosk.session import Session
from kiosk.storage import Store
from kiosk.storage.members import Registrations

HUB_KEY = X25519PrivateKey.generate().private_bytes_raw()


def settings(offered: bool = True, revision: int = 1) -> Document:
    body = {"seal_key": seal_key(HUB_KEY), "offered": offered}
    return Document(kind="registration_settings", id="district", revision=revision, body=body)


class Booth:
    """One terminal. `at` names its folder."""

    def __init__(self, folder: Path, clock: ManualClock, reads_cards: bool = True) -> None:
        self.folder, self.clock, self.bus = folder, clock, EventBus()
        folder.mkdir(parents=True, exist_ok=True)
        self.store = Store(folder / "station.db", clock)
        self.identity = Identity(folder)
        self.session = Session(clock, self.bus, self.store.append)
        documents, kept = self.store.catalogue, self.store.projection(Registrations)
        self.cards = CardBook(documents, kept, folder, clock, ZoneInfo("Asia/Shanghai"))
        self.members = Members(
            documents, self.store, clock, self.bus, self.session, self.store.append, own_key(self.identity)
        )
        self.registrar = Registrar(
            documents, kept, self.cards, self.identity, clock, self.bus, self.session, self.store.append,
            lambda work: work(), reads_cards, "http://hub.test",
        )  # fmt: skip

    def take(self, batch: CatalogueBatch) -> None:
        kinds = self.store.catalogue.apply(batch)
        self.bus.publish(CatalogueUpdated(batch.revision, kinds))

    def publish(self, *documents: Document) -> None:
        self.take(CatalogueBatch(revision=self.store.catalogue.revision() + 1, documents=list(documents)))

    def lay(self, seed: int) -> str:
        """Lay somebody's ID card down: who they are known as, "" nobody."""
        known = self.cards.look(somebody(seed))
        if known.person is None:
            self.registrar.laid(known.key, known.valid)
            return ""
        return known.person.ref

    def key(self, seed: int) -> bytes:
        """The keyed hash of somebody's card."""
        return self.cards.key_of(somebody(seed).number)

    def register_card(self, seed: int, occupation: Occupation = Occupation.COURIER) -> NewMember:
        """Whoever lays this card down for the first time."""
        assert self.lay(seed) == ""
        return self.registrar.by_card(occupation)

    def show(self, code: str) -> str:
        """A code before the camera: who it is (pseudonym and tier), or the code of the refusal."""
        self.session.finish()
        self.clock.advance(3)
        try:
            person = self.members.recognise(Scan(code, "QRCode", "camera", self.clock.monotonic()))
        except MemberCodeRefused as error:
            return error.code
        return f"{person.ref} {person.tier}".strip()
