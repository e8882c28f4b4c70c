"""What a console says about calls, as it comes in on its WebSocket; anything else closes it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from kiosk.protocol.door import DoorName
from kiosk.protocol.intercom import Topic
from kiosk.protocol.intercom_talk import CameraName, PageName, Peer
from kiosk.protocol.journal import Uuid

Account = Annotated[str, Field(max_length=80)]
Note = Annotated[str, Field(max_length=500)]


class Serve(BaseModel):
    type: Literal["serve"]
    topics: list[Topic] | None = Field(default=None, max_length=100)


class AboutCall(BaseModel):
    type: Literal["answer", "resume", "hang_up", "take_back", "join", "decline"]
    call: Uuid


class StaffSignal(BaseModel):
    """`peer` "" is the station, otherwise somebody else of the desk."""

    type: Literal["signal"]
    call: Uuid
    data: dict[str, Any]
    peer: Peer = ""


class RelaysAsked(BaseModel):
    """The connection with `peer` ("" the station) is made anew, and the credentials for the relay may have expired."""

    type: Literal["relays"]
    call: Uuid
    peer: Peer = ""


class StaffText(BaseModel):
    type: Literal["text"]
    call: Uuid
    text: str = Field(max_length=500)
    id: str = Field(default="", max_length=40)


class Hold(BaseModel):
    type: Literal["hold"]
    call: Uuid
    on: bool


class HandOver(BaseModel):
    """To the account `to`, else to the queue `topic`; neither: to the queue the call came from."""

    type: Literal["transfer"]
    call: Uuid
    topic: Topic | None = None
    to: Account | None = None
    note: Note = ""


class Invite(BaseModel):
    type: Literal["invite"]
    call: Uuid
    account: Account
    note: Note = ""


class OwnMedia(BaseModel):
    type: Literal["media"]
    call: Uuid
    microphone: bool = True
    camera: bool = True


class ChooseCamera(BaseModel):
    type: Literal["camera"]
    call: Uuid
    camera: CameraName


class PushPage(BaseModel):
    type: Literal["page"]
    call: Uuid
    id: str = Field(min_length=1, max_length=40)
    page: PageName
    args: dict[str, Annotated[str, Field(max_length=200)]] = Field(default={}, max_length=10)


class OpenDoor(BaseModel):
    type: Literal["door"]
    call: Uuid
    door: DoorName
    reason: str = Field(default="", max_length=200)


class StillHere(BaseModel):
    type: Literal["here"]


Said = Annotated[
    Serve
    | AboutCall
    | StaffSignal
    | RelaysAsked
    | StaffText
    | Hold
    | HandOver
    | Invite
    | OwnMedia
    | ChooseCamera
    | PushPage
    | OpenDoor
    | StillHere,
    Field(discriminator="type"),
]
SAID: TypeAdapter[Said] = TypeAdapter(Said)
