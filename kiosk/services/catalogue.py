"""The union's services as the catalogue has them: categories, lists, one page each."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from kiosk.hours import OpenHours, week
from kiosk.protocol.catalogue import CatalogueBody, FileRef
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.services import ServiceCategory, ServiceDocument, ServiceViewed
from kiosk.services.errors import ServiceGone
from kiosk.services.rows import CategoryRow, ServiceDetail, ServiceRow
from kiosk.session import Session

T = TypeVar("T", bound=CatalogueBody)


class Documents(Protocol):
    """The part of the catalogue that is needed here."""

    def all(self, body: type[T]) -> dict[str, T]: ...
    def get(self, body: type[T], doc_id: str) -> T | None: ...


class Services:
    """Reads what is published; nothing is kept here. All calls on the desk thread.

    `pictures` is the folder of pictures that came with the program, `find_file` finds a fetched one by its SHA-256,
    `record` appends to the journal.
    """

    def __init__(
        self,
        documents: Documents,
        hours: OpenHours,
        session: Session,
        record: Callable[[JournalBody], object],
        find_file: Callable[[str], Path | None],
        pictures: Path,
    ) -> None:
        self._documents = documents
        self._hours = hours
        self._session = session
        self._record = record
        self._find_file = find_file
        self._pictures = pictures
        self._viewed: tuple[str, frozenset[str]] = ("", frozenset())

    def categories(self) -> tuple[CategoryRow, ...]:
        """Categories that have something in them, in their order."""
        current = self._current()
        rows = []
        found = self._documents.all(ServiceCategory)
        for doc_id, category in sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])):
            if count := sum(service.category == doc_id for service in current.values()):
                rows.append(CategoryRow(doc_id, category.name, category.icon, count))
        return tuple(rows)

    def list(self, category: str = "") -> tuple[ServiceRow, ...]:
        """Services of a category ("" = all): the core ones first, then by category and by their order in it.

        One of an unknown category is in the whole list only, at its end.
        """
        orders = {doc_id: found.order for doc_id, found in self._documents.all(ServiceCategory).items()}

        def place(pair: tuple[str, ServiceDocument]) -> tuple[bool, float, int, str]:
            doc_id, found = pair
            return not found.core, orders.get(found.category, float("inf")), found.order, doc_id

        rows = [
            ServiceRow(
                id=doc_id,
                category=found.category,
                title=found.title,
                summary=found.summary,
                icon=found.icon,
                core=found.core,
                now=self._hours.now(found.hours),
                picture=self._picture(found.picture),
            )
            for doc_id, found in sorted(self._current().items(), key=place)
            if category in ("", found.category)
        ]
        return tuple(rows)

    def get(self, service: str) -> ServiceDetail:
        """One service. Raises ServiceGone."""
        document = self._current().get(service)
        if document is None:
            raise ServiceGone(service=service)
        category = self._documents.get(ServiceCategory, document.category)
        return ServiceDetail(
            id=service,
            category=category.name if category else None,
            document=document,
            now=self._hours.now(document.hours),
            week=week(document.hours),
            special=self._hours.special_days(document.hours),
            picture=self._picture(document.picture),
        )

    def view(self, service: str) -> ServiceDetail:
        """`get`, counted in the journal once a session. Raises ServiceGone."""
        detail = self.get(service)
        session, seen = self._viewed
        if session != self._session.id:
            session, seen = self._session.id, frozenset()
        if service not in seen:
            self._record(ServiceViewed(session=session, service=service, recognised=self._session.person is not None))
        self._viewed = (session, seen | {service})
        return detail

    def _current(self) -> dict[str, ServiceDocument]:
        today, sure = self._hours.local().date(), self._hours.sure
        found = self._documents.all(ServiceDocument)
        return {k: d for k, d in found.items() if not (sure and d.valid_until and d.valid_until < today)}

    def _picture(self, picture: FileRef | str | None) -> Path | None:
        if isinstance(picture, FileRef):
            return self._find_file(picture.sha256)
        path = self._pictures / picture if picture else None
        return path if path and path.is_file() else None
