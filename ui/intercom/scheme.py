"""What the media page may load: its own few files, and the frames of the station's camera. Nothing else answers."""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject, Qt, QUrlQuery, Signal, Slot
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from kiosk.intercom import CallPicture
from kiosk.protocol.web import CALL_CLIENT, QUALITY
from ui.intercom.engine import SCHEME

log = logging.getLogger(__name__)
_WEB = Path(__file__).resolve().parent / "web"
_FILES: dict[str, tuple[str, bytes]] = {
    "/media.html": (str(_WEB / "media.html"), b"text/html"),
    "/media.css": (str(_WEB / "media.css"), b"text/css"),
    "/media.js": (str(_WEB / "media.js"), b"text/javascript"),
    "/feed.js": (str(_WEB / "feed.js"), b"text/javascript"),
    "/call.js": (str(CALL_CLIENT), b"text/javascript"),
    "/quality.js": (str(QUALITY), b"text/javascript"),
    "/qwebchannel.js": (":/qtwebchannel/qwebchannel.js", b"text/javascript"),
}
_FRAME = "/frame"


class OnlyOurs(QWebEngineUrlRequestInterceptor):
    """Refuses every request that is not for our scheme: the page has no network but the call itself."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme().encode() != SCHEME:
            log.warning("the media page asked for %s", info.requestUrl().toDisplayString())
            info.block(True)


@cache
def only_ours() -> OnlyOurs:
    """The one interceptor: the profile that it watches outlives every call."""
    return OnlyOurs()


class MediaFiles(QWebEngineUrlSchemeHandler):
    """Answers our scheme. Frames are waited for and encoded on a thread of their own, one at a time."""

    _encoded = Signal(int, object)

    def __init__(self, picture: CallPicture, parent: QObject) -> None:
        super().__init__(parent)
        self._picture = picture
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="call-picture")
        self._waiting: dict[int, QWebEngineUrlRequestJob] = {}
        self._number = 0
        self._encoded.connect(self._answer_frame, Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """End the thread; what still waits is never answered."""
        self._waiting.clear()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        path = job.requestUrl().path()
        if path == _FRAME:
            self._frame(job)
        elif path in _FILES and job.requestMethod() == b"GET":
            name, kind = _FILES[path]
            file = QFile(name, job)
            if file.open(QIODevice.OpenModeFlag.ReadOnly):
                job.reply(kind, file)
            else:
                job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def _frame(self, job: QWebEngineUrlRequestJob) -> None:
        after = QUrlQuery(job.requestUrl()).queryItemValue("after")
        self._number += 1
        number = self._number
        self._waiting[number] = job
        job.destroyed.connect(lambda: self._waiting.pop(number, None))
        self._worker.submit(self._encode, number, int(after) if after.isdecimal() else 0)

    def _encode(self, number: int, after: int) -> None:
        try:
            found = self._picture.next(after)
        except Exception:
            log.exception("a frame could not be encoded")
            found = None
        try:
            self._encoded.emit(number, found)
        except RuntimeError:  # the view has gone meanwhile
            pass

    @Slot(int, object)
    def _answer_frame(self, number: int, found: tuple[int, bytes] | None) -> None:
        job = self._waiting.pop(number, None)
        if job is None:
            return
        if found is None:
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            return
        index, jpeg = found
        data = QBuffer(job)
        data.setData(jpeg)
        data.open(QIODevice.OpenModeFlag.ReadOnly)
        job.setAdditionalResponseHeaders({QByteArray(b"x-frame"): [QByteArray(str(index).encode())]})
        job.reply(b"image/jpeg", data)
