"""The hub's own description of itself, held against it: no request that fits it, or does not, is a failure of ours.

Schemathesis makes requests from the OpenAPI document; they are sent by somebody with every role, so that they get past
the door. What must not happen is a 5xx, an answer the document does not know, or a failure that is no problem document.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from hub.accounts import Accounts, Role
from hub.config import HubConfig
from hub.problems import MEDIA_TYPE
from tests.hub.conftest import PASSWORD, Server, Time

EXAMPLES = 25
SKIPPED = {  # they end the very session the walk uses, or change the password it signs in with
    ("DELETE", "/api/session"),
    ("DELETE", "/api/session/everywhere"),
    ("POST", "/api/session/password"),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    now = Time()
    running = Server(HubConfig(data_dir=tmp_path_factory.mktemp("fuzz"), attempts_per_minute=1_000_000), now)
    for name in ("walker", "another"):  # another one, so that an administrator is always left
        Accounts(running.hub.db).add(name, PASSWORD, list(Role), now())
    yield running
    running.stop()


def test_whatever_the_document_allows_is_answered(server: Server) -> None:
    schema = schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 40
    with httpx.Client(base_url=server.url, timeout=60, trust_env=False) as walker:
        for operation in operations:
            if (operation.method.upper(), operation.path) not in SKIPPED:
                _walk(operation, walker, server)


def _walk(operation: Any, walker: httpx.Client, server: Server) -> None:
    signed = walker.post("/api/session", json={"name": "walker", "password": PASSWORD})
    assert signed.status_code == 200, f"after {operation.method} {operation.path}: {signed.text}"
    headers = {
        "X-CSRF-Token": signed.json()["csrf"],
        "Cookie": "; ".join(f"{name}={value}" for name, value in walker.cookies.items()),
    }

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def one(case: Any) -> None:
        answer = case.call(headers=headers, timeout=30)
        case.validate_response(answer, checks=[not_a_server_error])
        if answer.status_code >= 400 and operation.path.startswith("/api/"):
            assert answer.headers["content-type"][0] == MEDIA_TYPE, (operation.path, answer.text[:200])

    one()
