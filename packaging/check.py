"""`make check`: format, lint, types, arrows, QML, translations. Runs all of them and fails if any does."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
QML = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "ui").rglob("*.qml"))
CHECKS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
    "lint": [str(BIN / "ruff"), "check", "-q", "."],
    "types": [str(BIN / "mypy"), "--no-error-summary"],
    "arrows": [str(BIN / "lint-imports"), "--no-cache"],
    # `pyside6-project qmllint` always exits 0; the linter itself with no warnings allowed does not.
    "qml": [str(BIN / "pyside6-qmllint"), "-W", "0", "-I", "ui", *QML],
    "translations": [sys.executable, "-m", "ui.i18n", "check"],
}


def main() -> int:
    failed = []
    for name, command in CHECKS.items():
        begun = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        good = done.returncode == 0
        print(f"{name:13} {'ok' if good else 'FAILED':7} {time.monotonic() - begun:5.1f} s", flush=True)
        if not good:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
