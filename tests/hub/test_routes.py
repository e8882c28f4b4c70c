"""Every route there is, walked: who may use it, what it says when it fails, and how it is documented."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIWebSocketRoute

from hub.accounts import Role
from hub.distribution import reader
from hub.features import features
from hub.problems import MEDIA_TYPE, Problem, all_codes
from hub.stations import signed_terminal
from tests.hub.conftest import Server, Terminal

# Routes for people and programs that are not signed in. Whoever adds one has to say so here.
PUBLIC = {
    "GET /",  # sends whoever is not signed in to sign in
    "GET /sign-in",
    "GET /favicon.ico",
    "GET /console/{path:path}",
    "GET /calls/call.js",
    "GET /calls/quality.js",
    "GET /readyz",
    "POST /api/session",
    "POST /api/enrol",
    "GET /verify/",  # anybody may check a certificate
    "GET /verify/{token:path}",
    "GET /verify/{token}",
    "GET /api/verify/{token}",
    "GET /keep",  # whoever holds a code that a terminal gave them, in the fragment
    "POST /api/members/keep",
    "GET /m/{secret}",  # the holder of a member code, by an address nobody else knows
}
SIGNS_OUT = {"DELETE /api/session", "DELETE /api/session/everywhere"}  # walked elsewhere: the walk needs its sessions
ROUTES = [r for f in features() if f.router for r in f.router.routes if isinstance(r, APIRoute | APIWebSocketRoute)]
HTTP = [(method, route) for route in ROUTES if isinstance(route, APIRoute) for method in sorted(route.methods)]
CALLS = pytest.mark.parametrize(("method", "route"), HTTP, ids=[f"{m} {r.path}" for m, r in HTTP])


def dependencies(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    for inner in dependant.dependencies:
        if inner.call:
            yield inner.call
        yield from dependencies(inner)


def wanted_roles(route: APIRoute | APIWebSocketRoute) -> tuple[Role, ...] | None:
    """The roles of which one is needed, () for whoever is signed in, None where no staff is asked for."""
    found = [call.roles for call in dependencies(route.dependant) if hasattr(call, "roles")]
    return found[0] if found else None


def signed(route: APIRoute | APIWebSocketRoute) -> bool:
    return any(call in (signed_terminal, reader) for call in dependencies(route.dependant))


def address(route: APIRoute | APIWebSocketRoute) -> str:
    return re.sub(r"\{sha256[^}]*\}", "0" * 64, re.sub(r"\{(?!sha256)[^}]*\}", "1", route.path))


def is_asset(route: APIRoute) -> bool:
    """The style or script of a public page: the same for everybody, and no part of the API."""
    return not route.include_in_schema and route.methods == {"GET"} and route.path.endswith((".css", ".js"))


def check(answer: httpx.Response) -> str:
    """The code of a problem document; fails for any other kind of failure."""
    assert answer.headers["Content-Type"] == MEDIA_TYPE, (answer.status_code, answer.text[:200])
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"] == f"urn:yizhan:problem:{body['code']}"
    assert body["title"]
    return str(body["code"])


def test_every_route_is_for_staff_for_terminals_or_public_on_purpose() -> None:
    for method, route in HTTP:
        open_to_all = wanted_roles(route) is None and not signed(route) and route.path != "/api/session"
        assert not open_to_all or is_asset(route) or f"{method} {route.path}" in PUBLIC, f"{method} {route.path}"
    for route in ROUTES:
        if isinstance(route, APIWebSocketRoute):
            assert wanted_roles(route) is not None or signed(route), route.path


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, httpx.Client]]:
    """One hub, and somebody of each role: the walk below changes nothing that another step needs."""
    from hub.accounts import Accounts
    from hub.config import HubConfig
    from tests.hub.conftest import PASSWORD, Time

    now = Time()
    server = Server(HubConfig(data_dir=tmp_path_factory.mktemp("routes"), attempts_per_minute=10_000), now)
    clients = {}
    for name in ("nobody", "idle", *Role):
        client = httpx.Client(base_url=server.url, timeout=30, trust_env=False)
        clients[str(name)] = client
        if name != "nobody":
            roles = [Role(name)] if name != "idle" else []
            Accounts(server.hub.db).add(str(name), PASSWORD, roles, now())
            answer = client.post("/api/session", json={"name": str(name), "password": PASSWORD})
            client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    yield clients
    for client in clients.values():
        client.close()
    server.stop()


@CALLS
def test_routes_times_roles(method: str, route: APIRoute, everybody: dict[str, httpx.Client]) -> None:
    wanted = wanted_roles(route)
    if wanted is None or f"{method} {route.path}" in SIGNS_OUT:
        return
    for name, client in everybody.items():
        answer = client.request(method, address(route))
        if name == "nobody":
            assert check(answer) == "sign_in.needed"
            continue
        has = {"idle": set[str](), "administrator": {"administrator", "manager", "publisher"}}.get(name, {name})
        if wanted and not has & {role.value for role in wanted}:
            assert check(answer) == "not_allowed", name
        else:
            assert answer.status_code not in (401, 403), (name, answer.text)
            assert answer.status_code < 500
            if method not in ("GET", "HEAD"):
                forged = client.request(method, address(route), headers={"X-CSRF-Token": "forged"})
                assert check(forged) == "csrf"


@CALLS
def test_what_fails_is_a_problem_document(method: str, route: APIRoute, everybody: dict[str, httpx.Client]) -> None:
    nobody = everybody["nobody"]
    if method != "HEAD" and (signed(route) or wanted_roles(route) is not None):
        assert check(nobody.request(method, address(route))) in ("sign_in.needed", "signature.invalid")
    if method not in ("GET", "HEAD"):
        body = b'{"unfinished'
        answer = everybody["administrator"].request(
            method, address(route), content=body, headers={"Content-Type": "application/json"}
        )
        if answer.status_code >= 400:
            check(answer)
    assert check(nobody.request("BREW", address(route))) == "method_not_allowed"


def test_the_frameworks_own_failures(http: httpx.Client) -> None:
    assert check(http.get("/nowhere")) == "not_found"
    assert check(http.get("/console/nowhere.js")) == "not_found"
    assert check(http.get("/console/..%2f..%2fapp.py")) == "not_found"
    assert check(http.post("/api/session", content=b"{")) == "body.invalid"
    large = http.post("/api/session", content=bytes(300 << 10))
    assert check(large) == "body.too_large"


def test_the_title_speaks_the_readers_language(http: httpx.Client) -> None:
    english = http.get("/nowhere", headers={"Accept-Language": "en-GB,en;q=0.9"})
    chinese = http.get("/nowhere", headers={"Accept-Language": "zh-CN"})
    assert english.json()["title"].isascii()
    assert not chinese.json()["title"].isascii()
    assert english.headers["Content-Language"] == "en"


def test_what_nobody_expected_is_a_problem_too_and_says_nothing(server: Server, http: httpx.Client) -> None:
    server.hub.catalogue.batch = None  # type: ignore[assignment, method-assign]
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from hub.stations import enrol_terminal, new_enrolment
    from kiosk.protocol.enrol import EnrolRequest, enrolment_message

    terminal = Terminal(http, Ed25519PrivateKey.generate(), "WX-0001", server.hub.now, iter([]))
    code, _ = new_enrolment(server.hub, "WX-0001")
    proof = terminal.key.sign(enrolment_message(code, terminal.public)).hex()
    enrol_terminal(server.hub, EnrolRequest(code=code, public_key=terminal.public, proof=proof))
    answer = terminal.send("GET", "/api/catalogue?since=0")
    assert check(answer) == "unexpected"
    assert "NoneType" not in answer.text


def test_a_database_that_cannot_be_read_is_a_problem_of_ours(server: Server, http: httpx.Client) -> None:
    server.hub.db.execute("DROP TABLE projection_failure")
    assert check(http.get("/readyz")) == "database.failed"
    assert http.get("/readyz").status_code == 503


def test_codes_are_unique_and_titles_are_in_both_languages() -> None:
    for code, kind in all_codes(Problem).items():
        chinese, english = kind.title
        assert chinese, code
        assert english.isascii(), code
        assert 400 <= kind.status < 600
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", code)


def test_answers_carry_the_headers_that_keep_a_browser_safe(http: httpx.Client) -> None:
    for path in ("/sign-in", "/readyz", "/nowhere", "/console/kit.js"):
        headers = http.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_openapi_is_whole(http: httpx.Client) -> None:
    api = http.get("/openapi.json").json()
    assert api["openapi"].startswith("3.1")
    operations = [
        (path, method, operation) for path, item in api["paths"].items() for method, operation in item.items()
    ]
    documented = {(method.upper(), path) for path, method, _ in operations}
    for method, route in HTTP:
        assert (method, route.path_format) in documented or is_asset(route), f"{method} {route.path} is not documented"
    ids = [operation["operationId"] for _, _, operation in operations]
    assert len(ids) == len(set(ids))
    for path, method, operation in operations:
        where = f"{method} {path}"
        assert operation.get("summary"), where
        assert operation.get("tags"), where
        assert any(status.startswith(("2", "3")) for status in operation["responses"]), where
        assert MEDIA_TYPE in operation["responses"]["4XX"]["content"], where
        named = set(re.findall(r"\{(\w+)\}", path))
        assert named == {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}, where
    for reference in re.findall(r'"\$ref": ?"#/([^"]+)"', http.get("/openapi.json").text):
        found: Any = api
        for part in reference.split("/"):
            assert part in found, reference
            found = found[part]
