"""Calling the duty desk: `intercom.help` rings at once, or asks about what; `intercom.message` is for later."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.pages import Args, PageSpec, Sample, Tile

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.viewmodel import ViewModel


def _help(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.intercom.help import HelpModel

    return HelpModel(ui, args)


def _message(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.intercom.message import MessageModel

    return MessageModel(ui, args)


def _message_samples() -> tuple[Sample, ...]:
    from ui.intercom.samples import message_samples

    return message_samples()


def _samples() -> tuple[Sample, ...]:
    from ui.intercom.samples import samples

    return samples()


PAGES = (
    PageSpec("intercom.help", "intercom/HelpPage.qml", _help, _samples),
    PageSpec("intercom.message", "intercom/MessagePage.qml", _message, _message_samples),
)
TILES = (
    Tile(
        page="intercom.help",
        icon="mdi6.face-agent",
        title=QT_TRANSLATE_NOOP("tiles", "找人帮忙"),
        hint=QT_TRANSLATE_NOOP("tiles", "跟值班人员视频通话"),
        order=60,
        args={"choose": True},
    ),
)
