"""Accounts, signing in, and what a forged or a stolen request can do."""

from collections.abc import Callable

import httpx
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
from hub.throttle import Throttle
from tests.hub.conftest import PASSWORD, Server, Time


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
            accounts.sign_in("li.na", "wrong", hub_time(), hub_time() - hub_time())
        hub_time.advance(900)
    with pytest.raises(AccountRefused):
        accounts.sign_in("li.na", "wrong", hub_time(), hub_time() - hub_time())
    with pytest.raises(AccountWait) as waiting:
        accounts.sign_in("li.na", PASSWORD, hub_time(), hub_time() - hub_time())
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
