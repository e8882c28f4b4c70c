"""Requests to the hub, signed by this terminal. Blocking: called from worker threads of the network loop."""

import gzip
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import requests

from kiosk.clock import Clock, SystemClock
from kiosk.config import HubConfig
from kiosk.errors import HubRefused, HubUnreachable, JournalDiverged
from kiosk.identity import Identity
from kiosk.protocol.catalogue import CatalogueBatch, FileRef
from kiosk.protocol.enrol import Enrolled, EnrolRequest, enrolment_message
from kiosk.protocol.journal import Acknowledgement, Batch, OwnPage
from kiosk.protocol.signing import sign_request

log = logging.getLogger(__name__)
_JSON_LIMIT = 32 << 20
_CHUNK = 256 << 10
_OK = 200
_PARTIAL = 206
_DIVERGED = "journal.diverged"


class HubClient:
    """One hub, one terminal. Every call raises HubUnreachable (no line) or HubRefused (an answer that is not ours)."""

    def __init__(self, config: HubConfig, identity: Identity, clock: Clock) -> None:
        self.url = config.url.rstrip("/")
        self._timeout = (config.timeout_seconds, config.timeout_seconds * 3)
        self._authenticated = self.url.startswith("https://")
        self._identity = identity
        self._clock = clock
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = config.ca_file or True

    def close(self) -> None:
        self._session.close()

    def enrol(self, code: str) -> Enrolled:
        """Trade a one-time code for a station id and remember it."""
        key = self._identity.public_key.hex()
        proof = self._identity.sign(enrolment_message(code.upper(), key)).hex()
        body = EnrolRequest(code=code, public_key=key, proof=proof).model_dump_json().encode()
        answer = Enrolled.model_validate(self._json("POST", "/api/enrol", body, signed=False))
        self._identity.enrolled(answer.station, self.url, answer.publisher_keys)
        self._confirm(answer.hub_time)
        return answer

    def push(self, batch: Batch) -> Acknowledgement:
        """Send journal entries; the hub answers up to where it holds everything durably."""
        body = gzip.compress(batch.model_dump_json().encode(), 6)
        answer = Acknowledgement.model_validate(self._json("POST", "/api/journal", body, gzipped=True))
        self._confirm(answer.hub_time)
        return answer

    def own_journal(self, after: int) -> OwnPage:
        """What the hub holds of this station, from its position `after` on."""
        return OwnPage.model_validate(self._json("GET", f"/api/journal/own?after={after}"))

    def catalogue(self, since: int) -> CatalogueBatch:
        """What changed in the catalogue after revision `since`."""
        return CatalogueBatch.model_validate(self._json("GET", f"/api/catalogue?since={since}"))

    def file(self, ref: FileRef, offset: int) -> tuple[int, Iterator[bytes]]:
        """A file from byte `offset` on: where the answer really begins, and its chunks."""
        response = self._send("GET", f"/api/files/{ref.sha256}", extra={"Range": f"bytes={offset}-"}, stream=True)
        if response.status_code not in (_OK, _PARTIAL):
            raise self._refusal(response)
        return (offset if response.status_code == _PARTIAL else 0), _chunks(response)

    def put_attachment(self, ref: FileRef, data: bytes) -> None:
        """Give the hub a sound or a picture that an entry names. The same file again is harmless."""
        target = f"/api/stations/files?sha256={ref.sha256}&media_type={quote(ref.media_type, safe='')}"
        self._json("POST", target, data, kind="application/octet-stream")

    def _json(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        *,
        signed: bool = True,
        gzipped: bool = False,
        kind: str = "application/json",
    ) -> Any:
        extra = {"Content-Type": kind} | ({"Content-Encoding": "gzip"} if gzipped else {})
        response = self._send(method, target, body, extra if body else {}, signed=signed)
        if response.status_code != _OK:
            raise self._refusal(response)
        try:
            if "json" not in response.headers.get("Content-Type", ""):
                raise ValueError("not JSON")
            return json.loads(response.content[:_JSON_LIMIT])
        except ValueError as error:  # a captive portal answers 200 with a page of its own
            raise HubRefused(status=response.status_code, problem="the answer is not from a hub") from error

    def _send(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        extra: dict[str, str] | None = None,
        *,
        signed: bool = True,
        stream: bool = False,
    ) -> requests.Response:
        headers = dict(extra or {})
        if signed:
            station = self._identity.station_id
            headers |= sign_request(self._identity.sign, station, method, target, body, self._clock.now())
        try:
            return self._session.request(
                method,
                self.url + target,
                data=body or None,
                headers=headers,
                timeout=self._timeout,
                stream=stream,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise HubUnreachable(problem=type(error).__name__) from error

    def _refusal(self, response: requests.Response) -> HubRefused:
        """The hub's problem document as an error. One that tells the hub's time corrects our trust in the clock."""
        try:
            problem = json.loads(response.content[:65536])
            if hub_time := problem.get("hub_time"):
                self._confirm(datetime.fromisoformat(hub_time))
            title = str(problem.get("code") or problem.get("title", ""))
        except (ValueError, AttributeError, requests.RequestException):
            title = "the answer is not from a hub"
        finally:
            response.close()
        kind = JournalDiverged if title == _DIVERGED else HubRefused
        asked = response.headers.get("Retry-After", "")
        return kind(status=response.status_code, problem=title, retry_after=int(asked) if asked.isdecimal() else 0)

    def _confirm(self, hub_time: datetime) -> None:
        if isinstance(self._clock, SystemClock):
            self._clock.confirm(hub_time, believed=self._authenticated)


def _chunks(response: requests.Response) -> Iterator[bytes]:
    try:
        yield from response.iter_content(_CHUNK)
    except requests.RequestException as error:
        raise HubUnreachable(problem=type(error).__name__) from error
    finally:
        response.close()
