"""What comes first: the application object and the engine, which goes on reading our QML while the core is imported."""

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLoggingCategory, QtMsgType, QUrl, qInstallMessageHandler
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent

from ui.intercom import engine as calls

UI = Path(__file__).resolve().parent
FAMILY = "Noto Sans CJK SC"
FIRST = ("Main.qml", "home/HomePage.qml")  # what the first screen is made of
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Said about a machine without a sound server, or about a film whose page was left while it was being opened: nothing
# that is wrong with a page.
_NO_FAULT = (
    "PulseAudioService",
    "Could not open media. FFmpeg error description: Immediate exit requested",
    "Member contentWidth of the object PopupList",  # of Qt's own keyboard
    "PinyinDecoderService::init(): creating directory",  # of the same, the first time that this user ever writes
)
# What Qt would say while a library of its own is being loaded. The loader's lock is held then, and a handler in Python
# may let another thread have the interpreter, which waits for that lock as soon as it imports anything: both stand for
# ever.
_SAID_WHILE_LOADING = ("qt.multimedia.symbolsresolver",)
Complaint = Callable[[str], None]


def make_application(complaint: Complaint | None = None) -> QGuiApplication:
    """The application object, made once. Qt's own messages go to the log; warnings also to `complaint`."""

    def on_message(kind: QtMsgType, context: Any, message: str) -> None:
        logging.getLogger("qt").log(_LEVELS[kind], "%s", message)
        if complaint and kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not message.startswith(_NO_FAULT):
            complaint(message)

    QLoggingCategory.setFilterRules("\n".join(f"{category}=false" for category in _SAID_WHILE_LOADING))
    qInstallMessageHandler(on_message)
    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        return existing
    calls.prepare()
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
    # Keys on the screen are the only ones a station has; they are part of our window (see KeyboardPane.qml).
    os.environ.setdefault("QT_IM_MODULE", "qtvirtualkeyboard")
    os.environ.setdefault("QT_VIRTUALKEYBOARD_DESKTOP_DISABLE", "1")
    app = QGuiApplication(sys.argv[:1])
    app.setApplicationName("yizhan-kiosk")
    font = QFont(FAMILY)
    app.setFont(font)
    return app


def make_engine() -> QQmlApplicationEngine:
    """An engine that knows our QML, and compiles what the first screen needs on a thread of its own from now on."""
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(UI))
    for name in FIRST:
        QQmlComponent(engine, QUrl.fromLocalFile(str(UI / name)), QQmlComponent.CompilationMode.Asynchronous, engine)
    return engine
