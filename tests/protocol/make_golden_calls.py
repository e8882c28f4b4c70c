"""Writes the golden frames of calls. A change of the wire changes this file, on purpose; fields are only ever added."""

import json
from pathlib import Path

from kiosk.protocol.door import DoorOrder, DoorReport
from kiosk.protocol.intercom import (
    Answered,
    CallEnd,
    CallText,
    DeskPresence,
    EndReason,
    IceServer,
    MediaState,
    Ring,
    Ringing,
    Signal,
)
from kiosk.protocol.intercom_talk import (
    CallMedia,
    CameraWanted,
    DeskMedia,
    Held,
    Joined,
    Left,
    PageShown,
    Rated,
    Relays,
    RelaysWanted,
    ShowPage,
    Transferring,
)
from kiosk.protocol.link import LinkMessage, write_message

CALL = "01a2108b-1c11-7757-a23c-a2a668e46f55"
ICE = (IceServer(urls=["turn:desk.example.org:3478"], username="1796112300:u", credential="c2VjcmV0"),)
MESSAGES: tuple[LinkMessage, ...] = (
    Ring(call=CALL, topic="legal"),
    Ring(call=CALL, topic="legal", answered=True, by="王师傅", joined=("李医生",)),
    Ringing(call=CALL, staff=3, free=1, position=2),
    Answered(call=CALL, by="王师傅", ice=ICE, peer="3f9a"),
    DeskPresence(call=CALL, present=False),
    Signal(call=CALL, data={"description": {"type": "offer", "sdp": "v=0\r\n"}}, peer="3f9a"),
    CallText(call=CALL, text="请稍等", by="王师傅", id="t-1"),
    MediaState(call=CALL, connected=True, camera=True, microphone=False),
    CallEnd(call=CALL, reason=EndReason.STAFF_HUNG_UP),
    Joined(call=CALL, peer="77b2", name="李医生", ice=ICE),
    Left(call=CALL, peer="77b2"),
    Relays(call=CALL, peer="77b2", ice=ICE),
    RelaysWanted(call=CALL, peer="77b2"),
    Held(call=CALL, on=True),
    Transferring(call=CALL, topic="legal", by="王师傅", to="李医生"),
    DeskMedia(call=CALL, peer="3f9a", microphone=False, camera=True),
    CameraWanted(call=CALL, camera="door"),
    ShowPage(call=CALL, id="p-1", page="services.detail", args={"id": "legal_aid"}),
    CallMedia(call=CALL, cameras=("room", "door"), camera="room", muted=True, volume=80, quality="audio_only"),
    PageShown(call=CALL, id="p-1", state="closed"),
    Rated(call=CALL, helpful=True),
    DoorOrder(token="GD1:ABCDEF"),
    DoorReport(id="00112233445566778899aabbccddeeff", code="opened", report="bolt out"),
)


def frames() -> list[object]:
    return [json.loads(write_message(message)) for message in MESSAGES]


if __name__ == "__main__":
    path = Path(__file__).with_name("golden") / "call_frames.json"
    path.write_text(json.dumps(frames(), ensure_ascii=False, indent=1) + "\n", "utf-8")
