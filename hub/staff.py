"""Signing in and out, and the accounts of the staff."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from hub.accounts import Accounts, Role, Session, Staff
from hub.auth import COOKIE, ForgedRequest, SessionDep, SignedIn, require, same_origin
from hub.members_cards import svg_of
from hub.sign_in import DEVICE_LIFE, SignIn
from hub.state import HubDep

router = APIRouter(tags=["staff"])
DEVICE_COOKIE = "yizhan_device"  # says that this browser has signed in to an account before; lets nobody in
_ISSUER = "驿站值班台"
Administrator = Depends(require("administrator"))


class Credentials(BaseModel):
    name: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=400)
    code: str = Field(default="", max_length=40)  # of the authenticator, or a recovery code


class Password(BaseModel):
    password: str = Field(min_length=1, max_length=400)


class PasswordChange(Password):
    new_password: str = Field(min_length=1, max_length=400)


class Authenticator(BaseModel):
    """What an authenticator is set up with; `picture` is the QR code of `uri`, an SVG."""

    secret: str
    uri: str
    picture: str


class AuthenticatorProof(Password):
    secret: str = Field(min_length=16, max_length=64)
    code: str = Field(min_length=6, max_length=10)


class RecoveryCodes(BaseModel):
    """Each stands in for the authenticator once. They are shown only now."""

    codes: list[str]


class Account(BaseModel):
    name: str
    display_name: str
    roles: list[Role]
    disabled: bool = False
    second_factor: bool = False
    district: str = ""


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
    district: str = Field(default="", max_length=80)


class AccountChange(BaseModel):
    """What is left out stays as it is."""

    password: str | None = Field(default=None, max_length=400)
    roles: list[Role] | None = None
    disabled: bool | None = None
    district: str | None = Field(default=None, max_length=80)
    second_factor: Literal[False] | None = None  # an administrator can take it away, never give it


def _account(staff: Staff) -> Account:
    return Account(
        name=staff.name,
        display_name=staff.display_name,
        roles=sorted(staff.roles),
        disabled=staff.disabled,
        second_factor=staff.second_factor,
        district=staff.district,
    )


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
    _slow_down(request)
    life = timedelta(hours=hub.config.session_hours)
    device = request.cookies.get(DEVICE_COOKIE, "")[:100]
    made = SignIn(hub.db).sign_in(credentials.name, credentials.password, hub.now(), life, credentials.code, device)
    request.state.staff = made.session.staff
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, made.token, max_age=int(life.total_seconds()), httponly=True, samesite="strict", secure=secure
    )
    response.set_cookie(
        DEVICE_COOKIE,
        made.device,
        max_age=int(DEVICE_LIFE.total_seconds()),
        path="/api/session",
        httponly=True,
        samesite="strict",
        secure=secure,
    )
    return _signed_in(made.session)


@router.get("/api/session", summary="Who is signed in")
def who(session: SessionDep) -> SignedInAs:
    return _signed_in(session)


@router.delete("/api/session", summary="Sign out", status_code=204, dependencies=[Depends(require())])
def sign_out(request: Request, response: Response, hub: HubDep) -> None:
    Accounts(hub.db).sign_out(request.cookies[COOKIE])
    response.delete_cookie(COOKIE)


@router.delete("/api/session/everywhere", summary="Sign out in every browser", status_code=204)
def sign_out_everywhere(staff: SignedIn, response: Response, hub: HubDep) -> None:
    Accounts(hub.db).sign_out_everywhere(staff.name)
    response.delete_cookie(COOKIE)


@router.post("/api/session/password", summary="A new password of one's own; ends every session", status_code=204)
def change_password(wanted: PasswordChange, staff: SignedIn, request: Request, hub: HubDep) -> None:
    _slow_down(request)
    SignIn(hub.db).change_password(staff.name, wanted.password, wanted.new_password)


@router.post("/api/session/second-factor", summary="Propose an authenticator")
def propose_second_factor(staff: SignedIn, hub: HubDep) -> Authenticator:
    proposed = SignIn(hub.db).propose(staff, _ISSUER)
    return Authenticator(secret=proposed.secret, uri=proposed.uri, picture=svg_of(proposed.uri))


@router.put("/api/session/second-factor", summary="Use an authenticator from now on")
def confirm_second_factor(proof: AuthenticatorProof, staff: SignedIn, request: Request, hub: HubDep) -> RecoveryCodes:
    _slow_down(request)
    codes = SignIn(hub.db).confirm(staff.name, proof.password, proof.secret, proof.code, hub.now())
    return RecoveryCodes(codes=codes)


@router.post("/api/session/second-factor/removal", summary="Use no authenticator any more", status_code=204)
def remove_second_factor(proof: Password, staff: SignedIn, request: Request, hub: HubDep) -> None:
    _slow_down(request)
    SignIn(hub.db).remove(staff.name, proof.password)


def _slow_down(request: Request) -> None:
    request.app.state.throttle.attempt(f"sign-in {request.client.host if request.client else ''}")


@router.get("/api/staff", summary="Every account", dependencies=[Administrator])
def accounts(hub: HubDep) -> list[Account]:
    return [_account(staff) for staff in Accounts(hub.db).all()]


@router.post("/api/staff", summary="A new account", status_code=201, dependencies=[Administrator])
def add(account: NewAccount, hub: HubDep) -> Account:
    found = Accounts(hub.db)
    with hub.db.transaction():
        added = found.add(account.name, account.password, account.roles, hub.now(), account.display_name)
        return _account(found.set_district(added.name, account.district) if account.district else added)


@router.patch("/api/staff/{name}", summary="New roles or password, disable or enable")
def change(name: str, wanted: AccountChange, hub: HubDep, _: Annotated[Staff, Administrator]) -> Account:
    found = Accounts(hub.db)
    with hub.db.transaction():
        if wanted.district == "":
            found.set_district(name, "")
        if wanted.roles is not None:
            found.set_roles(name, wanted.roles)
        if wanted.district:
            found.set_district(name, wanted.district)
        if wanted.disabled is not None:
            found.set_disabled(name, wanted.disabled)
        if wanted.password is not None:
            found.set_password(name, wanted.password)
        if wanted.second_factor is False:
            SignIn(hub.db).reset(name)
    return _account(found.get(name))
