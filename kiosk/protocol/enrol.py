"""Enrolment: a terminal shows a one-time code and its public key, and is told which station it is."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, StringConstraints

EnrolmentCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{4}-[0-9A-Za-z]{4}$", to_upper=True)]


class EnrolRequest(BaseModel):
    """`public_key` is 32 raw bytes as hex; `proof` (64 bytes, hex) signs `enrolment_message` with it."""

    code: EnrolmentCode
    public_key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    proof: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class Enrolled(BaseModel):
    """`publisher_keys` (Ed25519, hex): whose signature this terminal is to ask of a catalogue from now on."""

    station: str
    publisher_keys: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")], ...] = ()
    hub_time: AwareDatetime


def enrolment_message(code: str, public_key: str) -> bytes:
    """What the terminal signs to prove that it holds the key."""
    return f"KIOSK1-ENROL\n{code}\n{public_key}".encode()
