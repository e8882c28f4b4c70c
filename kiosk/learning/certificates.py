"""Certificates: issued here, signed by this terminal, looked up at the hub."""

import re

from kiosk.clock import Clock
from kiosk.identity import Identity
from kiosk.learning.rows import Certificate
from kiosk.protocol.certificate import CertificateClaims, holder_of, issue_certificate
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.learning import LearningCertified
from kiosk.protocol.text import LocalText
from kiosk.storage.learning import Registration, StoredCertificate

BARE = "KIOSK-CERTIFICATE:"  # before the token where no hub is known to look it up at


def make(
    identity: Identity, clock: Clock, registration: Registration, title: LocalText, judged: bool, count: int
) -> LearningCertified:
    """The entry for a new certificate. `count` is how many this station has issued before."""
    now = clock.now().replace(microsecond=0)
    station = re.sub(r"[^A-Z0-9]+", "-", identity.station_id.upper()).strip("-") or "LOCAL"
    number = f"{station}-{now:%Y%m%d}-{count + 1:04}"
    score = registration.score if judged else None
    claims = CertificateClaims(
        station=identity.station_id,
        number=number,
        course=registration.course,
        version=registration.version,
        title=title.zh_CN,
        issued=now,
        holder=holder_of(number, registration.person),
        score=None if score is None else round(score * 100),
    )
    return LearningCertified(
        number=number,
        registration=registration.id,
        launch=registration.earned,
        person=registration.person,
        course=registration.course,
        version=registration.version,
        title=title,
        score=score,
        issued=now,
        token=issue_certificate(claims, SigningKey(identity.station_id, identity.key)),
    )


def show(stored: StoredCertificate, address: str) -> Certificate:
    """A stored certificate for the screen. `address` is where certificates are looked up, "" = nowhere known."""
    return Certificate(
        number=stored.number,
        course=stored.course,
        title=LocalText.model_validate(stored.title),
        issued=stored.issued,
        score=None if stored.score is None else round(stored.score * 100),
        person=stored.person,
        qr=(address or BARE) + stored.token,
        address=address,
    )
