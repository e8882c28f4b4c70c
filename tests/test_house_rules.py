"""The project's own rules (see CONTRIBUTING.md), over every file there is, without naming them."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import hub
import kiosk
from kiosk.errors import all_codes
from ui.discovery import feature_names
from ui.problems import all_problems

ROOT = Path(__file__).resolve().parent.parent
CODE = ("kiosk", "ui", "hub", "packaging", "assets", "tests")
PYTHON = sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py"))
QML = sorted((ROOT / "ui").rglob("*.qml"))
THEME = ROOT / "ui" / "kit" / "Theme.qml"

# What a QML file of a feature is, by the end of its name. The kit and the shell have names of their own.
ROLES = (
    *("Page", "Card", "Section", "Grid", "Row", "Pane", "View", "Layer", "Strip", "Dialog", "Delegate"),
    *("Button", "Stepper", "Picture", "Profile"),
)
NAMED_COLOURS = "black|white|red|green|blue|yellow|orange|purple|gray|grey|brown|pink|cyan|magenta|lime|navy|silver"
COLOUR = re.compile(rf'"(#[0-9a-fA-F]{{3,8}}|(?:light|dark)?(?:{NAMED_COLOURS}))"|Qt\.(?:rgba|hsla|hsva|tint)\(')
PIXELS = re.compile(r"font\.(?:pixel|point)Size:\s*\d|font\s*\{[^}]*(?:pixel|point)Size:\s*\d")
PRINTS = re.compile(r"cli\w*\.py|__main__\.py|inspection\.py|i18n\.py")
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u2604\u2614\u2615\u26a0-\u26ff\u2705\u270a\u270b\u2728\u274c\u2764\ufe0f]"
)
TEXTS = {".py", ".qml", ".js", ".css", ".html", ".json", ".md", ".toml", ".ts", ".sh", ".txt", ".service", ".rules"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def places(paths: list[Path], wrong: re.Pattern[str]) -> list[str]:
    """Where `wrong` begins, with the line of the file; it may reach over several lines."""
    texts = ((path, path.read_text("utf-8")) for path in paths)
    return [
        f"{named(path)}:{text.count(chr(10), 0, found.start()) + 1}: {found.group()!r}"
        for path, text in texts
        for found in wrong.finditer(text)
    ]


def test_there_is_something_to_look_at() -> None:
    assert len(PYTHON) > 200
    assert len(QML) > 50


def test_files_are_small() -> None:
    longest = [(PYTHON, 400), (QML, 300)]
    assert [f"{named(p)}: {n}" for paths, most in longest for p in paths if (n := len(lines(p))) > most] == []


def test_qml_of_a_feature_is_named_by_its_role() -> None:
    files = [path for path in QML if path.parent.name in feature_names()]
    assert [named(path) for path in files if not path.stem.endswith(ROLES)] == []


def test_colours_and_sizes_of_letters_are_the_theme_s() -> None:
    elsewhere = [path for path in QML if path != THEME]
    assert places(elsewhere, COLOUR) + places(elsewhere, PIXELS) == []


def test_the_rule_about_colours_sees_them() -> None:
    for text in (
        'color: "#fff"',
        'color: "red"',
        'border.color: "#12345678"',
        'color: "darkgreen"',
        "color: Qt.rgba(0,0,0,1)",
    ):
        assert COLOUR.search(text), text
    for text in (
        "font.pixelSize: 12",
        "font { bold: true; pixelSize: 9 }",
        "font.pointSize: 9",
        "font {\n  pixelSize: 9\n}",
    ):
        assert PIXELS.search(text), text
    assert not COLOUR.search('color: "transparent"')


def test_qml_does_not_reach_over_its_parent_and_has_no_context_properties() -> None:
    assert places(QML, re.compile(r"\bparent\.parent\b")) == []
    shell = [path for path in PYTHON if named(path).startswith("ui/")]
    assert places(shell, re.compile(r"\bsetContextProperty|\bsetContextObject")) == []


def test_every_error_code_has_a_sentence_and_every_sentence_a_code() -> None:
    for module in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    codes, sentences = all_codes(), frozenset(all_problems())
    assert sorted(codes - sentences) == []
    assert sorted(sentences - codes) == []


def prints(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno


def test_only_commands_print() -> None:
    files = [p for p in PYTHON if named(p).startswith(("kiosk/", "ui/", "hub/")) and not PRINTS.fullmatch(p.name)]
    assert [f"{named(path)}:{line}" for path in files for line in prints(path)] == []


WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "qtpy", "qtawesome", "ui"):
            raise ImportError(name + " must not be needed here")

sys.meta_path.insert(0, NoQt())
import {package}
for module in pkgutil.walk_packages({package}.__path__, "{package}."):
    importlib.import_module(module.name)
print({package}.__file__)
"""


@pytest.mark.parametrize("package", ["kiosk", "hub"])
def test_station_and_hub_need_no_qt(package: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT.format(package=package)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(ROOT / package / "__init__.py")


def test_a_feature_has_one_name_in_every_wing() -> None:
    """A folder of kiosk/ that is no room is a feature; it has its wire, its face and its English."""
    rooms = {"protocol", "storage", "devices", "sync"}
    features = {path.parent.name for path in (ROOT / "kiosk").glob("*/__init__.py")} - rooms
    assert features, "no features"
    parts = [Path(part) for name in features for part in (f"ui/{name}/__init__.py", f"kiosk/protocol/{name}.py")]
    parts += [Path(f"translations/{name}_en.ts") for name in (*feature_names(), "kit", "shell")]
    assert [str(part) for part in sorted(parts) if not (ROOT / part).is_file()] == []
    hub_modules = {module.name for module in pkgutil.iter_modules(hub.__path__)}
    storage = {path.stem for path in (ROOT / "kiosk" / "storage").glob("*.py")}
    assert {"members", "supplies", "learning", "intercom"} <= features & hub_modules
    assert {"supplies", "learning", "intercom"} <= storage


def outline(path: Path) -> tuple[list[str], list[str], list[str], list[str]]:
    """Levels of headings, fenced blocks, table rows by their first cell, and code words of a README."""
    headings: list[str] = []
    blocks: list[str] = []
    rows: list[str] = []
    code: list[str] = []
    inside = False
    for line in lines(path):
        if line.startswith("```"):
            inside = not inside
            blocks += [""] if inside else []
        elif inside:
            blocks[-1] += line + "\n"
        elif line.startswith("#"):
            headings.append(line.split(" ")[0])
        elif line.startswith("| `"):
            rows.append(line.split(" | ")[0])
        if not inside:
            code += re.findall(r"`([^`]+)`", line)
    return headings, blocks, rows, sorted(set(code))


def test_both_readmes_say_the_same() -> None:
    english, chinese = outline(ROOT / "README.md"), outline(ROOT / "README.zh-CN.md")
    assert english == chinese


def test_no_emoji() -> None:
    files = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    for folder in (*CODE, "translations"):
        files += [path for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and path.suffix in TEXTS]
    assert places(files, EMOJI) == []


def test_what_a_signal_is_connected_to_is_a_slot() -> None:
    """Connecting a signal to a plain method gives that one object a meta-object of its own (PySide6 6.11).

    QML keeps what it knows of a meta-object by its address; when the object goes and another's comes to lie there, it
    reads the wrong properties, and in the end foreign memory. `@Slot` keeps the meta-object of the class.
    """
    found: list[str] = []
    for path in sorted((ROOT / "ui").rglob("*.py")):
        for kind in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(kind, ast.ClassDef) and kind.bases:
                plain = {item.name for item in kind.body if isinstance(item, ast.FunctionDef) and not _is_slot(item)}
                found += [f"{path.relative_to(ROOT)}:{line} {name}" for line, name in _connected(kind) if name in plain]
    assert found == []


def _is_slot(method: ast.FunctionDef) -> bool:
    return any(isinstance(mark, ast.Call) and ast.unparse(mark.func) == "Slot" for mark in method.decorator_list)


def _connected(kind: ast.ClassDef) -> Iterator[tuple[int, str]]:
    """The methods of itself that a class connects signals to."""
    for call in ast.walk(kind):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "connect":
            target = call.args[0] if call.args else None
            if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self":
                yield call.lineno, target.attr
