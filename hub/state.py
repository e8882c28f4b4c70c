"""What every route and command may use: configuration, database, files, catalogue, presence, time."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import HTTPConnection

import kiosk.protocol.registry  # noqa: F401 - entries and documents are checked against every kind
from hub import journal, journal_months
from hub.config import HubConfig
from hub.database import Database
from hub.erased import limits
from hub.features import features
from hub.filestore import FileStore
from hub.presence import Presence
from hub.proofs import Proofs
from hub.publishing import Catalogue


class Hub:
    """An open hub, with or without a web server around it. Raises DatabaseFailed when it cannot be opened."""

    def __init__(self, config: HubConfig, now: Callable[[], datetime] | None = None) -> None:
        self.config = config
        self.now: Callable[[], datetime] = now or (lambda: datetime.now(UTC))
        self.db = Database(config.database_url or config.database)
        self.files = FileStore(config.files)
        self.catalogue = Catalogue(self.db, self.files)
        self.proofs = self.catalogue.signer = Proofs(self)
        self.presence = Presence(self.db, self.now)
        try:
            with self.db.transaction():  # an upgrade happens whole or not at all
                for feature in features():
                    self.db.migrate(feature.name, feature.migrations)
                journal.derive_what_changed(self.db, features(), config.archive, limits(self.catalogue, self.now()))
            journal_months.prepare(self.db, self.now())
        except BaseException:
            self.db.close()
            raise

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> "Hub":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def hub_of(connection: HTTPConnection) -> Hub:
    """The hub behind a request or a WebSocket."""
    return cast(Hub, connection.app.state.hub)


HubDep = Annotated[Hub, Depends(hub_of)]
