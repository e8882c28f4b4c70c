"""Enrolment: a code works once, for the key that proves itself, for a while."""

from collections.abc import Callable

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.config import HubConfig
from hub.stations import new_enrolment
from kiosk.protocol.enrol import enrolment_message
from tests.hub.conftest import Server, Time


def ask(
    http: httpx.Client, code: str, key: Ed25519PrivateKey, signer: Ed25519PrivateKey | None = None
) -> httpx.Response:
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    proof = (signer or key).sign(enrolment_message(code, public)).hex()
    return http.post("/api/enrol", json={"code": code, "public_key": public, "proof": proof})


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def test_a_code_works_once(server: Server, http: httpx.Client, key: Ed25519PrivateKey) -> None:
    code, _ = new_enrolment(server.hub, "WX-0001")
    answer = ask(http, code, key)
    assert answer.status_code == 200
    assert answer.json() == {"station": "WX-0001", "publisher_keys": [], "hub_time": "2026-12-01T08:00:00Z"}
    assert ask(http, code, Ed25519PrivateKey.generate()).json()["code"] == "enrol.refused"


def test_a_terminal_whose_answer_was_lost_may_ask_again_for_a_while(
    server: Server, http: httpx.Client, key: Ed25519PrivateKey, hub_time: Time
) -> None:
    code, _ = new_enrolment(server.hub, "WX-0001")
    assert ask(http, code, key).status_code == ask(http, code, key).status_code == 200
    assert server.hub.db.value("SELECT terminal FROM station") == 1
    hub_time.advance(31 * 60)
    assert ask(http, code, key).status_code == 403


def test_a_code_is_not_eternal_and_a_newer_one_voids_it(
    server: Server, http: httpx.Client, key: Ed25519PrivateKey, hub_time: Time
) -> None:
    code, expires = new_enrolment(server.hub, "WX-0001")
    newer, _ = new_enrolment(server.hub, "WX-0001")
    assert ask(http, code, key).status_code == 403
    hub_time.at = expires
    assert ask(http, newer, key).status_code == 403


def test_whoever_does_not_hold_the_key_gets_nothing(server: Server, http: httpx.Client, key: Ed25519PrivateKey) -> None:
    code, _ = new_enrolment(server.hub, "WX-0001")
    assert ask(http, code, key, signer=Ed25519PrivateKey.generate()).status_code == 403
    assert ask(http, code, key).status_code == 200


def test_an_administrator_makes_codes_and_stations_have_sensible_ids(staff: Callable[..., httpx.Client]) -> None:
    admin = staff("administrator")
    made = admin.post("/api/enrolments", json={"station": "WX-0002"})
    assert made.status_code == 201
    assert len(made.json()["code"]) == 9
    for bad in ("", "a b", "x" * 33, "../x", "驿站"):
        assert admin.post("/api/enrolments", json={"station": bad}).json()["code"] == "station.id_invalid"


class TestGuessing:
    @pytest.fixture
    def hub_config(self, hub_config: HubConfig) -> HubConfig:
        return hub_config.model_copy(update={"attempts_per_minute": 5})

    def test_guessing_codes_is_slowed_down(self, http: httpx.Client, key: Ed25519PrivateKey) -> None:
        answers = [ask(http, "AAAA-AAAA", key) for _ in range(8)]
        assert [answer.status_code for answer in answers[:5]] == [403] * 5
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) >= 1
