"""A terminal and its hub over a line that cuts, swallows, lies and repeats: once the line is good, all is as it was."""

import gzip
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from hub.features import features
from hub.journal import rebuild
from hub.publishing import FOLDER
from kiosk.clock import ManualClock
from kiosk.config import HubConfig as LineConfig
from kiosk.errors import KioskError
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.signing import sign_request
from kiosk.sync.client import HubClient
from tests.hub.bad_line import BadLine
from tests.hub.test_pair import Pair

NOTICE = {"text": {"zh_CN": "降温", "en": "Cold"}}


@pytest.fixture
def pair(tmp_path: Path, clock: ManualClock) -> Iterator[Pair]:
    made = Pair(tmp_path, clock)
    made.enrol()
    yield made
    made.stop()


@pytest.mark.parametrize("seed", range(6))
def test_everything_arrives_once_whatever_the_line_does(pair: Pair, seed: int) -> None:
    chance, line = random.Random(seed), BadLine(pair.server.port, seed)
    picture = chance.randbytes(300_000)
    pair.sync._client.close()
    pair.sync._client = HubClient(LineConfig(url=line.url, timeout_seconds=0.15), pair.identity, pair.clock)
    ref = FileRef(sha256=hashlib.sha256(picture).hexdigest(), size=len(picture), media_type="image/png")
    pair.server.hub.files.add_path(_file(pair.folder, picture), expected=ref.sha256)
    pair.server.hub.catalogue.publish(
        [PlainDocument(kind="poster", id="p", body={"title": NOTICE["text"], "image": ref.model_dump()})], FOLDER
    )
    failed = 0
    for number in range(45):
        pair.record(chance.choice([1, 3, 40]))
        pair.server.hub.catalogue.publish(
            [PlainDocument(kind="notice", id=f"n{number % 7}", body=NOTICE | {"number": number})], FOLDER
        )
        try:
            pair.sync.round()
        except (KioskError, ValidationError):
            failed += 1
    assert failed > 15
    assert len(line.seen) >= 10, line.seen
    line.calm = True
    pair.sync.round()
    assert pair.taken() == pair.recorded()
    assert pair.desk.call(pair.store.catalogue.revision) == pair.server.hub.catalogue.revision()
    ours = pair.desk.call(lambda: pair.store.catalogue.raw("notice"))
    assert ours == {d.id: d.body for d in pair.server.hub.catalogue.documents(kind="notice")}
    kept = pair.files.path(hashlib.sha256(picture).hexdigest())
    assert kept is not None
    assert kept.read_bytes() == picture
    line.close()


def test_every_batch_ten_times_in_any_order_leaves_the_same_hub(pair: Pair) -> None:
    """What the network repeats is refused by its signature; what a terminal repeats is taken once."""
    bodies: list[bytes] = []
    push = pair.sync._client.push

    def listening(batch: Any) -> Any:
        bodies.append(gzip.compress(batch.model_dump_json().encode()))
        return push(batch)

    pair.sync._client.push = listening  # type: ignore[method-assign]
    for _ in range(6):
        pair.record(90)
        pair.sync.round()
    before, derived = pair.taken(), _state(pair)
    chance = random.Random(3)
    again = bodies * 10
    chance.shuffle(again)
    for body in again:
        headers = sign_request(pair.identity.sign, "WX-0001", "POST", "/api/journal", body, pair.clock.now())
        answer = pair.sync._client._session.post(
            pair.server.url + "/api/journal",
            data=body,
            headers=headers | {"Content-Type": "application/json", "Content-Encoding": "gzip"},
            timeout=20,
        )
        assert answer.status_code == 200
        assert answer.json()["acknowledged"] == len(before)
    assert pair.taken() == before
    assert _state(pair) == derived
    rebuild(pair.server.hub.db, features())
    assert _state(pair) == derived


def _state(pair: Pair) -> str:
    """Every derived table of the hub."""
    db = pair.server.hub.db
    tables = [table for feature in features() if feature.projection for table in feature.projection.tables]
    return json.dumps({table: sorted(map(repr, db.rows(f"SELECT * FROM {table}"))) for table in tables})


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "picture.png"
    path.write_bytes(data)
    return path
