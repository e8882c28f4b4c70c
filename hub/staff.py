"""Signing in and out, and the accounts of the staff."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from hub.accounts import Accounts, Role, Session, Staff
from hub.auth import COOKIE, ForgedRequest, SessionDep, require, same_origin
from hub.state import HubDep

router = APIRouter(tags=["staff"])
Administrator = Depends(require("administrator"))


class Credentials(BaseModel):
    name: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=400)


class Account(BaseModel):
    name: str
    display_name: str
    roles: list[Role]
    disabled: bool = False


class SignedInAs(BaseModel):
    """Who the session is; `csrf` goes into the header X-CSRF-Token of everything that changes something."""

    staff: Account
    may: list[Role]
    csrf: str
    expires: str


class NewAccount(BaseModel):
    name: str = Field(max_length=64)
    display_name: str = Field(default="", max_length=64)
    password: str = Field(max_length=400)
    roles: list[Role]


class AccountChange(BaseModel):
    """What is left out stays as it is."""

    password: str | None = Field(default=None, max_length=400)
    roles: list[Role] | None = None
    disabled: bool | None = None


def _account(staff: Staff) -> Account:
    return Account(name=staff.name, display_name=staff.display_name, roles=sorted(staff.roles), disabled=staff.disabled)


def _signed_in(session: Session) -> SignedInAs:
    staff = session.staff
    return SignedInAs(
        staff=_account(staff),
        may=[role for role in Role if staff.may(role)],
        csrf=session.csrf,
        expires=session.expires.isoformat(),
    )


@router.post("/api/session", summary="Sign in: sets the session's cookie")
def sign_in(credentials: Credentials, request: Request, response: Response, hub: HubDep) -> SignedInAs:
    if not same_origin(request):
        raise ForgedRequest()
    request.app.state.throttle.attempt(f"sign-in {request.client.host if request.client else ''}")
    life = timedelta(hours=hub.config.session_hours)
    token, session = Accounts(hub.db).sign_in(credentials.name, credentials.password, hub.now(), life)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(life.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return _signed_in(session)


@router.get("/api/session", summary="Who is signed in")
def who(session: SessionDep) -> SignedInAs:
    return _signed_in(session)


@router.delete("/api/session", summary="Sign out", status_code=204, dependencies=[Depends(require())])
def sign_out(request: Request, response: Response, hub: HubDep) -> None:
    Accounts(hub.db).sign_out(request.cookies[COOKIE])
    response.delete_cookie(COOKIE)


@router.get("/api/staff", summary="Every account", dependencies=[Administrator])
def accounts(hub: HubDep) -> list[Account]:
    return [_account(staff) for staff in Accounts(hub.db).all()]


@router.post("/api/staff", summary="A new account", status_code=201, dependencies=[Administrator])
def add(account: NewAccount, hub: HubDep) -> Account:
    added = Accounts(hub.db).add(account.name, account.password, account.roles, hub.now(), account.display_name)
    return _account(added)


@router.patch("/api/staff/{name}", summary="New roles or password, disable or enable")
def change(name: str, wanted: AccountChange, hub: HubDep, _: Annotated[Staff, Administrator]) -> Account:
    found = Accounts(hub.db)
    with hub.db.transaction():
        if wanted.roles is not None:
            found.set_roles(name, wanted.roles)
        if wanted.disabled is not None:
            found.set_disabled(name, wanted.disabled)
        if wanted.password is not None:
            found.set_password(name, wanted.password)
    return _account(found.get(name))
