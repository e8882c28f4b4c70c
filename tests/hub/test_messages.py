"""Messages left: from a station's journal to somebody who deals with them."""

import hashlib
from collections.abc import Callable
from typing import Any

import httpx

from hub.messages import VOICE_BYTES
from kiosk.protocol.folder import PlainDocument
from tests.hub.test_intercom import CALL, console

VOICE = b"OggS" + bytes(2000)
SHA = hashlib.sha256(VOICE).hexdigest()
REF = {"sha256": SHA, "size": len(VOICE), "name": "message.ogg", "media_type": "audio/ogg"}


def upload(terminal: Any, body: bytes = VOICE, sha: str = SHA, kind: str = "audio/ogg") -> httpx.Response:
    answer: httpx.Response = terminal.send("POST", f"/api/stations/files?sha256={sha}&media_type={kind}", body)
    return answer


def test_a_message_is_heard_and_dealt_with_once(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client], hub_time: Any
) -> None:
    duty, other = staff("duty"), staff("duty")
    left = terminal.entry(
        "call.message_left", call=CALL, topic="legal", text="欠薪两个月", voice=REF, seconds=12.5, contact="139"
    )
    assert terminal.push(left).status_code == 200
    (message,) = duty.get("/api/console/messages?state=open").json()
    assert (message["station"], message["topic"], message["text"]) == ("WX-0001", "legal", "欠薪两个月")
    assert (message["voice"], message["here"], message["seconds"], message["contact"]) == (SHA, False, 12.5, "139")
    assert upload(terminal).status_code == 200
    assert upload(terminal).json()["sha256"] == SHA
    (message,) = duty.get("/api/console/messages").json()
    assert message["here"]
    assert duty.get(f"/api/files/{SHA}").content == VOICE
    path = f"/api/console/messages/{message['id']}/done"
    done = duty.post(path, json={"note": "已回电"}).json()
    hub_time.advance(60)
    assert other.post(path, json={"note": "me too"}).json() == done
    assert (done["done_by"], done["note"], bool(done["done"])) == ("staff1", "已回电", True)
    assert duty.get("/api/console/messages?state=open").json() == []
    assert len(duty.get("/api/console/messages?state=done&topic=legal").json()) == 1
    assert duty.get("/api/console/messages?topic=help").json() == []


def test_a_console_that_is_open_hears_of_it(server: Any, terminal: Any, staff: Callable[..., httpx.Client]) -> None:
    with console(server, staff("duty")) as desk:
        desk.get("welcome")
        terminal.push(terminal.entry("call.message_left", call=CALL, topic="help", text="有人吗"))
        news = desk.get("messages")
        assert (news["open"], news["more"]) == (1, True)


def test_what_is_not_the_sound_it_says_is_refused(server: Any, terminal: Any, http: httpx.Client) -> None:
    assert upload(terminal, sha="0" * 64).json()["code"] == "file.mismatch"
    assert upload(terminal, kind="text/html").status_code == 422
    assert upload(terminal, bytes(VOICE_BYTES + 1)).status_code == 413
    assert http.post(f"/api/stations/files?sha256={SHA}", content=VOICE).status_code == 401
    assert not server.hub.files.has(SHA)


def test_only_messages_that_are_there_are_dealt_with(server: Any, staff: Callable[..., httpx.Client]) -> None:
    answer = staff("duty").post("/api/console/messages/none/done", json={})
    assert (answer.status_code, answer.json()["code"]) == (404, "messages.unknown")


def test_a_voice_is_for_the_desk_and_its_own_station(
    terminal: Any, enrolled: Callable[..., Any], staff: Callable[..., httpx.Client], server: Any
) -> None:
    other = enrolled("WX-0002")
    assert upload(terminal).status_code == 200
    path = f"/api/files/{SHA}"
    assert terminal.send("GET", path).content == VOICE
    assert staff("duty").get(path).content == VOICE
    for stranger in (other.send("GET", path), other.send("HEAD", path), staff("publisher").get(path)):
        assert stranger.status_code == 403
    assert upload(other).status_code == 200  # whoever has the bytes gets no more by sending them
    assert other.send("GET", path).status_code == 403
    body = {"title": {"zh_CN": "海报"}, "picture": SHA}
    server.hub.catalogue.publish([PlainDocument(kind="poster", id="p", body=body)], owner="t")
    assert other.send("GET", path).content == VOICE  # published, it is nobody's voice
