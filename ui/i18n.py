"""Translations: one Qt Linguist file for each folder of ui/, compiled at setup.

`python -m ui.i18n update` writes the sources into `translations/<folder>_en.ts` (files of ui/ itself: shell_en.ts),
`check` fails where a sentence has no English, `build` compiles them.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "translations"
COMPILED = ROOT / "build" / "translations"
SHELL = "shell"


class Languages:
    """The translators of the running program. Chinese is the language of the sources and needs none."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self._loaded: dict[str, list[QTranslator]] = {}

    def use(self, language: str) -> None:
        """Translate into `language` ("zh_CN" or "en") from now on."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = self._translators(language)
        for translator in self._installed:
            self._app.installTranslator(translator)

    def _translators(self, language: str) -> list[QTranslator]:
        if language not in self._loaded:
            found = []
            for path in sorted(COMPILED.glob(f"*_{language}.qm")):
                translator = QTranslator(self._app)
                if translator.load(str(path)):
                    found.append(translator)
            self._loaded[language] = found
        return self._loaded[language]


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / f"pyside6-{name}")


def folders() -> dict[str, list[Path]]:
    """Source files by the name of their translation file."""
    ui = ROOT / "ui"
    found = {SHELL: sorted([*ui.glob("*.py"), *ui.glob("*.qml")])}
    for folder in sorted(path for path in ui.iterdir() if path.is_dir() and (path / "__init__.py").exists()):
        files = sorted([*folder.glob("*.py"), *folder.glob("*.qml")])
        if any(path.stat().st_size for path in files):
            found[folder.name] = files
    return found


def _lupdate(files: list[Path], target: Path) -> None:
    command = [_tool("lupdate"), "-silent", "-locations", "none", "-no-obsolete", "-source-language", "zh_CN"]
    command += ["-target-language", "en", *map(str, files), "-ts", str(target)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def update() -> int:
    """Bring every source sentence into the files; translations that exist are kept."""
    SOURCES.mkdir(exist_ok=True)
    for name, files in folders().items():
        _lupdate(files, SOURCES / f"{name}_en.ts")
    return 0


def messages(path: Path) -> dict[tuple[str, str], str]:
    """English by (context, source); "" for what is not finished."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") != "unfinished"
            found[name, message.findtext("source") or ""] = (
                (translation.text or "") if done and translation is not None else ""
            )
    return found


def _faults(source: str, english: str) -> str:
    if not english:
        return "no English"
    gaps = r"\{[a-z_]*\}|%[0-9]"
    if sorted(re.findall(gaps, source)) != sorted(re.findall(gaps, english)):
        return "the gaps differ"
    return ""


def check() -> int:
    """1 when a sentence in the sources has no English, or other gaps than the Chinese."""
    bad = 0
    with tempfile.TemporaryDirectory() as temporary:
        for name, files in folders().items():
            fresh = Path(temporary) / f"{name}_en.ts"
            kept = SOURCES / fresh.name
            if kept.exists():
                fresh.write_bytes(kept.read_bytes())
            _lupdate(files, fresh)
            for (context, source), english in messages(fresh).items() if fresh.exists() else ():
                if fault := _faults(source, english):
                    bad += 1
                    print(f"{name}: {context}: {source!r}: {fault}")  # noqa: T201
    return 1 if bad else 0


def build() -> int:
    """Compile what exists into `build/translations`."""
    COMPILED.mkdir(parents=True, exist_ok=True)
    for path in sorted(SOURCES.glob("*_en.ts")):
        target = COMPILED / f"{path.stem}.qm"
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            # Qt maps a compiled file into memory: it is replaced whole, never written while a program reads it.
            fresh = target.with_suffix(".new")
            subprocess.run([_tool("lrelease"), "-silent", str(path), "-qm", str(fresh)], check=True, cwd=ROOT)
            fresh.replace(target)
    return 0


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.i18n", description=__doc__)
    parser.add_argument("command", choices=("update", "check", "build"))
    args = parser.parse_args(argv)
    return {"update": update, "check": check, "build": build}[args.command]()


if __name__ == "__main__":
    sys.exit(main())
