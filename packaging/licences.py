"""Writes LICENCES.md: the licence of every locked dependency, as its own package declares it."""

import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker

HERE = Path(__file__).resolve().parent
HEAD = """# Licences of what this program depends on

The program itself is Apache-2.0 (see LICENSE). None of these packages is copied into the repository: they are installed
from `requirements.lock`. Qt for Python is used under the LGPL-3.0. Made by `packaging/licences.py`. Debian packages
carry theirs in `/usr/share/doc/<package>/copyright`.

| package | version | licence | for |
|---|---|---|---|
"""
IN_THEIR_FILES = {"peewee": "MIT"}  # declared in a LICENSE file only
TESTS_ONLY = re.compile(
    r"pytest|hypothesis|playwright|httpx|httpcore|cwt|pyhpke|pyzbar|segno|psutil|ruff|mypy|import-linter|grimp|types-|"
    r"setuptools|execnet|pluggy|iniconfig|librt|ast-serialize|pathspec|rich|markdown-it|mdurl|pygments|sortedcontainers|greenlet|pyee|"
    r"schemathesis|graphql-core|harfile|jsonschema-rs|markupsafe|pyrate-limiter|pyyaml|werkzeug"
)


def licence_of(name: str, package: metadata.Distribution) -> str:
    fields = package.metadata
    if declared := fields.get("License-Expression"):
        return declared
    classifiers = [c.split(" :: ")[-1] for c in fields.get_all("Classifier") or [] if c.startswith("License ::")]
    if classifiers:
        return ", ".join(classifiers)
    if name in IN_THEIR_FILES:
        return IN_THEIR_FILES[name]
    return (fields.get("License") or "see the package").splitlines()[0][:60]


def main() -> int:
    rows = []
    for line in (HERE.parent / "requirements.lock").read_text("utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)==([^ ;]+)(?: ; (.*?))?(?: \\)?$", line):
            name, version, marker = found.groups()
            if marker and not Marker(marker).evaluate():
                continue  # for other machines or older Pythons; not installed here
            use = "tests and tools" if TESTS_ONLY.match(name) else "the program"
            rows.append(f"| {name} | {version} | {licence_of(name, metadata.distribution(name))} | {use} |")
    (HERE / "LICENCES.md").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
