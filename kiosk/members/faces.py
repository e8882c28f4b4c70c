"""The faces of members who asked for it, on this terminal alone: encrypted, never synchronised, deleted on the spot.

A file a member under the folder `faces`: AES-256-GCM with the member as associated data, under a key of this terminal
(`faces.key`, readable by its user alone). No picture is kept. What the law asks for: specs/devices.md, 5.4.
"""

import base64
import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.clock import Clock
from kiosk.devices.face.engine import SIZE, Template
from kiosk.identity import write_private
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.members import FaceDeleted, FaceEnrolled
from kiosk.session import Person

log = logging.getLogger(__name__)
CONSENT = "2026-11"  # the version of the sentences that are agreed to
MOST = 80_000  # of 100 000 above which a city would have to file (art. 15): no terminal comes near
RENEW = timedelta(days=30)  # without a code or card shown in this time a face alone is not enough
Why = Literal["asked", "idle", "ended"]


@dataclass(frozen=True, slots=True)
class EnrolledFace:
    """A member's face. `shown` is when they last showed a code or card, `seen` when they were last known at all."""

    member: str
    tier: str
    template: Template
    consent: str
    enrolled: datetime
    shown: datetime
    seen: datetime

    @property
    def person(self) -> Person:
        return Person(self.member, self.tier, "face")


class FaceBook:
    """On the desk thread. `record` appends to the journal: that somebody agreed, that it was deleted; no template."""

    def __init__(
        self, folder: Path, clock: Clock, record: Callable[[JournalBody], object], idle: timedelta = timedelta(days=180)
    ) -> None:
        self._folder = folder / "faces"
        self._key_file = folder / "faces.key"
        self._clock = clock
        self._record = record
        self._idle = idle
        self._faces: dict[str, EnrolledFace] | None = None

    def get(self, member: str) -> EnrolledFace | None:
        return self._all().get(member)

    def matchable(self) -> dict[str, Template]:
        """The templates of those whose face alone is enough now."""
        now = self._clock.now()
        return {name: face.template for name, face in self._all().items() if now - face.shown <= RENEW}

    def __len__(self) -> int:
        return len(self._all())

    def enrol(self, person: Person, template: Template, words: str) -> None:
        """Keep a face; `words` are the sentences that were agreed to. Durable when this returns."""
        now = self._clock.now()
        face = EnrolledFace(person.ref, person.tier, template, CONSENT, now, now, now)
        self._write(face)
        digest = hashlib.sha256(words.encode()).hexdigest()
        self._record(FaceEnrolled(member=person.ref, consent=CONSENT, consent_sha256=digest))

    def delete(self, member: str, why: Why = "asked") -> bool:
        """Forget a face at once. False where there was none."""
        if self._all().pop(member, None) is None:
            return False
        self._path(member).unlink(missing_ok=True)
        self._record(FaceDeleted(member=member, why=why))
        return True

    def noticed(self, person: Person) -> None:
        """Somebody is here: what they showed renews how long their face is good for."""
        face = self._all().get(person.ref)
        if face is not None:
            now = self._clock.now()
            shown = face.shown if person.way == "face" else now
            self._write(replace(face, tier=person.tier, shown=shown, seen=now))

    def sweep(self, ended: Callable[[str], bool] = lambda _member: False) -> int:
        """Delete the faces of those who were not here for long, or are members no more. Returns how many."""
        now = self._clock.now()
        gone = [(name, "ended") for name in self._all() if ended(name)]
        gone += [(name, "idle") for name, face in self._all().items() if now - face.seen > self._idle]
        return sum(self.delete(name, "ended" if why == "ended" else "idle") for name, why in gone)

    # -- files --------------------------------------------------------------------------------------------------------

    def _all(self) -> dict[str, EnrolledFace]:
        if self._faces is None:
            self._faces = {}
            for path in sorted(self._folder.glob("*.face")) if self._folder.is_dir() else ():
                if (face := self._read(path)) is not None:
                    self._faces[face.member] = face
        return self._faces

    def _write(self, face: EnrolledFace) -> None:
        plain = json.dumps(
            {
                "tier": face.tier,
                "template": base64.b64encode(face.template.astype("<f4").tobytes()).decode(),
                "consent": face.consent,
                **{name: getattr(face, name).isoformat() for name in ("enrolled", "shown", "seen")},
            }
        ).encode()
        nonce, member = secrets.token_bytes(12), bytes.fromhex(face.member)
        sealed = AESGCM(self._key()).encrypt(nonce, plain, member)
        # Whose it is stands in it sealed; the file's name is a keyed hash.
        head = AESGCM(self._key()).encrypt(nonce[::-1], member, b"member")
        write_private(self._path(face.member), nonce + len(head).to_bytes(1, "big") + head + sealed)
        self._all()[face.member] = face

    def _read(self, path: Path) -> EnrolledFace | None:
        try:
            data = path.read_bytes()
            nonce, size = data[:12], data[12]
            aead = AESGCM(self._key())
            member = aead.decrypt(nonce[::-1], data[13 : 13 + size], b"member")
            found = json.loads(aead.decrypt(nonce, data[13 + size :], member))
            template = np.frombuffer(base64.b64decode(found["template"]), "<f4").astype(np.float32)
            if template.shape != (SIZE,) or self._path(member.hex()) != path:
                raise ValueError("not what was written")
            times = {name: datetime.fromisoformat(found[name]) for name in ("enrolled", "shown", "seen")}
            return EnrolledFace(member.hex(), str(found["tier"]), template, str(found["consent"]), **times)
        except (OSError, InvalidTag, ValueError, KeyError, IndexError, TypeError) as error:
            log.warning("a face in %s cannot be read and is left out: %s", path.name, error or type(error).__name__)
            return None

    def _path(self, member: str) -> Path:
        return self._folder / f"{hmac.digest(self._key(), bytes.fromhex(member), 'sha256').hex()[:32]}.face"

    def _key(self) -> bytes:
        if not self._key_file.exists():
            write_private(self._key_file, secrets.token_bytes(32))
        return self._key_file.read_bytes()
