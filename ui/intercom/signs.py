"""What a visitor must know beside the state of the call: who else is there, what is turned off, how the line is."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from kiosk.intercom import Call, Person
from ui.intercom.words import say


@dataclass(frozen=True, slots=True)
class Sign:
    """A strip: `mood` colours it, `glyph` is its icon."""

    words: str
    glyph: str
    mood: str


_MUTED = QT_TRANSLATE_NOOP("intercom", "您的麦克风关着，对方听不见您")
_SILENT = QT_TRANSLATE_NOOP("intercom", "声音关掉了，您听不见对方")
_DESK_MUTED = QT_TRANSLATE_NOOP("intercom", "{name}关了麦克风，您现在听不见")
_DESK_DARK = QT_TRANSLATE_NOOP("intercom", "{name}没有开画面，可以直接说话")
_GUEST = QT_TRANSLATE_NOOP("intercom", "{name}也在通话中")
_DOOR_CAMERA = QT_TRANSLATE_NOOP("intercom", "对方现在看的是另一个摄像头的画面")
_POOR = QT_TRANSLATE_NOOP("intercom", "网络不太好，画面可能不清楚")
_AUDIO_ONLY = QT_TRANSLATE_NOOP("intercom", "网络不好，先保住声音，画面暂停")
_BAD = QT_TRANSLATE_NOOP("intercom", "网络太差，话可能听不全。可以写字，或者打屏幕上的电话")
_NO_MICROPHONE = QT_TRANSLATE_NOOP("intercom", "这台机器没有麦克风，对方听不见您说话。您能看见、听见对方，也可以写字。")
_NO_CAMERA = QT_TRANSLATE_NOOP("intercom", "没有摄像头画面，对方看不见您，只用声音通话。")
_QUALITY = {
    "poor": Sign(_POOR, "mdi6.wifi-strength-1-alert", "warn"),
    "audio_only": Sign(_AUDIO_ONLY, "mdi6.video-off-outline", "warn"),
    "bad": Sign(_BAD, "mdi6.wifi-alert", "bad"),
}


def signs_of(call: Call, no_camera: bool, no_microphone: bool) -> Iterator[Sign]:
    """The strips of a call, the most important first, translated."""
    if not call.active:
        return
    if call.talking:
        yield from _talking(call)
    if no_microphone:
        yield Sign(say(_NO_MICROPHONE), "mdi6.microphone-off", "warn")
    if no_camera:
        yield Sign(say(_NO_CAMERA), "mdi6.video-off-outline", "info")


def _talking(call: Call) -> Iterator[Sign]:
    if call.own.muted:
        yield Sign(say(_MUTED), "mdi6.microphone-off", "warn")
    if call.own.volume == 0:
        yield Sign(say(_SILENT), "mdi6.volume-off", "warn")
    if quality := _QUALITY.get(call.own.quality):
        yield Sign(say(quality.words), quality.glyph, quality.mood)
    for person in call.people:
        yield from _person(call, person)
    if call.own.cameras and call.own.camera != call.own.cameras[0]:
        yield Sign(say(_DOOR_CAMERA), "mdi6.cctv", "info")


def _person(call: Call, person: Person) -> Iterator[Sign]:
    name: dict[str, object] = {"name": person.name}
    if person.peer != call.main:
        yield Sign(say(_GUEST, name), "mdi6.account-plus", "info")
    if not person.microphone:
        yield Sign(say(_DESK_MUTED, name), "mdi6.microphone-off", "info")
    if not person.camera:
        yield Sign(say(_DESK_DARK, name), "mdi6.video-off-outline", "info")
