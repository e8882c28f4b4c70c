"""What of an entry tells of a person, for how long that is kept, and how it goes, at the terminal and at the hub alike.

Entries are counted for ever and are about somebody only for a while. A kind of entry says which field has the pseudonym
(`who`), what else tells of a person (`private`, with what stands there afterwards), and for how many days (`keep_days`,
0: until that person asks). Somebody who asks is *renamed*, in each part of their record to another random pseudonym
that nobody knows: what was counted stays right, and nothing leads back. What was kept long enough is *blanked*.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.journal import Entry, JournalBody, Kind, all_bodies

NOBODY = "0" * 16  # where a pseudonym has to stand
ERASURE = "erasure"


@catalogue_body(ERASURE)
class Erasure(CatalogueBody):
    """Somebody asked to be forgotten: `member` is the pseudonym (hex); or `entry`, what was left without a name."""

    member: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){0,32}$")] = ""
    entry: Annotated[str, StringConstraints(pattern=r"^([0-9a-f-]{36})?$")] = ""


@catalogue_body("retention_settings")
class RetentionSettings(CatalogueBody):
    """For how many days entries of a kind tell of a person, where that is not what the program says."""

    days: dict[Kind, Annotated[int, Field(ge=1, le=36500)]] = Field(default={})


@cache
def personal_kinds() -> dict[str, type[JournalBody]]:
    """The kinds of entries that tell of a person."""
    return {kind: body for kind, body in all_bodies().items() if body.who or body.private}


def cutoffs(now: datetime, settings: RetentionSettings | None = None) -> dict[str, datetime]:
    """Before when entries of a kind do not tell of a person any more."""
    changed = settings.days if settings else {}
    days = {kind: changed.get(kind, body.keep_days) for kind, body in personal_kinds().items()}
    return {kind: now - timedelta(days=count) for kind, count in days.items() if count}


def person_of(entry: Entry) -> str:
    """The pseudonym of whom an entry is about, "" for nobody."""
    body = personal_kinds().get(entry.kind)
    return str(entry.body.get(body.who) or "") if body and body.who else ""


class Redaction:
    """One pass over a journal. `secret` is random, and forgotten after it; `erased` are pseudonyms and ids of entries.

    `before`: entries of a kind that are older than that are blanked.
    """

    def __init__(self, secret: bytes, erased: Iterable[str] = (), before: Mapping[str, datetime] | None = None) -> None:
        self._secret = secret
        self._erased = frozenset(erased)
        self._before = dict(before or {})

    def of(self, entry: Entry, settled: bool = True) -> Entry | None:
        """The entry as it is to be from now on, None where it stays as it is.

        Not `settled` (the hub does not have it yet, or its time is not known): age alone changes nothing.
        """
        body = personal_kinds().get(entry.kind)
        if body is None:
            return None
        person, limit = person_of(entry), self._before.get(entry.kind)
        old = settled and limit is not None and entry.at < limit and entry.clock != "doubtful"
        if old or entry.id in self._erased:
            required = body.who and body.model_fields[body.who].is_required()
            return _changed(entry, body, NOBODY if required and person else "")
        if person and person in self._erased:
            return _changed(entry, body, self._substitute(person, entry.kind.partition(".")[0]))
        return None

    def _substitute(self, person: str, family: str) -> str:
        """Another pseudonym of the same length: one in each part of the record, so that these cannot be joined."""
        return hmac.new(self._secret, f"{family} {person}".encode(), hashlib.sha256).hexdigest()[: len(person)]


def _changed(entry: Entry, kind: type[JournalBody], person: str) -> Entry | None:
    body: dict[str, Any] = dict(entry.body)
    for field, value in ((kind.who, person), *kind.private.items()):
        if field and field in body:
            body[field] = value
    return entry.model_copy(update={"body": body}) if body != entry.body else None
