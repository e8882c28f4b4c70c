"""Accounts, signing in, and what a forged or a stolen request can do."""

from collections.abc import Callable

import httpx
import pyotp
import pytest

from hub.accounts import (
    AccountRefused,
    Accounts,
    AccountWait,
    LastAdministrator,
    PasswordWeak,
    Role,
    StaffExists,
    StaffNameInvalid,
)
from hub.sign_in import SignIn
from hub.throttle import Throttle
from tests.hub.conftest import PASSWORD, START, Server, Time


@pytest.fixture
def accounts(server: Server) -> Accounts:
    found = Accounts(server.hub.db)
    found.add("li.na", PASSWORD, [Role.DUTY], server.hub.now(), "李娜")
    return found


def sign_in(http: httpx.Client, name: str = "li.na", password: str = PASSWORD, **headers: str) -> httpx.Response:
    return http.post("/api/session", json={"name": name, "password": password}, headers=headers)


def test_a_session_from_sign_in_to_sign_out(http: httpx.Client, accounts: Accounts) -> None:
    answer = sign_in(http, "  LI.Na ")
    assert answer.status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert http.get("/api/session").json()["staff"]["display_name"] == "李娜"
    csrf = {"X-CSRF-Token": answer.json()["csrf"]}
    assert http.delete("/api/session", headers=csrf).status_code == 204
    assert http.get("/api/session").json()["code"] == "sign_in.needed"


def test_passwords_are_argon2id_and_sessions_only_digests(
    server: Server, http: httpx.Client, accounts: Accounts
) -> None:
    sign_in(http)
    assert server.hub.db.value("SELECT password FROM staff").startswith("$argon2id$")
    assert http.cookies["yizhan_session"] not in str(server.hub.db.rows("SELECT * FROM staff_session"))


def test_what_changes_something_needs_the_token_and_our_own_page(http: httpx.Client, accounts: Accounts) -> None:
    csrf = sign_in(http).json()["csrf"]
    assert http.delete("/api/session").json()["code"] == "csrf"
    assert http.delete("/api/session", headers={"X-CSRF-Token": "x"}).json()["code"] == "csrf"
    elsewhere = {"X-CSRF-Token": csrf, "Origin": "https://evil.example"}
    assert http.delete("/api/session", headers=elsewhere).json()["code"] == "csrf"
    assert sign_in(http, Origin="https://evil.example").json()["code"] == "csrf"
    ours = {"X-CSRF-Token": csrf, "Origin": str(http.base_url).rstrip("/")}
    assert http.delete("/api/session", headers=ours).status_code == 204


def test_a_session_ends_after_a_shift(http: httpx.Client, accounts: Accounts, hub_time: Time) -> None:
    sign_in(http)
    hub_time.advance(12 * 3600 - 1)
    assert http.get("/api/session").status_code == 200
    hub_time.advance(1)
    assert http.get("/api/session").status_code == 401


def test_failures_wait_longer_and_longer_and_the_right_password_forgives(
    http: httpx.Client, accounts: Accounts, hub_time: Time
) -> None:
    for _ in range(4):
        assert sign_in(http, password="wrong").json()["code"] == "sign_in.refused"
    waits = []
    for _ in range(4):
        assert sign_in(http, password="wrong").json()["code"] == "sign_in.refused"
        refused = sign_in(http)
        assert refused.status_code == 429
        waits.append(refused.json()["retry_after"])
        assert refused.headers["Retry-After"] == str(waits[-1])
        hub_time.advance(waits[-1])
    assert waits == sorted(set(waits))
    assert sign_in(http).status_code == 200
    assert sign_in(http, password="wrong").json()["code"] == "sign_in.refused"
    assert sign_in(http).status_code == 200


def test_whoever_guesses_at_a_name_does_not_lock_its_owner_out(
    server: Server, http: httpx.Client, accounts: Accounts
) -> None:
    assert sign_in(http).status_code == 200  # from now on this browser is known
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as stranger:
        for _ in range(6):
            sign_in(stranger, password="wrong")
        assert sign_in(stranger).json()["code"] == "sign_in.wait"
        assert sign_in(http).status_code == 200
        stolen = {"yizhan_device": http.cookies.get("yizhan_device", path="/api/session") or ""}
        for _ in range(24):  # with the cookie, but not the password: known no more
            answer = stranger.post(
                "/api/session", json={"name": "li.na", "password": "wrong"}, headers={"Cookie": _cookie(stolen)}
            )
            if answer.status_code == 429:
                server.hub.db.execute(
                    "UPDATE sign_in_failure SET not_before = '2026-12-01T07:00:00+00:00' WHERE name LIKE 'device %'"
                )
        assert server.hub.db.value("SELECT COUNT(*) FROM staff_device") == 0


def _cookie(values: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in values.items())


def authenticator(client: httpx.Client) -> tuple[pyotp.TOTP, list[str]]:
    """Set a second factor up, as the page does."""
    proposed = client.post("/api/session/second-factor").json()
    assert pyotp.parse_uri(proposed["uri"]).secret == proposed["secret"]
    totp = pyotp.TOTP(proposed["secret"])
    proof = {"password": PASSWORD, "secret": proposed["secret"], "code": totp.at(START)}
    answer = client.put("/api/session/second-factor", json=proof)
    assert answer.status_code == 200, answer.text
    return totp, answer.json()["codes"]


def test_a_second_factor_is_asked_for_and_each_code_counts_once(
    server: Server, http: httpx.Client, staff: Callable[..., httpx.Client], hub_time: Time
) -> None:
    totp, recovery = authenticator(staff("duty"))
    secret = {"name": "staff1", "password": PASSWORD}
    assert http.post("/api/session", json=secret).json()["code"] == "sign_in.code_needed"
    assert http.post("/api/session", json=secret | {"code": "000000"}).json()["code"] == "sign_in.refused"
    right = secret | {"code": totp.at(hub_time())}
    assert http.post("/api/session", json=right).json()["staff"]["second_factor"] is True
    assert http.post("/api/session", json=right).json()["code"] == "sign_in.refused"
    hub_time.advance(60)
    assert http.post("/api/session", json=secret | {"code": totp.at(hub_time())}).status_code == 200
    assert len(set(recovery)) == 8
    lost = secret | {"code": recovery[0].upper()}
    assert http.post("/api/session", json=lost).status_code == 200
    assert http.post("/api/session", json=lost).json()["code"] == "sign_in.refused"
    kept = str(server.hub.db.rows("SELECT * FROM staff_recovery"))
    assert not any(code in kept for code in recovery)


def test_a_second_factor_is_set_and_removed_with_the_password_only(
    http: httpx.Client, staff: Callable[..., httpx.Client], hub_time: Time
) -> None:
    client = staff("duty")
    proof = {"password": "wrong", "secret": "A" * 32, "code": "123456"}
    assert client.put("/api/session/second-factor", json=proof).json()["code"] == "account.password_wrong"
    wrong = proof | {"password": PASSWORD}
    assert client.put("/api/session/second-factor", json=wrong).json()["code"] == "second_factor.code_wrong"
    assert client.put("/api/session/second-factor", json=wrong | {"secret": "!" * 32}).status_code == 422
    authenticator(client)
    removal = "/api/session/second-factor/removal"
    assert client.post(removal, json={"password": "wrong"}).json()["code"] == "account.password_wrong"
    assert client.post(removal, json={"password": PASSWORD}).status_code == 204
    assert http.post("/api/session", json={"name": "staff1", "password": PASSWORD}).status_code == 200
    authenticator(client)
    admin = staff("administrator")
    assert admin.patch("/api/staff/staff1", json={"second_factor": True}).json()["code"] == "body.invalid"
    assert admin.patch("/api/staff/staff1", json={"second_factor": False}).json()["second_factor"] is False


def test_ones_own_password_and_every_browser(http: httpx.Client, staff: Callable[..., httpx.Client]) -> None:
    client = staff("duty")
    change = {"password": "wrong", "new_password": "another long one"}
    assert client.post("/api/session/password", json=change).json()["code"] == "account.password_wrong"
    assert client.post("/api/session/password", json=change | {"password": PASSWORD}).status_code == 204
    assert client.get("/api/session").status_code == 401
    assert sign_in(http, "staff1", "another long one").status_code == 200
    http.headers["X-CSRF-Token"] = http.get("/api/session").json()["csrf"]
    assert http.delete("/api/session/everywhere").status_code == 204
    assert http.get("/api/session").status_code == 401


def test_an_address_that_tries_many_names_is_slowed_down(server: Server, http: httpx.Client) -> None:
    server.app.state.throttle = Throttle(5)
    answers = [sign_in(http, f"name{number}", "wrong") for number in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].json()["code"] == "too_many_attempts"


def test_a_name_nobody_has_is_treated_as_any_other(http: httpx.Client, accounts: Accounts) -> None:
    answers = [sign_in(http, "nobody", "wrong").json()["code"] for _ in range(7)]
    assert answers == ["sign_in.refused"] * 5 + ["sign_in.wait"] * 2


def test_a_wait_never_grows_beyond_a_quarter_of_an_hour(accounts: Accounts, server: Server, hub_time: Time) -> None:
    for _ in range(20):
        with pytest.raises(AccountRefused):
            SignIn(server.hub.db).sign_in("li.na", "wrong", hub_time(), hub_time() - hub_time())
        hub_time.advance(900)
    with pytest.raises(AccountRefused):
        SignIn(server.hub.db).sign_in("li.na", "wrong", hub_time(), hub_time() - hub_time())
    with pytest.raises(AccountWait) as waiting:
        SignIn(server.hub.db).sign_in("li.na", PASSWORD, hub_time(), hub_time() - hub_time())
    assert waiting.value.members["retry_after"] <= 901


def test_disabling_and_a_new_password_end_every_session(
    http: httpx.Client, accounts: Accounts, staff: Callable[..., httpx.Client]
) -> None:
    admin = staff("administrator")
    sign_in(http)
    assert admin.patch("/api/staff/li.na", json={"password": "another long one"}).status_code == 200
    assert http.get("/api/session").status_code == 401
    sign_in(http, password="another long one")
    assert admin.patch("/api/staff/li.na", json={"disabled": True}).json()["disabled"] is True
    assert http.get("/api/session").status_code == 401
    assert sign_in(http, password="another long one").json()["code"] == "sign_in.refused"


def test_an_administrator_cannot_lock_everybody_out(staff: Callable[..., httpx.Client], server: Server) -> None:
    admin = staff("administrator")
    for change in ({"disabled": True}, {"roles": ["duty"]}):
        assert admin.patch("/api/staff/staff1", json=change).json()["code"] == "staff.last_administrator"
    with pytest.raises(LastAdministrator):
        Accounts(server.hub.db).set_roles("staff1", [])
    assert admin.get("/api/staff").json()[0]["roles"] == ["administrator"]
    staff("administrator")
    assert admin.patch("/api/staff/staff1", json={"roles": ["duty"]}).status_code == 200
    assert admin.get("/api/staff").json()["code"] == "not_allowed"


def test_accounts_that_cannot_be_made(accounts: Accounts, hub_time: Time, staff: Callable[..., httpx.Client]) -> None:
    for password in ("short", "aaaaaaaaaaaaaaaa", "li.wei12345", "x" * 201):
        with pytest.raises(PasswordWeak):
            accounts.add("li.wei", password, [], hub_time())
    for name in ("", "a b", "x" * 33, "../etc"):
        with pytest.raises(StaffNameInvalid):
            accounts.add(name, PASSWORD, [], hub_time())
    with pytest.raises(StaffExists):
        accounts.add("Li.Na", PASSWORD, [], hub_time())
    answer = staff("administrator").post("/api/staff", json={"name": "x", "password": "12345", "roles": ["king"]})
    assert answer.json()["code"] == "body.invalid"
    assert "12345" not in answer.text


def test_an_account_is_made_on_the_console(http: httpx.Client, staff: Callable[..., httpx.Client]) -> None:
    account = {"name": "王芳", "display_name": "王芳", "password": "一个足够长的密码句子", "roles": ["manager"]}
    assert staff("administrator").post("/api/staff", json=account).status_code == 201
    assert sign_in(http, "王芳", "一个足够长的密码句子").json()["may"] == ["manager"]
