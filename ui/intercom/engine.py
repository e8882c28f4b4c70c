"""The web engine for the media of a call: prepared once, before the application object, or known to be absent.

The engine draws one local page and nothing else. `prepare` costs next to nothing; a renderer runs only while a view
exists.
"""

import logging
import os
from functools import cache

log = logging.getLogger(__name__)
SCHEME = b"yizhan-call"
PAGE = "yizhan-call://media/media.html"
# Numeric addresses among the candidates: in a station there is no resolver for the .local names that hide them, and a
# page that runs no code but ours gives nothing away.
_FLAGS = "--disable-features=WebRtcHideLocalIpsWithMdns"


_prepared: list[bool] = []


def ready() -> bool:
    """Whether `prepare` was called and the engine can run. Without it this terminal makes no calls, and says so.

    Chromium's sandbox refuses root and ends the program; a terminal runs as an ordinary user. Tests turn it off.
    """
    return any(_prepared) and (os.geteuid() != 0 or bool(os.environ.get("QTWEBENGINE_DISABLE_SANDBOX")))


@cache
def prepare() -> bool:
    """Register our scheme and initialise the engine. Before the application object. False where it is not installed."""
    try:
        from PySide6.QtWebEngineCore import QWebEngineUrlScheme
        from PySide6.QtWebEngineQuick import QtWebEngineQuick
    except ImportError as error:
        log.warning("no web engine, so no calls: %s", error)
        return False
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    if _FLAGS not in flags:
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} {_FLAGS}".strip()
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flag = QWebEngineUrlScheme.Flag
    scheme.setFlags(flag.SecureScheme | flag.CorsEnabled | flag.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)
    QtWebEngineQuick.initialize()
    _prepared.append(True)
    return True
