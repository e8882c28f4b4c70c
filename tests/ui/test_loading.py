"""A library that speaks while it is being loaded stops a station for ever, now and then: see `ui/start.py`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATE = ("QtMultimedia", "QtWebChannel", "QtWebEngineQuick", "QtPdf", "QtSvg", "QtNetwork", "QtQuickControls2")
SCRIPT = f"""
import importlib, os
os.environ.update(QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software")
from PySide6.QtCore import QtMsgType, QUrl
from ui.start import make_application, make_engine
from PySide6.QtQml import QQmlComponent
said = []
app = make_application(said.append)
engine = make_engine()
for name in {LATE}:
    importlib.import_module("PySide6." + name)
    print(name, said)
for name in ("QtMultimedia", "QtWebEngine", "QtQuick.VirtualKeyboard", "QtQuick.Layouts"):
    text = ("import QtQuick\\nimport " + name + "\\nItem {{}}").encode()
    component = QQmlComponent(engine)
    component.setData(text, QUrl())
    print(name, said, component.errorString())
print("heard", len(said))
"""


def test_no_library_speaks_while_it_is_loaded() -> None:
    """Qt's modules and QML's plug-ins, as they are loaded by a page that needs them."""
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "heard 0", done.stdout
    assert done.stderr == ""
